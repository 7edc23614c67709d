/** What foreign pictures become, and what their damage or size leads to. */
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createDeflate } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodePicture, type Pixels } from '../../../../main/capture/image-decoder.ts';
import { LIMITS } from '../../../../preload/contract/limits.ts';
import { fail } from '../../../../preload/contract/result.ts';
import {
  photograph,
  pngChunk,
  pngOfClaimedSize,
  QUARTERS,
  quarters,
  type Rgb,
  solid,
  toSharp,
  withPngChunk,
} from '../../../support/pictures.ts';

const SIDES = { maxLongPx: 3200, minShortPx: 480 };
const SIZE = { widthPx: 640, heightPx: 480 };

const decode = async (bytes: Uint8Array, sides = SIDES): Promise<Pixels> => {
  const decoded = await decodePicture(bytes, sides);
  if (!decoded.ok) throw new Error(decoded.error.code);
  return decoded.value;
};

const pixelAt = ({ rgb, widthPx }: Pixels, x: number, y: number): number[] => [
  ...rgb.subarray((y * widthPx + x) * 3, (y * widthPx + x) * 3 + 3),
];

/** The largest difference of any channel. */
const distance = (actual: readonly number[], wanted: Rgb): number =>
  Math.max(...wanted.map((value, channel) => Math.abs((actual[channel] ?? Number.NaN) - value)));

/** The middle of each quarter, clockwise from the upper left. */
const middles = (pixels: Pixels): number[][] =>
  [
    [0.25, 0.25],
    [0.75, 0.25],
    [0.75, 0.75],
    [0.25, 0.75],
  ].map(([u = 0, v = 0]) =>
    pixelAt(pixels, Math.floor(u * pixels.widthPx), Math.floor(v * pixels.heightPx)),
  );

