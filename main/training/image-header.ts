/**
 * Reads what the simulated server can tell of a picture without decoding it: JPEG or PNG, and its size.
 * Never reads past the header and never trusts a length it has not compared with what is there.
 */
import { crc32 } from 'node:zlib';

export interface ImageHeader {
  readonly format: 'jpeg' | 'png';
  readonly widthPx: number;
  readonly heightPx: number;
}

const JPEG_START = Buffer.from([0xff, 0xd8]);
const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** IHDR is the first chunk and has 13 bytes of data (PNG 3rd edition §11.2.1). */
const IHDR_DATA_BYTES = 13;
const IHDR_TYPE_AT = PNG_SIGNATURE.length + 4;
const IHDR_DATA_AT = IHDR_TYPE_AT + 4;
const IHDR_CRC_AT = IHDR_DATA_AT + IHDR_DATA_BYTES;

const readPng = (bytes: Buffer): ImageHeader | null => {
  if (bytes.length < IHDR_CRC_AT + 4) return null;
  const isHeader =
    bytes.readUInt32BE(PNG_SIGNATURE.length) === IHDR_DATA_BYTES &&
    bytes.toString('latin1', IHDR_TYPE_AT, IHDR_DATA_AT) === 'IHDR' &&
    bytes.readUInt32BE(IHDR_CRC_AT) === crc32(bytes.subarray(IHDR_TYPE_AT, IHDR_CRC_AT));
  if (!isHeader) return null;
  return sized('png', bytes.readUInt32BE(IHDR_DATA_AT), bytes.readUInt32BE(IHDR_DATA_AT + 4));
};

/** SOF0…SOF15 without DHT, JPG and DAC, which share the range (ITU-T T.81 table B.1). */
const isFrameMarker = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

const readJpeg = (bytes: Buffer): ImageHeader | null => {
  let at = JPEG_START.length;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes.readUInt8(at + 1);
    const segmentBytes = bytes.readUInt16BE(at + 2);
    if (marker === 0xff) {
      /** Fill byte before a marker (T.81 §B.1.1.2). */
      at += 1;
    } else if (isFrameMarker(marker)) {
      if (at + 9 > bytes.length) return null;
      return sized('jpeg', bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5));
    } else if (marker < 0xc0 || segmentBytes < 2) {
      return null;
    } else {
      at += 2 + segmentBytes;
    }
  }
  return null;
};

const sized = (
  format: ImageHeader['format'],
  widthPx: number,
  heightPx: number,
): ImageHeader | null => (widthPx > 0 && heightPx > 0 ? { format, widthPx, heightPx } : null);

/** Format and size of a JPEG or PNG; null for anything else, and for a header that is cut or damaged. */
export const readImageHeader = (picture: Uint8Array): ImageHeader | null => {
  const bytes = Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength);
  if (bytes.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE)) return readPng(bytes);
  if (bytes.subarray(0, JPEG_START.length).equals(JPEG_START)) return readJpeg(bytes);
  return null;
};
