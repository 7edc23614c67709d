/** The prepared statements of an open index, and the two ways of writing: all or nothing, and for good. */
import type { SqliteDatabase, SqliteStatement, SqliteValue } from '../ports/sqlite.ts';
import { readKeptTime, type KeptTime } from './index-rows.ts';

export class IndexStatements {
  readonly #database: SqliteDatabase;
  readonly #statements = new Map<string, SqliteStatement>();

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  run(sql: string, ...values: readonly SqliteValue[]): void {
    this.#statement(sql).run(...values);
  }

  get(sql: string, ...values: readonly SqliteValue[]): unknown {
    return this.#statement(sql).get(...values);
  }

  all(sql: string, ...values: readonly SqliteValue[]): readonly unknown[] {
    return this.#statement(sql).all(...values);
  }

  /** Durable when it returns; where it throws, nothing was changed. `time` is kept with it. */
  atomically(time: KeptTime | null, work: () => void): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      work();
      if (time !== null)
        for (const [name, value] of [
          ['lived_ms', time.livedMs],
          ['wall_ms', time.wallMs],
        ] as const)
          this.run('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)', name, value);
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#rollBack();
      throw error;
    }
  }

  /**
   * Makes deletions final: the rows' old content stands in the log until it is written back and cut
   * (without this, 100 of 100 deleted keys were still in it; delivery.md). The deletion itself is
   * durable before; where the disk refuses this step, the next deletion or start does it.
   */
  shred(): void {
    try {
      this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // Nothing is lost, and the row is gone.
    }
  }

  /** The times of the last write; null in a new index. */
  keptTime(): KeptTime | null {
    return readKeptTime(this.#database);
  }

  close(): void {
    this.#database.close();
  }

  #rollBack(): void {
    try {
      this.#database.exec('ROLLBACK');
    } catch {
      // SQLite rolls back by itself where the disk failed (full, I/O error).
    }
  }

  #statement(sql: string): SqliteStatement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
