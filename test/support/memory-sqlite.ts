/**
 * The SQLite port in memory: a database for each path of a MemoryDisk, there as long as its file is.
 * Closing keeps it, as a file would; durability is what it can't show (real files do, in mkdtemp).
 */
import { DatabaseSync } from 'node:sqlite';
import type { OpenSqlite, SqliteDatabase, SqliteStatement } from '../../main/ports/sqlite.ts';
import type { MemoryDisk } from './memory-disk.ts';

/** What stands for the database in the folder, so that it can be seen, renamed and removed. */
const markOf = (number: number): string => `a database in memory, number ${number}`;

export class MemorySqlite {
  /** Throws where it wants a statement to fail. Called before anything changes. */
  fault: (sql: string) => void = () => undefined;
  /** Told of every statement that went through. */
  after: (sql: string) => void = () => undefined;
  readonly #disk: MemoryDisk;
  readonly #databases = new Map<string, DatabaseSync>();

  constructor(disk: MemoryDisk) {
    this.#disk = disk;
  }

  /** The port. A file that no database of ours stands for is none. */
  readonly open: OpenSqlite = (path) => {
    this.fault('open');
    const mark = this.#disk.text(path);
    const known = this.#databases.get(mark ?? '');
    if (known !== undefined) return this.#guarded(known);
    if (mark !== null) throw Object.assign(new Error('file is not a database'), { errcode: 26 });
    const database = new DatabaseSync(':memory:');
    const fresh = markOf(this.#databases.size);
    this.#disk.put(path, fresh);
    this.#databases.set(fresh, database);
    return this.#guarded(database);
  };

  /** The database behind a path, to look into it. */
  inside(path: string): DatabaseSync {
    const database = this.#databases.get(this.#disk.text(path) ?? '');
    if (database === undefined) throw new Error(`There is no database at ${path}.`);
    return database;
  }

  #guarded(database: DatabaseSync): SqliteDatabase {
    const through = <Value>(sql: string, work: () => Value): Value => {
      this.fault(sql);
      const value = work();
      this.after(sql);
      return value;
    };
    return {
      exec: (sql) => {
        through(sql, () => {
          database.exec(sql);
        });
      },
      prepare: (sql) => {
        const statement: SqliteStatement = database.prepare(sql);
        return {
          run: (...values) => through(sql, () => statement.run(...values)),
          // A database in memory has no log to write ahead.
          get: (...values) =>
            sql === 'PRAGMA journal_mode'
              ? { journal_mode: 'wal' }
              : through(sql, () => statement.get(...values)),
          all: (...values) => through(sql, () => statement.all(...values)),
        };
      },
      close: () => undefined,
    };
  }
}

/** An error as SQLite throws it for a disk that is full. */
export const fullDisk = (): Error =>
  Object.assign(new Error('database or disk is full'), { errcode: 13 });

/** Fails the n-th statement (from 1) that begins with `start`, once. */
export const failingAt = (start: string, n: number): ((sql: string) => void) => {
  let seen = 0;
  return (sql) => {
    if (!sql.startsWith(start)) return;
    seen += 1;
    if (seen === n) throw fullDisk();
  };
};
