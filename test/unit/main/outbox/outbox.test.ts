import { beforeEach, describe, expect, it } from 'vitest';
import type { Outbox } from '../../../../main/outbox/outbox.ts';
import { referenceOf } from '../../../../main/outbox/item.ts';
import { ok, fail } from '../../../../preload/contract/result.ts';
import { diskError, failing } from '../../../support/memory-disk.ts';
import { failingAt, fullDisk } from '../../../support/memory-sqlite.ts';
import { DeliveryBench, FOLDER, INDEX, newItem, PICTURES } from '../delivery/delivery-bench.ts';
import { itemsOf } from '../../../support/items-of.ts';

const ITEMS = `${FOLDER}/items`;
const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const DELIVERED = { scanRef: 'scan-secret-77', deliveredAtMs: 1000, reconciled: false };

let bench: DeliveryBench;
let outbox: Outbox;
beforeEach(async () => {
  bench = new DeliveryBench();
  ({ outbox } = await bench.open());
});

const saved = async (item = newItem()): Promise<string> => {
  const done = await outbox.put(item);
  if (!done.ok) throw new Error(done.error.code);
  return done.value.itemId;
};

describe('outbox', () => {
  it('REC-01 acknowledges an item after its file and then its row are there', async () => {
    const seen: string[] = [];
    const replace = bench.disk.replace.bind(bench.disk);
    bench.disk.replace = async (path, chunks) => {
      await replace(path, chunks);
      seen.push('file');
    };
    bench.sqlite.after = (sql) => {
      if (sql === 'COMMIT') seen.push('row');
    };
    const itemId = await saved();
    seen.push('acknowledged');
    expect(seen).toEqual(['file', 'row', 'acknowledged']);
    expect(bench.disk.names(ITEMS)).toEqual([`${itemId}.sealed`]);
  });

  it('gives back content, record and every byte of the pictures, also after a restart', async () => {
    const itemId = await saved();
    const again = (await bench.open()).outbox;
    for (const each of [outbox, again]) {
      const { content, record } = newItem();
      expect(each.open(itemId)).toEqual(ok({ content, record }));
      const read = await each.withPictures(itemId, async (pictures) => {
        const parts: Buffer[] = [];
        for await (const part of pictures.FRONT?.segments() ?? []) parts.push(Buffer.from(part));
        return Buffer.concat(parts);
      });
      expect(read).toEqual(ok(PICTURES.FRONT));
    }
  });

  it('says of an item in the clear when it was saved, how large it is and how far, and nothing else', async () => {
    await bench.clock.advance(1234);
    const itemId = await saved();
    expect(itemsOf(outbox)).toEqual([
      {
        itemId,
        state: 'QUEUED',
        dueLivedMs: 1234,
        attempts: 0,
        code: null,
        savedWallMs: bench.clock.wallMs(),
        savedLivedMs: 1234,
        sizeBytes: bench.disk.bytes(`${ITEMS}/${itemId}.sealed`).byteLength,
      },
    ]);
  });

  it('keeps how far an item is, or leaves it as it was', async () => {
    const itemId = await saved();
    const held = { ...newItem().record, state: 'HELD', code: 'ANSWER_LOST', attempts: 2 } as const;
    expect(outbox.save(itemId, held, 77.5)).toEqual(ok(null));
    expect(itemsOf(outbox)[0]).toMatchObject({
      state: 'HELD',
      code: 'ANSWER_LOST',
      dueLivedMs: 78,
      attempts: 2,
    });
    bench.sqlite.fault = failingAt('COMMIT', 1);
    expect(outbox.save(itemId, newItem().record, null)).toEqual(fail('STORAGE_FAILED'));
    bench.sqlite.fault = () => undefined;
    expect(outbox.open(itemId)).toMatchObject({ value: { record: held } });
    expect(itemsOf(outbox)[0]?.state).toBe('HELD');
  });

  it('knows no item it does not have', async () => {
    expect(outbox.open(UNKNOWN)).toEqual(fail('ITEM_MISSING'));
    expect(outbox.save(UNKNOWN, newItem().record, null)).toEqual(fail('ITEM_MISSING'));
    expect(await outbox.withPictures(UNKNOWN, async () => 1)).toEqual(fail('ITEM_MISSING'));
    expect(await outbox.remove(UNKNOWN)).toEqual(ok(null));
  });

  it('closes an item’s file also where its use goes wrong, and lets the fault be seen', async () => {
    const itemId = await saved();
    let closed = 0;
    const open = bench.disk.open.bind(bench.disk);
    bench.disk.open = async (path) => {
      const file = await open(path);
      return file === null ? null : { ...file, close: async () => void (closed += 1) };
    };
    await expect(
      outbox.withPictures(itemId, () => Promise.reject(new Error('bug'))),
    ).rejects.toThrow('bug');
    expect(closed).toBe(1);
  });

  it.each(['open', 'read'] as const)('tells a disk that fails at %s from damage', async (point) => {
    const itemId = await saved();
    const open = bench.disk.open.bind(bench.disk);
    bench.disk.open = async (path) => {
      if (point === 'open') throw diskError('EIO');
      const file = await open(path);
      return file && { ...file, read: () => Promise.reject(diskError('EIO')) };
    };
    expect(await outbox.withPictures(itemId, async () => 1)).toEqual(fail('STORAGE_FAILED'));
  });
});

