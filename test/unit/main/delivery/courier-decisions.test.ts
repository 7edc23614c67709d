/** What people decide about items, items that can't be opened, and environments that never meet. */
import { describe, expect, it } from 'vitest';
import type { ItemState } from '../../../../preload/contract/outbox-words.ts';
import { fail, ok } from '../../../../preload/contract/result.ts';
import { diskError } from '../../../support/memory-disk.ts';
import { failingAt } from '../../../support/memory-sqlite.ts';
import { error } from './answer-cases.ts';
import { DeliveryBench, INDEX, newItem, startedBench } from './delivery-bench.ts';
import { answer } from './fake-markid.ts';
import { itemsOf } from '../../../support/items-of.ts';

const HOUR_MS = 3_600_000;
const ITEMS = '/data/outbox/items';
const DECIDED = ['NEEDS_TOKEN', 'NEEDS_PERSON', 'HELD'] as const;
const BY_ITSELF = ['QUEUED', 'READY', 'AMBIGUOUS'] as const;

/** One item in this state, whose next turn is half an hour away. */
const withItem = async (state: ItemState) => {
  const bench = new DeliveryBench();
  const itemId = await bench.plant({
    state,
    token: state === 'READY' || state === 'AMBIGUOUS' ? bench.token() : null,
  });
  bench.sqlite.inside(INDEX).exec('UPDATE item SET due_lived_ms = 1800000');
  await bench.start();
  return { bench, itemId };
};

describe('a decision', () => {
  it.each(DECIDED)('to send an item in state %s again is taken', async (state) => {
    const { bench, itemId } = await withItem(state);
    expect(await bench.courier.resend(itemId, null)).toEqual(ok(null));
    await bench.settle();
    expect(bench.markId.calls()).toBe('token, process token-000001');
  });

  it.each(BY_ITSELF)('about an item in state %s is refused: it goes by itself', async (state) => {
    const { bench, itemId } = await withItem(state);
    expect(await bench.courier.resend(itemId, null)).toEqual(fail('ITEM_NOT_READY'));
    expect(await bench.courier.discard(itemId)).toEqual(fail('ITEM_NOT_READY'));
    await bench.settle();
    expect(bench.markId.log).toEqual([]);
    expect(bench.disk.names(ITEMS)).toEqual([`${itemId}.sealed`]);
  });

  it.each([...DECIDED, 'DAMAGED'] as const)(
    'to delete an item in state %s is taken',
    async (state) => {
      const { bench, itemId } = await withItem(state);
      expect(await bench.courier.discard(itemId)).toEqual(ok(null));
      expect(bench.disk.names(ITEMS)).toEqual([]);
      expect(bench.markId.log).toEqual([]);
    },
  );

  it('to send a damaged item again is refused', async () => {
    const { bench, itemId } = await withItem('DAMAGED');
    expect(await bench.courier.resend(itemId, null)).toEqual(fail('ITEM_NOT_READY'));
  });

  it('is refused for an item that is not there', async () => {
    const { bench } = await withItem('HELD');
    expect(await bench.courier.discard('00000000-0000-4000-8000-000000000000')).toEqual(
      fail('ITEM_MISSING'),
    );
  });

  it.each(['resend', 'discard'] as const)(
    'REC-02 to %s that the disk does not keep is told so, and can be taken again',
    async (action) => {
      const { bench, itemId } = await withItem('HELD');
      const decide = () =>
        action === 'resend' ? bench.courier.resend(itemId, null) : bench.courier.discard(itemId);
      bench.sqlite.fault = failingAt('COMMIT', 1);
      expect(await decide()).toEqual(fail('STORAGE_FAILED'));
      expect(bench.record(itemId)?.state).toBe('HELD');
      expect(bench.disk.names(ITEMS)).toContain(`${itemId}.sealed`);
      bench.sqlite.fault = () => undefined;
      await bench.clock.advance(HOUR_MS);
      expect(bench.state(itemId)).toBe('HELD');
      expect(await decide()).toEqual(ok(null));
    },
  );

  it('that the disk did not keep takes no turn from the items that can go', async () => {
    const bench = new DeliveryBench();
    const held = await bench.plant({ state: 'HELD' });
    await bench.start();
    bench.sqlite.fault = failingAt('COMMIT', 1);
    await bench.courier.discard(held);
    bench.sqlite.fault = () => undefined;
    await bench.clock.advance(HOUR_MS);
    bench.markId.next.process = [error('BAD_VALUE')];
    const later = await bench.accept();
    await bench.clock.advance(60_000);
    expect(bench.state(later)).toBe('NEEDS_PERSON');
    expect(itemsOf(bench.courier.outbox).map(({ dueLivedMs }) => dueLivedMs)).toEqual([null, null]);
  });

  it('to take new pictures replaces the item in the same moment as the new one is saved', async () => {
    const { bench, itemId } = await withItem('NEEDS_PERSON');
    bench.markId.next.token = [answer(401)];
    const commits: unknown[] = [];
    bench.sqlite.after = (sql) => {
      if (sql === 'COMMIT') commits.push(itemsOf(bench.courier.outbox).map((row) => row.itemId));
    };
    const replacing = await bench.accept(newItem({}, { replaces: itemId }));
    expect(commits[0]).toEqual([replacing]);
    expect(itemsOf(bench.courier.outbox).map((item) => item.itemId)).toEqual([replacing]);
    expect(bench.disk.names(ITEMS)).toEqual([`${replacing}.sealed`]);
  });

  it('leaves the old item where the new one can not be saved', async () => {
    const { bench, itemId } = await withItem('NEEDS_PERSON');
    bench.sqlite.fault = failingAt('COMMIT', 1);
    expect(await bench.courier.accept(newItem({}, { replaces: itemId }))).toEqual(
      fail('STORAGE_FAILED'),
    );
    expect(bench.state(itemId)).toBe('NEEDS_PERSON');
    expect(bench.disk.names(ITEMS)).toEqual([`${itemId}.sealed`]);
  });
});

