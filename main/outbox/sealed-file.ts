/**
 * The sealed file of one item: its pictures under AES-256-GCM, cut into segments that can neither
 * be moved, dropped, exchanged nor cut off unnoticed. Must never release a byte that was not
 * verified, and holds nothing personal in the clear: slots and sizes are all a reader sees.
 *
 * Header: magic ‖ version ‖ item id ‖ nonce prefix ‖ count ‖ count × (slot, size). Then for each
 * slot its segments: ciphertext ‖ tag. Nonce: prefix ‖ counter over the file ‖ whether it is the
 * slot's last. Associated data: the whole header ‖ slot ‖ index in the slot.
 */
// SECURITY: SEC-21
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { CAPTURE_STEPS, type CaptureStep } from '../../preload/contract/vocabulary.ts';
import type { OpenFile } from '../ports/disk.ts';
import type { Random } from '../ports/random.ts';

/** Pictures by slot, each with at least one byte. */
export type Pictures = Readonly<Partial<Record<CaptureStep, Uint8Array>>>;

/** ITEM_NEWER: sealed by a later version of the kiosk. Everything else that is not as sealed: ITEM_DAMAGED. */
export type SealedFileCode = 'ITEM_DAMAGED' | 'ITEM_NEWER';

/** One picture that is read while it is sent. */
export interface SealedPicture {
  readonly sizeBytes: number;
  /** Plain bytes, segment by segment; all but the last have SEGMENT_BYTES. Throws where one is not as sealed. */
  segments(): AsyncIterable<Uint8Array>;
}
export type SealedPictures = Readonly<Partial<Record<CaptureStep, SealedPicture>>>;

/** A multiple of 3, so that base64 needs no carry from one to the next. Source: delivery.md, Store. */
export const SEGMENT_BYTES = 192 * 1024;

const MAGIC = Buffer.from('MKSF', 'latin1');
const VERSION = 1;
const ID_BYTES = 16;
const PREFIX_BYTES = 7;
const TAG_BYTES = 16;
const SLOT_BYTES = 5;
const FIXED_BYTES = MAGIC.byteLength + 1 + ID_BYTES + PREFIX_BYTES + 1;

/** No slot is larger: the pipeline fits every picture below 3.5 MB. Bounds what a damaged header can claim. */
const MAX_SLOT_BYTES = 16 * 1024 * 1024;

interface Slot {
  readonly step: CaptureStep;
  readonly sizeBytes: number;
  /** Of its first segment in the file. */
  readonly position: number;
  /** Number of its first segment, counted over the file. */
  readonly firstCounter: number;
}

interface Header {
  readonly bytes: Uint8Array;
  readonly prefix: Uint8Array;
  readonly slots: readonly Slot[];
  readonly fileBytes: number;
}

const idBytes = (itemId: string): Buffer => Buffer.from(itemId.replaceAll('-', ''), 'hex');
const segmentsOf = (sizeBytes: number): number => Math.ceil(sizeBytes / SEGMENT_BYTES);

/** Where each slot lies; null for sizes no writer makes. */
const layOut = (
  headerBytes: number,
  sizes: readonly (readonly [CaptureStep, number])[],
): { slots: Slot[]; fileBytes: number } | null => {
  const slots: Slot[] = [];
  let position = headerBytes;
  let firstCounter = 0;
  for (const [step, sizeBytes] of sizes) {
    if (sizeBytes === 0 || sizeBytes > MAX_SLOT_BYTES) return null;
    slots.push({ step, sizeBytes, position, firstCounter });
    position += sizeBytes + segmentsOf(sizeBytes) * TAG_BYTES;
    firstCounter += segmentsOf(sizeBytes);
  }
  return { slots, fileBytes: position };
};

const nonceOf = (prefix: Uint8Array, counter: number, isLast: boolean): Buffer => {
  const nonce = Buffer.alloc(PREFIX_BYTES + 5);
  nonce.set(prefix);
  nonce.writeUInt32BE(counter, PREFIX_BYTES);
  nonce[PREFIX_BYTES + 4] = isLast ? 1 : 0;
  return nonce;
};

const contextOf = (header: Uint8Array, step: CaptureStep, index: number): Buffer => {
  const tail = Buffer.alloc(SLOT_BYTES);
  tail[0] = CAPTURE_STEPS.indexOf(step);
  tail.writeUInt32BE(index, 1);
  return Buffer.concat([header, tail]);
};

/** The sealed file of the given pictures, chunk by chunk. `key` has 32 bytes and is used for this file alone. */
export function* sealPictures(
  key: Uint8Array,
  itemId: string,
  pictures: Pictures,
  random: Random,
): Generator<Uint8Array> {
  const filled = CAPTURE_STEPS.flatMap((step) => {
    const picture = pictures[step];
    return picture === undefined ? [] : [[step, picture] as const];
  });
  const prefix = random.bytes(PREFIX_BYTES);
  const table = Buffer.alloc(1 + filled.length * SLOT_BYTES);
  table[0] = filled.length;
  for (const [index, [step, picture]] of filled.entries()) {
    table[1 + index * SLOT_BYTES] = CAPTURE_STEPS.indexOf(step);
    table.writeUInt32BE(picture.byteLength, 2 + index * SLOT_BYTES);
  }
  const header = Buffer.concat([MAGIC, Uint8Array.of(VERSION), idBytes(itemId), prefix, table]);
  yield header;

  let counter = 0;
  for (const [step, picture] of filled) {
    if (picture.byteLength === 0 || picture.byteLength > MAX_SLOT_BYTES)
      throw new RangeError('A picture has a size that can not be sealed.');
    for (let start = 0; start < picture.byteLength; start += SEGMENT_BYTES) {
      const plain = picture.subarray(start, start + SEGMENT_BYTES);
      const isLast = start + SEGMENT_BYTES >= picture.byteLength;
      const cipher = createCipheriv('aes-256-gcm', key, nonceOf(prefix, counter, isLast));
      cipher.setAAD(contextOf(header, step, start / SEGMENT_BYTES));
      yield cipher.update(plain);
      cipher.final();
      yield cipher.getAuthTag();
      counter += 1;
    }
  }
}

