/**
 * Owns the only place where foreign bytes meet an image library (sharp, over libvips).
 * Never lets a message of the library out, and never changes the caller's bytes.
 */
import sharp, { type Sharp } from 'sharp';
import type { PictureErrorCode } from '../../preload/contract/error-codes.ts';
import { LIMITS } from '../../preload/contract/limits.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';

/** Upright pixels: eight bits, sRGB, three interleaved channels, no gap between lines. */
export interface Pixels {
  readonly rgb: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * What a decoded picture may measure. Source: delivery.md for the sides. `minShortPx` is judged after
 * the long side was fitted, so a strip counts by what would be sent of it.
 */
export interface SideLimits {
  readonly maxLongPx: number;
  readonly minShortPx: number;
}

/**
 * How long one picture may decode. Own decision: four times the slowest one that the limits let
 * through (60 Mpx, 16 bits, alpha, interlaced PNG: 4.8 s on two cores).
 */
const DECODE_TIMEOUT_S = 20;

/** The library keeps no picture of a customer between two calls. */
sharp.cache(false);

/**
 * Two threads per picture, on every system; the library's own choice is one here and all cores there.
 * Own decision: a person waits for the picture, and the second thread saves a fifth of 12 Mpx (290 to
 * 230 ms); more would take the cores that the page needs for its own work.
 */
sharp.concurrency(2);

/** The decoders that exist for this process, whatever the bytes pretend to be. */
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
});

/** Pixels as a PNG, without loss. */
export const encodePng = ({ rgb, widthPx, heightPx }: Pixels): Promise<Uint8Array> =>
  sharp(rgb, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .png()
    .toBuffer();

/** Pixels as a JPEG for the screen; what is sent is made in image-compression.ts. */
export const encodeJpeg = (
  { rgb, widthPx, heightPx }: Pixels,
  quality: number,
): Promise<Uint8Array> =>
  sharp(rgb, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .jpeg({ quality })
    .toBuffer();

/** What a picture's header says, of the picture as it stands upright. */
export interface PictureHeader {
  readonly widthPx: number;
  readonly heightPx: number;
  /** 1 for grey. */
  readonly colourChannels: 1 | 3;
  /** As the file tells it; null where it does not. */
  readonly dpi: number | null;
}

/**
 * Reads the header alone of a JPEG, PNG or WebP, without a pixel limit of the library's: the answer
 * must tell "too many" from "damaged". Nothing of it says that the rest is good.
 */
export const readPictureHeader = async (
  bytes: Uint8Array,
): Promise<Result<PictureHeader, PictureErrorCode>> => {
  try {
    const header = await sharp(bytes, { failOn: 'error', limitInputPixels: false }).metadata();
    const { channels, density } = header;
    const { width, height } = header.autoOrient;
    if (width * height > LIMITS.picturePixels) return fail('PICTURE_TOO_MANY_PIXELS');
    const colourChannels = channels <= 2 ? 1 : 3;
    return ok({ widthPx: width, heightPx: height, colourChannels, dpi: density ?? null });
  } catch {
    return fail('PICTURE_UNREADABLE');
  }
};

/** Any damage to what is decoded fails the whole picture: half a document must not pass for one. */
const opened = (bytes: Uint8Array): Sharp =>
  sharp(bytes, {
    failOn: 'error',
    limitInputPixels: LIMITS.picturePixels,
    autoOrient: true,
  }).timeout({ seconds: DECODE_TIMEOUT_S });

/** Colours are brought to sRGB by the picture's own profile, transparency is laid on white. */
const pixelsOf = async (decoding: Sharp): Promise<Result<Pixels, PictureErrorCode>> => {
  try {
    const { data, info } = await decoding
      .flatten({ background: '#ffffff' })
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return ok({ rgb: data, widthPx: info.width, heightPx: info.height });
  } catch {
    return fail('PICTURE_UNREADABLE');
  }
};

/**
 * Decodes a JPEG, PNG or WebP once, straight to the size that will be sent, upright by its EXIF
 * orientation.
 *
 * Peak memory beside the result, measured at 60 Mpx: 80 MB for a baseline JPEG, 420 MB for a
 * progressive one, 560 MB for an interlaced 16-bit PNG with alpha.
 *
 * @returns PICTURE_TOO_MANY_PIXELS and PICTURE_TOO_SMALL from the header alone; PICTURE_UNREADABLE
 *   for anything the decoder minds, time-out included.
 */
export const decodePicture = async (
  bytes: Uint8Array,
  { maxLongPx, minShortPx }: SideLimits,
): Promise<Result<Pixels, PictureErrorCode>> => {
  const header = await readPictureHeader(bytes);
  if (!header.ok) return header;
  const { widthPx, heightPx } = header.value;
  const longPx = Math.max(widthPx, heightPx);
  const shortPx = Math.min(widthPx, heightPx);
  if (shortPx * Math.min(1, maxLongPx / longPx) < minShortPx) return fail('PICTURE_TOO_SMALL');
  return pixelsOf(
    opened(bytes).resize(maxLongPx, maxLongPx, { fit: 'inside', withoutEnlargement: true }),
  );
};

/**
 * Decodes a picture whose header was read before to another size: a JPEG to a half, a quarter or an
 * eighth in a third of the time, as fewer of its frequencies are put together.
 */
export const decodeScaled = (
  bytes: Uint8Array,
  { widthPx, heightPx }: Omit<Pixels, 'rgb'>,
): Promise<Result<Pixels, PictureErrorCode>> =>
  pixelsOf(opened(bytes).resize(widthPx, heightPx, { fit: 'fill', kernel: 'linear' }));

/** Part of an upright picture, pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** How a part of a picture comes out. */
export interface PartChoices {
  /** Of each side, at most 1. */
  readonly scale: number;
  /** By which the part is turned back, clockwise in the picture. */
  readonly turnRad: number;
  /** What comes in at the corners when it is turned. */
  readonly beyond: readonly [red: number, green: number, blue: number];
}

/**
 * Decodes one part of a picture whose header was read before, turned around its middle, with all that
 * comes in at its corners; nothing below the part is looked at. One pass: no pixel is held in between.
 */
export const decodePart = (
  bytes: Uint8Array,
  part: Box,
  { scale, turnRad, beyond: [r, g, b] }: PartChoices,
): Promise<Result<Pixels, PictureErrorCode>> => {
  const decoding = opened(bytes).extract(part);
  if (scale < 1)
    decoding.resize(Math.round(part.width * scale), Math.round(part.height * scale), {
      fit: 'fill',
    });
  const cos = Math.cos(turnRad);
  const sin = Math.sin(turnRad);
  const turnedBack: [[number, number], [number, number]] = [
    [cos, sin],
    [-sin, cos],
  ];
  if (turnRad !== 0)
    decoding.affine(turnedBack, { interpolator: 'bicubic', background: { r, g, b } });
  return pixelsOf(decoding);
};
