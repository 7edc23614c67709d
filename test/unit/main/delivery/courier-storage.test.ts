/** A disk that refuses the n-th thing asked of it while an item is on its way, once or for ten minutes. */
import { describe, expect, it } from 'vitest';
import { diskError } from '../../../support/memory-disk.ts';
import { failingAt, fullDisk } from '../../../support/memory-sqlite.ts';
import { startedBench, type DeliveryBench } from './delivery-bench.ts';
import { broken, statusIs, type Reply } from './fake-markid.ts';

const MINUTE_MS = 60_000;
const LATER_MS = 3 * 60 * MINUTE_MS;

interface Story {
  readonly process: readonly Reply[];
  /** Whether Mark ID has what it did not answer. */
  readonly hasLost: boolean;
  /** Whatever fails: these requests may be made, in this order, and no others. */
  readonly allowed: RegExp;
}

const STORIES: Readonly<Record<string, Story>> = {
  'an item that is delivered at once': {
    process: [],
    hasLost: false,
    allowed: /^(token, )+process token-\d+(, status)?$/,
  },
  'an item of which no byte left at first': {
    process: [broken('NETWORK_UNREACHABLE')],
    hasLost: false,
    allowed: /^(token, )+process (token-\d+), (status, )*process \2(, status)?$/,
  },
  'an item whose answer was lost, and which Mark ID has': {
    process: [broken('ANSWER_LOST')],
    hasLost: true,
    allowed: /^(token, )+process token-\d+(, status)+$/,
  },
  'an item whose answer was lost, and which Mark ID has not': {
    process: [broken('ANSWER_LOST')],
    hasLost: false,
    allowed: /^(token, )+process (token-\d+)(, status)+, process \2(, status)?$/,
  },
};

/** Long enough that each number is beyond what any story does. */
const TIMES = Array.from({ length: 9 }, (_, at) => at + 1);

const begin = async ({ process, hasLost }: Story): Promise<DeliveryBench> => {
  const bench = await startedBench();
  const { markId } = bench;
  markId.next.process = [...process];
  markId.during = () => {
    const isThere =
      hasLost || markId.log.some((entry) => entry.call === 'process' && entry.isTaken);
    markId.next.status = [statusIs(isThere ? 'REVIEWING' : 'ACTIVE')];
  };
  return bench;
};

/** Every commit from the n-th on fails. */
const failingFrom = (n: number): ((sql: string) => void) => {
  let seen = 0;
  return (sql) => {
    if (sql !== 'COMMIT') return;
    seen += 1;
    if (seen >= n) throw fullDisk();
  };
};

describe.each(Object.entries(STORIES))('REC-02 %s', (_name, story) => {
  /** How it ended: which requests were made, where it was not as allowed, and what is left. */
  const endOf = (bench: DeliveryBench, itemId: string) => {
    bench.sqlite.fault = () => undefined;
    const calls = bench.markId.calls();
    return {
      unexpected: story.allowed.test(calls) ? null : calls,
      state: bench.state(itemId),
      receipts: bench.courier.outbox.receipts.list(0, 9).map((receipt) => receipt.itemId),
      files: bench.disk.names('/data/outbox/items'),
    };
  };
  const delivered = (itemId: string) => ({
    unexpected: null,
    state: null,
    receipts: [itemId],
    files: [],
  });

  /** The first commit is the item's own: without it there is no item. */
  it('is delivered once whichever of its steps the disk refuses to keep', async () => {
    for (const n of TIMES) {
      const bench = await begin(story);
      bench.sqlite.fault = failingAt('COMMIT', n + 1);
      const itemId = await bench.accept();
      await bench.clock.advance(LATER_MS);
      expect(endOf(bench, itemId)).toEqual(delivered(itemId));
    }
  });

  it('is delivered once whenever the disk is full for ten minutes', async () => {
    for (const n of TIMES) {
      const bench = await begin(story);
      bench.sqlite.fault = failingFrom(n + 1);
      const itemId = await bench.accept();
      await bench.clock.advance(10 * MINUTE_MS);
      bench.sqlite.fault = () => undefined;
      await bench.clock.advance(LATER_MS);
      expect(endOf(bench, itemId)).toEqual(delivered(itemId));
    }
  });

  it('is delivered once whenever its file or its row can not be read', async () => {
    for (const n of TIMES) {
      const bench = await begin(story);
      const itemId = await bench.accept();
      bench.sqlite.fault = failingAt('SELECT', n);
      let opened = 0;
      bench.disk.fault = (operation) => {
        if (operation !== 'open') return;
        opened += 1;
        if (opened === n) throw diskError('EIO');
      };
      await bench.clock.advance(LATER_MS);
      expect(endOf(bench, itemId)).toEqual(delivered(itemId));
    }
  });

  it('is delivered once where the disk refuses a step and the power is cut before the next', async () => {
    for (const n of TIMES) {
      const bench = await begin(story);
      bench.sqlite.fault = failingAt('COMMIT', n + 1);
      const itemId = await bench.accept();
      await bench.clock.advance(30_000);
      bench.kill();
      bench.sqlite.fault = () => undefined;
      await bench.start();
      await bench.clock.advance(LATER_MS);
      expect(endOf(bench, itemId)).toEqual(delivered(itemId));
    }
  });
});

it('rests where the index gives nothing at all, also when somebody wakes it', async () => {
  const bench = await startedBench();
  let asked = 0;
  bench.sqlite.fault = (sql) => {
    if (!sql.includes('SELECT')) return;
    asked += 1;
    // A courier that does not rest would ask for ever.
    if (asked > 100) void bench.courier.stop();
    throw diskError('EIO');
  };
  bench.courier.networkReturned();
  await bench.clock.advance(1000);
  bench.courier.networkReturned();
  await bench.clock.advance(3 * MINUTE_MS);
  expect(asked).toBeGreaterThan(2);
  expect(asked).toBeLessThan(12);
  expect(bench.events.filter(({ event }) => event === 'delivery.step-failed')).not.toEqual([]);
  await bench.courier.stop();
});
