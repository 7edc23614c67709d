/** What holds for all items at once: pace, pause, cooling, being unreachable, and who goes first. */
import { describe, expect, it } from 'vitest';
import { DeliveryBench, newItem, startedBench } from './delivery-bench.ts';
import { answer, broken } from './fake-markid.ts';
import { itemsOf } from '../../../support/items-of.ts';

const MINUTE_MS = 60_000;
const BUSY = answer(429);

/** Waiting items of an earlier run. */
const withItems = async (count: number, bench = new DeliveryBench()): Promise<DeliveryBench> => {
  for (let at = 0; at < count; at += 1)
    await bench.plant({}, { content: { ...newItem().content, externalRef: `item-${at}` } });
  return bench;
};

const refsOf = ({ markId }: DeliveryBench): string[] =>
  markId.log.flatMap((entry) => (entry.call === 'token' ? [entry.externalRef] : []));

/** When each token was asked for. */
const trackMints = (bench: DeliveryBench): number[] => {
  const atMs: number[] = [];
  bench.markId.during = (path) => {
    if (path === '/api/v2/token') atMs.push(bench.clock.monotonicMs());
  };
  return atMs;
};

describe('pacing', () => {
  it('lets two items go at once after a quiet time and the others at the rate of the policy', async () => {
    const bench = await withItems(6, new DeliveryBench({ itemsPerMinute: 30 }));
    const atMs = trackMints(bench);
    await bench.start();
    await bench.clock.advance(MINUTE_MS);
    expect(atMs).toEqual([0, 0, 2000, 4000, 6000, 8000]);
  });

  it('never lets more go in any hour than the rate and the burst allow, whatever comes when', async () => {
    const bench = await withItems(40, new DeliveryBench({ itemsPerMinute: 10 }));
    const atMs = trackMints(bench);
    await bench.start();
    for (let minute = 0; minute < 6; minute += 1) {
      await bench.clock.advance(MINUTE_MS);
      await bench.accept();
    }
    for (const from of atMs) {
      const within = atMs.filter((at) => at >= from && at < from + MINUTE_MS).length;
      expect(within).toBeLessThanOrEqual(10 + 2);
    }
  });
});

describe('cooling', () => {
  it('waits as long as Mark ID asks, and says until when', async () => {
    const bench = await startedBench();
    bench.markId.next.process = [answer(429, undefined, 90)];
    const itemId = await bench.accept();
    expect(bench.courier.gate.condition()).toEqual({
      state: 'cooling',
      resumesAtMs: bench.clock.wallMs() + 90_000,
    });
    expect(bench.state(itemId)).toBe('QUEUED');
    await bench.clock.advance(89_999);
    expect(bench.markId.calls()).toBe('token, process token-000001');
    await bench.clock.advance(1);
    expect(bench.state(itemId)).toBeNull();
    expect(bench.markId.calls()).toBe('token, process token-000001, token, process token-000002');
  });

  it('waits 60 s doubling to 60 min where Mark ID does not say, and begins anew after a success', async () => {
    const bench = await startedBench();
    bench.markId.next.token = Array.from({ length: 8 }, () => BUSY);
    const atMs = trackMints(bench);
    await bench.accept();
    await bench.clock.advance(6 * 60 * MINUTE_MS);
    const waits = atMs.slice(1).map((at, index) => (at - (atMs[index] ?? 0)) / MINUTE_MS);
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    bench.markId.next.token = [BUSY];
    await bench.accept();
    expect(bench.courier.gate.waitMs()).toBe(MINUTE_MS);
  });

  it('never believes a wait of more than an hour', async () => {
    const bench = await startedBench();
    bench.markId.next.token = [answer(429, undefined, 86_400)];
    await bench.accept();
    expect(bench.courier.gate.waitMs()).toBe(60 * MINUTE_MS);
  });

  it('holds all items, also one somebody waits for, and a person can not end it', async () => {
    const bench = await startedBench();
    bench.markId.next.token = [BUSY];
    await bench.accept();
    await bench.accept();
    bench.courier.resume();
    bench.courier.networkReturned();
    await bench.clock.advance(MINUTE_MS - 1);
    expect(bench.markId.calls()).toBe('token');
    await bench.clock.advance(5000);
    expect(bench.markId.log).toHaveLength(5);
  });
});

