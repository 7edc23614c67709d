/** Measures how far edges are spread, whatever their contrast. */
import type { Raster } from '../raster.ts';

/** Pixels compared across an edge: this far on either side of it. */
const NEAR = 1;
const FAR = 3;
/** Every second row tells as much as all. */
const ROWS_APART = 2;
/** The steepest share of places: print, not paper. */
const STEEPEST = 0.02;
/** The border of a document is an edge of its own. */
const BORDER_SHARE = 0.05;

const lumaOf = ({ widthPx, heightPx, data }: Raster): Float32Array => {
  const plane = new Float32Array(widthPx * heightPx);
  for (let pixel = 0; pixel < plane.length; pixel += 1)
    plane[pixel] =
      0.299 * (data[pixel * 4] ?? 0) +
      0.587 * (data[pixel * 4 + 1] ?? 0) +
      0.114 * (data[pixel * 4 + 2] ?? 0);
  return plane;
};

/** Difference that STEEPEST of the places exceed, between points `reach` steps on either side. */
const steepest = (plane: Float32Array, w: number, h: number, dx: number, dy: number): number => {
  const histogram = new Uint32Array(256);
  const marginX = Math.max(FAR, Math.round(w * BORDER_SHARE));
  const marginY = Math.max(FAR, Math.round(h * BORDER_SHARE));
  const offset = dy * w + dx;
  let count = 0;
  for (let y = marginY; y < h - marginY; y += ROWS_APART)
    for (let at = y * w + marginX; at < (y + 1) * w - marginX; at += 1) {
      const bin = Math.floor(Math.abs((plane[at + offset] ?? 0) - (plane[at - offset] ?? 0)));
      histogram[bin] = (histogram[bin] ?? 0) + 1;
      count += 1;
    }
  let seen = 0;
  for (let value = 255; value >= 0; value -= 1) {
    seen += histogram[value] ?? 0;
    if (seen > count * STEEPEST) return value;
  }
  return 0;
};

/** Gauss error function (Abramowitz and Stegun 7.1.26, error below 1.5e-7). */
const erf = (x: number): number => {
  const t = 1 / (1 + 0.3275911 * x);
  const polynomial =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return 1 - polynomial * Math.exp(-x * x);
};

/** Spread whose edges rise as much within NEAR of all they rise within FAR; between 0.3 and 6 pixels. */
const spreadFor = (ratio: number): number => {
  let low = 0.3;
  let high = 6;
  for (let step = 0; step < 20; step += 1) {
    const middle = (low + high) / 2;
    const scale = middle * Math.SQRT2;
    if (erf(NEAR / scale) / erf(FAR / scale) > ratio) low = middle;
    else high = middle;
  }
  return low;
};

const DIRECTIONS = [
  [1, 0],
  [0, 1],
  [1, 1],
  [1, -1],
] as const;

/**
 * Standard deviation of the edge spread in pixels of a rectified document, in the direction where it
 * is largest: motion blurs one alone. An edge of a Gaussian lens rises erf(a/σ√2) within ±a.
 */
export const edgeSpreadPx = (document: Raster): number => {
  const { widthPx: w, heightPx: h } = document;
  const plane = lumaOf(document);
  const ratios = DIRECTIONS.map(([dx, dy]) => {
    const far = steepest(plane, w, h, dx * FAR, dy * FAR);
    return far === 0 ? 0 : steepest(plane, w, h, dx * NEAR, dy * NEAR) / far;
  });
  return spreadFor(Math.min(...ratios));
};
