import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  openSealedFile,
  SEGMENT_BYTES,
  sealedBytes,
  sealPictures,
  type Pictures,
} from '../../../../main/outbox/sealed-file.ts';
import { CAPTURE_STEPS, type CaptureStep } from '../../../../preload/contract/vocabulary.ts';
import { seededRandom } from '../../../support/fake-clock.ts';
import { bytesFile, KEY, opened, patterned, sealed } from './sealed-bytes.ts';

const ID = '0f1e2d3c-4b5a-4968-8778-695a4b3c2d1e';

const sizes = fc.oneof(
  fc.integer({ min: 1, max: 64 }),
  fc.integer({ min: SEGMENT_BYTES - 2, max: SEGMENT_BYTES + 2 }),
  fc.integer({ min: 2 * SEGMENT_BYTES - 1, max: 2 * SEGMENT_BYTES + 1 }),
);

/** One to four slots with sizes around the ends of segments. */
const pictures = fc
  .tuple(
    fc.subarray([...CAPTURE_STEPS], { minLength: 1 }),
    fc.array(sizes, { minLength: 4, maxLength: 4 }),
  )
  .map(([steps, lengths]): Pictures =>
    Object.fromEntries(steps.map((step, at) => [step, patterned(lengths[at] ?? 1, at)])),
  );

describe('sealed file', () => {
  it('gives back every picture of every slot, whatever their sizes', async () => {
    await fc.assert(
      fc.asyncProperty(pictures, async (wanted) => {
        const bytes = sealed(wanted, ID);
        expect(bytes.byteLength).toBe(sealedBytes(wanted));
        const result = await opened(bytes, ID);
        expect(Object.keys(result)).toEqual(CAPTURE_STEPS.filter((step) => wanted[step]));
        for (const step of CAPTURE_STEPS)
          expect(result[step]?.equals(wanted[step] ?? new Uint8Array())).toBe(
            wanted[step] === undefined ? undefined : true,
          );
      }),
      { numRuns: 25, seed: 12 },
    );
  });

  it('gives all segments but the last of a picture with a multiple of three bytes, for base64 without a carry', async () => {
    const bytes = sealed({ FRONT: patterned(2 * SEGMENT_BYTES + 5, 1) }, ID);
    const result = await openSealedFile(bytesFile(bytes), KEY, ID);
    const lengths: number[] = [];
    for await (const segment of (result.ok ? result.value.FRONT?.segments() : null) ?? [])
      lengths.push(segment.byteLength);
    expect(lengths).toEqual([SEGMENT_BYTES, SEGMENT_BYTES, 5]);
    expect(SEGMENT_BYTES % 3).toBe(0);
  });

  it('can be read again from the start, for a token that was not sent', async () => {
    const bytes = sealed({ FACE: patterned(100, 1) }, ID);
    const result = await openSealedFile(bytesFile(bytes), KEY, ID);
    if (!result.ok) throw new Error(result.error.code);
    for (let time = 0; time < 2; time += 1)
      for await (const segment of result.value.FACE?.segments() ?? [])
        expect(Buffer.from(segment).equals(patterned(100, 1))).toBe(true);
  });

  it('SEC-22 overwrites each segment once it was used', async () => {
    const bytes = sealed({ FACE: patterned(SEGMENT_BYTES + 9, 1) }, ID);
    const result = await openSealedFile(bytesFile(bytes), KEY, ID);
    const used: Uint8Array[] = [];
    for await (const segment of (result.ok ? result.value.FACE?.segments() : null) ?? []) {
      expect(segment.some((byte) => byte !== 0)).toBe(true);
      used.push(segment);
    }
    expect(used.map((segment) => segment.every((byte) => byte === 0))).toEqual([true, true]);
  });

  it('SEC-21 holds no byte of a picture in the clear', () => {
    const front = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from('P<LTUDOE')]);
    const bytes = sealed({ FRONT: front, FACE: Buffer.from(front) }, ID);
    expect(bytes.indexOf(Buffer.from([0xff, 0xd8, 0xff]))).toBe(-1);
    expect(bytes.indexOf('LTUDOE')).toBe(-1);
  });

  it('never seals two segments with the same key and nonce: the counter runs on over the slots', () => {
    const one = patterned(50, 1);
    const bytes = sealed({ FRONT: one, FACE: Buffer.from(one) }, ID);
    const second = bytes.subarray(bytes.byteLength - 66, bytes.byteLength - 16);
    const first = bytes.subarray(bytes.byteLength - 132, bytes.byteLength - 82);
    // Under one nonce the same bytes would be sealed to the same bytes.
    expect(first.equals(second)).toBe(false);
  });

  it.each([0, 16 * 1024 * 1024 + 1])('refuses to seal a picture of %i bytes', (length) => {
    expect(() => [
      ...sealPictures(KEY, ID, { FRONT: new Uint8Array(length) }, seededRandom(1)),
    ]).toThrow(RangeError);
  });

  it('passes on what the disk does not give', async () => {
    const bytes = sealed({ FACE: patterned(10, 1) }, ID);
    const file = bytesFile(bytes);
    const faulty = { ...file, read: () => Promise.reject(new Error('EIO')) };
    await expect(openSealedFile(faulty, KEY, ID)).rejects.toThrow('EIO');
    const step: CaptureStep = 'FACE';
    expect((await opened(bytes, ID))[step]).toBeDefined();
  });
});
