/** A sealed file that is not as it was sealed releases nothing and says so. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BrokenSeal, openSealedFile, SEGMENT_BYTES } from '../../../../main/outbox/sealed-file.ts';
import { seededRandom } from '../../../support/fake-clock.ts';
import { bytesFile, KEY, patterned, refusal, sealed } from './sealed-bytes.ts';

const ID = '0f1e2d3c-4b5a-4968-8778-695a4b3c2d1e';
const OTHER_ID = '1f1e2d3c-4b5a-4968-8778-695a4b3c2d1e';
const TAG = 16;
/** Magic, version, id, prefix, count, and five bytes for each slot. Written out, not taken from the code. */
const headerOf = (slots: number): number => 4 + 1 + 16 + 7 + 1 + 5 * slots;

/** Two slots: one of two whole segments and a bit, one of a few bytes. */
const whole = sealed({ FRONT: patterned(2 * SEGMENT_BYTES + 30, 1), FACE: patterned(77, 2) }, ID);
const small = sealed({ FRONT: patterned(40, 1), FACE: patterned(40, 2) }, ID);
/** Where something ends: each field of the header, each segment, each tag. */
const BORDERS = [
  0,
  4,
  5,
  21,
  28,
  29,
  34,
  headerOf(2),
  headerOf(2) + SEGMENT_BYTES,
  headerOf(2) + SEGMENT_BYTES + TAG,
  headerOf(2) + 2 * SEGMENT_BYTES + 2 * TAG,
  headerOf(2) + 2 * SEGMENT_BYTES + 2 * TAG + 30,
  headerOf(2) + 2 * SEGMENT_BYTES + 3 * TAG + 30,
  headerOf(2) + 2 * SEGMENT_BYTES + 3 * TAG + 30 + 77,
];

const flipped = (bytes: Buffer, bit: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
};

