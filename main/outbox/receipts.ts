/** What is left of delivered items: when, Mark ID's reference and the bank's own, sealed. No picture, no key of one. */
import { parseSealed, receiptContent, sealUse } from './item.ts';
import type { DurableClock } from './durable-clock.ts';
import type { ReceiptRow } from './index-rows.ts';
import type { ItemKeys } from './item-keys.ts';
import type { OutboxIndex } from './outbox-index.ts';

export interface Delivered {
  readonly itemId: string;
  readonly scanRef: string | null;
  readonly customerReference: string | null;
  readonly deliveredAtMs: number;
  readonly reconciled: boolean;
}

export class Receipts {
  readonly #keys: ItemKeys;
  readonly #index: OutboxIndex;
  readonly #time: DurableClock;

  constructor(parts: {
    readonly keys: ItemKeys;
    readonly index: OutboxIndex;
    readonly time: DurableClock;
  }) {
    this.#keys = parts.keys;
    this.#index = parts.index;
    this.#time = parts.time;
  }

  /** The row that takes an item's place. */
  rowOf({ itemId, deliveredAtMs, reconciled, ...content }: Delivered): ReceiptRow {
    const plain = Buffer.from(JSON.stringify(content), 'utf8');
    return {
      item_id: itemId,
      delivered_wall_ms: Math.floor(deliveredAtMs),
      delivered_lived_ms: this.#time.livedMs(),
      reconciled: reconciled ? 1 : 0,
      key_number: this.#keys.newest,
      sealed: this.#keys.wrap(sealUse(itemId, 'receipt'), plain),
    };
  }

  /** Since a moment of the wall clock, newest first. One that can't be opened has no references. */
  list(sinceWallMs: number, most: number): Delivered[] {
    return this.#index.receipts(sinceWallMs, most).map((row) => {
      const use = sealUse(row.item_id, 'receipt');
      const plain = this.#keys.unwrap(row.key_number, use, row.sealed);
      const content = plain === null ? null : parseSealed(plain, receiptContent);
      return {
        itemId: row.item_id,
        scanRef: content?.scanRef ?? null,
        customerReference: content?.customerReference ?? null,
        deliveredAtMs: row.delivered_wall_ms,
        reconciled: row.reconciled === 1,
      };
    });
  }

  count(sinceWallMs: number): number {
    return this.#index.receiptCount(sinceWallMs);
  }

  /** Forgets those older than `ageMs` of the kiosk's own time; where the disk fails, another time. */
  forget(ageMs: number): void {
    try {
      this.#index.removeReceiptsBefore(this.#time.livedMs() - ageMs);
    } catch {
      // A receipt holds a reference and no picture.
    }
  }
}
