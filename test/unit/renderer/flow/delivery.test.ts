/** From the saved submission to its end, with the customer or without, also after a lost renderer. */
import { describe, expect, it } from 'vitest';
import { CAPTURE_STEPS } from '../../../../preload/contract/vocabulary.ts';
import {
  endingOf,
  offeredActions,
  shownLanguage,
} from '../../../../renderer/flow/session-context.ts';
import { RECEIPT, SCAN_REF } from '../../../support/fake-kiosk-values.ts';
import {
  CHOOSE_ID_CARD,
  SHOOT,
  startFlow,
  SUBMIT,
  TO_DOCUMENT,
  TO_REVIEW,
  TOKEN,
} from './start-flow.ts';

const submitted = async () => {
  const flow = await startFlow();
  await flow.send(...TO_REVIEW, SUBMIT);
  return flow;
};

/** A flow whose renderer was lost while main's session stood in the state. */
const resumed = (state: 'delivering' | 'saved' | 'delivered', receipt: typeof RECEIPT | null) =>
  startFlow((kiosk) => {
    kiosk.resume('ID_CARD', CAPTURE_STEPS);
    kiosk.view = { ...kiosk.view, state, receipt };
  });

describe('a submission that is saved', () => {
  it('is acknowledged with its reference before anything has arrived', async () => {
    const flow = await submitted();
    expect(flow.place()).toBe('delivering');
    expect(flow.context().view?.receipt).toEqual(RECEIPT);
    expect(endingOf(flow.context())).toBe('keeps-saved');
  });

  it('shows how much of it has left, from the first word on', async () => {
    const flow = await startFlow();
    await flow.send(...TO_REVIEW);
    const release = flow.kiosk.hold('session:submit-session');
    await flow.send(SUBMIT);
    expect(flow.place()).toBe('submitting.saving');
    flow.kiosk.progress({ stage: 'requesting-token', sentBytes: 0, totalBytes: 0 });
    release();
    await flow.pass(0);
    expect(flow.context().progress?.stage).toBe('requesting-token');
    flow.kiosk.progress({ stage: 'sending', sentBytes: 5, totalBytes: 10 });
    expect(flow.context().progress).toEqual({ stage: 'sending', sentBytes: 5, totalBytes: 10 });
    flow.kiosk.settle('delivered');
    expect(flow.place()).toBe('receipt');
    expect(flow.context().progress).toBeNull();
  });

  it.each([
    ['delivered', SCAN_REF],
    ['saved', undefined],
  ] as const)('leads to the receipt of what is %s', async (outcome, scanRef) => {
    const flow = await submitted();
    flow.kiosk.settle(outcome);
    expect(flow.place()).toBe('receipt');
    expect(flow.context().view?.receipt?.reference).toBe(RECEIPT.reference);
    expect(flow.context().view?.receipt?.delivery?.scanRef).toBe(scanRef);
  });

  it('shows what became of it although the word of its end never came', async () => {
    const flow = await submitted();
    flow.kiosk.settle('delivered', { isTold: false });
    await flow.pass(1_000);
    expect(flow.place()).toBe('receipt');
  });

  it.each(['delivered', 'saved'] as const)(
    'shows the receipt when it is %s before its own answer has come',
    async (outcome) => {
      const flow = await startFlow();
      await flow.send(...TO_REVIEW);
      const release = flow.kiosk.hold('session:submit-session');
      await flow.send(SUBMIT);
      flow.kiosk.settle(outcome);
      expect(flow.place()).toBe('receipt');
      const shown = flow.context().view;
      release();
      await flow.pass(5_000);
      expect(flow.place()).toBe('receipt');
      expect(flow.context().view).toEqual(shown);
    },
  );

  it('needs no screen: its customer may leave while it is delivered', async () => {
    const flow = await submitted();
    await flow.send({ type: 'END' });
    expect(flow.place()).toBe('attract');
    expect(flow.kiosk.countOf('session:end-session')).toBe(1);
    expect(flow.context().view).toBeNull();
  });

  it.each([
    ['delivered', 'receipt'],
    ['saved', 'receipt'],
    ['MARKID_BAD_VALUE', 'customer.failure'],
  ] as const)(
    'ends for its customer as %s although the kiosk went out of service',
    async (outcome, place) => {
      const flow = await submitted();
      flow.kiosk.changeStatus({ service: { state: 'out-of-service', code: 'OUTBOX_FULL' } });
      expect(flow.place()).toBe('delivering');
      flow.kiosk.settle(outcome);
      expect(flow.place()).toBe(place);
      await flow.send({ type: 'END' });
      expect(flow.place()).toBe('outOfService.idle');
    },
  );

  it('says nothing to the next customer when it ends after its own has left', async () => {
    const flow = await submitted();
    await flow.send({ type: 'END' }, { type: 'START' });
    flow.kiosk.settle('delivered');
    expect(flow.place()).toBe('customer.consent');
    expect(flow.context().view).toBeNull();
  });

  it('is left although it ends while its customer is leaving', async () => {
    const flow = await submitted();
    const release = flow.kiosk.hold('session:end-session');
    await flow.send({ type: 'END' });
    flow.kiosk.settle('delivered');
    release();
    await flow.pass(0);
    expect(flow.place()).toBe('attract');
    expect(flow.context().view).toBeNull();
  });

  it('keeps its screen, with the way out, while main is silent', async () => {
    const flow = await submitted();
    flow.kiosk.failNext('session:get-session', 'BUSY', 100);
    await flow.pass(40_000);
    expect(flow.place()).toBe('delivering');
    await flow.send({ type: 'END' });
    expect(flow.place()).toBe('attract');
  });

  it('asks main no more once its screen is left', async () => {
    const flow = await submitted();
    await flow.send({ type: 'END' });
    const before = flow.kiosk.countOf('session:get-session');
    await flow.pass(10_000);
    expect(flow.kiosk.countOf('session:get-session')).toBe(before);
  });
});

