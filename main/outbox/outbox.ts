/**
 * The only owner of undelivered work: a sealed file per item and a row in the index. `put` returns
 * after everything is durable, `remove` after the item's key is gone. Must never tell two customers
 * apart in the clear, never delete what was not asked for, and never fail all for the fault of one.
 */
import { join } from 'node:path';
import type { z } from 'zod';
import type { OutboxErrorCode } from '../../preload/contract/error-codes.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Disk } from '../ports/disk.ts';
import type { Random } from '../ports/random.ts';
import { KEY_BYTES, openBytes, sealBytes } from '../settings/aead.ts';
import type { DurableClock } from './durable-clock.ts';
import {
  deliveryRecord,
  itemContent,
  parseSealed,
  sealUse,
  type DeliveryRecord,
  type ItemContent,
} from './item.ts';
import type { ItemKeys } from './item-keys.ts';
import type { ReceiptRow, SealedRow } from './index-rows.ts';
import type { ItemQueue } from './item-queue.ts';
import type { OutboxIndex } from './outbox-index.ts';
import { Receipts, type Delivered } from './receipts.ts';
import { sealedName, sweepOrphans } from './salvage.ts';
import {
  openSealedFile,
  sealedBytes,
  sealPictures,
  type Pictures,
  type SealedPictures,
} from './sealed-file.ts';

export interface OutboxParts {
  readonly disk: Disk;
  readonly random: Random;
  readonly time: DurableClock;
  readonly keys: ItemKeys;
  readonly index: OutboxIndex;
  /** Absolute folder of the sealed files. */
  readonly itemsFolder: string;
  /** Absolute folder of those that could not be opened. */
  readonly quarantineFolder: string;
}

export interface NewItem {
  readonly content: ItemContent;
  readonly record: DeliveryRecord;
  readonly pictures: Pictures;
  /** The item whose place it takes, in the same moment. */
  readonly replaces: string | null;
}

/** What of a saved item is not secret. */
export interface SavedItem {
  readonly itemId: string;
  /** Wall clock. */
  readonly savedWallMs: number;
  /** The kiosk's own clock. */
  readonly savedLivedMs: number;
  readonly sizeBytes: number;
}

export interface OpenedItem {
  readonly content: ItemContent;
  readonly record: DeliveryRecord;
}

type ItemCode = Extract<OutboxErrorCode, `ITEM_${string}`> | 'STORAGE_FAILED';

export class Outbox {
  readonly #parts: OutboxParts;
  /** Items whose file may be there before their row. */
  readonly #writing = new Set<string>();