describe('REC-03 a sealed file is refused', () => {
  it('not, as long as it is as it was sealed', async () => {
    expect(whole.byteLength).toBe((BORDERS.at(-1) ?? 0) + TAG);
    expect(await refusal(whole, ID)).toBeNull();
    expect(await refusal(small, ID)).toBeNull();
  });

  it.each(BORDERS.flatMap((at) => [at - 1, at, at + 1]).filter((at) => at >= 0))(
    'where it was cut off at byte %i',
    async (at) => {
      expect(await refusal(whole.subarray(0, at), ID)).toBe('ITEM_DAMAGED');
    },
  );

  it('wherever a small one was cut off, and with a byte too many', async () => {
    for (let at = 0; at < small.byteLength; at += 1)
      expect(await refusal(small.subarray(0, at), ID)).toBe('ITEM_DAMAGED');
    expect(await refusal(Buffer.concat([small, Buffer.alloc(1)]), ID)).toBe('ITEM_DAMAGED');
  });

  it('for every single bit of a small one that flipped', async () => {
    for (let bit = 0; bit < small.byteLength * 8; bit += 1) {
      const isVersion = bit >> 3 === 4;
      const code = await refusal(flipped(small, bit), ID);
      // A version above ours is a later one's.
      expect(code).toBe(isVersion && (bit & 7) !== 0 ? 'ITEM_NEWER' : 'ITEM_DAMAGED');
    }
  });

  it('for a bit that flipped anywhere in a large one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: headerOf(2) * 8, max: whole.byteLength * 8 - 1 }),
        async (bit) => {
          expect(await refusal(flipped(whole, bit), ID)).toBe('ITEM_DAMAGED');
        },
      ),
      { numRuns: 60, seed: 13 },
    );
  });

  it('for any bytes at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.boolean(), async (bytes, isOurs) => {
        const file = isOurs ? Buffer.concat([small.subarray(0, 29), bytes]) : bytes;
        expect(await refusal(file, ID)).toBe('ITEM_DAMAGED');
      }),
      { numRuns: 200, seed: 14 },
    );
  });

  it('where two segments changed places', async () => {
    const first = headerOf(2);
    const second = first + SEGMENT_BYTES + TAG;
    const swapped = Buffer.from(whole);
    whole.copy(swapped, first, second, second + SEGMENT_BYTES + TAG);
    whole.copy(swapped, second, first, second);
    expect(await refusal(swapped, ID)).toBe('ITEM_DAMAGED');
  });

  it('where a segment stands in for another', async () => {
    const first = headerOf(2);
    const doubled = Buffer.from(whole);
    whole.copy(doubled, first + SEGMENT_BYTES + TAG, first, first + SEGMENT_BYTES + TAG);
    expect(await refusal(doubled, ID)).toBe('ITEM_DAMAGED');
  });

  it('where two slots changed places, with or without their names', async () => {
    const [first, length] = [headerOf(2), 40 + TAG];
    const moved = Buffer.from(small);
    small.copy(moved, first, first + length, first + 2 * length);
    small.copy(moved, first + length, first, first + length);
    expect(await refusal(moved, ID)).toBe('ITEM_DAMAGED');
    const renamed = Buffer.from(moved);
    [renamed[29], renamed[34]] = [renamed[34] ?? 0, renamed[29] ?? 0];
    expect(await refusal(renamed, ID)).toBe('ITEM_DAMAGED');
  });

  it('where a slot was taken out or one named twice', async () => {
    const one = Buffer.concat([
      small.subarray(0, 28),
      Buffer.of(1),
      small.subarray(29, 34),
      small.subarray(headerOf(2), headerOf(2) + 40 + TAG),
    ]);
    expect(await refusal(one, ID)).toBe('ITEM_DAMAGED');
    const twice = Buffer.from(small);
    twice[34] = twice[29] ?? 0;
    expect(await refusal(twice, ID)).toBe('ITEM_DAMAGED');
  });

  it('under the name of another item, and with another key', async () => {
    expect(await refusal(small, OTHER_ID)).toBe('ITEM_DAMAGED');
    const renamed = Buffer.from(small);
    renamed[5] = 0x1f;
    expect(await refusal(renamed, OTHER_ID)).toBe('ITEM_DAMAGED');
    expect(await refusal(small, ID, seededRandom(6).bytes(32))).toBe('ITEM_DAMAGED');
  });

  it('of another program, of no version, and of a later version', async () => {
    const changed = (at: number, value: number): Buffer => {
      const copy = Buffer.from(small);
      copy[at] = value;
      return copy;
    };
    expect(await refusal(Buffer.from('%PDF-1.7 and so on and on and on'), ID)).toBe('ITEM_DAMAGED');
    expect(await refusal(changed(4, 0), ID)).toBe('ITEM_DAMAGED');
    expect(await refusal(changed(4, 2), ID)).toBe('ITEM_NEWER');
    expect(await refusal(changed(4, 255), ID)).toBe('ITEM_NEWER');
  });

  it('without reading what a damaged header claims', async () => {
    const huge = Buffer.from(small);
    huge.writeUInt32BE(0xffff_ffff, 30);
    expect(await refusal(huge, ID)).toBe('ITEM_DAMAGED');
    const none = Buffer.from(small);
    none.writeUInt32BE(0, 30);
    expect(await refusal(none, ID)).toBe('ITEM_DAMAGED');
  });
});

it('stops at the segment that was damaged after it was looked at, without a byte of it', async () => {
  const bytes = Buffer.from(whole);
  const result = await openSealedFile(bytesFile(bytes), KEY, ID);
  if (!result.ok) throw new Error(result.error.code);
  bytes[headerOf(2) + SEGMENT_BYTES + TAG + 5] = 0;
  const lengths: number[] = [];
  const reading = (async () => {
    for await (const segment of result.value.FRONT?.segments() ?? [])
      lengths.push(segment.byteLength);
  })();
  await expect(reading).rejects.toBeInstanceOf(BrokenSeal);
  expect(lengths).toEqual([SEGMENT_BYTES]);
});
