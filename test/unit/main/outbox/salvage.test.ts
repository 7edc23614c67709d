/** An index that is damaged, at any place, and a start that ends in the middle of mending it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemDisk, type Disk } from '../../../../main/ports/disk.ts';
import { openNodeSqlite } from '../../../../main/ports/sqlite.ts';
import { fail } from '../../../../preload/contract/result.ts';
import { diskError } from '../../../support/memory-disk.ts';
import { fill, isWhole, RealOutbox } from './real-outbox.ts';
import { itemsOf } from '../../../support/items-of.ts';

const PAGE = 4096;
const ITEMS = 8;

let template: RealOutbox;
let ids: string[];
beforeAll(async () => {
  template = new RealOutbox();
  const { outbox } = await template.opened();
  ids = await fill(outbox, ITEMS);
  outbox.close();
});
afterAll(() => {
  template.dispose();
});

const made: RealOutbox[] = [];
afterEach(() => {
  for (const each of made.splice(0)) each.dispose();
});
const copy = (): RealOutbox => {
  const real = new RealOutbox(template);
  made.push(real);
  return real;
};

/** The index with these bytes in place of its own. */
const spoiled = (at: number, bytes: Buffer): RealOutbox => {
  const real = copy();
  const content = readFileSync(real.index);
  bytes.copy(content, at);
  writeFileSync(real.index, content);
  return real;
};

/** Each item can be opened, or is named as damaged, or its file is kept apart. */
const expectNothingLost = async (real: RealOutbox): Promise<number> => {
  const { outbox } = await real.opened();
  const rows = new Set(itemsOf(outbox).map((row) => row.itemId));
  const files = new Set([...real.names(real.items), ...real.names(real.quarantine)]);
  let whole = 0;
  for (const id of ids) {
    expect(files).toContain(`${id}.sealed`);
    if (rows.has(id) && (await isWhole(outbox, id))) whole += 1;
  }
  outbox.close();
  return whole;
};

const pages = (): number => readFileSync(template.index).byteLength / PAGE;

describe('REC-03 a damaged index', () => {
  it('costs no file, wherever 64 bytes of it were overwritten, and is kept where it was noticed', async () => {
    expect(pages()).toBeGreaterThan(4);
    for (let page = 0; page < pages(); page += 1)
      for (const at of [0, PAGE - 64]) {
        const real = spoiled(page * PAGE + at, Buffer.alloc(64, 0xa5));
        const damaged = readFileSync(real.index);
        const opened = await real.open();
        if (!opened.ok) throw new Error(`page ${page}, byte ${at}: ${opened.error.code}`);
        opened.value.outbox.close();
        if (opened.value.warnings.length > 0) {
          expect(opened.value.warnings).toEqual(['OUTBOX_DAMAGED']);
          expect(readFileSync(`${real.index}.kept-1`).equals(damaged)).toBe(true);
        }
        await expectNothingLost(real);
      }
  });

  it('gives the rows that can still be read, from its start and from its end', async () => {
    const salvaged: number[] = [];
    for (let page = 1; page < pages(); page += 1) {
      const real = spoiled(page * PAGE, Buffer.alloc(PAGE, 0xa5));
      const opened = await real.open();
      if (!opened.ok) throw new Error(opened.error.code);
      opened.value.outbox.close();
      salvaged.push(await expectNothingLost(real));
    }
    // Where the page of a few rows is gone, the others go on.
    expect(Math.max(...salvaged)).toBeGreaterThan(ITEMS / 2);
  });

  it('costs no file where it was cut off at the end of any page', async () => {
    for (let page = 0; page < pages(); page += 1) {
      const real = copy();
      writeFileSync(real.index, readFileSync(real.index).subarray(0, page * PAGE));
      const opened = await real.open();
      if (!opened.ok) throw new Error(opened.error.code);
      expect(opened.value.warnings).toEqual(['OUTBOX_DAMAGED']);
      opened.value.outbox.close();
      await expectNothingLost(real);
    }
  });

  it('lets the kiosk’s own time go on where it was, as far as it can be read', async () => {
    const real = copy();
    const first = await real.opened();
    await real.clock.advance(5_000_000);
    await fill(first.outbox, 1);
    first.outbox.close();
    const content = readFileSync(real.index);
    const page = Math.floor(content.indexOf(ids[0] ?? '') / PAGE);
    content.fill(0xa5, page * PAGE, (page + 1) * PAGE);
    writeFileSync(real.index, content);
    const { outbox, warnings } = await real.opened();
    expect(warnings).toEqual(['OUTBOX_DAMAGED']);
    expect(outbox.time.livedMs()).toBe(5_000_000);
    outbox.close();
  });

  it('is not replaced where it can not be set aside first', async () => {
    const real = spoiled(0, Buffer.alloc(64, 0xa5));
    const before = readFileSync(real.index);
    const disk: Disk = { ...systemDisk, rename: () => Promise.reject(diskError('EROFS')) };
    expect(await real.open({ disk })).toEqual(fail('STORAGE_FAILED'));
    expect(readFileSync(real.index).equals(before)).toBe(true);
    expect(real.names(real.items)).toHaveLength(ITEMS);
  });
});

describe('REC-01 a start that ends while it mends a lost or damaged index', () => {
  it.each([
    // Set aside, made anew, filled again.
    ['damaged', 3],
    // Made anew, each file put apart, marked as being in order.
    ['gone', ITEMS + 2],
  ])('costs no file whichever write was its last (%s)', async (how, least) => {
    let writes = 0;
    let isCut = true;
    for (let n = 0; isCut; n += 1) {
      const real = how === 'damaged' ? spoiled(3 * PAGE, Buffer.alloc(PAGE, 0xa5)) : copy();
      if (how === 'gone') await systemDisk.remove(real.index);
      writes = 0;
      const count = (): void => {
        writes += 1;
        if (writes > n) throw diskError('EIO');
      };
      const disk: Disk = {
        ...systemDisk,
        rename: async (from, to) => {
          count();
          await systemDisk.rename(from, to);
        },
        remove: async (path) => {
          count();
          await systemDisk.remove(path);
        },
        replace: async (path, chunks) => {
          count();
          await systemDisk.replace(path, chunks);
        },
      };
      const opened = await real.open({
        disk,
        openSqlite: (path) => {
          const database = openNodeSqlite(path);
          return {
            prepare: (text) => database.prepare(text),
            close: () => database.close(),
            exec: (text) => {
              if (text === 'COMMIT') count();
              database.exec(text);
            },
          };
        },
      });
      if (opened.ok) opened.value.outbox.close();
      await expectNothingLost(real);
      isCut = writes > n;
    }
    expect(writes).toBeGreaterThanOrEqual(least);
  });
});
