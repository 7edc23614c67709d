/** Progress is always visible, never runs backwards on the way forward, and ends at its total. */
import { describe, expect, it } from 'vitest';
import { journeyProgress, type JourneyStop } from '../../../../renderer/flow/journey-progress.ts';
import { INITIAL_CONTEXT, type SessionContext } from '../../../../renderer/flow/session-context.ts';
import { FakeKiosk } from '../../../support/fake-kiosk.ts';
import { FAKE_STATUS } from '../../../support/fake-kiosk-values.ts';

const context = (patch: Partial<SessionContext>): SessionContext => ({
  ...INITIAL_CONTEXT,
  status: FAKE_STATUS,
  ...patch,
});

const passportView = () => {
  const kiosk = new FakeKiosk();
  kiosk.resume('PASSPORT', []);
  return kiosk.view;
};

describe('journeyProgress', () => {
  it('counts every screen that asks something, with the pictures of the document', () => {
    const view = passportView();
    const stops: [JourneyStop, Partial<SessionContext>][] = [
      ['consent', { view }],
      ['document', { view }],
      ['capture', { view, stepIndex: 0 }],
      ['capture', { view, stepIndex: 1 }],
      ['review', { view }],
    ];
    expect(stops.map(([stop, patch]) => journeyProgress(stop, context(patch)))).toEqual(
      [1, 2, 3, 4, 5].map((index) => ({ index, total: 5 })),
    );
  });

  it('expects three pictures until the document is known', () => {
    expect(journeyProgress('consent', context({}))).toEqual({ index: 1, total: 6 });
  });

  it('counts the token where one is handed over, and a replaced one at the end', () => {
    const status = { ...FAKE_STATUS, tokenSource: 'handoff' as const };
    expect(journeyProgress('token', context({ status }))).toEqual({ index: 2, total: 7 });
    expect(journeyProgress('token', context({ status, view: passportView() }))).toEqual({
      index: 6,
      total: 6,
    });
  });
});