describe('decoding what cameras and scanners give', () => {
  /** Which stored quarter is seen upper left, upper right, lower right, lower left (EXIF 2.32, tag 274). */
  const ORIENTATIONS = [
    [1, 0, 1, 2, 3],
    [2, 1, 0, 3, 2],
    [3, 2, 3, 0, 1],
    [4, 3, 2, 1, 0],
    [5, 0, 3, 2, 1],
    [6, 3, 0, 1, 2],
    [7, 2, 1, 0, 3],
    [8, 1, 2, 3, 0],
  ] as const;

  it.each(ORIENTATIONS)('shows a picture of EXIF orientation %i upright', async (tag, ...seen) => {
    const stored = await toSharp(quarters(SIZE))
      .withMetadata({ orientation: tag })
      .jpeg()
      .toBuffer();
    const upright = await decode(stored);
    const isTurned = tag >= 5;
    expect([upright.widthPx, upright.heightPx]).toEqual(isTurned ? [480, 640] : [640, 480]);
    for (const [place, colour] of middles(upright).entries()) {
      expect(distance(colour, QUARTERS[seen[place] ?? 0] ?? QUARTERS[0])).toBeLessThanOrEqual(6);
    }
  });

  const picture = toSharp(quarters(SIZE));
  const inColour: [string, () => Sharp, tolerance: number][] = [
    ['baseline JPEG', () => picture.clone().jpeg(), 6],
    ['progressive JPEG', () => picture.clone().jpeg({ progressive: true }), 6],
    ['PNG', () => picture.clone().png(), 0],
    ['interlaced PNG', () => picture.clone().png({ progressive: true }), 0],
    ['PNG with a palette', () => picture.clone().png({ palette: true }), 3],
    ['16-bit PNG', () => picture.clone().toColourspace('rgb16').png(), 1],
    ['lossy WebP', () => picture.clone().webp(), 10],
    ['lossless WebP', () => picture.clone().webp({ lossless: true }), 0],
    ['JPEG in Display P3', () => picture.clone().withIccProfile('p3').jpeg({ quality: 100 }), 8],
    ['opaque PNG with alpha', () => picture.clone().ensureAlpha(1).png(), 0],
  ];

  it.each(inColour)('keeps the colours of a %s', async (_name, encode, tolerance) => {
    const pixels = await decode(await encode().toBuffer());
    expect(pixels.rgb).toHaveLength(640 * 480 * 3);
    for (const [place, colour] of middles(pixels).entries()) {
      expect(distance(colour, QUARTERS[place] ?? QUARTERS[0])).toBeLessThanOrEqual(tolerance);
    }
  });

  const beige = [190, 160, 130] as const;

  it.each([
    ['with a profile', (still: Sharp) => still.withIccProfile('cmyk')],
    ['without a profile', (still: Sharp) => still.toColourspace('cmyk')],
  ])('turns a CMYK JPEG %s into three channels of the same colour', async (_name, convert) => {
    const stored = await convert(toSharp(solid(SIZE, beige)))
      .jpeg({ quality: 100 })
      .toBuffer();
    expect((await sharp(stored).metadata()).channels).toBe(4);
    const pixels = await decode(stored);
    expect(pixels.rgb).toHaveLength(640 * 480 * 3);
    expect(distance(pixelAt(pixels, 320, 240), beige)).toBeLessThanOrEqual(12);
  });

  const grey = toSharp(solid(SIZE, [90, 90, 90])).toColourspace('b-w');

  it.each([
    ['JPEG', () => grey.clone().jpeg()],
    ['PNG', () => grey.clone().png()],
    ['16-bit PNG', () => grey.clone().toColourspace('grey16').png()],
  ])('gives a grey %s three equal channels', async (_name, encode) => {
    const stored = await encode().toBuffer();
    expect((await sharp(stored).metadata()).channels).toBe(1);
    expect(distance(pixelAt(await decode(stored), 320, 240), [90, 90, 90])).toBeLessThanOrEqual(1);
  });

  it.each([
    ['PNG', () => picture.clone().ensureAlpha(0).png()],
    ['WebP', () => picture.clone().ensureAlpha(0).webp()],
    ['grey PNG', () => picture.clone().greyscale().ensureAlpha(0).png()],
  ])('lays a transparent %s on white', async (_name, encode) => {
    const pixels = await decode(await encode().toBuffer());
    for (const colour of middles(pixels)) expect(colour).toEqual([255, 255, 255]);
  });

  it('scales to the long side whichever way the picture is turned, and never up', async () => {
    const wide = await toSharp(quarters({ widthPx: 1200, heightPx: 900 }))
      .jpeg()
      .toBuffer();
    const turned = await toSharp(quarters({ widthPx: 1200, heightPx: 900 }))
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const sides = { maxLongPx: 800, minShortPx: 480 };
    expect(await decode(wide, sides)).toMatchObject({ widthPx: 800, heightPx: 600 });
    expect(await decode(turned, sides)).toMatchObject({ widthPx: 600, heightPx: 800 });
    expect(await decode(wide)).toMatchObject({ widthPx: 1200, heightPx: 900 });
  });

  it('leaves the bytes of the caller as they were', async () => {
    const stored = await picture.clone().jpeg().toBuffer();
    const before = Buffer.from(stored);
    await decode(stored);
    expect(stored.equals(before)).toBe(true);
  });
});

