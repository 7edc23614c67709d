/** Tells from nothing configured to ready what is done and what is left. Derived, holds no state. */
import type { ReactNode } from 'react';
import type { AppStatus } from '../../preload/contract/app-channels.ts';
import type { OperatorDoor } from '../../preload/contract/operator-channels.ts';
import { Icon } from '../components/icon.tsx';
import { useI18n } from '../i18n/i18n.tsx';

type SetupStep = 'pin' | 'vault' | 'credentials' | 'environment' | 'service';

/** Each step of provisioning and whether it is done, in the order they are done. */
export const setupSteps = (
  door: OperatorDoor,
  status: AppStatus,
): readonly { readonly step: SetupStep; readonly isDone: boolean }[] => [
  { step: 'pin', isDone: door.isPinSet },
  { step: 'vault', isDone: door.vault === 'open' || door.vault === 'empty' },
  { step: 'credentials', isDone: door.hasCredentials },
  { step: 'environment', isDone: status.environment === 'production' },
  { step: 'service', isDone: status.service.state === 'ready' },
];

/** The steps with ticks, and how many are left. */
export const SetupChecklist = ({
  door,
  status,
}: {
  readonly door: OperatorDoor;
  readonly status: AppStatus;
}): ReactNode => {
  const { t } = useI18n();
  const steps = setupSteps(door, status);
  const leftCount = steps.filter(({ isDone }) => !isDone).length;
  return (
    <section className="panel panel-setup" data-ready={leftCount === 0}>
      <h2>{t('room.setup')}</h2>
      <p>{leftCount === 0 ? t('room.setupReady') : t('room.setupLeft', { count: leftCount })}</p>
      <ol className="checklist">
        {steps.map(({ step, isDone }) => (
          <li key={step} data-state={isDone ? 'done' : 'open'}>
            <Icon name={isDone ? 'check' : 'dot'} />
            <span>{t(`room.step.${step}`)}</span>
            <span className="tag">{t(isDone ? 'room.step.done' : 'room.step.open')}</span>
          </li>
        ))}
      </ol>
    </section>
  );
};