describe('REC-02 an item that can not be saved', () => {
  it.each([
    ['the file', () => (bench.disk.fault = failing('ENOSPC', 'replace'))],
    ['the row', () => (bench.sqlite.fault = failingAt('INSERT INTO item', 1))],
    ['the commit', () => (bench.sqlite.fault = failingAt('COMMIT', 1))],
    ['the begin', () => (bench.sqlite.fault = failingAt('BEGIN', 1))],
  ])('because of %s leaves nothing behind', async (_what, spoil) => {
    spoil();
    expect(await outbox.put(newItem())).toEqual(fail('STORAGE_FAILED'));
    expect(itemsOf(outbox)).toEqual([]);
    expect(bench.disk.names(ITEMS)).toEqual([]);
  });

  it('with a disk that stays full leaves at most noise, which the next start sweeps', async () => {
    bench.sqlite.fault = (sql) => {
      if (sql === 'COMMIT') throw fullDisk();
    };
    expect(await outbox.put(newItem())).toEqual(fail('STORAGE_FAILED'));
    bench.sqlite.fault = () => undefined;
    const again = await bench.open();
    expect(again.warnings).toEqual([]);
    expect(itemsOf(again.outbox)).toEqual([]);
    await again.outbox.sweep();
    expect(bench.disk.names(ITEMS)).toEqual([]);
  });
});

describe('ending an item', () => {
  it('takes away row and file, and leaves a receipt where it was delivered', async () => {
    const [first, second] = [await saved(), await saved()];
    expect(await outbox.remove(first)).toEqual(ok(null));
    expect(await outbox.deliver({ itemId: second, ...DELIVERED })).toEqual(ok(null));
    expect(itemsOf(outbox)).toEqual([]);
    expect(bench.disk.names(ITEMS)).toEqual([]);
    expect(outbox.receipts.list(0, 9)).toEqual([
      { itemId: second, customerReference: null, ...DELIVERED },
    ]);
  });

  it('is not done where the index refuses: row and file stay', async () => {
    const itemId = await saved();
    bench.sqlite.fault = failingAt('COMMIT', 1);
    expect(await outbox.deliver({ itemId, ...DELIVERED })).toEqual(fail('STORAGE_FAILED'));
    expect(outbox.open(itemId).ok).toBe(true);
    expect(outbox.receipts.count(0)).toBe(0);
    expect(bench.disk.names(ITEMS)).toHaveLength(1);
  });

  it('is done where only the file can not be removed: the next start sweeps it', async () => {
    const itemId = await saved();
    bench.disk.fault = failing('EACCES', 'remove');
    expect(await outbox.remove(itemId)).toEqual(ok(null));
    expect(bench.disk.names(ITEMS)).toEqual([`${itemId}.sealed`]);
    await (await bench.open()).outbox.sweep();
    expect(bench.disk.names(ITEMS)).toHaveLength(1);
    bench.disk.fault = () => undefined;
    await (await bench.open()).outbox.sweep();
    expect(bench.disk.names(ITEMS)).toEqual([]);
  });

  it('REC-03 puts the file of a damaged one apart and keeps its row, also where that is not possible', async () => {
    const [first, second] = [await saved(), await saved()];
    await outbox.quarantine(first);
    expect(bench.disk.names(`${FOLDER}/quarantine`)).toEqual([`${first}.sealed`]);
    bench.disk.fault = failing('EROFS', 'rename');
    await outbox.quarantine(second);
    expect(bench.disk.names(ITEMS)).toEqual([`${second}.sealed`]);
    expect(itemsOf(outbox)).toHaveLength(2);
    await outbox.remove(first);
    expect(bench.disk.names(`${FOLDER}/quarantine`)).toEqual([]);
  });
});

describe('receipts', () => {
  it('are sealed, counted since a moment, and listed newest first', async () => {
    for (const deliveredAtMs of [1000, 2000, 3000]) {
      const itemId = await saved();
      await outbox.deliver({ itemId, ...DELIVERED, deliveredAtMs });
    }
    expect(outbox.receipts.count(2000)).toBe(2);
    expect(outbox.receipts.list(0, 2).map((each) => each.deliveredAtMs)).toEqual([3000, 2000]);
    const rows = bench.sqlite.inside(INDEX).prepare('SELECT * FROM receipt').all();
    for (const { sealed } of rows)
      expect(Buffer.from(sealed as Uint8Array).includes('scan-secret-77')).toBe(false);
  });

  it('without a reference that can be opened still say when', async () => {
    const itemId = await saved();
    await outbox.deliver({ itemId, ...DELIVERED });
    bench.sqlite.inside(INDEX).exec("UPDATE receipt SET sealed = x'00'");
    expect(outbox.receipts.list(0, 9)).toEqual([
      { itemId, customerReference: null, ...DELIVERED, scanRef: null },
    ]);
  });

  it('are forgotten at their age, on the kiosk’s own clock', async () => {
    const itemId = await saved();
    await outbox.deliver({ itemId, ...DELIVERED });
    bench.clock.jumpWall(1e12);
    await bench.clock.advance(1000);
    outbox.receipts.forget(1000);
    expect(outbox.receipts.count(0)).toBe(1);
    outbox.receipts.forget(999);
    expect(outbox.receipts.count(0)).toBe(0);
    bench.sqlite.fault = failingAt('DELETE', 1);
    outbox.receipts.forget(0);
  });

  it('name an item by the first digits of its random id', () => {
    expect(referenceOf('0f1e2d3c-4b5a-4968-8778-695a4b3c2d1e')).toBe('0F1E-2D3C');
  });
});
