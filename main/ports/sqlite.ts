/** SQLite as a port: what the outbox's index needs of an engine. Node's own and better-sqlite3 both fit. */
import { DatabaseSync } from 'node:sqlite';

/** What can be stored in a column. */
export type SqliteValue = null | number | string | Uint8Array;

export interface SqliteStatement {
  run(...values: readonly SqliteValue[]): unknown;
  get(...values: readonly SqliteValue[]): unknown;
  all(...values: readonly SqliteValue[]): readonly unknown[];
}

/** An open database. Every call is synchronous and throws on failure. */
export interface SqliteDatabase {
  exec(sql: string): void;
  prepare(sql: string): SqliteStatement;
  close(): void;
}

/** Opens or makes the database file at an absolute path. Throws where that is not possible. */
export type OpenSqlite = (path: string) => SqliteDatabase;

/** Node's own SQLite. */
export const openNodeSqlite: OpenSqlite = (path) => new DatabaseSync(path);
