/** What every drawing rests on: the generator, the letters, the portrait. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { drawPortrait, faceLook } from '../../specimens/face.ts';
import { createPrng } from '../../specimens/prng.ts';
import { ocrBSizeForPitch, outlineText, type Typeface } from '../../specimens/typeface.ts';

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

describe('generator', () => {
  it('repeats itself for a seed and purpose and differs for another of either', () => {
    const draw = (seed: number, purpose: string) => {
      const random = createPrng(seed, purpose);
      return Array.from({ length: 8 }, () => random.next());
    };
    expect(draw(7, 'a')).toEqual(draw(7, 'a'));
    expect(draw(7, 'a')).not.toEqual(draw(8, 'a'));
    expect(draw(7, 'a')).not.toEqual(draw(7, 'b'));
  });

  it('spreads evenly and its bell has mean 0 and deviation 1', () => {
    const random = createPrng(1, 'spread');
    const bins = new Uint32Array(10);
    let sum = 0;
    let squares = 0;
    for (let draw = 0; draw < 20_000; draw += 1) {
      const bin = random.int(0, 9);
      bins[bin] = (bins[bin] ?? 0) + 1;
      const value = random.gaussian();
      sum += value;
      squares += value * value;
    }
    expect(Math.min(...bins)).toBeGreaterThan(1_800);
    expect(Math.abs(sum / 20_000)).toBeLessThan(0.03);
    expect(Math.abs(squares / 20_000 - 1)).toBeLessThan(0.03);
  });
});

describe('letters', () => {
  const faces: readonly Typeface[] = ['sans', 'sans-medium', 'sans-bold'];

  it.each(faces)('outlines every letter of the specimens in %s with finite numbers', (face) => {
    for (const size of [1.35, 2.5, 40]) {
      const { pathData, width } = outlineText('Paraudziņš Žydrė Øyvind Łąka · N° 1234', face, size);
      expect(pathData).not.toContain('NaN');
      expect(width).toBeGreaterThan(0);
    }
  });

  it('sets OCR-B at ten characters an inch', () => {
    const size = ocrBSizeForPitch(2.54);
    expect(outlineText('P<UTO12345', 'ocr-b', size).width).toBeCloseTo(25.4, 3);
  });

  it('refuses a letter that the typeface lacks instead of leaving it out', () => {
    expect(() => outlineText('漢', 'sans', 2)).toThrow('U+6f22');
  });
});

describe('portrait', () => {
  it('is the same for a seed, another for another, with skin where the face is', async () => {
    const [first, again, other] = await Promise.all(
      [1, 1, 2].map(async (seed) => await drawPortrait(faceLook(seed, 'F'), 180)),
    );
    expect(sha256(first?.data ?? new Uint8Array())).toBe(sha256(again?.data ?? new Uint8Array()));
    expect(first?.data).not.toEqual(other?.data);
    /** Between the eyes and on the cheek: warm, neither black nor burnt out. */
    for (const [x, y] of [
      [70, 80],
      [52, 108],
    ] as const) {
      const at = (y * 140 + x) * 4;
      const [red = 0, green = 0, blue = 0] = first?.data.subarray(at, at + 3) ?? [];
      expect(red).toBeGreaterThan(green);
      expect(green).toBeGreaterThan(blue);
      expect(red).toBeGreaterThan(90);
      expect(red).toBeLessThan(254);
    }
  });

  it('stands on nothing when a scene is to lie behind it', async () => {
    const portrait = await drawPortrait(faceLook(1, 'M'), 90, { transparent: true });
    expect(portrait.data[3]).toBe(0);
  });
});