describe('refusing by size', () => {
  const bombOf = (widthPx: number, heightPx: number): Promise<unknown> =>
    decodePicture(pngOfClaimedSize({ widthPx, heightPx }), SIDES);

  it.each([
    ['20 000 × 20 000', 20_000, 20_000],
    ['one line above the limit', 10_000, LIMITS.picturePixels / 10_000 + 1],
    ['a million pixels wide', 1_000_000, 1_000],
  ])('refuses a PNG of %s pixels from its header', async (_name, widthPx, heightPx) => {
    expect(await bombOf(widthPx, heightPx)).toEqual(fail('PICTURE_TOO_MANY_PIXELS'));
  });

  it('refuses a JPEG of 65 500 × 65 500 pixels from its header', async () => {
    const jpeg = await toSharp(quarters(SIZE)).jpeg().toBuffer();
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
    jpeg.writeUInt16BE(65_500, frame + 5);
    jpeg.writeUInt16BE(65_500, frame + 7);
    expect(await decodePicture(jpeg, SIDES)).toEqual(fail('PICTURE_TOO_MANY_PIXELS'));
  });

  it('fails a picture that claims as many pixels as allowed and does not bring them', async () => {
    expect(await bombOf(10_000, LIMITS.picturePixels / 10_000)).toEqual(fail('PICTURE_UNREADABLE'));
  });

  it('does not unpack a text chunk that would fill the memory', async () => {
    const mebibyte = Buffer.alloc(1024 * 1024);
    const text = Readable.from(Array.from({ length: 200 }, () => mebibyte));
    const packed = await buffer(text.pipe(createDeflate({ level: 1 })));
    const chunk = pngChunk('zTXt', Buffer.concat([Buffer.from('Comment\0\0', 'latin1'), packed]));
    const png = await toSharp(quarters(SIZE)).png().toBuffer();
    const before = process.resourceUsage().maxRSS;
    expect(await decode(withPngChunk(png, chunk))).toMatchObject(SIZE);
    expect((process.resourceUsage().maxRSS - before) / 1024).toBeLessThan(60);
  });

  it('accepts 480 lines and refuses 479, whichever way the picture is turned', async () => {
    const ofSize = async (widthPx: number, heightPx: number) =>
      decodePicture(
        await toSharp(solid({ widthPx, heightPx }, [9, 99, 199]))
          .png()
          .toBuffer(),
        SIDES,
      );
    expect(await ofSize(640, 480)).toMatchObject({ ok: true });
    expect(await ofSize(480, 640)).toMatchObject({ ok: true });
    expect(await ofSize(640, 479)).toEqual(fail('PICTURE_TOO_SMALL'));
    expect(await ofSize(479, 640)).toEqual(fail('PICTURE_TOO_SMALL'));
    expect(await ofSize(1, 1)).toEqual(fail('PICTURE_TOO_SMALL'));
  });

  it('refuses a strip that has too few lines once its long side fits', async () => {
    const strip = pngOfClaimedSize({ widthPx: 6400, heightPx: 950 });
    expect(await decodePicture(strip, SIDES)).toEqual(fail('PICTURE_TOO_SMALL'));
  });
});

describe('refusing damage', () => {
  const picture = toSharp(photograph(SIZE, 3));
  const formats: [string, () => Promise<Buffer>][] = [
    ['baseline JPEG', () => picture.clone().jpeg().toBuffer()],
    ['progressive JPEG', () => picture.clone().jpeg({ progressive: true }).toBuffer()],
    ['PNG', () => picture.clone().png({ compressionLevel: 1 }).toBuffer()],
    ['WebP', () => picture.clone().webp({ effort: 0 }).toBuffer()],
  ];

  /** The end of a PNG is image-format's business: its last twelve bytes hold no pixels. */
  const PNG_END_BYTES = 12;

  it.each(formats)('fails a %s cut anywhere', async (name, encode) => {
    const whole = await encode();
    await expect(decode(whole)).resolves.toMatchObject(SIZE);
    const last = whole.length - (name === 'PNG' ? PNG_END_BYTES + 1 : 1);
    const spread = Array.from({ length: 40 }, (_, step) => Math.floor((last * step) / 40));
    const atTheEnd = Array.from({ length: 24 }, (_, back) => last - back);
    for (const length of [1, 2, 3, 8, 20, ...spread, ...atTheEnd]) {
      if (length === 0) continue;
      expect(await decodePicture(whole.subarray(0, length), SIDES), `${length} bytes`).toEqual(
        fail('PICTURE_UNREADABLE'),
      );
    }
  });

  it('fails a PNG whose pixels do not match their checksum', async () => {
    const png = await picture.clone().png({ compressionLevel: 1 }).toBuffer();
    png[png.length - 40] = (png[png.length - 40] ?? 0) ^ 0xff;
    expect(await decodePicture(png, SIDES)).toEqual(fail('PICTURE_UNREADABLE'));
  });

  it('keeps the decoders of other formats shut in this process', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"/>');
    const gif = await toSharp(quarters(SIZE)).gif().toBuffer();
    const tiff = await toSharp(quarters(SIZE)).tiff().toBuffer();
    for (const bytes of [svg, gif, tiff]) {
      await expect(sharp(bytes).metadata()).rejects.toThrow('unsupported image format');
      expect(await decodePicture(bytes, SIDES)).toEqual(fail('PICTURE_UNREADABLE'));
    }
  });
});
