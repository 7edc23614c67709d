/**
 * The keys that wrap the items' own keys (KEK over DEK), each sealed by the vault and numbered. A new
 * number rewraps 32 bytes per item, never a picture. Must never make a key over one that can't be
 * opened: its items would be lost for good.
 */
import { join } from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Disk } from '../ports/disk.ts';
import type { Random } from '../ports/random.ts';
import { KEY_BYTES, openBytes, sealBytes } from '../settings/aead.ts';
import { readStateFileOrThrow, setAside, writeStateFile } from '../settings/state-file.ts';

import type { OutboxIndex } from './outbox-index.ts';

/** What seals the outbox's keys at rest: the vault, or in training the memory of one run. */
export interface KeySealer {
  seal(plain: Uint8Array): Promise<Result<Uint8Array, string>>;
  unseal(sealed: Uint8Array): Promise<Result<Uint8Array, string>>;
}

/** Own decision: far above any sealer's overhead. */
const SEALED_MAX_CHARS = 4096;

const keysFile = z.strictObject({
  version: z.literal(1),
  keys: z
    .array(
      z.strictObject({
        number: z.int().positive(),
        /** On the kiosk's own clock, when it was made. */
        sinceLivedMs: z.int().nonnegative(),
        sealed: z.base64().min(1).max(SEALED_MAX_CHARS),
      }),
    )
    .min(1)
    .max(16),
});

export interface ItemKeyPorts {
  readonly disk: Disk;
  readonly random: Random;
  readonly sealer: KeySealer;
  /** Absolute folder of `keys.json`. */
  readonly folder: string;
}

interface NumberedKey {
  readonly key: Uint8Array;
  readonly sinceLivedMs: number;
}

const contextOf = (use: string): string => `mark-id-kiosk/outbox/1/${use}`;

/** Open keys by number. The newest wraps; the others only unwrap. */
export class ItemKeys {
  readonly #ports: ItemKeyPorts;
  readonly #path: string;
  readonly #keys = new Map<number, NumberedKey>();
  #newest = 0;
  /** True where a key file was there whose keys could not be opened; it was kept. */
  isKeyLost = false;

  private constructor(ports: ItemKeyPorts) {
    this.#ports = ports;
    this.#path = join(ports.folder, 'keys.json');
  }

  /**
   * Opens the keys, or makes the first one. A file that can't be opened is kept as
   * `keys.json.kept-<n>`, and no number that an item of `index` names is used again.
   * Throws where the disk does not answer: keys that can't be read now are not lost.
   */
  static async open(
    ports: ItemKeyPorts,
    index: Pick<OutboxIndex, 'highestKeyNumber'>,
    livedMs: number,
  ): Promise<Result<ItemKeys, 'STORAGE_FAILED'>> {
    const keys = new ItemKeys(ports);
    await keys.#read();
    if (keys.#newest > 0) return ok(keys);
    if (keys.isKeyLost && (await setAside(ports.disk, keys.#path)) === null)
      return fail('STORAGE_FAILED');
    return (await keys.add(livedMs, index.highestKeyNumber() + 1))
      ? ok(keys)
      : fail('STORAGE_FAILED');
  }

  /** Number of the key that wraps now. */
  get newest(): number {
    return this.#newest;
  }

  /** When the key that wraps now was made, on the kiosk's own clock. */
  get newestSinceLivedMs(): number {
    return this.#keys.get(this.#newest)?.sinceLivedMs ?? 0;
  }

  /** True while items may stand under an older key: a rotation was not finished. */
  get hasOld(): boolean {
    return this.#keys.size > 1;
  }

  /** Makes a key durable and lets it wrap from now on. False when that failed. */
  async add(livedMs: number, number = this.#newest + 1): Promise<boolean> {
    const added = { key: this.#ports.random.bytes(KEY_BYTES), sinceLivedMs: livedMs };
    if (!(await this.#write(new Map([...this.#keys, [number, added]])))) return false;
    this.#keys.set(number, added);
    this.#newest = number;
    return true;
  }

  /** Forgets every key but the newest, here and on disk. Only when nothing is wrapped by them any more. */
  async dropOld(): Promise<boolean> {
    const newest = this.#keys.get(this.#newest);
    if (newest === undefined) return false;
    if (!(await this.#write(new Map([[this.#newest, newest]])))) return false;
    for (const [number, { key }] of this.#keys) {
      if (number === this.#newest) continue;
      key.fill(0);
      this.#keys.delete(number);
    }
    return true;
  }

  /** Seals a value for one use under the newest key. */
  wrap(use: string, plain: Uint8Array): Uint8Array {
    const newest = this.#keys.get(this.#newest);
    if (newest === undefined) throw new Error('The outbox has no key.');
    return sealBytes(newest.key, contextOf(use), plain, this.#ports.random);
  }

  /** The value; null when that key is gone or anything is not as it was sealed. */
  unwrap(number: number, use: string, sealed: Uint8Array): Uint8Array | null {
    const known = this.#keys.get(number);
    return known === undefined ? null : openBytes(known.key, contextOf(use), sealed);
  }

  /** Overwrites every key. */
  close(): void {
    for (const { key } of this.#keys.values()) key.fill(0);
    this.#keys.clear();
  }

  // RECOVERY: REC-04
  async #read(): Promise<void> {
    const file = await readStateFileOrThrow(this.#ports.disk, this.#path, keysFile);
    if (file.kind === 'missing') return;
    if (file.kind === 'intact')
      for (const { number, sinceLivedMs, sealed } of file.content.keys) {
        const key = await this.#ports.sealer.unseal(Buffer.from(sealed, 'base64'));
        if (!key.ok || key.value.byteLength !== KEY_BYTES) continue;
        this.#keys.set(number, { key: key.value, sinceLivedMs });
        this.#newest = Math.max(this.#newest, number);
      }
    this.isKeyLost = file.kind === 'damaged' || this.#keys.size < file.content.keys.length;
  }

  async #write(keys: ReadonlyMap<number, NumberedKey>): Promise<boolean> {
    const sealedKeys: { number: number; sinceLivedMs: number; sealed: string }[] = [];
    for (const [number, { key, sinceLivedMs }] of keys) {
      const sealed = await this.#ports.sealer.seal(key);
      if (!sealed.ok) return false;
      sealedKeys.push({
        number,
        sinceLivedMs,
        sealed: Buffer.from(sealed.value).toString('base64'),
      });
    }
    return writeStateFile(this.#ports.disk, this.#path, { version: 1, keys: sealedKeys });
  }
}