describe('a pause', () => {
  it('lasts until a person ends it, and then every item goes', async () => {
    const bench = await withItems(3);
    bench.markId.next.token = [answer(402)];
    await bench.start();
    await bench.accept();
    bench.courier.networkReturned();
    await bench.clock.advance(48 * 60 * MINUTE_MS);
    expect(bench.markId.calls()).toBe('token');
    expect(itemsOf(bench.courier.outbox)).toHaveLength(4);
    bench.courier.resume();
    await bench.clock.advance(10_000);
    expect(itemsOf(bench.courier.outbox)).toEqual([]);
  });

  it('is found out anew by the next start, with one request', async () => {
    const bench = await withItems(3);
    bench.markId.next.token = [answer(401), answer(401)];
    await bench.start();
    await bench.stop();
    await bench.start();
    await bench.clock.advance(60 * MINUTE_MS);
    expect(bench.markId.calls()).toBe('token, token');
    expect(bench.courier.gate.condition()).toMatchObject({ state: 'paused' });
  });
});

describe('an unreachable server', () => {
  const unreachable = async (count: number): Promise<DeliveryBench> => {
    const bench = await withItems(count);
    bench.markId.next.token = [broken('NETWORK_UNREACHABLE')];
    await bench.start();
    return bench;
  };

  it('is asked for one item only, and all go when it is back', async () => {
    const bench = await unreachable(5);
    expect(bench.courier.gate.condition()).toEqual({
      state: 'unreachable',
      code: 'NETWORK_UNREACHABLE',
    });
    expect(refsOf(bench)).toEqual(['item-0']);
    await bench.clock.advance(20_000);
    expect(itemsOf(bench.courier.outbox)).toEqual([]);
    expect(bench.courier.gate.condition()).toEqual({ state: 'running' });
  });

  it('is tried at once for somebody who waits before the kiosk', async () => {
    const bench = await unreachable(2);
    const itemId = await bench.accept();
    expect(bench.state(itemId)).toBeNull();
  });

  it('lets what waited go as soon as anything came through', async () => {
    const bench = await unreachable(3);
    bench.markId.next.token = Array.from({ length: 50 }, () => broken('NETWORK_UNREACHABLE'));
    await bench.clock.advance(60 * MINUTE_MS);
    expect(itemsOf(bench.courier.outbox)).toHaveLength(3);
    bench.markId.next.token = [];
    await bench.accept();
    await bench.clock.advance(4000);
    expect(itemsOf(bench.courier.outbox)).toEqual([]);
  });

  it('is tried when the system says that the network is back, and the hint may be wrong', async () => {
    const bench = await unreachable(1);
    bench.markId.next.token = [broken('NETWORK_UNREACHABLE')];
    bench.courier.networkReturned();
    await bench.settle();
    expect(refsOf(bench)).toHaveLength(2);
    expect(bench.courier.gate.isUnreachable).toBe(true);
    bench.courier.networkReturned();
    await bench.clock.advance(1000);
    expect(itemsOf(bench.courier.outbox)).toEqual([]);
  });

  it('does not shorten the wait of an item whose delivery is being checked', async () => {
    const bench = await startedBench();
    bench.markId.next.process = [broken('ANSWER_LOST')];
    const itemId = await bench.accept();
    bench.courier.networkReturned();
    await bench.clock.advance(MINUTE_MS - 1);
    expect(bench.state(itemId)).toBe('AMBIGUOUS');
    expect(bench.markId.calls()).toBe('token, process token-000001');
  });
});

describe('the item somebody waits for', () => {
  it('goes before older ones, as soon as the request under way is over', async () => {
    const bench = await withItems(4);
    bench.markId.during = () => bench.clock.sleep(500);
    await bench.start();
    await bench.accept(newItem({}, { content: { ...newItem().content, externalRef: 'now' } }));
    await bench.clock.advance(30_000);
    expect(refsOf(bench)).toEqual(['item-0', 'now', 'item-1', 'item-2', 'item-3']);
  });

  it('is about to go while the way is free, and is not while nothing may', async () => {
    const bench = await startedBench();
    const item = { itemId: 'x', dueLivedMs: 0 } as const;
    const scheduled = { ...item, state: 'QUEUED', code: null, attempts: 0 } as const;
    const one = { ...scheduled, savedLivedMs: 0, savedWallMs: 0, sizeBytes: 0 };
    expect(bench.courier.isAboutToGo(one)).toBe(true);
    expect(bench.courier.isAboutToGo({ ...one, dueLivedMs: 1 })).toBe(false);
    expect(bench.courier.isAboutToGo({ ...one, dueLivedMs: null })).toBe(false);
    bench.courier.gate.unreachable('NETWORK_UNREACHABLE', MINUTE_MS);
    expect(bench.courier.isAboutToGo(one)).toBe(false);
    bench.courier.schedule.prefer('x');
    expect(bench.courier.isAboutToGo(one)).toBe(true);
    bench.courier.gate.pause('MARKID_UNAUTHORIZED');
    expect(bench.courier.isAboutToGo(one)).toBe(false);
  });
});
