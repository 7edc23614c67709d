/** What happens when a call fails: nothing is lost, and there is always a way on. */
import { describe, expect, it } from 'vitest';
import {
  ERROR_CODES,
  SESSION_ERROR_CODES,
  type ErrorCode,
} from '../../../../preload/contract/error-codes.ts';
import { offeredActions } from '../../../../renderer/flow/session-context.ts';
import {
  BACK,
  CHOOSE_ID_CARD,
  SHOOT,
  startFlow,
  SUBMIT,
  TO_CAPTURE,
  TO_DOCUMENT,
  TO_REVIEW,
  TOKEN,
} from './start-flow.ts';

/** A flow whose submission failed with the code. */
const failedSubmission = async (code: ErrorCode, tokenSource: 'mint' | 'handoff' = 'mint') => {
  const flow = await startFlow((kiosk) => {
    kiosk.status = { ...kiosk.status, tokenSource };
  });
  await flow.send(...TO_DOCUMENT, ...(tokenSource === 'handoff' ? [TOKEN] : []));
  await flow.send(CHOOSE_ID_CARD, SHOOT, SHOOT, SHOOT);
  flow.kiosk.failNext('session:submit-session', code);
  await flow.send(SUBMIT);
  return flow;
};

describe('a failed submission', () => {
  it.each(ERROR_CODES.filter((code) => code !== 'SUBMISSION_RUNNING'))(
    'keeps the session and its pictures, and says %s',
    async (code) => {
      const flow = await failedSubmission(code);
      expect(flow.place()).toBe('customer.failure');
      expect(flow.context().failure).toEqual({ code, during: 'submission' });
      expect(flow.kiosk.view.state).toBe('capturing');
      expect(flow.kiosk.calls).not.toContain('session:end-session');
      expect(offeredActions(flow.context())).toContain('end');
      await flow.send({ type: 'FAILURE.ANSWERED', action: 'end' });
      expect(flow.place()).toBe('attract');
    },
  );

  it('is submitted again on retry', async () => {
    const flow = await failedSubmission('NETWORK_UNREACHABLE');
    await flow.send({ type: 'FAILURE.ANSWERED', action: 'retry' });
    expect(flow.place()).toBe('delivering');
    expect(flow.kiosk.countOf('session:submit-session')).toBe(2);
  });

  it('is not submitted again by an action that is not offered', async () => {
    const flow = await failedSubmission('MARKID_ENCODING_ERROR');
    await flow.send({ type: 'FAILURE.ANSWERED', action: 'retry' });
    expect(flow.place()).toBe('customer.failure');
    expect(flow.kiosk.countOf('session:submit-session')).toBe(1);
  });

  it('leads to the pictures on retake', async () => {
    const flow = await failedSubmission('MARKID_ACCEPTED_WITH_ERROR');
    await flow.send({ type: 'FAILURE.ANSWERED', action: 'retake' });
    expect(flow.place()).toBe('customer.review.ready');
    expect(flow.context().pictures).toHaveLength(3);
  });

  it('leads to the document on "another document", and back without a loss', async () => {
    const flow = await failedSubmission('MARKID_ACCEPTED_WITH_ERROR');
    await flow.send({ type: 'FAILURE.ANSWERED', action: 'document' }, CHOOSE_ID_CARD);
    expect(flow.place()).toBe('customer.review.ready');
  });

  it('takes a new token for the same pictures where the old one is spent', async () => {
    const flow = await failedSubmission('TOKEN_SPENT', 'handoff');
    await flow.send({ type: 'FAILURE.ANSWERED', action: 'token' });
    expect(flow.place()).toBe('customer.token');
    await flow.send(BACK);
    expect(flow.place()).toBe('customer.review.ready');
    flow.kiosk.failNext('session:submit-session', 'TOKEN_SPENT');
    await flow.send(SUBMIT, { type: 'FAILURE.ANSWERED', action: 'token' }, TOKEN);
    expect(flow.place()).toBe('customer.review.ready');
    expect(flow.kiosk.countOf('session:replace-token')).toBe(1);
    expect(flow.kiosk.countOf('session:start-session')).toBe(1);
  });

  it('says so when the new token is refused', async () => {
    const flow = await failedSubmission('TOKEN_SPENT', 'handoff');
    flow.kiosk.failNext('session:replace-token', 'BUSY');
    await flow.send({ type: 'FAILURE.ANSWERED', action: 'token' }, TOKEN);
    expect(flow.context().failure?.code).toBe('BUSY');
    await flow.send({ type: 'FAILURE.ANSWERED', action: 'retry' });
    expect(flow.place()).toBe('customer.review.ready');
  });
});

