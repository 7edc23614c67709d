/** What is refused by its bytes alone, before any decoder sees it. */
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { inspectPicture } from '../../../../main/capture/image-format.ts';
import { LIMITS } from '../../../../preload/contract/limits.ts';
import { fail, ok } from '../../../../preload/contract/result.ts';
import { noise, pngChunk, toSharp, withPngChunk } from '../../../support/pictures.ts';

const small = toSharp(noise({ widthPx: 40, heightPx: 32 }, 1));
const jpeg = await small.clone().jpeg().toBuffer();
const png = await small.clone().png().toBuffer();
const webp = await small.clone().webp().toBuffer();

const OTHER_FORMATS: Record<string, Buffer> = {
  SVG: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"/>'),
  'SVG behind an XML declaration': Buffer.from('<?xml version="1.0"?><svg/>'),
  GIF: Buffer.from('GIF89a\x28\x00\x20\x00', 'latin1'),
  'little-endian TIFF': Buffer.from('II*\0\x08\0\0\0', 'latin1'),
  'big-endian TIFF': Buffer.from('MM\0*\0\0\0\x08', 'latin1'),
  PDF: Buffer.from('%PDF-1.7\n'),
  HEIF: Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1'),
  AVIF: Buffer.from('\0\0\0\x18ftypavif\0\0\0\0', 'latin1'),
  BMP: Buffer.from('BM\x3a\0\0\0', 'latin1'),
  'JPEG XL': Buffer.from([0xff, 0x0a, 0x00]),
  'JPEG 2000': Buffer.from('\0\0\0\x0cjP  \r\n\x87\n', 'latin1'),
  'a RIFF that is sound': Buffer.from('RIFF\x24\0\0\0WAVEfmt ', 'latin1'),
  'plain text': Buffer.from('not a picture'),
  'two bytes of a JPEG': Buffer.from([0xff, 0xd8]),
  'one byte': Buffer.from([0]),
};

describe('inspectPicture', () => {
  it.each([
    ['jpeg', jpeg],
    ['png', png],
    ['webp', webp],
  ] as const)('knows a %s by its first bytes', (format, bytes) => {
    expect(inspectPicture(bytes)).toEqual(ok(format));
  });

  it('reads a view into a larger buffer from where the view begins', () => {
    const around = Buffer.concat([Buffer.alloc(7, 0xaa), png, Buffer.alloc(9, 0xaa)]);
    expect(inspectPicture(around.subarray(7, 7 + png.length))).toEqual(ok('png'));
  });

  it('calls a picture of no bytes unreadable', () => {
    expect(inspectPicture(new Uint8Array(0))).toEqual(fail('PICTURE_UNREADABLE'));
  });

  it('accepts the largest allowed number of bytes and refuses one more', () => {
    const atLimit = Buffer.concat([jpeg, Buffer.alloc(LIMITS.pictureBytes - jpeg.length)]);
    const above = Buffer.concat([atLimit, Buffer.alloc(1)]);
    expect(inspectPicture(atLimit)).toEqual(ok('jpeg'));
    expect(inspectPicture(above)).toEqual(fail('PICTURE_TOO_MANY_BYTES'));
  });

  it.each(Object.entries(OTHER_FORMATS))('refuses %s as an unsupported format', (_name, bytes) => {
    expect(inspectPicture(bytes)).toEqual(fail('PICTURE_FORMAT_UNSUPPORTED'));
  });

  it('refuses an animated PNG', () => {
    const animation = withPngChunk(png, pngChunk('acTL', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0])));
    expect(inspectPicture(animation)).toEqual(fail('PICTURE_FORMAT_UNSUPPORTED'));
  });

  it('refuses an animated WebP and accepts a still one that only has the extended header', async () => {
    const { rgb } = noise({ widthPx: 40, heightPx: 64 }, 2);
    const twoFrames = { width: 40, height: 64, channels: 3, pageHeight: 32 } as const;
    const animated = await sharp(rgb, { raw: twoFrames }).webp().toBuffer();
    const still = await small.clone().ensureAlpha(0.5).webp().toBuffer();
    expect(animated.toString('latin1', 12, 16)).toBe('VP8X');
    expect(still.toString('latin1', 12, 16)).toBe('VP8X');
    expect(inspectPicture(animated)).toEqual(fail('PICTURE_FORMAT_UNSUPPORTED'));
    expect(inspectPicture(still)).toEqual(ok('webp'));
  });

  it('misses the end of a PNG wherever it is cut', () => {
    for (let length = 8; length < png.length; length += 1) {
      expect(inspectPicture(png.subarray(0, length))).toEqual(fail('PICTURE_UNREADABLE'));
    }
  });

  it('gives up on a PNG chunk that claims to be longer than the file', () => {
    const lying = Buffer.from(png);
    lying.writeUInt32BE(0xffff_ffff, 8);
    expect(inspectPicture(lying)).toEqual(fail('PICTURE_UNREADABLE'));
  });

  it('refuses a JPEG that asks for more passes than any camera makes', () => {
    const scans = (count: number): Buffer =>
      Buffer.concat([
        Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
        Buffer.concat(Array.from({ length: count }, () => Buffer.from([0xff, 0xda, 0x00]))),
      ]);
    expect(inspectPicture(scans(64))).toEqual(ok('jpeg'));
    expect(inspectPicture(scans(65))).toEqual(fail('PICTURE_UNREADABLE'));
  });
});
