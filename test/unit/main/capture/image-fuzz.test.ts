/** Whatever the bytes are, a picture or a code comes back. */
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { fitPicture } from '../../../../main/capture/image-pipeline.ts';
import { PICTURE_ERROR_CODES } from '../../../../preload/contract/error-codes.ts';
import { LIMITS } from '../../../../preload/contract/limits.ts';
import { fail } from '../../../../preload/contract/result.ts';
import { photograph, toSharp } from '../../../support/pictures.ts';

const CODES: ReadonlySet<string> = new Set(PICTURE_ERROR_CODES);

const photo = toSharp(photograph({ widthPx: 640, heightPx: 480 }, 21));
const valid = {
  jpeg: await photo.clone().jpeg().toBuffer(),
  progressive: await photo.clone().jpeg({ progressive: true }).toBuffer(),
  png: await photo.clone().png({ compressionLevel: 1 }).toBuffer(),
  webp: await photo.clone().webp({ effort: 0 }).toBuffer(),
};

/** What is wrong with the answer to these bytes; nothing, as it should be. */
const faultOf = async (bytes: Uint8Array): Promise<string | undefined> => {
  const fitted = await fitPicture(bytes, 'camera');
  if (!fitted.ok) {
    const isClosed = JSON.stringify(fitted) === JSON.stringify(fail(fitted.error.code));
    return isClosed && CODES.has(fitted.error.code) ? undefined : 'not a closed code';
  }
  const { jpeg, widthPx, heightPx } = fitted.value;
  if (jpeg.byteLength > LIMITS.sentPictureBytes) return 'too many bytes';
  const { info } = await sharp(jpeg, { failOn: 'warning' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const isAsTold = info.width === widthPx && info.height === heightPx && info.channels === 3;
  return isAsTold ? undefined : 'another picture than told';
};

/** Most damage in the head, where the structure is. */
const offsetIn = (length: number): fc.Arbitrary<number> =>
  fc.oneof(fc.nat({ max: Math.min(700, length - 1) }), fc.nat({ max: length - 1 }));

const mutationsOf = (original: Buffer): fc.Arbitrary<Buffer> =>
  fc
    .array(fc.tuple(offsetIn(original.length), fc.nat({ max: 255 })), {
      minLength: 1,
      maxLength: 6,
    })
    .map((edits) => {
      const mutated = Buffer.from(original);
      for (const [at, value] of edits) mutated[at] = value;
      return mutated;
    });

const splicesOf = (original: Buffer): fc.Arbitrary<Buffer> =>
  fc
    .tuple(offsetIn(original.length), offsetIn(original.length), fc.uint8Array({ maxLength: 40 }))
    .map(([one, other, inserted]) =>
      Buffer.concat([
        original.subarray(0, Math.min(one, other)),
        inserted,
        original.subarray(Math.max(one, other)),
      ]),
    );

describe('fitPicture under fire', () => {
  it('answers random bytes behind every accepted magic with a code', async () => {
    const magics = Object.values(valid).map((bytes) => bytes.subarray(0, 16));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(new Uint8Array(0), ...magics),
        fc.uint8Array({ maxLength: 3000, size: 'max' }),
        async (magic, tail) => {
          expect(await fitPicture(Buffer.concat([magic, tail]), 'scanner')).toMatchObject({
            ok: false,
          });
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });

  it.each(Object.entries(valid))(
    'answers a %s with bytes changed, cut out or put in with a picture or a code',
    async (_name, original) => {
      await fc.assert(
        fc.asyncProperty(fc.oneof(mutationsOf(original), splicesOf(original)), async (bytes) => {
          expect(await faultOf(bytes)).toBeUndefined();
        }),
        { seed: 2, numRuns: 120 },
      );
    },
  );
});
