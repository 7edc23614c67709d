import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { encodeQr } from '../../../../renderer/components/qr/encode.ts';
import type { Grid } from '../../../../renderer/components/qr/grid.ts';
import { seededRandom } from '../../../support/fake-clock.ts';

beforeAll(async () => {
  const file = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  await prepareZXingModule({
    overrides: { wasmBinary: Uint8Array.from(readFileSync(file)).buffer },
    fireImmediately: true,
  });
});

/** Source: ISO/IEC 18004, Table C.1. */
const FORMATS_OF_M = [
  '101010000010010',
  '101000100100101',
  '101111001111100',
  '101101101001011',
  '100010111111001',
  '100000011001110',
  '100111110010111',
  '100101010100000',
];

const SCALE = 4;
const QUIET = 4;

/** The code as a picture with its quiet zone; some places turned over where asked for. */
const pictureOf = (grid: Grid, isSpoilt: (x: number, y: number) => boolean = () => false) => {
  const side = (grid.size + 2 * QUIET) * SCALE;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < grid.size * SCALE; y += 1)
    for (let x = 0; x < grid.size * SCALE; x += 1) {
      const [column, row] = [Math.floor(x / SCALE), Math.floor(y / SCALE)];
      if (grid.isDark(column, row) === isSpoilt(column, row)) continue;
      const at = ((y + QUIET * SCALE) * side + x + QUIET * SCALE) * 4;
      data.fill(0, at, at + 3);
    }
  return { data, width: side, height: side, colorSpace: 'srgb' as const };
};

/** What a decoder that is not ours reads. */
const read = async (grid: Grid, isSpoilt?: (x: number, y: number) => boolean) => {
  const [found] = await readBarcodes(pictureOf(grid, isSpoilt), {
    formats: ['QRCode'],
  });
  return found;
};

const coded = (text: string): Grid => {
  const grid = encodeQr(text);
  if (grid === null) throw new Error('the text has a code');
  return grid;
};

describe('the QR code of a receipt', () => {
  it.each(['1A2B-3C4D', '4f2b9a54-0e1c-4f8e-9d41-6d0e2f6a7c11', 'x'.repeat(64)])(
    'says %s to a scanner',
    async (text) => {
      expect((await read(coded(text)))?.text).toBe(text);
    },
  );

  it('says any ASCII text of any length it takes', async () => {
    const text = fc.stringMatching(/^[\x20-\x7e]{1,84}$/);
    await fc.assert(
      fc.asyncProperty(text, async (some) => {
        expect((await read(coded(some)))?.text).toBe(some);
      }),
      { numRuns: 300, seed: 18 },
    );
  });

  it('says each length up to its longest, in all five versions', async () => {
    const sizes = new Set<number>();
    for (let length = 1; length <= 84; length += 1) {
      const grid = coded('8'.repeat(length));
      sizes.add(grid.size);
      expect((await read(grid))?.text).toHaveLength(length);
    }
    expect([...sizes]).toEqual([21, 25, 29, 33, 37]);
  });

  it('names correction and mask twice, in one of the eight ways there are for M', () => {
    for (const text of ['1A2B-3C4D', '2', 'a', 'receipt', 'x'.repeat(30), 'y'.repeat(80)]) {
      const grid = coded(text);
      const last = grid.size - 1;
      const isDark = (bit: number, copy: 1 | 2): boolean => {
        if (copy === 1)
          return bit < 8
            ? grid.isDark(8, bit < 6 ? bit : bit + 1)
            : grid.isDark(bit === 8 ? 7 : 14 - bit, 8);
        return bit < 8 ? grid.isDark(last - bit, 8) : grid.isDark(8, last - 14 + bit);
      };
      const bitsOf = (copy: 1 | 2): string =>
        Array.from({ length: 15 }, (_, at) => (isDark(14 - at, copy) ? '1' : '0')).join('');
      expect(FORMATS_OF_M).toContain(bitsOf(1));
      expect(bitsOf(2)).toBe(bitsOf(1));
    }
  });

  it('is still read when a twentieth of it is spoilt, and names its correction as M', async () => {
    const random = seededRandom(5);
    for (let time = 0; time < 20; time += 1) {
      const grid = coded('4f2b9a54-0e1c-4f8e-9d41-6d0e2f6a7c11');
      const spoilt = new Set<number>();
      while (spoilt.size < 12) {
        const [x = 0, y = 0] = Array.from(random.bytes(2), (byte) => byte % grid.size);
        if (!grid.isFixed(x, y)) spoilt.add(y * grid.size + x);
      }
      const found = await read(grid, (x, y) => spoilt.has(y * grid.size + x));
      expect(found?.text).toBe('4f2b9a54-0e1c-4f8e-9d41-6d0e2f6a7c11');
      expect(found?.ecLevel).toBe('M');
    }
  });

  it('has no code for nothing, for too much, and for what is not ASCII', () => {
    for (const text of ['', 'x'.repeat(85), 'ą', 'two\nlines']) expect(encodeQr(text)).toBeNull();
  });
});