describe('a submission that could not be saved', () => {
  it('leaves the pictures where they are, to be saved again', async () => {
    const flow = await startFlow();
    await flow.send(...TO_REVIEW);
    flow.kiosk.failNext('session:submit-session', 'STORAGE_LOW');
    await flow.send(SUBMIT);
    expect(flow.place()).toBe('customer.failure');
    expect(endingOf(flow.context())).toBe('forgets');
    await flow.send({ type: 'FAILURE.ANSWERED', action: 'retry' });
    expect(flow.place()).toBe('delivering');
  });
});

describe('a submission Mark ID refused', () => {
  const refused = async () => {
    const flow = await submitted();
    flow.kiosk.settle('MARKID_ACCEPTED_WITH_ERROR');
    return flow;
  };

  it('is named on the failure screen with its own ways on', async () => {
    const flow = await refused();
    expect(flow.place()).toBe('customer.failure');
    expect(flow.context().failure?.code).toBe('MARKID_ACCEPTED_WITH_ERROR');
    expect(offeredActions(flow.context())).toEqual(['retake', 'document', 'end']);
  });

  it('is named although it was refused before its own answer has come', async () => {
    const flow = await startFlow();
    await flow.send(...TO_REVIEW);
    const release = flow.kiosk.hold('session:submit-session');
    await flow.send(SUBMIT);
    flow.kiosk.settle('MARKID_VALIDATION_ERROR');
    release();
    await flow.pass(5_000);
    expect(flow.place()).toBe('customer.failure');
    expect(flow.context().failure?.code).toBe('MARKID_VALIDATION_ERROR');
  });

  it('has its pictures back: one is taken again and all are submitted', async () => {
    const flow = await refused();
    await flow.send({ type: 'FAILURE.ANSWERED', action: 'retake' });
    expect(flow.place()).toBe('customer.review.ready');
    expect(flow.context().pictures).toHaveLength(3);
    await flow.send({ type: 'RETAKE', step: 'FRONT' }, SHOOT, SUBMIT);
    expect(flow.place()).toBe('delivering');
    expect(flow.context().view?.refusal).toBeNull();
    flow.kiosk.settle('delivered');
    expect(flow.place()).toBe('receipt');
  });

  it('can be refused again', async () => {
    const flow = await refused();
    await flow.send({ type: 'FAILURE.ANSWERED', action: 'retake' }, SUBMIT);
    flow.kiosk.settle('MARKID_BAD_VALUE');
    expect(flow.place()).toBe('customer.failure');
    expect(flow.context().failure?.code).toBe('MARKID_BAD_VALUE');
  });

  it('stays with the bank when its customer ends', async () => {
    const flow = await refused();
    expect(endingOf(flow.context())).toBe('keeps-refused');
    await flow.send({ type: 'FAILURE.ANSWERED', action: 'retake' });
    expect(endingOf(flow.context())).toBe('keeps-refused');
    await flow.send({ type: 'END' });
    expect(flow.place()).toBe('attract');
    expect(endingOf(flow.context())).toBe('forgets');
  });

  it('is submitted with a new token where the bank hands tokens over', async () => {
    const flow = await startFlow((kiosk) => {
      kiosk.status = { ...kiosk.status, tokenSource: 'handoff' };
    });
    await flow.send(...TO_DOCUMENT, TOKEN, CHOOSE_ID_CARD, SHOOT, SHOOT, SHOOT, SUBMIT);
    flow.kiosk.settle('TOKEN_SPENT');
    expect(offeredActions(flow.context())).toEqual(['token', 'end']);
    await flow.send({ type: 'FAILURE.ANSWERED', action: 'token' });
    expect(flow.place()).toBe('customer.token');
    await flow.send(TOKEN);
    expect(flow.kiosk.countOf('session:replace-token')).toBe(1);
    expect(flow.place()).toBe('customer.review.ready');
    await flow.send(SUBMIT);
    expect(flow.place()).toBe('delivering');
    expect(flow.kiosk.countOf('session:start-session')).toBe(1);
  });
});

