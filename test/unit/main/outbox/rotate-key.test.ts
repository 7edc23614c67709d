/** Keys that change while items wait, on a disk and in a database that may refuse any step. */
import { describe, expect, it } from 'vitest';
import { ItemKeys, type KeySealer } from '../../../../main/outbox/item-keys.ts';
import { passingSealer } from '../../../../main/outbox/key-sealers.ts';
import { OutboxIndex } from '../../../../main/outbox/outbox-index.ts';
import { rotateKey } from '../../../../main/outbox/rotate-key.ts';
import { fail } from '../../../../preload/contract/result.ts';
import { seededRandom } from '../../../support/fake-clock.ts';
import { diskError, MemoryDisk } from '../../../support/memory-disk.ts';
import { fullDisk, MemorySqlite } from '../../../support/memory-sqlite.ts';
import { DeliveryBench, FOLDER, INDEX, PICTURES } from '../delivery/delivery-bench.ts';
import { itemsOf } from '../../../support/items-of.ts';

const DAY_MS = 24 * 3_600_000;
const KEYS = `${FOLDER}/keys.json`;

/** A bench with two items and a receipt, whose key is older than 90 days. */
const old = async (): Promise<{ bench: DeliveryBench; items: string[] }> => {
  const bench = new DeliveryBench();
  const items = [await bench.plant({ state: 'HELD' }), await bench.plant({ state: 'HELD' })];
  const { outbox } = await bench.open();
  const third = await bench.plant({ state: 'HELD' });
  await outbox.deliver({ itemId: third, scanRef: 'scan-3', deliveredAtMs: 5, reconciled: false });
  outbox.close();
  // The kiosk's own clock takes no step of 90 days: what it has lived is told by the index.
  bench.sqlite.inside(INDEX).exec(`UPDATE meta SET value = ${91 * DAY_MS} WHERE name = 'lived_ms'`);
  return { bench, items };
};

const numbersIn = (bench: DeliveryBench): unknown =>
  bench.sqlite
    .inside(INDEX)
    .prepare('SELECT key_number AS n FROM item UNION ALL SELECT key_number FROM receipt')
    .all()
    .map(({ n }) => n);

/** Every item and the receipt can be opened. */
const expectReadable = async (bench: DeliveryBench, items: readonly string[]): Promise<void> => {
  const { outbox, warnings } = await bench.open();
  expect(warnings).toEqual([]);
  expect(itemsOf(outbox).map((row) => row.itemId)).toEqual(items);
  for (const itemId of items) {
    const whole = await outbox.withPictures(itemId, async ({ FRONT }) => FRONT?.sizeBytes);
    expect(whole).toEqual({ ok: true, value: PICTURES.FRONT.byteLength });
    expect(outbox.open(itemId).ok).toBe(true);
  }
  expect(outbox.receipts.list(0, 9)).toMatchObject([{ scanRef: 'scan-3' }]);
  outbox.close();
};

const keyNumbers = (disk: MemoryDisk): number[] => {
  const file: unknown = JSON.parse(disk.text(KEYS) ?? '{}');
  const keys = Object(file).keys as { number: number }[];
  return keys.map(({ number }) => number);
};

describe('a key of 90 days', () => {
  it('is replaced at a start: every row stands under the new one, and no picture was touched', async () => {
    const { bench, items } = await old();
    const files = bench.disk.names(`${FOLDER}/items`).map((name) => `${FOLDER}/items/${name}`);
    const before = files.map((path) => bench.disk.text(path));
    await expectReadable(bench, items);
    expect(numbersIn(bench)).toEqual([2, 2, 2]);
    expect(keyNumbers(bench.disk)).toEqual([2]);
    expect(files.map((path) => bench.disk.text(path))).toEqual(before);
  });

  it('is kept where it is younger', async () => {
    const { bench, items } = await old();
    bench.sqlite
      .inside(INDEX)
      .exec(`UPDATE meta SET value = ${89 * DAY_MS} WHERE name = 'lived_ms'`);
    await expectReadable(bench, items);
    expect(numbersIn(bench)).toEqual([1, 1, 1]);
  });

  it('REC-01 costs nothing where the start ends after any write: the next one takes it up again', async () => {
    let reached = 0;
    for (let n = 1; n < 20; n += 1) {
      const { bench, items } = await old();
      let writes = 0;
      // After the n-th write nothing more comes through, as after a kill.
      const count = (): void => {
        writes += 1;
        if (writes > n) throw diskError('EIO');
      };
      bench.disk.fault = (operation) => {
        if (operation === 'replace' || operation === 'rename' || operation === 'remove') count();
      };
      bench.sqlite.fault = (sql) => {
        if (sql === 'COMMIT') count();
      };
      await bench.open().catch(() => undefined);
      bench.disk.fault = () => undefined;
      bench.sqlite.fault = () => undefined;
      await expectReadable(bench, items);
      await expectReadable(bench, items);
      expect(new Set(numbersIn(bench) as number[]).size).toBe(1);
      expect(keyNumbers(bench.disk)).toHaveLength(1);
      if (writes > n) reached = n;
    }
    expect(reached).toBeGreaterThanOrEqual(3);
  });

  it('is not replaced where another one can not be opened: that would write over what is left of it', async () => {
    const disk = new MemoryDisk();
    const random = seededRandom(2);
    const whole = passingSealer(random);
    const ports = { disk, random, folder: '/outbox' };
    const first = await ItemKeys.open(
      { ...ports, sealer: whole },
      { highestKeyNumber: () => 0 },
      0,
    );
    expect(first.ok && (await first.value.add(1))).toBe(true);
    const file = disk.text('/outbox/keys.json');
    let isFirst = true;
    const forgetful: KeySealer = {
      seal: (plain) => whole.seal(plain),
      unseal: (sealed) => {
        const isLost = isFirst;
        isFirst = false;
        return isLost ? Promise.resolve(fail('SEAL_BROKEN')) : whole.unseal(sealed);
      },
    };
    const keys = await ItemKeys.open(
      { ...ports, sealer: forgetful },
      { highestKeyNumber: () => 2 },
      0,
    );
    const index = OutboxIndex.open(new MemorySqlite(disk).open, '/outbox/index.sqlite');
    if (!keys.ok || !index.ok) throw new Error('they did not open');
    expect(await rotateKey(keys.value, index.value, 9)).toEqual(fail('OUTBOX_KEY_LOST'));
    expect(disk.text('/outbox/keys.json')).toBe(file);
  });

  it('waits for another start where the database is full', async () => {
    const { bench, items } = await old();
    let commits = 0;
    bench.sqlite.fault = (sql) => {
      if (sql !== 'COMMIT') return;
      commits += 1;
      // The first is the start's own mark in the index.
      if (commits > 1) throw fullDisk();
    };
    const { outbox } = await bench.open();
    expect(itemsOf(outbox)).toHaveLength(2);
    outbox.close();
    expect(keyNumbers(bench.disk)).toEqual([1, 2]);
    bench.sqlite.fault = () => undefined;
    await expectReadable(bench, items);
    expect(keyNumbers(bench.disk)).toEqual([2]);
  });
});