describe('a session that can not be begun', () => {
  it('offers consent again after a new look at what main says', async () => {
    const flow = await startFlow();
    await flow.send({ type: 'START' });
    flow.kiosk.failNext('session:start-session', 'CONSENT_OUTDATED');
    await flow.send({ type: 'ACCEPT' });
    expect(flow.context().failure).toEqual({ code: 'CONSENT_OUTDATED', during: 'session' });
    flow.kiosk.status = { ...flow.kiosk.status, consent: { version: '2', text: {} } };
    await flow.send({ type: 'FAILURE.ANSWERED', action: 'retry' });
    expect(flow.place()).toBe('customer.consent');
    await flow.send({ type: 'ACCEPT' });
    expect(flow.kiosk.requests.get('session:start-session')).toMatchObject({ consentVersion: '2' });
  });

  it('goes out of service when main says so on the new look', async () => {
    const flow = await startFlow();
    await flow.send({ type: 'START' });
    flow.kiosk.failNext('session:start-session', 'BUSY');
    await flow.send({ type: 'ACCEPT' });
    flow.kiosk.status = {
      ...flow.kiosk.status,
      service: { state: 'out-of-service', code: 'VAULT_DAMAGED' },
    };
    await flow.send({ type: 'FAILURE.ANSWERED', action: 'retry' });
    expect(flow.place()).toBe('outOfService.idle');
  });

  it('stays on the failure screen when main does not answer the new look', async () => {
    const flow = await startFlow();
    await flow.send({ type: 'START' });
    flow.kiosk.failNext('session:start-session', 'BUSY');
    flow.kiosk.failNext('app:get-status', 'INTERNAL_FAULT');
    await flow.send({ type: 'ACCEPT' }, { type: 'FAILURE.ANSWERED', action: 'retry' });
    expect(flow.place()).toBe('customer.failure');
    expect(flow.context().failure?.code).toBe('INTERNAL_FAULT');
  });

  it('offers no pictures to take again before there is a session', async () => {
    const flow = await startFlow();
    await flow.send({ type: 'START' });
    flow.kiosk.failNext('session:start-session', 'MARKID_VALIDATION_ERROR');
    await flow.send({ type: 'ACCEPT' });
    expect(offeredActions(flow.context())).toEqual(['end']);
  });
});

describe('a session that main no longer has', () => {
  it.each(['session:choose-document', 'capture:store-picture', 'capture:read-picture'] as const)(
    'is named on the failure screen when %s finds it gone',
    async (channel) => {
      const flow = await startFlow();
      flow.kiosk.failNext(channel, 'NO_SESSION');
      await flow.send(...TO_DOCUMENT, CHOOSE_ID_CARD, SHOOT, SHOOT, SHOOT);
      expect(flow.place()).toBe('customer.failure');
      expect(flow.context().failure).toEqual({ code: 'NO_SESSION', during: 'session' });
      await flow.send({ type: 'FAILURE.ANSWERED', action: 'end' });
      expect(flow.place()).toBe('attract');
    },
  );
});

describe('a call that is rejected', () => {
  it.each([
    ['app:get-status', [], 'outOfService.idle'],
    ['session:start-session', TO_DOCUMENT, 'customer.failure'],
    ['session:choose-document', TO_CAPTURE, 'customer.document.choosing'],
    ['capture:store-picture', [...TO_CAPTURE, SHOOT], 'customer.capture.aiming'],
    ['capture:read-picture', TO_REVIEW, 'customer.failure'],
    ['session:submit-session', [...TO_REVIEW, SUBMIT], 'customer.failure'],
    ['session:end-session', [...TO_REVIEW, { type: 'END' }], 'outOfService.idle'],
  ] as const)('%s is an INTERNAL_FAULT like any other failure', async (channel, events, place) => {
    const flow = await startFlow((kiosk) => {
      kiosk.rejectNext(channel);
    });
    await flow.send(...events);
    expect(flow.place()).toBe(place);
    const { error, failure, fault } = flow.context();
    expect(error ?? failure?.code ?? fault).toBe('INTERNAL_FAULT');
  });
});

describe('ending', () => {
  it('serves nobody else until a customer who could not be forgotten is', async () => {
    const flow = await startFlow();
    await flow.send(...TO_REVIEW);
    flow.kiosk.failNext('session:end-session', 'INTERNAL_FAULT');
    await flow.send({ type: 'END' });
    expect(flow.place()).toBe('outOfService.idle');
    flow.kiosk.changeStatus({});
    await flow.pass(0);
    expect(flow.place()).toBe('outOfService.idle');
    await flow.send({ type: 'RETRY' });
    expect(flow.place()).toBe('attract');
    expect(flow.kiosk.view.state).toBe('idle');
  });

  it('waits for a submission that runs instead of tearing it down', async () => {
    const flow = await startFlow();
    await flow.send(...TO_REVIEW);
    flow.kiosk.view = { ...flow.kiosk.view, state: 'submitting' };
    await flow.send({ type: 'END' });
    expect(flow.place()).toBe('submitting.waiting');
  });
});

it('shows every session code of the contract somewhere', async () => {
  for (const code of SESSION_ERROR_CODES) {
    const flow = await startFlow();
    await flow.send(...TO_CAPTURE);
    flow.kiosk.failNext('capture:store-picture', code);
    await flow.send(SHOOT);
    const { error, failure } = flow.context();
    expect(failure?.code ?? error).toBe(code);
    flow.actor.stop();
  }
});
