/**
 * The outbox's index: one SQLite row per item, one per receipt. A write that returned is durable; a
 * write that threw changed nothing. Knows no key and opens no seal.
 */
import { z } from 'zod';
import { ok, type Result } from '../../preload/contract/result.ts';
import type { OpenSqlite } from '../ports/sqlite.ts';
import {
  receiptRow,
  sealedRow,
  type KeptTime,
  type ReceiptRow,
  type RowChange,
  type SealedRow,
} from './index-rows.ts';
import { openIndexDatabase, type IndexCode } from './index-engine.ts';
import { IndexStatements } from './index-statements.ts';
import { ItemQueue } from './item-queue.ts';

const countRow = z.object({ count: z.int() });
const namedRow = z.object({ item_id: z.string() });

const ALL_COLUMNS = Object.keys(sealedRow.shape).join(', ');
const RECEIPT_COLUMNS = Object.keys(receiptRow.shape).join(', ');

export class OutboxIndex {
  readonly #statements: IndexStatements;
  /** The items as a queue: what of them is in the clear. */
  readonly queue: ItemQueue;

  private constructor(statements: IndexStatements) {
    this.#statements = statements;
    this.queue = new ItemQueue(statements);
  }

  /** Opens or makes the index and proves it. A file it refuses is left as it is. */
  static open(openSqlite: OpenSqlite, path: string): Result<OutboxIndex, IndexCode> {
    const opened = openIndexDatabase(openSqlite, path);
    return opened.ok ? ok(new OutboxIndex(new IndexStatements(opened.value))) : opened;
  }

  /** Names of all items, in the order they were saved. */
  itemIds(): string[] {
    return z
      .array(namedRow)
      .parse(this.#statements.all('SELECT item_id FROM item ORDER BY sequence'))
      .map(({ item_id: itemId }) => itemId);
  }

  item(itemId: string): SealedRow | null {
    const row = this.#statements.get(`SELECT ${ALL_COLUMNS} FROM item WHERE item_id = ?`, itemId);
    return row === undefined ? null : sealedRow.parse(row);
  }

  /** Puts a new item in, in the same moment taking away the one it replaces. */
  insert(row: SealedRow, replacedId: string | null, time: KeptTime): void {
    this.#statements.atomically(time, () => {
      if (replacedId !== null)
        this.#statements.run('DELETE FROM item WHERE item_id = ?', replacedId);
      this.#insert(row);
    });
    if (replacedId !== null) this.#statements.shred();
  }

  /** Puts all of these in, or none. */
  restore(rows: readonly SealedRow[], time: KeptTime): void {
    this.#statements.atomically(time, () => {
      for (const row of rows) this.#insert(row);
    });
  }

  update(itemId: string, change: RowChange, time: KeptTime): void {
    const { state, dueLivedMs, attempts, code, delivery } = change;
    this.#statements.atomically(time, () => {
      this.#statements.run(
        'UPDATE item SET state = ?, due_lived_ms = ?, attempts = ?, code = ?, delivery = ? WHERE item_id = ?',
        state,
        dueLivedMs,
        attempts,
        code,
        delivery,
        itemId,
      );
    });
  }

  /** Gives an item another wrapping of the same key. */
  rewrap(rows: readonly { itemId: string; keyNumber: number; wrapped: Uint8Array }[]): void {
    this.#statements.atomically(null, () => {
      for (const { itemId, keyNumber, wrapped } of rows)
        this.#statements.run(
          'UPDATE item SET key_number = ?, wrapped_key = ? WHERE item_id = ?',
          keyNumber,
          wrapped,
          itemId,
        );
    });
    this.#statements.shred();
  }

  resealReceipts(rows: readonly { itemId: string; keyNumber: number; sealed: Uint8Array }[]): void {
    this.#statements.atomically(null, () => {
      for (const { itemId, keyNumber, sealed } of rows)
        this.#statements.run(
          'UPDATE receipt SET key_number = ?, sealed = ? WHERE item_id = ?',
          keyNumber,
          sealed,
          itemId,
        );
    });
  }

  /** Takes an item away for good, leaving a receipt where it was delivered. */
  remove(itemId: string, receipt: ReceiptRow | null, time: KeptTime): void {
    this.#statements.atomically(time, () => {
      this.#statements.run('DELETE FROM item WHERE item_id = ?', itemId);
      if (receipt === null) return;
      const columns = Object.values(receiptRow.keyof().enum);
      this.#statements.run(
        `INSERT INTO receipt (${RECEIPT_COLUMNS}) VALUES (${columns.map(() => '?').join(', ')})`,
        ...columns.map((column) => receipt[column]),
      );
    });
    this.#statements.shred();
  }

  /** Receipts since a moment of the wall clock, newest first. */
  receipts(sinceWallMs: number, most: number): ReceiptRow[] {
    return z
      .array(receiptRow)
      .parse(
        this.#statements.all(
          `SELECT ${RECEIPT_COLUMNS} FROM receipt WHERE delivered_wall_ms >= ? ORDER BY sequence DESC LIMIT ?`,
          sinceWallMs,
          most,
        ),
      );
  }

  receiptCount(sinceWallMs: number): number {
    const sql = 'SELECT count(*) AS count FROM receipt WHERE delivered_wall_ms >= ?';
    return countRow.parse(this.#statements.get(sql, sinceWallMs)).count;
  }

  removeReceiptsBefore(livedMs: number): void {
    this.#statements.run('DELETE FROM receipt WHERE delivered_lived_ms < ?', livedMs);
  }

  /** The highest key number any row names; 0 without rows. */
  highestKeyNumber(): number {
    const sql =
      'SELECT coalesce(max(key_number), 0) AS count FROM (SELECT key_number FROM item UNION ALL SELECT key_number FROM receipt)';
    return countRow.parse(this.#statements.get(sql)).count;
  }

  /** The times of the last write; null in a new index. */
  keptTime(): KeptTime | null {
    return this.#statements.keptTime();
  }

  close(): void {
    this.#statements.close();
  }

  #insert(row: SealedRow): void {
    const columns = Object.values(sealedRow.keyof().enum);
    const places = columns.map(() => '?').join(', ');
    this.#statements.run(
      `INSERT INTO item (${columns.join(', ')}) VALUES (${places})`,
      ...columns.map((column) => row[column]),
    );
  }
}