/** How many bytes `sealPictures` makes of these pictures. */
export const sealedBytes = (pictures: Pictures): number => {
  const sizes = Object.values(pictures).map(({ byteLength }) => byteLength);
  return sizes.reduce(
    (sum, size) => sum + SLOT_BYTES + size + segmentsOf(size) * TAG_BYTES,
    FIXED_BYTES,
  );
};

const readHeader = async (
  file: OpenFile,
  itemId: string,
): Promise<Result<Header, SealedFileCode>> => {
  const fixed = Buffer.alloc(FIXED_BYTES);
  if (!(await file.read(fixed, 0)) || !MAGIC.equals(fixed.subarray(0, MAGIC.byteLength)))
    return fail('ITEM_DAMAGED');
  const version = fixed[MAGIC.byteLength] ?? 0;
  if (version > VERSION) return fail('ITEM_NEWER');
  const idStart = MAGIC.byteLength + 1;
  const isOwn = idBytes(itemId).equals(fixed.subarray(idStart, idStart + ID_BYTES));
  const count = fixed[FIXED_BYTES - 1] ?? 0;
  if (version !== VERSION || !isOwn || count === 0 || count > CAPTURE_STEPS.length)
    return fail('ITEM_DAMAGED');

  const table = Buffer.alloc(count * SLOT_BYTES);
  if (!(await file.read(table, FIXED_BYTES))) return fail('ITEM_DAMAGED');
  const sizes: [CaptureStep, number][] = [];
  for (let at = 0; at < table.byteLength; at += SLOT_BYTES) {
    const step = CAPTURE_STEPS[table[at] ?? CAPTURE_STEPS.length];
    if (step === undefined || sizes.some(([known]) => known === step)) return fail('ITEM_DAMAGED');
    sizes.push([step, table.readUInt32BE(at + 1)]);
  }
  const layout = layOut(FIXED_BYTES + table.byteLength, sizes);
  if (layout === null || layout.fileBytes !== file.sizeBytes) return fail('ITEM_DAMAGED');
  const prefix = fixed.subarray(idStart + ID_BYTES, FIXED_BYTES - 1);
  return ok({ bytes: Buffer.concat([fixed, table]), prefix, ...layout });
};

/** A segment was not as it was sealed. Never leaves this module but out of an open SealedPicture. */
export class BrokenSeal extends Error {}

async function* readSegments(
  file: OpenFile,
  key: Uint8Array,
  header: Header,
  slot: Slot,
): AsyncGenerator<Uint8Array> {
  let { position } = slot;
  const count = segmentsOf(slot.sizeBytes);
  const buffer = Buffer.allocUnsafe(SEGMENT_BYTES + TAG_BYTES);
  for (let index = 0; index < count; index += 1) {
    const isLast = index === count - 1;
    const length = isLast ? slot.sizeBytes - index * SEGMENT_BYTES : SEGMENT_BYTES;
    const sealed = buffer.subarray(0, length + TAG_BYTES);
    if (!(await file.read(sealed, position))) throw new BrokenSeal();
    const nonce = nonceOf(header.prefix, slot.firstCounter + index, isLast);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(contextOf(header.bytes, slot.step, index));
    decipher.setAuthTag(sealed.subarray(length));
    const plain = decipher.update(sealed.subarray(0, length));
    try {
      decipher.final();
    } catch {
      plain.fill(0);
      throw new BrokenSeal();
    }
    yield plain;
    plain.fill(0);
    position += length + TAG_BYTES;
  }
}

/**
 * The pictures of a sealed file, each segment of which has been verified once. They are read again
 * while they are used, so `file` stays open until then. Throws where the disk fails.
 */
export const openSealedFile = async (
  file: OpenFile,
  key: Uint8Array,
  itemId: string,
): Promise<Result<SealedPictures, SealedFileCode>> => {
  const header = await readHeader(file, itemId);
  if (!header.ok) return header;
  const pictures: Partial<Record<CaptureStep, SealedPicture>> = {};
  try {
    for (const slot of header.value.slots) {
      const segments = (): AsyncIterable<Uint8Array> => readSegments(file, key, header.value, slot);
      let sizeBytes = 0;
      // The reader itself overwrites each segment when the next one is asked for.
      for await (const { byteLength } of segments()) sizeBytes += byteLength;
      if (sizeBytes !== slot.sizeBytes) return fail('ITEM_DAMAGED');
      pictures[slot.step] = { sizeBytes: slot.sizeBytes, segments };
    }
  } catch (error) {
    if (error instanceof BrokenSeal) return fail('ITEM_DAMAGED');
    throw error;
  }
  return ok(pictures);
};
