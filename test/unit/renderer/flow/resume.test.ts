/** A renderer that starts, with or without a customer whose screen was lost. */
import { describe, expect, it } from 'vitest';
import { CAPTURE_STEPS } from '../../../../preload/contract/vocabulary.ts';
import { shownEnvironment, shownLanguage } from '../../../../renderer/flow/session-context.ts';
import { RECEIPT } from '../../../support/fake-kiosk-values.ts';
import { SHOOT, startFlow, SUBMIT, TO_REVIEW } from './start-flow.ts';

describe('a renderer that starts', () => {
  it.each([
    ['ready', { state: 'ready' }, 'attract'],
    ['locked', { state: 'locked' }, 'locked.idle'],
    ['out of service', { state: 'out-of-service', code: 'POLICY_INVALID' }, 'outOfService.idle'],
  ] as const)('shows that the kiosk is %s', async (_name, service, place) => {
    const flow = await startFlow((kiosk) => {
      kiosk.status = { ...kiosk.status, service };
    });
    expect(flow.place()).toBe(place);
  });

  it('is out of service while main does not answer, and starts on retry', async () => {
    const flow = await startFlow((kiosk) => {
      kiosk.failNext('session:get-session', 'INTERNAL_FAULT');
    });
    expect(flow.context().fault).toBe('INTERNAL_FAULT');
    flow.kiosk.failNext('app:retry-start', 'POLICY_INVALID');
    await flow.send({ type: 'RETRY' });
    expect(flow.context().fault).toBe('POLICY_INVALID');
    await flow.send({ type: 'RETRY' });
    expect(flow.place()).toBe('attract');
    expect(flow.context().fault).toBeNull();
  });

  it('waits for the answer to its retry although main tells a new status before', async () => {
    const flow = await startFlow((kiosk) => {
      kiosk.failNext('app:get-status', 'INTERNAL_FAULT');
    });
    const release = flow.kiosk.hold('app:retry-start');
    await flow.send({ type: 'RETRY' });
    flow.kiosk.changeStatus({});
    expect(flow.place()).toBe('outOfService.retrying');
    release();
    await flow.pass(0);
    expect(flow.place()).toBe('attract');
  });

  it('follows the status main tells while nobody is served', async () => {
    const flow = await startFlow();
    flow.kiosk.changeStatus({ service: { state: 'out-of-service', code: 'VAULT_DAMAGED' } });
    expect(flow.place()).toBe('outOfService.idle');
    flow.kiosk.changeStatus({ service: { state: 'locked' } });
    expect(flow.place()).toBe('locked.idle');
    flow.kiosk.changeStatus({ service: { state: 'ready' } });
    expect(flow.place()).toBe('attract');
  });

  it('does not take a screen away from a customer when the status changes', async () => {
    const flow = await startFlow();
    await flow.send(...TO_REVIEW);
    flow.kiosk.changeStatus({
      environment: 'production',
      service: { state: 'out-of-service', code: 'VAULT_DAMAGED' },
    });
    expect(flow.place()).toBe('customer.review.ready');
    expect(shownEnvironment(flow.context())).toBe('training');
    await flow.send({ type: 'END' });
    expect(flow.place()).toBe('outOfService.idle');
    expect(shownEnvironment(flow.context())).toBe('production');
  });
});

describe('SEC-27 a renderer that replaces a lost one', () => {
  it('asks for the document of a session that has none', async () => {
    const flow = await startFlow((kiosk) => {
      kiosk.view = { ...kiosk.view, state: 'capturing', language: 'lt' };
    });
    expect(flow.place()).toBe('customer.document.choosing');
    expect(shownLanguage(flow.context())).toBe('lt');
  });

  it('goes on with the first missing picture', async () => {
    const flow = await startFlow((kiosk) => {
      kiosk.resume('ID_CARD', ['FRONT', 'FACE']);
    });
    expect(flow.place()).toBe('customer.capture.aiming');
    expect(flow.context().stepIndex).toBe(1);
    await flow.send(SHOOT);
    expect(flow.place()).toBe('customer.review.ready');
  });

  it('offers an optional step again rather than leaving it out', async () => {
    const flow = await startFlow((kiosk) => {
      kiosk.resume('OTHER', ['FRONT', 'FACE']);
    });
    expect(flow.place()).toBe('customer.capture.aiming');
    await flow.send({ type: 'SKIP' });
    expect(flow.place()).toBe('customer.review.ready');
  });

  it('shows the review when all pictures are there', async () => {
    const flow = await startFlow((kiosk) => {
      kiosk.resume('ID_CARD', CAPTURE_STEPS);
    });
    expect(flow.place()).toBe('customer.review.ready');
    expect(flow.context().pictures).toHaveLength(3);
  });

  it('waits for a running submission without starting another, then follows its delivery', async () => {
    const flow = await startFlow((kiosk) => {
      kiosk.resume('ID_CARD', CAPTURE_STEPS);
      kiosk.view = { ...kiosk.view, state: 'submitting' };
    });
    await flow.pass(120_000);
    expect(flow.place()).toBe('submitting.waiting');
    flow.kiosk.view = { ...flow.kiosk.view, state: 'delivering', receipt: RECEIPT };
    await flow.pass(1_000);
    expect(flow.place()).toBe('delivering');
    expect(flow.kiosk.calls).not.toContain('session:submit-session');
  });

  it('shows the review when the running submission failed', async () => {
    const flow = await startFlow((kiosk) => {
      kiosk.resume('ID_CARD', CAPTURE_STEPS);
      kiosk.view = { ...kiosk.view, state: 'submitting' };
    });
    flow.kiosk.view = { ...flow.kiosk.view, state: 'capturing' };
    await flow.pass(1_000);
    expect(flow.place()).toBe('customer.review.ready');
  });

  it('bears a short silence of main while it waits, and names a long one', async () => {
    const flow = await startFlow((kiosk) => {
      kiosk.resume('ID_CARD', CAPTURE_STEPS);
      kiosk.view = { ...kiosk.view, state: 'submitting' };
    });
    flow.kiosk.failNext('session:get-session', 'BUSY', 29);
    await flow.pass(60_000);
    expect(flow.place()).toBe('submitting.waiting');
    flow.kiosk.failNext('session:get-session', 'BUSY', 30);
    await flow.pass(31_000);
    expect(flow.place()).toBe('customer.failure');
  });

  it('waits when a submission turns out to run already', async () => {
    const flow = await startFlow();
    await flow.send(...TO_REVIEW);
    flow.kiosk.failNext('session:submit-session', 'SUBMISSION_RUNNING');
    flow.kiosk.view = { ...flow.kiosk.view, state: 'submitting' };
    await flow.send(SUBMIT);
    expect(flow.place()).toBe('submitting.waiting');
  });
});
