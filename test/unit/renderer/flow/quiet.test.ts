/** Silence: warning, countdown, wipe; and where it must do nothing. */
import { describe, expect, it, vi } from 'vitest';
import { endingOf } from '../../../../renderer/flow/session-context.ts';
import {
  SHOOT,
  startFlow,
  SUBMIT,
  TO_CAPTURE,
  TO_DOCUMENT,
  TO_REVIEW,
  type settle,
} from './start-flow.ts';

type Flow = Awaited<ReturnType<typeof startFlow>>;
type Settle = typeof settle;

const at = async (place: string, flow: Flow): ReturnType<Settle> => {
  switch (place) {
    case 'consent':
      return flow.send({ type: 'START' });
    case 'document':
      return flow.send(...TO_DOCUMENT);
    case 'capture':
      return flow.send(...TO_CAPTURE);
    case 'review':
      return flow.send(...TO_REVIEW);
    default:
      flow.kiosk.failNext('session:submit-session', 'NETWORK_UNREACHABLE');
      return flow.send(...TO_REVIEW, SUBMIT);
  }
};

describe('SEC-29 silence', () => {
  it.each(['consent', 'document', 'capture', 'review', 'failure'])(
    'wipes the customer at %s after a warning with a countdown',
    async (place) => {
      const flow = await startFlow();
      await flow.send({ type: 'LANGUAGE.CHOSEN', language: 'lt' });
      await at(place, flow);
      await flow.send({ type: 'CONTINUE' });
      await flow.pass(44_800);
      expect(flow.context().secondsLeft).toBeNull();
      await flow.pass(400);
      expect(flow.context().secondsLeft).toBe(15);
      await flow.pass(10_000);
      expect(flow.context().secondsLeft).toBe(5);
      await flow.pass(5_000);
      expect(flow.place()).toBe('attract');
      expect(flow.kiosk.calls).toContain('session:end-session');
      expect(flow.kiosk.view.state).toBe('idle');
      expect(flow.context().language).toBeNull();
      expect(flow.context().secondsLeft).toBeNull();
    },
  );

  it('is broken by any touch until the warning stands, then only by "continue"', async () => {
    const flow = await startFlow();
    await flow.send(...TO_CAPTURE);
    await flow.pass(44_000);
    await flow.send({ type: 'ACTIVITY' });
    await flow.pass(44_000);
    expect(flow.context().secondsLeft).toBeNull();
    await flow.pass(2_000);
    expect(flow.context().secondsLeft).toBe(14);
    await flow.send({ type: 'ACTIVITY' });
    expect(flow.context().secondsLeft).toBe(14);
    await flow.send({ type: 'CONTINUE' });
    expect(flow.context().secondsLeft).toBeNull();
    await flow.pass(44_000);
    expect(flow.place()).toBe('customer.capture.aiming');
  });

  it('is measured on a clock that setting the time does not move', async () => {
    const flow = await startFlow();
    await flow.send(...TO_CAPTURE);
    vi.setSystemTime(Date.now() + 365 * 86_400_000);
    await flow.pass(40_000);
    expect(flow.place()).toBe('customer.capture.aiming');
    expect(flow.context().secondsLeft).toBeNull();
    vi.setSystemTime(0);
    await flow.pass(20_200);
    expect(flow.place()).toBe('attract');
  });

  it('counts the time a page stood still, too', async () => {
    const flow = await startFlow();
    await flow.send(...TO_CAPTURE);
    const now = performance.now();
    vi.spyOn(performance, 'now').mockReturnValue(now + 60_000);
    await flow.pass(200);
    expect(flow.place()).toBe('attract');
  });

  it('is not counted while a submission is being saved', async () => {
    const flow = await startFlow();
    await flow.send(...TO_REVIEW);
    flow.kiosk.hold('session:submit-session');
    await flow.send(SUBMIT);
    await flow.pass(600_000);
    expect(flow.place()).toBe('submitting.saving');
    expect(flow.kiosk.calls).not.toContain('session:end-session');
  });

  it('wipes a customer whose picture is still being stored', async () => {
    const flow = await startFlow();
    await flow.send(...TO_CAPTURE);
    flow.kiosk.hold('capture:store-picture');
    await flow.send(SHOOT);
    await flow.pass(60_200);
    expect(flow.place()).toBe('attract');
  });

  it('puts the language of the attract screen back, without a warning', async () => {
    const flow = await startFlow();
    await flow.send({ type: 'LANGUAGE.CHOSEN', language: 'lt' });
    await flow.pass(59_000);
    expect(flow.context().language).toBe('lt');
    expect(flow.context().secondsLeft).toBeNull();
    await flow.pass(1_200);
    expect(flow.context().language).toBeNull();
    expect(flow.place()).toBe('attract');
  });
});

describe('SEC-29 silence during a delivery', () => {
  it('warns, then makes room for the next customer; main goes on without the screen', async () => {
    const flow = await startFlow();
    await flow.send({ type: 'LANGUAGE.CHOSEN', language: 'lt' }, ...TO_REVIEW, SUBMIT);
    await flow.send({ type: 'CONTINUE' });
    await flow.pass(45_200);
    expect(flow.place()).toBe('delivering');
    expect(flow.context().secondsLeft).toBe(15);
    expect(endingOf(flow.context())).toBe('keeps-saved');
    await flow.pass(15_000);
    expect(flow.place()).toBe('attract');
    expect(flow.kiosk.countOf('session:end-session')).toBe(1);
    expect(flow.context().language).toBeNull();
  });

  it('is broken by a touch, and after the warning by "continue"', async () => {
    const flow = await startFlow();
    await flow.send(...TO_REVIEW, SUBMIT);
    await flow.pass(44_000);
    await flow.send({ type: 'ACTIVITY' });
    await flow.pass(46_000);
    expect(flow.context().secondsLeft).toBe(14);
    await flow.send({ type: 'CONTINUE' });
    await flow.pass(44_000);
    expect(flow.place()).toBe('delivering');
  });
});

describe('the receipt', () => {
  it('counts down from 30 seconds and makes room for the next customer', async () => {
    const flow = await startFlow();
    await flow.send(...TO_REVIEW, SUBMIT);
    flow.kiosk.settle('delivered');
    expect(flow.context().secondsLeft).toBe(30);
    await flow.pass(10_000);
    expect(flow.context().secondsLeft).toBe(20);
    await flow.send({ type: 'ACTIVITY' });
    await flow.pass(20_000);
    expect(flow.place()).toBe('attract');
    expect(flow.kiosk.view.state).toBe('idle');
  });
});
