import fc from 'fast-check';
import type { Sharp } from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { readImageHeader } from '../../../../main/training/image-header.ts';
import { pngOfClaimedSize, solid, toSharp, withJpegSegment } from '../../../support/pictures.ts';

const SIZE = { widthPx: 37, heightPx: 21 };

let jpeg: Buffer;
let progressive: Buffer;
let png: Buffer;
let webp: Buffer;

beforeAll(async () => {
  const picture = (): Sharp => toSharp(solid(SIZE, [10, 90, 200]));
  [jpeg, progressive, png, webp] = await Promise.all([
    picture().jpeg().toBuffer(),
    picture().jpeg({ progressive: true }).toBuffer(),
    picture().png().toBuffer(),
    picture().webp().toBuffer(),
  ]);
});

describe('the header of a picture', () => {
  it('tells format and size of baseline and progressive JPEG and of PNG', () => {
    expect(readImageHeader(jpeg)).toEqual({ format: 'jpeg', ...SIZE });
    expect(readImageHeader(progressive)).toEqual({ format: 'jpeg', ...SIZE });
    expect(readImageHeader(png)).toEqual({ format: 'png', ...SIZE });
  });

  it('is found behind metadata and fill bytes', () => {
    const withExif = withJpegSegment(jpeg, 0xe1, Buffer.alloc(60_000, 1));
    const filled = Buffer.concat([jpeg.subarray(0, 2), Buffer.of(0xff, 0xff), jpeg.subarray(2)]);
    expect(readImageHeader(withExif)).toEqual({ format: 'jpeg', ...SIZE });
    expect(readImageHeader(filled)).toEqual({ format: 'jpeg', ...SIZE });
  });

  it('is read where the picture starts in a larger buffer', () => {
    const shifted = new Uint8Array(Buffer.concat([Buffer.from('head'), png])).subarray(4);
    expect(readImageHeader(shifted)).toEqual({ format: 'png', ...SIZE });
  });

  it('is absent in other formats, in cut pictures and in nothing', () => {
    const pdf = Buffer.from('%PDF-1.7');
    const empties = [
      Buffer.alloc(0),
      jpeg.subarray(0, 2),
      jpeg.subarray(0, 20),
      png.subarray(0, 20),
    ];
    for (const bytes of [webp, pdf, ...empties]) expect(readImageHeader(bytes)).toBeNull();
  });

  it('is refused with a wrong checksum or without pixels', () => {
    const damaged = Buffer.from(png);
    damaged.writeUInt8(damaged.readUInt8(19) ^ 1, 19);
    expect(readImageHeader(damaged)).toBeNull();
    expect(readImageHeader(pngOfClaimedSize({ widthPx: 0, heightPx: 5 }))).toBeNull();
  });

  it('never throws and never loops on damaged bytes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('jpeg', 'png', 'none'),
        fc.uint8Array({ maxLength: 300 }),
        fc.nat(300),
        (kind, noise, at) => {
          const base = { jpeg, png, none: Buffer.alloc(0) }[kind];
          const bytes = Buffer.concat([base.subarray(0, at), noise]);
          const header = readImageHeader(bytes);
          expect(header === null || header.widthPx > 0).toBe(true);
        },
      ),
      { seed: 11, numRuns: 1_000 },
    );
  });
});
