/** What a start finds and makes of it, whatever the last run was doing and whatever the clock says. */
import { describe, expect, it } from 'vitest';
import { ITEM_STATES } from '../../../../preload/contract/outbox-words.ts';
import { DeliveryBench, FOLDER, INDEX, newItem, startedBench } from './delivery-bench.ts';
import { broken, statusIs } from './fake-markid.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How far the fake clock's first day is from these years. */
const jumpTo = (year: number): number => Date.UTC(year, 0, 1) - Date.UTC(2026, 0, 15);
const JUMPS: readonly (readonly [number, number])[] = [
  [1970, jumpTo(1970)],
  [2100, jumpTo(2100)],
];

/** Kills the run while a request of this kind is under way; what it did there, it did. */
const killedDuring = async (path: string): Promise<{ bench: DeliveryBench; itemId: string }> => {
  const bench = await startedBench();
  bench.markId.during = (asked) => {
    if (asked === path) bench.kill();
  };
  const itemId = await bench.accept();
  bench.markId.during = () => undefined;
  return { bench, itemId };
};

/** An item whose bytes at one place are other ones for a whole run. */
const unreadableForARun = async (change: (bench: DeliveryBench, itemId: string) => () => void) => {
  const bench = new DeliveryBench();
  const itemId = await bench.plant({});
  const restore = change(bench, itemId);
  await bench.start();
  await bench.clock.advance(MINUTE_MS);
  const found = bench.item(itemId);
  await bench.stop();
  restore();
  await bench.start();
  await bench.clock.advance(MINUTE_MS);
  return { bench, itemId, found };
};

describe('a start that can open again what the last one could not', () => {
  it('REC-04 delivers what had lost its key', async () => {
    const { bench, itemId, found } = await unreadableForARun(({ sqlite }) => {
      const database = sqlite.inside(INDEX);
      const wrapped = database.prepare('SELECT wrapped_key FROM item').get()?.['wrapped_key'] ?? '';
      const put = database.prepare('UPDATE item SET wrapped_key = ?');
      put.run(Buffer.alloc(60));
      return () => put.run(wrapped);
    });
    expect(found).toMatchObject({ state: 'DAMAGED', code: 'ITEM_DAMAGED' });
    expect(bench.state(itemId)).toBeNull();
    expect(bench.markId.calls()).toBe('token, process token-000001');
  });

  it('delivers what a newer version sealed, once it is that version', async () => {
    const { bench, itemId, found } = await unreadableForARun(({ disk }, id) => {
      const path = `${FOLDER}/items/${id}.sealed`;
      const sealed = disk.bytes(path);
      disk.put(path, sealed.fill(2, 4, 5));
      return () => {
        disk.put(path, sealed.fill(1, 4, 5));
      };
    });
    expect(found).toMatchObject({ state: 'DAMAGED', code: 'ITEM_NEWER' });
    expect(bench.state(itemId)).toBeNull();
    expect(bench.markId.calls()).toBe('token, process token-000001');
  });
});

describe('a start after a power cut', () => {
  it('REC-01 finds an accepted item whole and delivers it', async () => {
    const bench = new DeliveryBench();
    await bench.start();
    bench.markId.next.token = [broken('NETWORK_UNREACHABLE')];
    const itemId = await bench.accept();
    bench.kill();
    await bench.start();
    expect(bench.state(itemId)).toBe('QUEUED');
    await bench.clock.advance(10_000);
    expect(bench.courier.outbox.receipts.list(0, 9)).toMatchObject([{ itemId }]);
  });

  it('asks for another token where one was being asked for', async () => {
    const { bench, itemId } = await killedDuring('/api/v2/token');
    await bench.start();
    expect(bench.state(itemId)).toBeNull();
    expect(bench.markId.calls()).toBe('token, token, process token-000002');
  });

  it('REC-01 asks what became of a request that was under way, and sends nothing before', async () => {
    const { bench, itemId } = await killedDuring('/api/v2/process');
    bench.markId.next.status = [statusIs('REVIEWING')];
    await bench.start();
    expect(bench.item(itemId)).toMatchObject({ state: 'AMBIGUOUS', code: 'ANSWER_LOST' });
    await bench.clock.advance(MINUTE_MS);
    expect(bench.state(itemId)).toBeNull();
    expect(bench.markId.calls()).toBe('token, process token-000001, status');
  });

  it('asks again where the answer about a delivery was lost with the power, at most three times', async () => {
    const bench = await startedBench();
    bench.markId.next.process = [broken('ANSWER_LOST')];
    const itemId = await bench.accept();
    bench.markId.during = (path) => {
      if (path === '/api/v2/status') bench.kill();
    };
    for (let cut = 0; cut < 5; cut += 1) {
      await bench.clock.advance(2 * HOUR_MS);
      await bench.start();
    }
    expect(bench.markId.calls()).toBe('token, process token-000001, status, status, status');
    expect(bench.item(itemId)).toMatchObject({ state: 'HELD', code: 'DELIVERY_UNCONFIRMED' });
  });

  it.each(ITEM_STATES)('knows what to do with an item in state %s', async (state) => {
    const bench = new DeliveryBench();
    const hasToken = ['READY', 'SENDING', 'AMBIGUOUS'].includes(state);
    const itemId = await bench.plant({
      state,
      token: hasToken ? bench.token() : null,
      attempts: state === 'SENDING' || state === 'AMBIGUOUS' ? 1 : 0,
      lastByteLivedMs: state === 'AMBIGUOUS' ? 0 : null,
    });
    bench.markId.next.status = [statusIs('REVIEWING')];
    await bench.start();
    await bench.clock.advance(5 * MINUTE_MS);
    const isDelivered = !['NEEDS_TOKEN', 'NEEDS_PERSON', 'HELD', 'DAMAGED'].includes(state);
    expect(bench.state(itemId)).toBe(isDelivered ? null : state);
    const calls: Partial<Record<typeof state, string>> = {
      QUEUED: 'token, process token-000001',
      MINTING: 'token, process token-000001',
      READY: 'process token-planted',
      SENDING: 'status',
      AMBIGUOUS: 'status',
    };
    expect(bench.markId.calls()).toBe(calls[state] ?? '');
  });

  it('keeps the order in which items were saved', async () => {
    const bench = new DeliveryBench();
    for (const ref of ['a', 'b', 'c'])
      await bench.plant({}, { content: { ...newItem().content, externalRef: ref } });
    await bench.start();
    await bench.clock.advance(10_000);
    const refs = bench.markId.log.flatMap((e) => (e.call === 'token' ? [e.externalRef] : []));
    expect(refs).toEqual(['a', 'b', 'c']);
  });
});