  readonly receipts: Receipts;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
    this.receipts = new Receipts(parts);
  }

  get time(): DurableClock {
    return this.#parts.time;
  }

  /** The items as far as they are in the clear. */
  get queue(): ItemQueue {
    return this.#parts.index.queue;
  }

  /**
   * Saves an item: file first, row after. Once this returned ok the item survives a power cut; where
   * it failed, nothing is left of it.
   */
  // RECOVERY: REC-01
  async put(item: NewItem): Promise<Result<SavedItem, 'STORAGE_FAILED'>> {
    const { disk, random, keys, index, time } = this.#parts;
    const itemId = random.uuid();
    this.#writing.add(itemId);
    const key = random.bytes(KEY_BYTES);
    const path = this.#pathOf(itemId);
    try {
      await disk.replace(path, sealPictures(key, itemId, item.pictures, random));
      const now = time.now();
      const saved: SavedItem = {
        itemId,
        savedWallMs: now.wallMs,
        savedLivedMs: now.livedMs,
        sizeBytes: sealedBytes(item.pictures),
      };
      const row: SealedRow = {
        item_id: itemId,
        ...this.#columnsOf(item.record, now.livedMs),
        saved_wall_ms: saved.savedWallMs,
        saved_lived_ms: saved.savedLivedMs,
        size_bytes: saved.sizeBytes,
        key_number: keys.newest,
        wrapped_key: keys.wrap(sealUse(itemId, 'key'), key),
        content: this.#seal(key, itemId, 'content', item.content),
        delivery: this.#seal(key, itemId, 'delivery', item.record),
      };
      index.insert(row, item.replaces, now);
      if (item.replaces !== null) await this.#removeFile(item.replaces);
      return ok(saved);
    } catch {
      await this.remove(itemId);
      return fail('STORAGE_FAILED');
    } finally {
      key.fill(0);
      this.#writing.delete(itemId);
    }
  }

  /** What an item consists of and how far it is. */
  open(itemId: string): Result<OpenedItem, ItemCode> {
    return this.#withKey(itemId, (key, row) => {
      const content = this.#unseal(key, itemId, 'content', row.content, itemContent);
      const record = this.#unseal(key, itemId, 'delivery', row.delivery, deliveryRecord);
      return content === null || record === null ? fail('ITEM_DAMAGED') : ok({ content, record });
    });
  }

  /** Keeps how far the delivery is. Durable once it returned ok; unchanged where it failed. */
  save(itemId: string, record: DeliveryRecord, dueLivedMs: number | null): Result<null, ItemCode> {
    return this.#withKey(itemId, (key) => {
      const delivery = this.#seal(key, itemId, 'delivery', record);
      const columns = this.#columnsOf(record, dueLivedMs);
      const { due_lived_ms: due, state, attempts } = columns;
      this.#parts.index.update(
        itemId,
        { state, dueLivedMs: due, attempts, code: record.code, delivery },
        this.#parts.time.now(),
      );
      return ok(null);
    });
  }

  /**
   * Lets `use` read the item's pictures, every byte of which was verified before. They can be read
   * until `use` is done.
   */
  async withPictures<Value>(
    itemId: string,
    use: (pictures: SealedPictures) => Promise<Value>,
  ): Promise<Result<Value, ItemCode>> {
    const key = this.#withKey(itemId, (opened) => ok(Uint8Array.from(opened)));
    if (!key.ok) return key;
    try {
      const file = await this.#parts.disk.open(this.#pathOf(itemId)).catch(() => undefined);
      if (file === undefined) return fail('STORAGE_FAILED');
      if (file === null) return fail('ITEM_DAMAGED');
      try {
        const pictures = await openSealedFile(file, key.value, itemId).catch(() => null);
        if (pictures === null) return fail('STORAGE_FAILED');
        return pictures.ok ? ok(await use(pictures.value)) : pictures;
      } finally {
        await file.close();
      }
    } finally {
      key.value.fill(0);
    }
  }

  /** Ends a delivered item: its receipt stays, its key and pictures are gone. */
  async deliver(
    delivered: Omit<Delivered, 'customerReference'>,
  ): Promise<Result<null, 'STORAGE_FAILED'>> {
    const opened = this.open(delivered.itemId);
    const customerReference = opened.ok ? opened.value.content.customerReference : null;
    return this.#take(delivered.itemId, this.receipts.rowOf({ ...delivered, customerReference }));
  }

  /** Deletes an item for good: first its key, then its file. */
  remove(itemId: string): Promise<Result<null, 'STORAGE_FAILED'>> {
    return this.#take(itemId, null);
  }

  /** Puts the file of an item that can't be opened apart; its row stays and says so. */
  // RECOVERY: REC-03
  async quarantine(itemId: string): Promise<void> {
    const { disk, quarantineFolder } = this.#parts;
    try {
      await disk.makeFolder(quarantineFolder);
      await disk.rename(this.#pathOf(itemId), this.#quarantinePathOf(itemId));
    } catch {
      // It stays where it is; nothing else depends on it.
    }
  }

  /** Puts the files in order that a crash left without a row; see sweepOrphans. */
  async sweep(): Promise<void> {
    const isBeingWritten = (name: string): boolean =>
      [...this.#writing].some((itemId) => name.startsWith(sealedName(itemId)));
    await sweepOrphans(this.#parts, isBeingWritten);
  }

  close(): void {
    this.#parts.keys.close();
    this.#parts.index.close();
  }

  #pathOf(itemId: string): string {
    return join(this.#parts.itemsFolder, sealedName(itemId));
  }

  #quarantinePathOf(itemId: string): string {
    return join(this.#parts.quarantineFolder, sealedName(itemId));
  }

  #columnsOf({ state, code, attempts }: DeliveryRecord, dueLivedMs: number | null) {
    return {
      state,
      code,
      attempts,
      due_lived_ms: dueLivedMs === null ? null : Math.ceil(dueLivedMs),
    };
  }

  async #take(itemId: string, receipt: ReceiptRow | null): Promise<Result<null, 'STORAGE_FAILED'>> {
    try {
      this.#parts.index.remove(itemId, receipt, this.#parts.time.now());
    } catch {
      return fail('STORAGE_FAILED');
    }
    await this.#removeFile(itemId);
    return ok(null);
  }

  /** Without its row the file is noise; where it can't be removed now, the next start does it. */
  async #removeFile(itemId: string): Promise<void> {
    const { disk } = this.#parts;
    for (const path of [this.#pathOf(itemId), this.#quarantinePathOf(itemId)])
      await disk.remove(path).catch(() => undefined);
  }

  #withKey<Value>(
    itemId: string,
    use: (key: Uint8Array, row: SealedRow) => Result<Value, ItemCode>,
  ): Result<Value, ItemCode> {
    let key: Uint8Array | null = null;
    try {
      const row = this.#parts.index.item(itemId);
      if (row === null) return fail('ITEM_MISSING');
      key = this.#parts.keys.unwrap(row.key_number, sealUse(itemId, 'key'), row.wrapped_key);
      return key === null ? fail('ITEM_DAMAGED') : use(key, row);
    } catch {
      return fail('STORAGE_FAILED');
    } finally {
      key?.fill(0);
    }
  }

  #seal(key: Uint8Array, itemId: string, part: 'content' | 'delivery', value: object): Uint8Array {
    const plain = Buffer.from(JSON.stringify(value), 'utf8');
    const sealed = sealBytes(key, sealUse(itemId, part), plain, this.#parts.random);
    plain.fill(0);
    return sealed;
  }

  #unseal<Value>(
    key: Uint8Array,
    itemId: string,
    part: 'content' | 'delivery',
    sealed: Uint8Array,
    schema: z.ZodType<Value>,
  ): Value | null {
    const plain = openBytes(key, sealUse(itemId, part), sealed);
    return plain === null ? null : parseSealed(plain, schema);
  }
}
