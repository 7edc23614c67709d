/** What staff sees and customers alone do not: the desk, as each rule for the reference leaves it. */
import { REFERENCE_RULES } from '../../../../preload/contract/customer-reference.ts';
import { DeskScreen } from '../../../../renderer/screens/desk-screen.tsx';
import { status } from './sample-status.ts';
import { sample } from './sample.ts';

const ignore = (): void => {};

export const DESK_SAMPLES = REFERENCE_RULES.map((rule) =>
  sample(
    'desk',
    `reference ${rule}`,
    <DeskScreen
      rule={rule}
      reference="4711"
      outbox={status.outbox}
      languages={['uk', 'el']}
      language="uk"
      onReference={ignore}
      onLanguage={ignore}
      onStart={ignore}
      onOutbox={ignore}
    />,
  ),
);
