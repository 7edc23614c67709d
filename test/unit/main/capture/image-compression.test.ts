/** Which quality and size a picture gets for a number of bytes. */
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  compressPixels,
  type CompressedPicture,
  type WeightLimits,
} from '../../../../main/capture/image-compression.ts';
import { fail } from '../../../../preload/contract/result.ts';
import {
  jpegSegments,
  noise,
  photograph,
  type RawPicture,
  solid,
  toSharp,
} from '../../../support/pictures.ts';

const AMPLE = { budgetBytes: 10_000_000, capBytes: 10_000_000, minShortPx: 1 };

const compress = async (
  pixels: RawPicture,
  limits: Partial<WeightLimits>,
): Promise<CompressedPicture> => {
  const compressed = await compressPixels(pixels, { ...AMPLE, ...limits });
  if (!compressed.ok) throw new Error(compressed.error.code);
  return compressed.value;
};

const encode = (pixels: RawPicture, quality: number): Promise<Buffer> =>
  toSharp(pixels).jpeg({ quality, chromaSubsampling: '4:2:0' }).toBuffer();

const photo = photograph({ widthPx: 1200, heightPx: 900 }, 5);
const photoAt90 = await encode(photo, 90);
const photoBytesAt90 = photoAt90.byteLength;

describe('compressPixels', () => {
  it('takes quality 90 and no more where the budget allows it', async () => {
    const { quality, widthPx, heightPx, jpeg } = await compress(photo, {});
    expect({ quality, widthPx, heightPx }).toEqual({ quality: 90, widthPx: 1200, heightPx: 900 });
    const pixelsOf = (picture: Uint8Array): Promise<Buffer> => sharp(picture).raw().toBuffer();
    expect((await pixelsOf(jpeg)).equals(await pixelsOf(photoAt90))).toBe(true);
  });

  it('spends no time on the last bytes of a picture that has room to spare', async () => {
    const { jpeg } = await compress(photo, { budgetBytes: photo.rgb.byteLength });
    expect(jpeg.byteLength).toBeGreaterThan(photoBytesAt90);
    expect(jpeg.byteLength).toBeLessThan(photoBytesAt90 * 1.05);
  });

  it.each([0.97, 0.9, 0.8, 0.7, 0.6, 0.5])(
    'finds the highest quality that fits %f of the size at quality 90',
    async (share) => {
      const budgetBytes = Math.floor(photoBytesAt90 * share);
      const { quality, widthPx, jpeg } = await compress(photo, { budgetBytes });
      expect(widthPx).toBe(1200);
      expect(quality).toBeGreaterThanOrEqual(70);
      expect(jpeg.byteLength).toBeLessThanOrEqual(budgetBytes);
      expect((await encode(photo, quality + 1)).byteLength).toBeGreaterThan(budgetBytes);
    },
  );

  it('takes away pixels instead of going below quality 70', async () => {
    const budgetBytes = Math.floor((await encode(photo, 70)).byteLength * 0.9);
    const { quality, widthPx, heightPx, jpeg } = await compress(photo, { budgetBytes });
    expect([widthPx, heightPx]).toEqual([1020, 765]);
    expect(quality).toBeGreaterThanOrEqual(70);
    expect(jpeg.byteLength).toBeLessThanOrEqual(budgetBytes);
  });

  it.each([1, 2, 3])('holds a narrow budget for noise of seed %i', async (seed) => {
    const { jpeg, quality } = await compress(noise({ widthPx: 700, heightPx: 600 }, seed), {
      budgetBytes: 40_000,
    });
    expect(jpeg.byteLength).toBeLessThanOrEqual(40_000);
    expect(quality).toBeGreaterThanOrEqual(70);
  });

  it('exceeds the budget, never the cap, rather than go below the wanted lines', async () => {
    const limits = { budgetBytes: 40_000, capBytes: 200_000, minShortPx: 500 };
    const { jpeg, quality, heightPx } = await compress(
      noise({ widthPx: 700, heightPx: 600 }, 1),
      limits,
    );
    expect({ quality, heightPx }).toEqual({ quality: 70, heightPx: 510 });
    expect(jpeg.byteLength).toBeGreaterThan(limits.budgetBytes);
    expect(jpeg.byteLength).toBeLessThanOrEqual(limits.capBytes);
  });

  it('does not shrink a picture that has fewer lines than wanted to begin with', async () => {
    const limits = { budgetBytes: 40_000, minShortPx: 1000 };
    expect(await compress(noise({ widthPx: 700, heightPx: 600 }, 1), limits)).toMatchObject({
      widthPx: 700,
      heightPx: 600,
      quality: 70,
    });
  });

  it('names a picture that not even the floor brings below the cap', async () => {
    const limits = { budgetBytes: 40_000, capBytes: 60_000, minShortPx: 500 };
    expect(await compressPixels(noise({ widthPx: 700, heightPx: 600 }, 1), limits)).toEqual(
      fail('PICTURE_NOT_COMPRESSIBLE'),
    );
  });

  it.each([
    ['a solid colour', solid({ widthPx: 640, heightPx: 480 }, [200, 30, 60])],
    ['a picture narrower than a sample', noise({ widthPx: 20, heightPx: 480 }, 4)],
    ['a picture lower than a block', noise({ widthPx: 480, heightPx: 5 }, 4)],
    ['a single pixel', solid({ widthPx: 1, heightPx: 1 }, [1, 2, 3])],
  ])('settles on %s', async (_name, pixels) => {
    expect(await compress(pixels, {})).toMatchObject({ quality: 90, widthPx: pixels.widthPx });
  });

  it('writes a baseline JPEG of three channels in 4:2:0 that carries nothing but the picture', async () => {
    const budgetBytes = Math.floor(photoBytesAt90 * 0.6);
    const segments = jpegSegments((await compress(photo, { budgetBytes })).jpeg);
    const markers = new Set(segments.map(({ marker }) => marker));
    /** Quantiser tables, baseline frame, Huffman tables, start of scan. */
    expect(markers).toEqual(new Set([0xdb, 0xc0, 0xc4, 0xda]));
    const frame = segments.find(({ marker }) => marker === 0xc0)?.data ?? Buffer.alloc(0);
    const samplings = [frame[7], frame[10], frame[13]];
    expect({ bits: frame[0], channels: frame[5], samplings }).toEqual({
      bits: 8,
      channels: 3,
      samplings: [0x22, 0x11, 0x11],
    });
  });

  it('gives the same bytes for the same pixels and leaves the pixels as they were', async () => {
    const before = Buffer.from(photo.rgb);
    const budgetBytes = Math.floor(photoBytesAt90 * 0.6);
    const first = await compress(photo, { budgetBytes });
    const second = await compress(photo, { budgetBytes });
    expect(Buffer.from(first.jpeg).equals(second.jpeg)).toBe(true);
    expect(before.equals(photo.rgb)).toBe(true);
  });
});