describe('a proper end', () => {
  it('gives up the request under way and keeps what that means', async () => {
    const bench = await startedBench();
    bench.markId.during = (_path, { signal }) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          resolve();
        });
      });
    bench.markId.next.token = [broken('SEND_CANCELLED')];
    const itemId = await bench.accept();
    expect(bench.state(itemId)).toBe('MINTING');
    await bench.stop();
    bench.markId.during = () => undefined;
    await bench.start();
    await bench.clock.advance(20_000);
    expect(bench.state(itemId)).toBeNull();
    expect(bench.markId.calls()).toBe('token, token, process token-000001');
  });

  it('takes no further step of an item once it was asked for', async () => {
    const bench = await startedBench();
    bench.markId.during = (path) => {
      if (path === '/api/v2/token') void bench.courier.stop();
    };
    await bench.accept();
    expect(bench.markId.calls()).toBe('token');
    bench.markId.during = () => undefined;
    await bench.start();
    await bench.settle();
    expect(bench.markId.calls()).toBe('token, process token-000001');
  });
});

describe('SEC-29 a clock that jumps', () => {
  it.each(JUMPS)(
    'to %s within a run expires nothing and lets nothing wait',
    async (_year, byMs) => {
      const bench = await startedBench();
      bench.markId.next.token = [broken('NETWORK_UNREACHABLE')];
      const itemId = await bench.accept();
      bench.clock.jumpWall(byMs);
      await bench.clock.advance(1000);
      expect(bench.state(itemId)).toBe('QUEUED');
      await bench.clock.advance(10_000);
      expect(bench.state(itemId)).toBeNull();
      expect(bench.courier.outbox.receipts.count(bench.clock.startOfDayMs())).toBe(1);
    },
  );

  it.each(JUMPS)(
    'to %s between two runs expires nothing and lets nothing wait',
    async (_year, byMs) => {
      const bench = new DeliveryBench({ retentionMs: 14 * DAY_MS });
      const waiting = await bench.plant({
        state: 'QUEUED',
        code: 'NETWORK_UNREACHABLE',
        failures: 9,
      });
      const held = await bench.plant({ state: 'HELD', code: 'DELIVERY_UNCONFIRMED' });
      bench.clock.jumpWall(byMs);
      await bench.start();
      await bench.clock.advance(HOUR_MS);
      expect(bench.state(waiting)).toBeNull();
      expect(bench.state(held)).toBe('HELD');
    },
  );

  it('back and forth at every start expires nothing before half of the shortest retention', async () => {
    const bench = new DeliveryBench({ retentionMs: 14 * DAY_MS });
    const held = await bench.plant({ state: 'HELD' });
    await bench.start();
    bench.clock.jumpWall(jumpTo(2100));
    await bench.stop();
    await bench.start();
    bench.clock.jumpWall(-jumpTo(2100));
    await bench.stop();
    await bench.start();
    expect(bench.state(held)).toBe('HELD');
  });

  it('makes no minute of a few seconds: what may be under way is not sent again after a start', async () => {
    const bench = await startedBench();
    bench.markId.next.process = [broken('ANSWER_LOST')];
    bench.markId.next.status = [statusIs('ACTIVE'), statusIs('ACTIVE')];
    const itemId = await bench.accept();
    await bench.clock.advance(5000);
    await bench.stop();
    bench.clock.jumpWall(10 * MINUTE_MS);
    await bench.start();
    await bench.clock.advance(MINUTE_MS - 1);
    expect(bench.markId.calls()).toBe('token, process token-000001, status');
    await bench.clock.advance(1);
    expect(bench.state(itemId)).toBeNull();
    expect(bench.markId.calls()).toBe(
      'token, process token-000001, status, status, process token-000001',
    );
  });

  it('keeps no item waiting longer than an hour, whatever its row says', async () => {
    const bench = new DeliveryBench();
    const itemId = await bench.plant({});
    const far = Number.MAX_SAFE_INTEGER;
    bench.sqlite.inside('/data/outbox/index.sqlite').exec(`UPDATE item SET due_lived_ms = ${far}`);
    await bench.start();
    await bench.clock.advance(HOUR_MS + 1000);
    expect(bench.state(itemId)).toBeNull();
  });

  it('counts the sleep of the machine, which the monotonic clock may not have', async () => {
    const bench = await startedBench();
    bench.markId.next.process = [broken('ANSWER_LOST')];
    const itemId = await bench.accept();
    bench.clock.jumpWall(2 * HOUR_MS);
    bench.courier.outbox.time.resumed();
    bench.courier.networkReturned();
    await bench.settle();
    expect(bench.state(itemId)).toBeNull();
    expect(bench.markId.calls()).toBe('token, process token-000001, status');
  });
});
