/** Finds edge pixels of planes: thin, with direction and weight. */
import type { Planes } from './planes.ts';
import { scratchFloats } from './scratch.ts';

/** Edge pixels, row by row. */
export interface Edges {
  readonly count: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Direction of the gradient in degrees, 0…180. */
  readonly angle: Float32Array;
  /** 0…1: how far the edge stands above the noise. */
  readonly weight: Float32Array;
  readonly widthPx: number;
  readonly heightPx: number;
  /** For each pixel of the frame the number of its edge, -1 where there is none. */
  readonly at: Int32Array;
}

/** Angles are binned by degree, a line has no sign. */
export const ANGLES = 180;

/** Gradients per pixel of 255: what any camera's noise leaves after smoothing, and what no table hides. */
const FLOOR = 0.9;
const CEILING = 5;
/** Edges start at this multiple of the median gradient. */
const OVER_MEDIAN = 1.3;
/** Full weight at this multiple of the start. */
const SATURATION = 3;
const SATURATION_FLOOR = 8;

const BINS_PER_UNIT = 4;
/** Prime, so that the sample walks through the columns. */
const MEDIAN_STEP = 7;

const squaredOf = scratchFloats();
const gxOf = scratchFloats();
const gyOf = scratchFloats();
const xOf = scratchFloats();
const yOf = scratchFloats();
const angleOf = scratchFloats();
const weightOf = scratchFloats();

interface Gradients {
  /** Squared: that is enough to compare them. */
  readonly squared: Float32Array;
  readonly gx: Float32Array;
  readonly gy: Float32Array;
}

/**
 * Sobel gradients; of each pixel the channel with the strongest. Walks along each row with the sums of
 * three columns in hand, so that each pixel is read three times and not eight.
 */
const gradientsOf = ({ widthPx: w, heightPx: h, channels }: Planes): Gradients => {
  const squared = squaredOf(w * h).fill(0);
  const gx = gxOf(w * h);
  const gy = gyOf(w * h);
  for (const plane of channels)
    for (let y = 2; y < h - 2; y += 1) {
      const first = y * w + 1;
      const end = y * w + w - 2;
      let above = plane[first - w] ?? 0;
      let below = plane[first + w] ?? 0;
      /** Of the column before and of this one: its sum, and how much it grows downwards. */
      let sumBefore = above + below + 2 * (plane[first] ?? 0);
      let fallBefore = below - above;
      above = plane[first + 1 - w] ?? 0;
      below = plane[first + 1 + w] ?? 0;
      let sum = above + below + 2 * (plane[first + 1] ?? 0);
      let fall = below - above;
      for (let at = first + 1; at < end; at += 1) {
        above = plane[at + 1 - w] ?? 0;
        below = plane[at + 1 + w] ?? 0;
        const sumNext = above + below + 2 * (plane[at + 1] ?? 0);
        const fallNext = below - above;
        const dx = (sumNext - sumBefore) * 0.25;
        const dy = (fallBefore + fallNext + 2 * fall) * 0.25;
        const size = dx * dx + dy * dy;
        if (size > (squared[at] ?? 0)) {
          squared[at] = size;
          gx[at] = dx;
          gy[at] = dy;
        }
        sumBefore = sum;
        fallBefore = fall;
        sum = sumNext;
        fall = fallNext;
      }
    }
  return { squared, gx, gy };
};

/** Of a sample, which tells the median of sixty thousand to a hundredth. */
const medianGradient = (squared: Float32Array): number => {
  const histogram = new Uint32Array(256);
  let count = 0;
  for (let at = 0; at < squared.length; at += MEDIAN_STEP) {
    const bin = Math.min(255, Math.floor(Math.sqrt(squared[at] ?? 0) * BINS_PER_UNIT));
    histogram[bin] = (histogram[bin] ?? 0) + 1;
    count += 1;
  }
  let seen = 0;
  for (let bin = 0; bin < 256; bin += 1) {
    seen += histogram[bin] ?? 0;
    if (seen > count / 2) return bin / BINS_PER_UNIT;
  }
  return 0;
};

/** tan 67.5°: beyond it a gradient points along one axis. */
const STEEP = 2.414;

/** Offset of the neighbour along the gradient. */
const ahead = (gx: number, gy: number, w: number): number => {
  const ax = Math.abs(gx);
  const ay = Math.abs(gy);
  if (ax > STEEP * ay) return 1;
  if (ay > STEEP * ax) return w;
  return gx * gy > 0 ? w + 1 : w - 1;
};

/** Edge pixels that stand above the frame's own noise. */
export const edgesOf = (planes: Planes): Edges => {
  const { widthPx: w, heightPx: h } = planes;
  const { squared, gx, gy } = gradientsOf(planes);
  const threshold = Math.max(FLOOR, Math.min(CEILING, medianGradient(squared) * OVER_MEDIAN));
  const saturation = Math.max(SATURATION_FLOOR, threshold * SATURATION);
  const least = threshold * threshold;
  const x = xOf(w * h);
  const y = yOf(w * h);
  const angle = angleOf(w * h);
  const weight = weightOf(w * h);
  const at = new Int32Array(w * h).fill(-1);
  let count = 0;
  for (let row = 2; row < h - 2; row += 1)
    for (let pixel = row * w + 2; pixel < row * w + w - 2; pixel += 1) {
      const size = squared[pixel] ?? 0;
      if (size < least) continue;
      const dx = gx[pixel] ?? 0;
      const dy = gy[pixel] ?? 0;
      const step = ahead(dx, dy, w);
      if (size < (squared[pixel - step] ?? 0) || size <= (squared[pixel + step] ?? 0)) continue;
      const here = Math.sqrt(size);
      const turn = (Math.atan2(dy, dx) * 180) / Math.PI;
      x[count] = pixel - row * w;
      y[count] = row;
      angle[count] = turn < 0 ? turn + 180 : turn >= 180 ? turn - 180 : turn;
      weight[count] =
        here >= saturation ? 1 : 0.35 + (0.65 * (here - threshold)) / (saturation - threshold);
      at[pixel] = count;
      count += 1;
    }
  return { count, x, y, angle, weight, at, widthPx: w, heightPx: h };
};
