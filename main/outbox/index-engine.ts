/**
 * Opens the index's database and proves that the engine does what the outbox relies on: a file that
 * is sound, commits that are on the disk, deletions that overwrite. A file it refuses is left as it is.
 */
import { z } from 'zod';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { OpenSqlite, SqliteDatabase } from '../ports/sqlite.ts';
import { APPLICATION_ID, migrate, SCHEMA_VERSION } from './index-schema.ts';

/**
 * OUTBOX_DAMAGED: no sound database of ours. OUTBOX_NEWER: of a later version of the kiosk.
 * OUTBOX_UNAVAILABLE: the disk or the engine does not do here what is needed.
 */
export type IndexCode = 'OUTBOX_DAMAGED' | 'OUTBOX_NEWER' | 'OUTBOX_UNAVAILABLE';

/**
 * FULL: a commit is on the disk when it returns. EXCLUSIVE: one process, no shared memory file.
 * secure_delete: a deleted key is overwritten, not only unlinked. Source: delivery.md, Store.
 */
const PRAGMAS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA secure_delete = ON;`;

const pragma = (database: SqliteDatabase, name: string): unknown =>
  Object.values(
    z.record(z.string(), z.unknown()).parse(database.prepare(`PRAGMA ${name}`).get()),
  )[0];

/** SQLite's own words for a file that is no sound database: SQLITE_CORRUPT, SQLITE_NOTADB. */
const DAMAGE = new Set<unknown>([11, 26, 'SQLITE_CORRUPT', 'SQLITE_NOTADB']);

/** Extended codes (SQLITE_CORRUPT_INDEX and others) say more in the bits above the first eight. */
const primary = (code: unknown): unknown => (typeof code === 'number' ? code & 0xff : code);

const codeOf = (error: unknown): IndexCode =>
  error instanceof Error &&
  ['errcode', 'code'].some((key) => DAMAGE.has(primary(Reflect.get(error, key))))
    ? 'OUTBOX_DAMAGED'
    : 'OUTBOX_UNAVAILABLE';

/** Ours, or empty: a file that nobody has written to yet. Anything else is not touched. */
const isOurs = (database: SqliteDatabase, version: number): boolean => {
  const id = pragma(database, 'application_id');
  if (version > 0) return id === APPLICATION_ID;
  return id === 0 && database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
};

/** Whether the engine does here what it promised: an unsound file or a setting without effect fails. */
const selfTest = (database: SqliteDatabase): IndexCode | null => {
  if (pragma(database, 'quick_check(1)') !== 'ok') return 'OUTBOX_DAMAGED';
  const isAsAsked =
    pragma(database, 'journal_mode') === 'wal' &&
    pragma(database, 'synchronous') === 2 &&
    pragma(database, 'secure_delete') === 1;
  return isAsAsked ? null : 'OUTBOX_UNAVAILABLE';
};

/** Opens or makes the database of the index. */
export const openIndexDatabase = (
  openSqlite: OpenSqlite,
  path: string,
): Result<SqliteDatabase, IndexCode> => {
  let database: SqliteDatabase | null = null;
  let code: IndexCode | null;
  try {
    database = openSqlite(path);
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    const version = Number(pragma(database, 'user_version'));
    if (!isOurs(database, version)) code = 'OUTBOX_DAMAGED';
    else if (version > SCHEMA_VERSION) code = 'OUTBOX_NEWER';
    else {
      database.exec(PRAGMAS);
      code = version === 0 ? null : selfTest(database);
      if (code === null) migrate(database, version);
      code ??= selfTest(database);
    }
  } catch (error) {
    code = codeOf(error);
  }
  if (database !== null && code === null) return ok(database);
  try {
    database?.close();
  } catch {
    // It could not be opened properly; there is nothing to close.
  }
  return fail(code ?? 'OUTBOX_UNAVAILABLE');
};
