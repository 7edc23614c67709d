/** The whole way of a picture, from foreign bytes to the JPEG that is sent. */
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { fitPicture, type FittedPicture } from '../../../../main/capture/image-pipeline.ts';
import { LIMITS } from '../../../../preload/contract/limits.ts';
import { fail } from '../../../../preload/contract/result.ts';
import type { CaptureSource } from '../../../../preload/contract/vocabulary.ts';
import {
  jpegSegments,
  noise,
  photograph,
  pngChunk,
  pngOfClaimedSize,
  quarters,
  solid,
  toSharp,
  withJpegSegment,
  withPngChunk,
} from '../../../support/pictures.ts';

const fit = async (bytes: Uint8Array, source: CaptureSource = 'camera'): Promise<FittedPicture> => {
  const fitted = await fitPicture(bytes, source);
  if (!fitted.ok) throw new Error(fitted.error.code);
  return fitted.value;
};

const photo = toSharp(photograph({ widthPx: 1400, heightPx: 1050 }, 11));
const photoJpeg = await photo.clone().jpeg({ quality: 95 }).toBuffer();

const gif = await toSharp(quarters({ widthPx: 640, heightPx: 480 }))
  .gif()
  .toBuffer();
const png = await toSharp(quarters({ widthPx: 640, heightPx: 480 }))
  .png()
  .toBuffer();
const animatedPng = withPngChunk(png, pngChunk('acTL', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0])));
const frames = { width: 640, height: 960, channels: 3, pageHeight: 480 } as const;
const animatedWebp = await sharp(noise({ widthPx: 640, heightPx: 960 }, 1).rgb, { raw: frames })
  .webp({ effort: 0 })
  .toBuffer();

