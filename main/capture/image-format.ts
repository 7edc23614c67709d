/**
 * Owns what a picture's bytes claim to be, read without a decoder.
 * Never decodes: whatever is refused here has not touched an image library.
 */
import { LIMITS } from '../../preload/contract/limits.ts';
import type { PictureErrorCode } from '../../preload/contract/error-codes.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';

/** The formats cameras and scanners give. The first bytes decide, never a name or a declared type. */
export type PictureFormat = 'jpeg' | 'png' | 'webp';

/**
 * Passes over the pixels one JPEG may ask for. Own decision: libjpeg's progressive script has 10, the
 * format allows one per coefficient and bit (2 646), each over up to 60 Mpx, out of reach of a time-out.
 */
const MAX_JPEG_SCANS = 64;

const JPEG_MAGIC = Buffer.from([0xff, 0xd8, 0xff]);
const JPEG_START_OF_SCAN = Buffer.from([0xff, 0xda]);
const PNG_MAGIC = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Length, type and CRC around the data of a PNG chunk (PNG 3rd edition §5.3). */
const PNG_CHUNK_FRAME_BYTES = 12;

/** The animation bit of the VP8X flags (WebP container specification, "Extended File Format"). */
const WEBP_ANIMATION_FLAG = 0x02;
const WEBP_FLAGS_OFFSET = 20;

const startsWith = (bytes: Buffer, magic: Buffer): boolean =>
  bytes.subarray(0, magic.length).equals(magic);

const tagAt = (bytes: Buffer, offset: number): string =>
  bytes.toString('latin1', offset, offset + 4);

/**
 * Looks at the first bytes and at the frame of the file.
 *
 * @returns the format, or PICTURE_TOO_MANY_BYTES, PICTURE_FORMAT_UNSUPPORTED (unknown or animated),
 *   PICTURE_UNREADABLE (empty, cut, or made to stall a decoder).
 */
export const inspectPicture = (
  picture: Uint8Array,
  maxBytes: number = LIMITS.pictureBytes,
): Result<PictureFormat, PictureErrorCode> => {
  if (picture.byteLength === 0) return fail('PICTURE_UNREADABLE');
  if (picture.byteLength > maxBytes) return fail('PICTURE_TOO_MANY_BYTES');
  const bytes = Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength);
  if (startsWith(bytes, JPEG_MAGIC)) return inspectJpeg(bytes);
  if (startsWith(bytes, PNG_MAGIC)) return inspectPng(bytes);
  if (tagAt(bytes, 0) === 'RIFF' && tagAt(bytes, 8) === 'WEBP') return inspectWebp(bytes);
  return fail('PICTURE_FORMAT_UNSUPPORTED');
};

/** Coded data never holds FF DA except as a marker, so counting pairs bounds the scans from above. */
const inspectJpeg = (bytes: Buffer): Result<PictureFormat, PictureErrorCode> => {
  let scans = 0;
  let at = bytes.indexOf(JPEG_START_OF_SCAN);
  while (at !== -1) {
    scans += 1;
    if (scans > MAX_JPEG_SCANS) return fail('PICTURE_UNREADABLE');
    at = bytes.indexOf(JPEG_START_OF_SCAN, at + JPEG_START_OF_SCAN.length);
  }
  return ok('jpeg');
};

/** libpng shows an animation's first frame and accepts a lost end: both are told here instead. */
const inspectPng = (bytes: Buffer): Result<PictureFormat, PictureErrorCode> => {
  let at = PNG_MAGIC.length;
  while (at + PNG_CHUNK_FRAME_BYTES <= bytes.length) {
    const type = tagAt(bytes, at + 4);
    if (type === 'acTL') return fail('PICTURE_FORMAT_UNSUPPORTED');
    if (type === 'IEND') return ok('png');
    at += PNG_CHUNK_FRAME_BYTES + bytes.readUInt32BE(at);
  }
  return fail('PICTURE_UNREADABLE');
};

const inspectWebp = (bytes: Buffer): Result<PictureFormat, PictureErrorCode> => {
  const flags = tagAt(bytes, 12) === 'VP8X' ? (bytes[WEBP_FLAGS_OFFSET] ?? 0) : 0;
  const isAnimated = (flags & WEBP_ANIMATION_FLAG) !== 0;
  return isAnimated ? fail('PICTURE_FORMAT_UNSUPPORTED') : ok('webp');
};
