/**
 * Draws pictures for tests and benches, seeded and made of nothing but arithmetic, and takes JPEGs apart.
 * Never draws a document (test/specimens does) and never reads a picture from disk.
 */
import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { createPrng, type Prng } from '../specimens/prng.ts';

/** Eight bits, sRGB, three interleaved channels. */
export interface RawPicture {
  readonly rgb: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
}

export type Rgb = readonly [red: number, green: number, blue: number];

interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Paints each pixel from its place. Values out of range are clamped. */
export const paint = (
  { widthPx, heightPx }: Size,
  colourAt: (x: number, y: number) => Rgb,
): RawPicture => {
  const rgb = new Uint8ClampedArray(widthPx * heightPx * 3);
  let at = 0;
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      const [red, green, blue] = colourAt(x, y);
      rgb[at] = red;
      rgb[at + 1] = green;
      rgb[at + 2] = blue;
      at += 3;
    }
  }
  return { rgb: new Uint8Array(rgb.buffer), widthPx, heightPx };
};

/** One colour. */
export const solid = (size: Size, colour: Rgb): RawPicture => paint(size, () => colour);

/** Every pixel drawn by itself: the hardest picture there is to compress. */
export const noise = (size: Size, seed: number): RawPicture => {
  const prng = createPrng(seed, 'noise');
  const level = (): number => prng.next() * 256;
  return paint(size, () => [level(), level(), level()]);
};

/** Four quarters of one colour each, clockwise from the upper left. */
export const QUARTERS = [
  [220, 40, 40],
  [40, 180, 60],
  [50, 70, 220],
  [230, 210, 50],
] as const satisfies readonly Rgb[];

export const quarters = ({ widthPx, heightPx }: Size): RawPicture =>
  paint({ widthPx, heightPx }, (x, y) => {
    const isRight = x >= widthPx / 2;
    const isLower = y >= heightPx / 2;
    return QUARTERS[isLower ? (isRight ? 2 : 3) : isRight ? 1 : 0];
  });

/**
 * A picture that compresses as a photograph of a printed page does: light falling off, cloudy texture
 * from coarse to fine (amplitudes fall with size, as in nature), a block of printed marks in the
 * middle, sensor noise.
 */
export const photograph = ({ widthPx, heightPx }: Size, seed: number): RawPicture => {
  const prng = createPrng(seed, 'photograph');
  const octaves = [
    { cells: 6, amplitude: 70 },
    { cells: 24, amplitude: 45 },
    { cells: 96, amplitude: 26 },
    { cells: 384, amplitude: 14 },
    { cells: 1100, amplitude: 8 },
  ].map(({ cells, amplitude }) => ({
    cells,
    amplitude,
    values: Float32Array.from({ length: (cells + 1) ** 2 }, () => prng.next()),
  }));
  const isInk = printedMarks(prng);
  const markPx = Math.max(2, Math.round(widthPx / 1000));
  return paint({ widthPx, heightPx }, (x, y) => {
    const u = x / widthPx;
    const v = y / heightPx;
    let light = 168 - 50 * v - 30 * u;
    for (const { cells, amplitude, values } of octaves) {
      light += (smoothAt(values, cells, u, v) - 0.5) * amplitude;
    }
    const isPrinted = Math.abs(u - 0.5) < 0.3 && Math.abs(v - 0.5) < 0.3;
    if (isPrinted && isInk(Math.floor(x / markPx), Math.floor(y / markPx))) light *= 0.4;
    light += (prng.next() - 0.5) * 8;
    const warmth = 22 * Math.sin(4 * (u + v));
    return [light + warmth, light + 4, light - 14 - warmth];
  });
};

/** Bilinear reading of a square lattice at u, v in [0, 1). */
const smoothAt = (values: Float32Array, cells: number, u: number, v: number): number => {
  const column = Math.floor(u * cells);
  const row = Math.floor(v * cells);
  const right = u * cells - column;
  const down = v * cells - row;
  const at = row * (cells + 1) + column;
  const upper = (values[at] ?? 0) * (1 - right) + (values[at + 1] ?? 0) * right;
  const lower = (values[at + cells + 1] ?? 0) * (1 - right) + (values[at + cells + 2] ?? 0) * right;
  return upper * (1 - down) + lower * down;
};

/** Seeded marks of 5 × 7 cells in lines, with gaps between words, lines and paragraphs. */
const printedMarks = (prng: Prng): ((column: number, row: number) => boolean) => {
  const shapes = Array.from({ length: 32 }, () =>
    Array.from({ length: 35 }, () => prng.next() < 0.45),
  );
  return (column, row) => {
    const line = Math.floor(row / 14);
    const place = Math.floor(column / 6);
    const x = column % 6;
    const y = row % 14;
    if (x >= 5 || y >= 7 || line % 5 === 0 || (place * 7 + line) % 9 === 0) return false;
    return shapes[(place * 13 + line * 29) % shapes.length]?.[y * 5 + x] === true;
  };
};

/** The picture as a sharp pipeline, to be encoded in whatever way a test needs. */
export const toSharp = ({ rgb, widthPx, heightPx }: RawPicture): Sharp =>
  sharp(rgb, { raw: { width: widthPx, height: heightPx, channels: 3 } });

/** A chunk with its right checksum (PNG 3rd edition §5.3). */
export const pngChunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.byteLength, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
};

/** Inserts a chunk behind the header of a PNG. */
export const withPngChunk = (png: Uint8Array, chunk: Uint8Array): Buffer => {
  const headerEnd = 8 + 25;
  return Buffer.concat([png.subarray(0, headerEnd), chunk, png.subarray(headerEnd)]);
};

/** A few hundred bytes that claim any number of pixels: valid frame and checksums, too little data. */
export const pngOfClaimedSize = ({ widthPx, heightPx }: Size): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.alloc(4096))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
};

/** Inserts a segment behind the start of a JPEG. */
export const withJpegSegment = (jpeg: Uint8Array, marker: number, data: Uint8Array): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.byteLength + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, data, jpeg.subarray(2)]);
};

/** The segments before the coded data of a JPEG: marker byte and data, in order. */
export const jpegSegments = (jpeg: Uint8Array): { marker: number; data: Buffer }[] => {
  const bytes = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  const segments: { marker: number; data: Buffer }[] = [];
  let at = 2;
  let marker = 0;
  while (marker !== 0xda) {
    if (bytes[at] !== 0xff) throw new Error(`no marker at byte ${at}`);
    marker = bytes.readUInt8(at + 1);
    const length = bytes.readUInt16BE(at + 2);
    segments.push({ marker, data: bytes.subarray(at + 4, at + 2 + length) });
    at += 2 + length;
  }
  return segments;
};
