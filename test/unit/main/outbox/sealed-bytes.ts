/** Sealed files in memory. */
import {
  openSealedFile,
  sealPictures,
  type Pictures,
} from '../../../../main/outbox/sealed-file.ts';
import type { OpenFile } from '../../../../main/ports/disk.ts';
import type { Random } from '../../../../main/ports/random.ts';
import type { CaptureStep } from '../../../../preload/contract/vocabulary.ts';
import { CAPTURE_STEPS } from '../../../../preload/contract/vocabulary.ts';
import { seededRandom } from '../../../support/fake-clock.ts';

export const KEY = seededRandom(5).bytes(32);

/** Bytes that differ from place to place and from one seed to the next. */
export const patterned = (length: number, seed: number): Buffer => {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at += 1) bytes[at] = (at * 31 + (at >> 8) * 7 + seed * 101) & 0xff;
  return bytes;
};

/** The whole sealed file. */
export const sealed = (
  pictures: Pictures,
  itemId: string,
  random: Random = seededRandom(9),
): Buffer =>
  Buffer.concat(
    [...sealPictures(KEY, itemId, pictures, random)].map((chunk) => Buffer.from(chunk)),
  );

export const bytesFile = (bytes: Uint8Array): OpenFile => ({
  sizeBytes: bytes.byteLength,
  read: async (target, position) => {
    const part = bytes.subarray(position, position + target.byteLength);
    target.set(part);
    return part.byteLength === target.byteLength;
  },
  close: async () => undefined,
});

/** Every picture of a file that must open. */
export const opened = async (
  bytes: Uint8Array,
  itemId: string,
): Promise<Partial<Record<CaptureStep, Buffer>>> => {
  const result = await openSealedFile(bytesFile(bytes), KEY, itemId);
  if (!result.ok) throw new Error(result.error.code);
  const pictures: Partial<Record<CaptureStep, Buffer>> = {};
  for (const step of CAPTURE_STEPS) {
    const picture = result.value[step];
    if (picture === undefined) continue;
    const parts: Buffer[] = [];
    for await (const segment of picture.segments()) parts.push(Buffer.from(segment));
    pictures[step] = Buffer.concat(parts);
    if (picture.sizeBytes !== pictures[step].byteLength) throw new Error('another size');
  }
  return pictures;
};

/** The code with which a file is refused; null where it opens. */
export const refusal = async (
  bytes: Uint8Array,
  itemId: string,
  key: Uint8Array = KEY,
): Promise<string | null> => {
  const result = await openSealedFile(bytesFile(bytes), key, itemId);
  return result.ok ? null : result.error.code;
};
