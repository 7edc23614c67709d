/** What a start makes of the files it finds. On a real disk: nothing here is what it seems. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { APPLICATION_ID, migrate, SCHEMA_VERSION } from '../../../../main/outbox/index-schema.ts';
import { openNodeSqlite, type SqliteDatabase } from '../../../../main/ports/sqlite.ts';
import { fail } from '../../../../preload/contract/result.ts';
import { fill, isWhole, RealOutbox } from './real-outbox.ts';
import { itemsOf } from '../../../support/items-of.ts';

let template: RealOutbox;
let ids: string[];
beforeAll(async () => {
  template = new RealOutbox();
  const { outbox } = await template.opened();
  ids = await fill(outbox, 3);
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
const empty = (): RealOutbox => {
  const real = new RealOutbox();
  made.push(real);
  return real;
};
const sealedNames = (): string[] => ids.map((id) => `${id}.sealed`).toSorted();

const sql = (real: RealOutbox, text: string): void => {
  const database = new DatabaseSync(real.index);
  database.exec(text);
  database.close();
};

describe('the index', () => {
  it('commits to the disk, overwrites what is deleted, and belongs to one process', async () => {
    const real = empty();
    let database: SqliteDatabase | null = null;
    const opened = await real.open({
      openSqlite: (path) => (database = openNodeSqlite(path)),
    });
    if (!opened.ok || database === null) throw new Error('it did not open');
    const asked = ['journal_mode', 'synchronous', 'secure_delete', 'locking_mode', 'user_version'];
    const is = asked.map(
      (name) => (database as unknown as DatabaseSync).prepare(`PRAGMA ${name}`).get()?.[name],
    );
    expect(is).toEqual(['wal', 2, 1, 'exclusive', SCHEMA_VERSION]);
    expect(real.names(real.folder)).not.toContain('index.sqlite-shm');
    const other = new DatabaseSync(real.index);
    expect(() => other.exec('SELECT * FROM item')).toThrow('database is locked');
    other.close();
    opened.value.outbox.close();
  });

  it.each([
    ['journal_mode', 'delete'],
    ['synchronous', 1],
    ['secure_delete', 0],
  ])('is not trusted to an engine whose %s stays %j', async (name, value) => {
    const real = empty();
    const opened = await real.open({
      openSqlite: (path) => {
        const database = openNodeSqlite(path);
        return {
          exec: (text) => database.exec(text),
          close: () => database.close(),
          prepare: (text) =>
            text === `PRAGMA ${name}`
              ? { get: () => ({ [name]: value }), all: () => [], run: () => undefined }
              : database.prepare(text),
        };
      },
    });
    expect(opened).toEqual(fail('OUTBOX_UNAVAILABLE'));
  });

  it('is not opened where the engine can not', async () => {
    const opened = await empty().open({
      openSqlite: () => {
        throw new Error('no engine');
      },
    });
    expect(opened).toEqual(fail('OUTBOX_UNAVAILABLE'));
  });

  it('gives back every item in order after a start', async () => {
    const { outbox, warnings } = await copy().opened();
    expect(warnings).toEqual([]);
    expect(itemsOf(outbox).map((row) => row.itemId)).toEqual(ids);
    for (const id of ids) expect(await isWhole(outbox, id)).toBe(true);
    outbox.close();
  });

  it('REC-01 is whole with the log a killed process left, and opens with any part of it', async () => {
    const running = empty();
    const { outbox } = await running.opened();
    const saved = await fill(outbox, 3);
    const log = readFileSync(`${running.index}-wal`);
    expect(log.byteLength).toBeGreaterThan(10_000);
    for (let eighths = 8; eighths >= 0; eighths -= 1) {
      const killed = new RealOutbox(running);
      made.push(killed);
      writeFileSync(`${killed.index}-wal`, log.subarray(0, (log.byteLength * eighths) / 8));
      const after = await killed.opened();
      const ids = itemsOf(after.outbox).map((row) => row.itemId);
      // Commits are lost from the end only, and each that is there is whole.
      expect(ids).toEqual(saved.slice(0, ids.length));
      if (eighths === 8) expect(ids).toEqual(saved);
      for (const id of ids) expect(await isWhole(after.outbox, id)).toBe(true);
      after.outbox.close();
    }
    outbox.close();
  });

  it.each(Array.from({ length: SCHEMA_VERSION }, (_, version) => version))(
    'of version %i is brought to this one, with every row it had',
    async (version) => {
      const real = copy();
      const rows = new DatabaseSync(real.index).prepare('SELECT * FROM item').all();
      rmSync(real.index);
      const older = new DatabaseSync(real.index);
      migrate(older, 0, version);
      if (version > 0)
        for (const row of rows) {
          const columns = Object.keys(row);
          older
            .prepare(
              `INSERT INTO item (${columns.join()}) VALUES (${columns.map(() => '?').join()})`,
            )
            .run(...Object.values(row));
        }
      if (version > 0) older.exec("INSERT INTO meta VALUES ('lived_ms', 0), ('wall_ms', 0)");
      older.close();
      const { outbox, warnings } = await real.opened();
      // Version 0 is an empty file: an index that was lost.
      expect(warnings).toEqual(version === 0 ? ['OUTBOX_DAMAGED'] : []);
      expect(itemsOf(outbox).map((row) => row.itemId)).toEqual(version === 0 ? [] : ids);
      expect(outbox.receipts.count(0)).toBe(0);
      outbox.close();
    },
  );

  it('of a later version is refused, and nothing is touched', async () => {
    const real = copy();
    sql(real, `PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
    const before = real.allBytes();
    expect(await real.open()).toEqual(fail('OUTBOX_NEWER'));
    expect(real.allBytes()).toEqual(before);
  });

  it.each<[string, (path: string) => void]>([
    ['no database', (path) => writeFileSync(path, 'a letter to somebody, and not a database')],
    ['a folder of text', (path) => writeFileSync(path, Buffer.alloc(9000, 'x'))],
    [
      'another program’s database',
      (path) => {
        const other = new DatabaseSync(path);
        other.exec('CREATE TABLE contact (name TEXT)');
        other.close();
      },
    ],
    [
      'another program’s database with a version',
      (path) => {
        const other = new DatabaseSync(path);
        other.exec('PRAGMA application_id = 7; PRAGMA user_version = 1; CREATE TABLE item (x)');
        other.close();
      },
    ],
  ])('that is %s is kept as it is under another name, and a new one begins', async (_what, put) => {
    const real = empty();
    mkdirSync(real.folder);
    put(real.index);
    const before = readFileSync(real.index);
    const { outbox, warnings } = await real.opened();
    expect(warnings).toEqual(['OUTBOX_DAMAGED']);
    expect(readFileSync(`${real.index}.kept-1`).equals(before)).toBe(true);
    expect(await fill(outbox, 1)).toHaveLength(1);
    outbox.close();
  });
});

describe('REC-03 files', () => {
  it('whose index is gone are put apart, never deleted, and staff is told once', async () => {
    const real = copy();
    rmSync(real.index);
    const { outbox, warnings } = await real.opened();
    expect(warnings).toEqual(['OUTBOX_DAMAGED']);
    expect(itemsOf(outbox)).toEqual([]);
    expect(real.names(real.quarantine)).toEqual(sealedNames());
    expect(real.names(real.items)).toEqual([]);
    outbox.close();
    const again = await real.opened();
    expect(again.warnings).toEqual([]);
    expect(real.names(real.quarantine)).toEqual(sealedNames());
    again.outbox.close();
  });

  it('whose index was emptied are put apart as well', async () => {
    const real = copy();
    writeFileSync(real.index, '');
    const { outbox, warnings } = await real.opened();
    expect(warnings).toEqual(['OUTBOX_DAMAGED']);
    expect(real.names(real.quarantine)).toEqual(sealedNames());
    outbox.close();
  });

  it('that no row names are swept, half-written ones too', async () => {
    const real = copy();
    const orphan = '11111111-2222-4333-8444-555555555555.sealed';
    for (const name of [orphan, `${orphan}.new`, 'note.txt'])
      writeFileSync(join(real.items, name), 'x');
    const { outbox, warnings } = await real.opened();
    expect(warnings).toEqual([]);
    await outbox.sweep();
    expect(real.names(real.items)).toEqual(sealedNames());
    outbox.close();
  });

  it('are put apart and not swept where a row misses its own: the row may be damaged', async () => {
    const real = copy();
    const [first = ''] = ids;
    const wrong = first.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
    sql(real, `UPDATE item SET item_id = '${wrong}' WHERE item_id = '${first}'`);
    const { outbox, warnings } = await real.opened();
    expect(warnings).toEqual([]);
    await outbox.sweep();
    expect(real.names(real.quarantine)).toEqual([`${first}.sealed`]);
    expect(real.names(real.items)).toEqual(sealedNames().filter((n) => n !== `${first}.sealed`));
    for (const id of ids.slice(1)) expect(await isWhole(outbox, id)).toBe(true);
    outbox.close();
  });

  it.each(["state = 'QUEUEX'", "code = 'UNHEARD_OF'", "wrapped_key = x''", "content = x'00'"])(
    'of other items are not affected by a row with %s',
    async (change) => {
      const real = copy();
      sql(real, `UPDATE item SET ${change} WHERE item_id = '${ids[0]}'`);
      const { outbox, warnings } = await real.opened();
      expect(warnings).toEqual([]);
      expect(itemsOf(outbox)).toHaveLength(3);
      for (const id of ids.slice(1)) expect(await isWhole(outbox, id)).toBe(true);
      outbox.close();
    },
  );
});

it('marks its database, so that no other program’s is taken for it', () => {
  expect(Buffer.from(APPLICATION_ID.toString(16), 'hex').toString('latin1')).toBe('MKOB');
});