describe('fitPicture', () => {
  it.each([
    ['JPEG', () => photo.clone().jpeg()],
    ['PNG', () => photo.clone().png({ compressionLevel: 1 })],
    ['WebP', () => photo.clone().webp({ effort: 0 })],
  ])('makes a JPEG of a %s', async (_name, encode) => {
    const { jpeg, ...rest } = await fit(await encode().toBuffer());
    expect(rest).toEqual({ widthPx: 1400, heightPx: 1050, quality: 90, warnings: [] });
    const decoded = await sharp(jpeg).metadata();
    expect(decoded).toMatchObject({ format: 'jpeg', width: 1400, height: 1050, space: 'srgb' });
  });

  it.each([
    ['camera', 3200, 2400, 1_200_000],
    ['scanner', 3508, 2631, 2_500_000],
  ] as const)(
    'fits a large photograph from a %s into its sides and its budget',
    async (source, widthPx, heightPx, budgetBytes) => {
      const large = await photo.clone().resize(4000).jpeg({ quality: 96 }).toBuffer();
      const fitted = await fit(large, source);
      expect(fitted).toMatchObject({ widthPx, heightPx });
      expect(fitted.jpeg.byteLength).toBeLessThanOrEqual(budgetBytes);
      expect(fitted.quality).toBeGreaterThanOrEqual(70);
    },
  );

  it.each([
    ['camera', 1_200_000],
    ['scanner', 2_500_000],
  ] as const)(
    'holds the budget of a %s for pure noise, at 1000 lines or more',
    async (source, budgetBytes) => {
      const hard = await toSharp(noise({ widthPx: 2400, heightPx: 1800 }, 6))
        .jpeg({ quality: 96 })
        .toBuffer();
      const fitted = await fit(hard, source);
      expect(fitted.jpeg.byteLength).toBeLessThanOrEqual(budgetBytes);
      expect(fitted.heightPx).toBeGreaterThanOrEqual(1000);
      expect(fitted.quality).toBeGreaterThanOrEqual(70);
      await expect(sharp(fitted.jpeg, { failOn: 'warning' }).stats()).resolves.toBeDefined();
    },
  );

  it('accepts the picture of a 720-line webcam and warns of its resolution', async () => {
    const webcam = await toSharp(photograph({ widthPx: 1280, heightPx: 720 }, 4))
      .jpeg()
      .toBuffer();
    expect(await fit(webcam)).toMatchObject({
      widthPx: 1280,
      heightPx: 720,
      warnings: ['LOW_RESOLUTION'],
    });
  });

  it('carries nothing of a picture but its pixels', async () => {
    const tagged = withJpegSegment(
      await photo
        .clone()
        .withExif({
          IFD0: { Make: 'CANARY-EXIF' },
          IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '54/1 41/1 0/1' },
        })
        .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">CANARY-XMP</x:xmpmeta>')
        .withIccProfile('p3')
        .jpeg()
        .toBuffer(),
      0xfe,
      Buffer.from('CANARY-COMMENT'),
    );
    const withTail = Buffer.concat([tagged, Buffer.from('CANARY-TAIL')]);
    const { jpeg } = await fit(withTail);
    const before = new Set(jpegSegments(withTail).map(({ marker }) => marker));
    expect([0xe1, 0xe2, 0xfe].every((marker) => before.has(marker))).toBe(true);
    const after = new Set(jpegSegments(jpeg).map(({ marker }) => marker));
    expect(after).toEqual(new Set([0xdb, 0xc0, 0xc4, 0xda]));
    expect(withTail.includes('CANARY')).toBe(true);
    expect(Buffer.from(jpeg).includes('CANARY')).toBe(false);
  });

  it('turns a picture upright and drops the tag that says how', async () => {
    const { jpeg, widthPx, heightPx } = await fit(
      await toSharp(quarters({ widthPx: 1400, heightPx: 1050 }))
        .withMetadata({ orientation: 6 })
        .jpeg()
        .toBuffer(),
    );
    expect([widthPx, heightPx]).toEqual([1050, 1400]);
    expect((await sharp(jpeg).metadata()).orientation).toBeUndefined();
  });

  it('gives the same bytes for the same input', async () => {
    const [first, second] = [await fit(photoJpeg), await fit(Buffer.from(photoJpeg))];
    expect(Buffer.from(first.jpeg).equals(second.jpeg)).toBe(true);
  });

  it('reads a view into a larger buffer and changes none of it', async () => {
    const around = Buffer.concat([Buffer.alloc(11, 0x5a), photoJpeg, Buffer.alloc(13, 0x5a)]);
    const before = Buffer.from(around);
    const view = new Uint8Array(around.buffer, around.byteOffset + 11, photoJpeg.length);
    expect((await fit(view)).jpeg).toEqual((await fit(photoJpeg)).jpeg);
    expect(around.equals(before)).toBe(true);
  });

  it.each([
    ['no bytes', new Uint8Array(0), 'PICTURE_UNREADABLE'],
    ['text', Buffer.from('hello'), 'PICTURE_FORMAT_UNSUPPORTED'],
    ['a GIF', gif, 'PICTURE_FORMAT_UNSUPPORTED'],
    ['an animated PNG', animatedPng, 'PICTURE_FORMAT_UNSUPPORTED'],
    ['an animated WebP', animatedWebp, 'PICTURE_FORMAT_UNSUPPORTED'],
    ['a JPEG with nothing behind its magic', Buffer.from([0xff, 0xd8, 0xff]), 'PICTURE_UNREADABLE'],
    ['half a JPEG', photoJpeg.subarray(0, photoJpeg.length / 2), 'PICTURE_UNREADABLE'],
    ['a JPEG without its last byte', photoJpeg.subarray(0, -1), 'PICTURE_UNREADABLE'],
    ['a PNG without its last byte', png.subarray(0, -1), 'PICTURE_UNREADABLE'],
    [
      'too many bytes',
      Buffer.concat([photoJpeg, Buffer.alloc(LIMITS.pictureBytes)]),
      'PICTURE_TOO_MANY_BYTES',
    ],
    [
      '20 000 × 20 000 pixels',
      pngOfClaimedSize({ widthPx: 20_000, heightPx: 20_000 }),
      'PICTURE_TOO_MANY_PIXELS',
    ],
    ['a pixel', pngOfClaimedSize({ widthPx: 1, heightPx: 1 }), 'PICTURE_TOO_SMALL'],
  ])('answers %s with a code', async (_name, bytes, code) => {
    expect(await fitPicture(bytes, 'camera')).toEqual(fail(code));
    expect(await fitPicture(bytes, 'scanner')).toEqual(fail(code));
  });

  it('fits pictures that come at once in the order they came, past the bad ones', async () => {
    const settled: string[] = [];
    const small = await toSharp(solid({ widthPx: 640, heightPx: 480 }, [9, 99, 199]))
      .jpeg()
      .toBuffer();
    const run = async (name: string, bytes: Uint8Array): Promise<boolean> => {
      const { ok } = await fitPicture(bytes, 'camera');
      settled.push(name);
      return ok;
    };
    const outcomes = await Promise.all([
      run('large', photoJpeg),
      run('small', small),
      run('broken', photoJpeg.subarray(0, 5000)),
      run('empty', new Uint8Array(0)),
      run('small again', small),
    ]);
    expect(settled).toEqual(['large', 'small', 'broken', 'empty', 'small again']);
    expect(outcomes).toEqual([true, true, false, false, true]);
  });

  it('goes on with the next picture after a bug in the one before', async () => {
    const noBytes = null as unknown as Uint8Array;
    const [bug, next] = [fitPicture(noBytes, 'camera'), fitPicture(photoJpeg, 'camera')];
    await expect(bug).rejects.toThrow(TypeError);
    await expect(next).resolves.toMatchObject({ ok: true });
  });
});
