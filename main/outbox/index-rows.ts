/** The rows of the index as values: what a reader of the database file sees, and what it can't. */
import { z } from 'zod';
import { ERROR_CODES, type ErrorCode } from '../../preload/contract/error-codes.ts';
import { ITEM_STATES, type ItemState } from '../../preload/contract/outbox-words.ts';
import type { SqliteDatabase } from '../ports/sqlite.ts';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

export const itemRow = z.object({
  item_id: z.string(),
  /** In the clear for the queue alone; what is sealed has the last word. A damaged one stops no other. */
  state: z.enum(ITEM_STATES).catch('DAMAGED'),
  due_lived_ms: z.int().nullable(),
  attempts: z.int(),
  /** A code of another version of the kiosk is none we can show. */
  code: z.enum(ERROR_CODES).nullable().catch(null),
  saved_wall_ms: z.int(),
  saved_lived_ms: z.int(),
  size_bytes: z.int(),
  key_number: z.int(),
});

export const sealedRow = itemRow.extend({ wrapped_key: bytes, content: bytes, delivery: bytes });
/** A whole row. */
export type SealedRow = z.infer<typeof sealedRow>;

export const receiptRow = z.object({
  item_id: z.string(),
  delivered_wall_ms: z.int(),
  delivered_lived_ms: z.int(),
  reconciled: z.int(),
  key_number: z.int(),
  sealed: bytes,
});
export type ReceiptRow = z.infer<typeof receiptRow>;

/** What a step of the delivery changes in a row. */
export interface RowChange {
  readonly state: ItemState;
  readonly dueLivedMs: number | null;
  readonly attempts: number;
  readonly code: ErrorCode | null;
  readonly delivery: Uint8Array;
}

/** Times kept with every write (durable-clock.ts). */
export interface KeptTime {
  readonly livedMs: number;
  readonly wallMs: number;
}

const metaRow = z.object({ value: z.number() });

/** The times of the last write; null in an index without one. */
export const readKeptTime = (database: SqliteDatabase): KeptTime | null => {
  const statement = database.prepare('SELECT value FROM meta WHERE name = ?');
  const valueOf = (name: string): number | null => {
    const row = statement.get(name);
    return row === undefined ? null : metaRow.parse(row).value;
  };
  const livedMs = valueOf('lived_ms');
  const wallMs = valueOf('wall_ms');
  return livedMs === null || wallMs === null ? null : { livedMs, wallMs };
};

/** As many whole rows as a damaged file still gives, from its start and from its end. */
export const readRows = (database: SqliteDatabase): SealedRow[] => {
  const rows = new Map<number, SealedRow>();
  const columns = Object.keys(sealedRow.shape).join(', ');
  const numbered = sealedRow.extend({ sequence: z.int() });
  for (const [order, compare] of [
    ['ASC', '>'],
    ['DESC', '<'],
  ] as const) {
    const next = database.prepare(
      `SELECT sequence, ${columns} FROM item WHERE sequence ${compare} ? ORDER BY sequence ${order} LIMIT 1`,
    );
    let at = order === 'ASC' ? 0 : Number.MAX_SAFE_INTEGER;
    try {
      for (let row = next.get(at); row !== undefined; row = next.get(at)) {
        const { sequence, ...whole } = numbered.parse(row);
        rows.set(sequence, whole);
        at = sequence;
      }
    } catch {
      // The damaged place; what lies behind it is read from the other side.
    }
  }
  return [...rows].toSorted(([a], [b]) => a - b).map(([, row]) => row);
};
