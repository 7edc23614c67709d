/**
 * Owns measuring one line of text along and across: where exactly its band lies and how strongly each
 * pitch shows in it. Print of one pitch, as an MRZ has, stands out against all other text.
 * Never decides which line belongs to an MRZ.
 */
import { lumaAt } from '../luma.ts';
import type { LevelPicture } from './level-picture.ts';
import type { TextLine } from './text-lines.ts';

/** Pitches that are tried, in pixels of the levelled picture: each 0.7 % more than the one before. */
export const PITCHES_PX: readonly number[] = Array.from(
  { length: 300 },
  (_, index) => 4.6 * 1.007 ** index,
);

/** Pitch of OCR-B is 1.06 times its height as found here; prints vary (0.75 to 1.6). */
const PITCH_HEIGHTS = { least: 0.7, most: 1.9 };

/** Edges of borders and photographs count no more than those of print. */
const EDGE_CAP = 48;

/** A line with its band fitted and its spectrum. */
export interface MeasuredLine extends TextLine {
  /** Share of the ink's variation that repeats at each of `PITCHES_PX`, 0…1; zero where not tried. */
  readonly spectrum: Float32Array;
}

/** Mean upright edge in rows parallel to the line, from `reach` above its middle to as much below. */
const rowProfile = (
  picture: LevelPicture,
  line: TextLine,
  from: number,
  to: number,
  reach: number,
  step: number,
): Float64Array => {
  const rows = 2 * Math.ceil(reach / step) + 1;
  const profile = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const offset = (row - (rows - 1) / 2) * step;
    for (let x = from; x < to; x += 1) {
      const y = line.middleY + line.slope * x + offset;
      const edge = Math.abs(lumaAt(picture, x + 1, y) - lumaAt(picture, x - 1, y));
      profile[row] = (profile[row] ?? 0) + Math.min(EDGE_CAP, edge);
    }
  }
  return profile;
};

/** Mean upright edge per pixel of a line's band between two columns. */
export const edgesIn = (
  picture: LevelPicture,
  line: TextLine,
  from: number,
  to: number,
): number => {
  const rows = rowProfile(picture, line, Math.round(from), Math.round(to), line.heightPx / 2, 1);
  return (
    rows.reduce((sum, row) => sum + row, 0) /
    (rows.length * Math.max(1, Math.round(to) - Math.round(from)))
  );
};

/** Where a profile rises to half and falls from it, around its middle, in steps from the middle. */
const halfHeights = (profile: Float64Array): { upper: number; lower: number } => {
  const middle = (profile.length - 1) / 2;
  const sorted = profile.toSorted();
  const high = sorted[Math.floor(sorted.length * 0.8)] ?? 0;
  const low = sorted[Math.floor(sorted.length * 0.08)] ?? 0;
  const half = (high + low) / 2;
  const walk = (direction: 1 | -1): number => {
    let at = middle;
    while (at > 0 && at < profile.length - 1 && (profile[at] ?? 0) > half) at += direction;
    const outside = profile[at] ?? 0;
    const inside = profile[at - direction] ?? 0;
    const part = inside > half && inside > outside ? (inside - half) / (inside - outside) : 0;
    return at - direction + direction * part - middle;
  };
  return { upper: walk(-1), lower: walk(1) };
};

/** The line with its band fitted to a fraction of a pixel, in each half on its own. */
const fitBand = (picture: LevelPicture, line: TextLine): TextLine => {
  const step = 0.5;
  const centre = (line.left + line.right) / 2;
  const fit = (from: number, to: number) => {
    const profile = rowProfile(picture, line, from, to, line.heightPx * 0.95, step);
    const { upper, lower } = halfHeights(profile);
    return { offset: ((upper + lower) / 2) * step, heightPx: (lower - upper) * step };
  };
  const one = fit(line.left, centre);
  const other = fit(centre, line.right);
  const tilt = (other.offset - one.offset) / (centre - line.left);
  const slope = line.slope + tilt;
  const lift = (one.offset + other.offset) / 2;
  return {
    ...line,
    slope,
    middleY: line.middleY + lift - tilt * centre,
    heightPx: (one.heightPx + other.heightPx) / 2,
  };
};

/** Ink per column of the band, its slow changes taken off. */
const inkOf = (picture: LevelPicture, line: TextLine): Float64Array => {
  const width = Math.max(1, Math.round(line.right - line.left));
  const ink = new Float64Array(width);
  const rows = Math.max(4, Math.round(line.heightPx));
  for (let column = 0; column < width; column += 1) {
    const x = line.left + column + 0.5;
    const middle = line.middleY + line.slope * x;
    for (let row = 0; row < rows; row += 1) {
      const y = middle + ((row + 0.5) / rows - 0.5) * line.heightPx;
      ink[column] = (ink[column] ?? 0) - lumaAt(picture, x, y) / rows;
    }
  }
  const reach = Math.round(line.heightPx * 1.2);
  const sums = new Float64Array(width + 1);
  for (let column = 0; column < width; column += 1) {
    sums[column + 1] = (sums[column] ?? 0) + (ink[column] ?? 0);
  }
  return ink.map((value, column) => {
    const from = Math.max(0, column - reach);
    const to = Math.min(width, column + reach + 1);
    return value - ((sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from);
  });
};

/** Power of a signal at a period, as a share of all its power. */
const powerAt = (signal: Float64Array, periodPx: number, total: number): number => {
  const cos = Math.cos((2 * Math.PI) / periodPx);
  const sin = Math.sin((2 * Math.PI) / periodPx);
  let c = 1;
  let s = 0;
  let real = 0;
  let imaginary = 0;
  for (let at = 0; at < signal.length; at += 1) {
    const value = signal[at] ?? 0;
    real += value * c;
    imaginary += value * s;
    const next = c * cos - s * sin;
    s = s * cos + c * sin;
    c = next;
  }
  return (2 * (real * real + imaginary * imaginary)) / (signal.length * total);
};

/** Fits the line's band and tries every pitch its height allows. */
export const measureLine = (picture: LevelPicture, found: TextLine): MeasuredLine => {
  const line = fitBand(picture, found);
  const ink = inkOf(picture, line);
  const total = ink.reduce((sum, value) => sum + value * value, 1e-9);
  const spectrum = Float32Array.from(PITCHES_PX, (pitchPx) => {
    const heights = pitchPx / line.heightPx;
    if (heights < PITCH_HEIGHTS.least || heights > PITCH_HEIGHTS.most) return 0;
    return powerAt(ink, pitchPx, total);
  });
  return { ...line, spectrum };
};
