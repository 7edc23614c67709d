/** Black is told from dark by light, structure and time. */
import { describe, expect, it } from 'vitest';
import { createBlackFrameJudge, lumaOf } from '../../../../renderer/camera/black-frames.ts';

const rgba = (...pixels: readonly (readonly [number, number, number])[]): Uint8ClampedArray =>
  new Uint8ClampedArray(pixels.flatMap((pixel) => [...pixel, 255]));

describe('lumaOf', () => {
  it('measures mean and variance', () => {
    const { mean, variance } = lumaOf(rgba([0, 0, 0], [200, 200, 200]));
    expect(mean).toBeCloseTo(100, 5);
    expect(variance).toBeCloseTo(10_000, 3);
  });

  it('weighs the colours as the eye does', () => {
    expect(lumaOf(rgba([0, 255, 0])).mean).toBeGreaterThan(lumaOf(rgba([0, 0, 255])).mean);
  });

  it('measures nothing as black', () => {
    expect(lumaOf(rgba())).toEqual({ mean: 0, variance: 0 });
  });
});

describe('createBlackFrameJudge', () => {
  const black = { mean: 8, variance: 10 };

  it('waits two seconds', () => {
    const judge = createBlackFrameJudge();
    expect(judge(black, 1_000)).toBe(false);
    expect(judge(black, 2_999)).toBe(false);
    expect(judge(black, 3_000)).toBe(true);
  });

  it.each([
    ['light', { mean: 13, variance: 0 }],
    ['structure', { mean: 5, variance: 21 }],
  ])('begins anew after %s', (_name, seen) => {
    const judge = createBlackFrameJudge();
    judge(black, 0);
    expect(judge(seen, 1_500)).toBe(false);
    expect(judge(black, 2_500)).toBe(false);
    expect(judge(black, 4_500)).toBe(true);
  });
});