describe('REC-03 an item that can not be opened', () => {
  const damage: Record<string, (bench: DeliveryBench, path: string) => void> = {
    'a flipped bit': (bench, path) => {
      const bytes = bench.disk.bytes(path);
      bytes[bytes.byteLength - 1] = (bytes.at(-1) ?? 0) ^ 1;
      bench.disk.put(path, bytes);
    },
    'a cut end': (bench, path) => {
      bench.disk.put(path, bench.disk.bytes(path).subarray(0, -1));
    },
    'no file': (bench, path) => {
      bench.disk.remove(path).catch(() => undefined);
    },
  };

  it.each(Object.entries(damage))(
    'for %s costs no token, is put apart, and stops no other',
    async (_kind, spoil) => {
      const bench = new DeliveryBench();
      const bad = await bench.plant({});
      const good = await bench.plant({});
      spoil(bench, `${ITEMS}/${bad}.sealed`);
      await bench.start();
      await bench.clock.advance(10_000);
      expect(bench.item(bad)).toMatchObject({ state: 'DAMAGED', code: 'ITEM_DAMAGED' });
      expect(bench.record(bad)?.state).toBe('DAMAGED');
      expect(bench.state(good)).toBeNull();
      expect(bench.markId.calls()).toBe('token, process token-000001');
      expect(bench.disk.names(ITEMS)).toEqual([]);
      expect(await bench.courier.discard(bad)).toEqual(ok(null));
    },
  );

  it('of a newer version is kept where it is and named so', async () => {
    const bench = new DeliveryBench();
    const itemId = await bench.plant({});
    const path = `${ITEMS}/${itemId}.sealed`;
    const bytes = bench.disk.bytes(path);
    bytes[4] = 2;
    bench.disk.put(path, bytes);
    await bench.start();
    expect(bench.item(itemId)).toMatchObject({ state: 'DAMAGED', code: 'ITEM_NEWER' });
    expect(bench.disk.names(ITEMS)).toEqual([`${itemId}.sealed`]);
  });

  it('with a damaged row can still be deleted, by a person or by its age', async () => {
    const bench = new DeliveryBench({ retentionMs: 14 * 24 * HOUR_MS });
    const [first, second] = [await bench.plant({}), await bench.plant({})];
    bench.sqlite.inside(INDEX).exec("UPDATE item SET wrapped_key = x'00'");
    await bench.start();
    expect([bench.state(first), bench.state(second)]).toEqual(['DAMAGED', 'DAMAGED']);
    expect(await bench.courier.discard(first)).toEqual(ok(null));
    await bench.clock.advance(15 * 24 * HOUR_MS);
    expect(itemsOf(bench.courier.outbox)).toEqual([]);
    expect(bench.disk.names(ITEMS)).toEqual([]);
  });

  it('for a disk that does not answer now is tried again, without a token and without damage', async () => {
    const bench = new DeliveryBench();
    const itemId = await bench.plant({});
    bench.disk.fault = (operation) => {
      if (operation === 'open') throw diskError('EIO');
    };
    await bench.start();
    expect(bench.item(itemId)).toMatchObject({ state: 'QUEUED' });
    expect(bench.markId.log).toEqual([]);
    bench.disk.fault = () => undefined;
    await bench.clock.advance(10_000);
    expect(bench.state(itemId)).toBeNull();
  });
});

describe('training and production', () => {
  it.each([
    ['training', 'production'],
    ['production', 'training'],
  ] as const)('never mix: an item of %s is not sent in %s', async (born, environment) => {
    const bench = new DeliveryBench({ environment });
    const content = { ...newItem().content, environment: born };
    const itemId = await bench.plant({ state: 'READY', token: bench.token() }, { content });
    await bench.start();
    await bench.clock.advance(HOUR_MS);
    expect(bench.item(itemId)).toMatchObject({ state: 'DAMAGED' });
    expect(bench.markId.log).toEqual([]);
  });

  it('send what is theirs', async () => {
    const bench = await startedBench({ environment: 'training' });
    const content = { ...newItem().content, environment: 'training' } as const;
    expect(bench.state(await bench.accept(newItem({}, { content })))).toBeNull();
  });
});
