/**
 * The items as a queue: who is next, how many there are, what staff sees. Reads what is in the clear
 * and opens no seal. Asks the index each time, so that 50 000 waiting items cost nothing at a start.
 */
import { z } from 'zod';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import type { ItemState } from '../../preload/contract/outbox-words.ts';
import { itemRow, type KeptTime } from './index-rows.ts';
import type { IndexStatements } from './index-statements.ts';

/** An item as far as its turn is concerned. Times are the kiosk's own clock unless named otherwise. */
export interface QueuedItem {
  readonly itemId: string;
  readonly state: ItemState;
  readonly code: ErrorCode | null;
  readonly attempts: number;
  /** Null: nothing happens by itself. */
  readonly dueLivedMs: number | null;
  readonly savedLivedMs: number;
  readonly savedWallMs: number;
  readonly sizeBytes: number;
}

const COLUMNS = Object.keys(itemRow.shape).join(', ');
const stateCount = z.object({ state: itemRow.shape.state, count: z.int() });

const fromRow = (row: unknown): QueuedItem => {
  const parsed = itemRow.parse(row);
  return {
    itemId: parsed.item_id,
    state: parsed.state,
    code: parsed.code,
    attempts: parsed.attempts,
    dueLivedMs: parsed.due_lived_ms,
    savedLivedMs: parsed.saved_lived_ms,
    savedWallMs: parsed.saved_wall_ms,
    sizeBytes: parsed.size_bytes,
  };
};

export class ItemQueue {
  readonly #statements: IndexStatements;

  constructor(statements: IndexStatements) {
    this.#statements = statements;
  }

  get(itemId: string): QueuedItem | null {
    const row = this.#statements.get(`SELECT ${COLUMNS} FROM item WHERE item_id = ?`, itemId);
    return row === undefined ? null : fromRow(row);
  }

  /** The first items that have a time, soonest first. */
  firstDue(most: number): QueuedItem[] {
    return this.#statements
      .all(
        `SELECT ${COLUMNS} FROM item WHERE due_lived_ms IS NOT NULL
         ORDER BY due_lived_ms, sequence LIMIT ?`,
        most,
      )
      .map(fromRow);
  }

  inState(state: ItemState): QueuedItem[] {
    return this.#statements
      .all(`SELECT ${COLUMNS} FROM item WHERE state = ? ORDER BY sequence`, state)
      .map(fromRow);
  }

  savedBefore(livedMs: number): QueuedItem[] {
    return this.#statements
      .all(`SELECT ${COLUMNS} FROM item WHERE saved_lived_ms < ? ORDER BY sequence`, livedMs)
      .map(fromRow);
  }

  /** Those that wait for a person first, then the order they were saved in. */
  list(needsPerson: readonly ItemState[], most: number): QueuedItem[] {
    const places = needsPerson.map(() => '?').join(', ');
    return this.#statements
      .all(
        `SELECT ${COLUMNS} FROM item ORDER BY state IN (${places}) DESC, sequence LIMIT ?`,
        ...needsPerson,
        most,
      )
      .map(fromRow);
  }

  /** Items whose file should be where it belongs. */
  intact(): string[] {
    return z
      .array(z.object({ item_id: z.string() }))
      .parse(this.#statements.all("SELECT item_id FROM item WHERE state <> 'DAMAGED'"))
      .map(({ item_id: itemId }) => itemId);
  }

  /** How many items are in each state; states without items are left out. */
  counts(): ReadonlyMap<ItemState, number> {
    const counts = new Map<ItemState, number>();
    const rows = this.#statements.all('SELECT state, count(*) AS count FROM item GROUP BY state');
    for (const { state, count } of z.array(stateCount).parse(rows))
      counts.set(state, (counts.get(state) ?? 0) + count);
    return counts;
  }

  /** Gives whatever of these states has a later time this one. */
  advance(states: readonly ItemState[], toLivedMs: number, time: KeptTime): void {
    const later = `due_lived_ms > ? AND state IN (${states.map(() => '?').join(', ')})`;
    const some = `SELECT 1 FROM item WHERE ${later} LIMIT 1`;
    if (this.#statements.get(some, toLivedMs, ...states) === undefined) return;
    this.#statements.atomically(time, () => {
      const update = `UPDATE item SET due_lived_ms = ? WHERE ${later}`;
      this.#statements.run(update, toLivedMs, toLivedMs, ...states);
    });
  }

  /** Takes an item's time away: in this state nothing happens by itself. */
  rest(itemId: string, state: ItemState, code: ErrorCode | null, time: KeptTime): void {
    this.#statements.atomically(time, () => {
      this.#statements.run(
        'UPDATE item SET state = ?, code = ?, due_lived_ms = NULL WHERE item_id = ?',
        state,
        code,
        itemId,
      );
    });
  }
}
