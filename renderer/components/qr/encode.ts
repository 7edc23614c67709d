/**
 * A short ASCII text as a QR code: byte mode, error correction M (15 %), versions 1 to 5, which hold
 * any receipt number. Written here rather than taken along: five versions need 200 lines and no
 * dependency; a test reads the codes back with a decoder that is not ours.
 * Source: ISO/IEC 18004:2015.
 */
import { Grid } from './grid.ts';
import { penaltyOf } from './penalty.ts';
import { correctionOf } from './reed-solomon.ts';

interface Version {
  readonly version: number;
  /** Data codewords in all, blocks they are split into, correction codewords of each block. Table 9. */
  readonly data: number;
  readonly blocks: number;
  readonly correction: number;
}

const VERSIONS: readonly Version[] = [
  { version: 1, data: 16, blocks: 1, correction: 10 },
  { version: 2, data: 28, blocks: 1, correction: 16 },
  { version: 3, data: 44, blocks: 1, correction: 26 },
  { version: 4, data: 64, blocks: 2, correction: 18 },
  { version: 5, data: 86, blocks: 2, correction: 24 },
];

/** Mode and length take twelve bits. */
const HEADER_BYTES = 2;
const BYTE_MODE = 0b0100;
const PADDING = [0xec, 0x11];

/** Data codewords: mode, length, text, and padding. Everything after the mode is shifted by four bits. */
const dataOf = (text: string, { data }: Version): Uint8Array => {
  const bytes = [text.length, ...Array.from(text, (character) => character.charCodeAt(0))];
  const codewords = new Uint8Array(data);
  codewords[0] = BYTE_MODE << 4;
  for (const [index, byte] of bytes.entries()) {
    codewords[index] = (codewords[index] ?? 0) | (byte >> 4);
    codewords[index + 1] = (byte & 0x0f) << 4;
  }
  for (let at = text.length + HEADER_BYTES; at < data; at += 1)
    codewords[at] = PADDING[(at - text.length) % 2] ?? 0;
  return codewords;
};

/** One codeword of each part after the other. */
const inTurn = (parts: readonly Uint8Array[]): number[] =>
  Array.from({ length: parts[0]?.length ?? 0 }, (_, at) =>
    parts.map((part) => part[at] ?? 0),
  ).flat();

/** Data and correction of all blocks, taken from each in turn. */
const codewordsOf = (text: string, version: Version): number[] => {
  const data = dataOf(text, version);
  const length = version.data / version.blocks;
  const blocks = Array.from({ length: version.blocks }, (_, index) =>
    data.subarray(index * length, (index + 1) * length),
  );
  const corrections = blocks.map((block) => correctionOf(block, version.correction));
  return [...inTurn(blocks), ...inTurn(corrections)];
};

/** Puts the bits into the free places: pairs of columns from the right, up and down in turn. §7.7.3. */
const place = (grid: Grid, codewords: readonly number[]): void => {
  let bit = 0;
  let isUpward = true;
  for (let right = grid.size - 1; right > 0; right -= 2) {
    if (right === 6) right -= 1;
    for (let step = 0; step < grid.size; step += 1) {
      const y = isUpward ? grid.size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (grid.isFixed(x, y)) continue;
        grid.set(x, y, (((codewords[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1);
        bit += 1;
      }
    }
    isUpward = !isUpward;
  }
};

/** Table 10; `x` is the column. */
const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** Fifteen bits: correction M (00), the mask, their BCH code, masked. §7.9.1. */
const formatBits = (mask: number): number => {
  let rest = mask;
  for (let step = 0; step < 10; step += 1) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
  return ((mask << 10) | rest) ^ 0x5412;
};

const writeFormat = (grid: Grid, mask: number): void => {
  const bits = formatBits(mask);
  const last = grid.size - 1;
  for (let index = 0; index < 15; index += 1) {
    const isDark = ((bits >> index) & 1) === 1;
    // Down the column of the first finder, past the timing pattern; then along its row.
    if (index < 8) {
      grid.fix(8, index < 6 ? index : index + 1, isDark);
      grid.fix(last - index, 8, isDark);
    } else {
      grid.fix(index === 8 ? 7 : 14 - index, 8, isDark);
      grid.fix(8, last - 14 + index, isDark);
    }
  }
};

const masked = (grid: Grid, mask: number): Grid => {
  const copy = grid.copy();
  const isTurned = MASKS[mask] ?? (() => false);
  for (let y = 0; y < copy.size; y += 1)
    for (let x = 0; x < copy.size; x += 1)
      if (!copy.isFixed(x, y) && isTurned(x, y)) copy.set(x, y, !copy.isDark(x, y));
  writeFormat(copy, mask);
  return copy;
};

/** The code of a text; null for one that is empty, too long, or not ASCII. */
export const encodeQr = (text: string): Grid | null => {
  const version = VERSIONS.find(({ data }) => text.length + HEADER_BYTES <= data);
  if (version === undefined || !/^[\x20-\x7e]+$/.test(text)) return null;
  const grid = Grid.ofVersion(version.version);
  place(grid, codewordsOf(text, version));
  const codes = MASKS.map((_, mask) => masked(grid, mask));
  return codes.reduce((best, code) => (penaltyOf(code) < penaltyOf(best) ? code : best));
};
