/** What is on screen while the flow goes on faster than anybody reads. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { ShownFlow } from '../../../../renderer/flow/shown-flow.ts';
import type { FakeKiosk } from '../../../support/fake-kiosk.ts';
import { SHOOT, startFlow, SUBMIT, TO_CAPTURE, TO_REVIEW } from './start-flow.ts';

/** A flow, and the top places its screens have shown since. */
const startShown = async (prepare?: (kiosk: FakeKiosk) => void) => {
  const flow = await startFlow(prepare);
  const shown = new ShownFlow(flow.actor, () => performance.now());
  onTestFinished(() => {
    shown.stop();
  });
  const seen: string[] = [];
  shown.subscribe(() => {
    const { value } = shown.getSnapshot();
    const place = typeof value === 'string' ? value : (Object.keys(value)[0] ?? '');
    if (seen.at(-1) !== place) seen.push(place);
  });
  return { ...flow, shown, seen };
};

const asTeller = (kiosk: FakeKiosk): void => {
  kiosk.status = { ...kiosk.status, mode: 'teller' };
};

describe('what is on screen', () => {
  it('lets a customer read that it is saved and sent, though both took no time', async () => {
    const flow = await startShown();
    await flow.send(...TO_REVIEW, SUBMIT);
    flow.kiosk.settle('delivered');
    expect([flow.place(), flow.seen.at(-1)]).toEqual(['receipt', 'submitting']);
    await flow.pass(749);
    expect(flow.seen.at(-1)).toBe('submitting');
    await flow.pass(1);
    expect(flow.seen.at(-1)).toBe('delivering');
    await flow.pass(749);
    expect(flow.seen.at(-1)).toBe('delivering');
    await flow.pass(1);
    expect(flow.seen.slice(-3)).toEqual(['submitting', 'delivering', 'receipt']);
  });

  it('goes on at once where a passing screen has stood long enough', async () => {
    const flow = await startShown();
    await flow.send(...TO_REVIEW, SUBMIT);
    await flow.pass(1_500);
    expect(flow.seen.at(-1)).toBe('delivering');
    flow.kiosk.settle('delivered');
    expect(flow.seen.at(-1)).toBe('receipt');
  });

  it('shows how much has left while its screen stands', async () => {
    const flow = await startShown();
    await flow.send(...TO_REVIEW, SUBMIT);
    await flow.pass(750);
    flow.kiosk.progress({ stage: 'sending', sentBytes: 5, totalBytes: 10 });
    expect(flow.shown.getSnapshot().context.progress?.sentBytes).toBe(5);
  });

  it('holds up no teller', async () => {
    const flow = await startShown(asTeller);
    await flow.send(...TO_REVIEW, SUBMIT);
    expect(flow.seen.at(-1)).toBe('delivering');
    flow.kiosk.settle('delivered');
    expect(flow.seen.at(-1)).toBe('receipt');
  });

  it('shows a failed submission, and a customer who goes, at once', async () => {
    const failed = await startShown();
    failed.kiosk.failNext('session:submit-session', 'NETWORK_UNREACHABLE');
    await failed.send(...TO_REVIEW, SUBMIT);
    expect(failed.shown.getSnapshot().matches({ customer: 'failure' })).toBe(true);

    const left = await startShown();
    await left.send(...TO_REVIEW, SUBMIT);
    left.kiosk.settle('delivered');
    await left.send({ type: 'END' });
    expect(left.seen.slice(-3)).toEqual(['submitting', 'ending', 'attract']);
    await left.pass(2_000);
    expect(left.seen.at(-1)).toBe('attract');
  });

  it('leaves the last picture standing until those of the review are here', async () => {
    const flow = await startShown();
    await flow.send(...TO_CAPTURE, SHOOT, SHOOT);
    const release = flow.kiosk.hold('capture:read-picture');
    await flow.send(SHOOT);
    expect(flow.place()).toBe('customer.review.reading');
    expect(flow.shown.getSnapshot().matches({ customer: 'capture' })).toBe(true);
    release();
    await flow.pass(0);
    expect(flow.shown.getSnapshot().matches({ customer: { review: 'ready' } })).toBe(true);
  });

  it('follows nothing any more once it is stopped', async () => {
    const flow = await startShown();
    flow.shown.stop();
    await flow.send({ type: 'START' });
    expect(flow.seen).toEqual([]);
  });
});
