/**
 * Tells a camera that delivers black from one that sees something dark: a covered lens or a
 * hardware switch gives frames without light and without structure, for seconds.
 */

/** Brightness of one frame, 0 (black) to 255. */
export interface LumaSample {
  readonly mean: number;
  readonly variance: number;
}

/** How often a frame is measured. */
export const LUMA_SAMPLE_EVERY_MS = 250;
/** Own decision: a covered sensor with its noise stays below both; a dark room keeps structure. */
const BLACK_MEAN = 12;
const BLACK_VARIANCE = 20;
/** Cameras may start with black frames while exposure settles. */
const BLACK_FOR_MS = 2_000;

/** Follows the samples of one open camera; returns true once they have been black for long enough. */
export const createBlackFrameJudge = (): ((sample: LumaSample, atMs: number) => boolean) => {
  let blackSinceMs: number | null = null;
  return (sample, atMs) => {
    if (sample.mean > BLACK_MEAN || sample.variance > BLACK_VARIANCE) {
      blackSinceMs = null;
      return false;
    }
    blackSinceMs ??= atMs;
    return atMs - blackSinceMs >= BLACK_FOR_MS;
  };
};

/** Mean and variance of BT.601 luma over RGBA bytes. */
export const lumaOf = (rgba: Uint8ClampedArray): LumaSample => {
  const pixels = rgba.length / 4;
  let sum = 0;
  let squares = 0;
  for (let at = 0; at + 2 < rgba.length; at += 4) {
    const luma =
      0.299 * (rgba[at] ?? 0) + 0.587 * (rgba[at + 1] ?? 0) + 0.114 * (rgba[at + 2] ?? 0);
    sum += luma;
    squares += luma * luma;
  }
  if (pixels === 0) return { mean: 0, variance: 0 };
  const mean = sum / pixels;
  return { mean, variance: Math.max(0, squares / pixels - mean * mean) };
};