describe('SEC-27 a renderer that replaces a lost one after the submission', () => {
  it('follows the delivery that runs, in the language of its customer', async () => {
    const flow = await resumed('delivering', RECEIPT);
    expect(flow.place()).toBe('delivering');
    expect(shownLanguage(flow.context())).toBe('lt');
    flow.kiosk.progress({ stage: 'confirming', sentBytes: 10, totalBytes: 10 });
    expect(flow.context().progress?.stage).toBe('confirming');
    flow.kiosk.settle('saved');
    expect(flow.place()).toBe('receipt');
    expect(flow.kiosk.calls).not.toContain('session:submit-session');
  });

  it.each(['saved', 'delivered'] as const)('shows the receipt of what is %s', async (state) => {
    const flow = await resumed(state, RECEIPT);
    expect(flow.place()).toBe('receipt');
  });

  it.each(['delivering', 'saved', 'delivered'] as const)(
    'forgets a session that is %s without a receipt',
    async (state) => {
      const flow = await resumed(state, null);
      expect(flow.place()).toBe('attract');
      expect(flow.kiosk.calls).toContain('session:end-session');
    },
  );

  it('shows the receipt before it shows that the kiosk went out of service', async () => {
    const flow = await startFlow((kiosk) => {
      kiosk.resume('ID_CARD', CAPTURE_STEPS);
      kiosk.view = { ...kiosk.view, state: 'saved', receipt: RECEIPT };
      kiosk.changeStatus({ service: { state: 'out-of-service', code: 'OUTBOX_FULL' } });
    });
    expect(flow.place()).toBe('receipt');
    await flow.send({ type: 'END' });
    expect(flow.place()).toBe('outOfService.idle');
  });

  it('names the refusal, and leads on to the pictures', async () => {
    const flow = await startFlow((kiosk) => {
      kiosk.resume('ID_CARD', CAPTURE_STEPS);
      kiosk.view = { ...kiosk.view, refusal: 'MARKID_ACCEPTED_WITH_ERROR' };
    });
    expect(flow.place()).toBe('customer.failure');
    await flow.send({ type: 'FAILURE.ANSWERED', action: 'retake' });
    expect(flow.place()).toBe('customer.review.ready');
  });

  it('follows a submission whose answer went to the lost one and that settles at once', async () => {
    const flow = await startFlow((kiosk) => {
      kiosk.resume('ID_CARD', CAPTURE_STEPS);
      kiosk.view = { ...kiosk.view, state: 'submitting' };
    });
    expect(flow.place()).toBe('submitting.waiting');
    flow.kiosk.settle('delivered');
    expect(flow.place()).toBe('receipt');
  });
});
