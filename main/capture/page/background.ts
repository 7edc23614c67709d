/**
 * What lies behind the documents: the scanner's lid, whatever its colour, unevenly lit; and which
 * pixels are something else. Must never assume white.
 */
import { emptyMask, setPixel, type Mask } from './mask.ts';
import type { Thumbnail } from './thumbnail.ts';

/** A colour as three channels, 0…255. */
type Colour = readonly [red: number, green: number, blue: number];

/** Luma of a lid as a surface of second degree over the page, and its tint. */
export interface Background {
  readonly colour: Colour;
  /** Luma at x and y in shares of the page, −1…1: 1, x, y, x², xy, y². */
  readonly surface: readonly number[];
  /** Standard deviation of the noise. */
  readonly noise: number;
}

/** Width of the border where the lid is looked for first. */
const RING_MM = 5;
/** How far the lid's luma may lie from its most frequent one: lamps fall off towards the sides. */
const LID_SPREAD = 12;
/** Two findings of the most frequent luma that are no nearer are two kinds of background. */
const SAME_LID = 16;
/** Every so many pixels each way are enough to fit six numbers. */
const STRIDE = 5;
const HISTOGRAM_STRIDE = 2;
/**
 * Difference from the lid that makes a pixel something else, in standard deviations and levels of 255.
 * The lower bound: JPEG's own blocks; the upper: a lid with a pattern must not hide a card.
 */
const NOISES = 4;
const MIN_DIFFERENCE = 3;
const MAX_DIFFERENCE = 16;
/** Each fit leaves out what the one before finds odd: white cards on a white lid pull at the first. */
const FIT_PASSES = 3;
/** Standard deviation of a normal distribution over its median absolute deviation. */
const SIGMA_OF_MAD = 1.4826;

/** Weights of ITU-R BT.601. */
const lumaOf = (rgb: Uint8Array, at: number): number =>
  0.299 * (rgb[at] ?? 0) + 0.587 * (rgb[at + 1] ?? 0) + 0.114 * (rgb[at + 2] ?? 0);

/** The most frequent luma, of bins five levels wide. */
const modeOf = (histogram: Uint32Array): number => {
  let best = 0;
  let most = -1;
  for (let level = 0; level < 256; level += 1) {
    let count = 0;
    for (let near = -2; near <= 2; near += 1) count += histogram[level + near] ?? 0;
    if (count > most) {
      most = count;
      best = level;
    }
  }
  return best;
};

/** Solves a small set of linear equations by elimination with pivots; null where there is no answer. */
const solve = (rows: number[][]): number[] | null => {
  const size = rows.length;
  for (let column = 0; column < size; column += 1) {
    const pivot = rows
      .slice(column)
      .reduce((best, row) =>
        Math.abs(row[column] ?? 0) > Math.abs(best[column] ?? 0) ? row : best,
      );
    const scale = pivot[column] ?? 0;
    if (Math.abs(scale) < 1e-9) return null;
    const from = rows.indexOf(pivot);
    const swapped = rows[column];
    if (swapped === undefined) return null;
    rows[from] = swapped;
    rows[column] = pivot;
    for (const row of rows) {
      if (row === pivot) continue;
      const factor = (row[column] ?? 0) / scale;
      for (let place = column; place <= size; place += 1)
        row[place] = (row[place] ?? 0) - factor * (pivot[place] ?? 0);
    }
  }
  return rows.map((row, index) => (row[size] ?? 0) / (row[index] ?? 1));
};

/** Powers of x and y in the terms of a surface. */
const POWERS: readonly (readonly [x: number, y: number])[] = [
  [0, 0],
  [1, 0],
  [0, 1],
  [2, 0],
  [1, 1],
  [0, 2],
];

const surfaceAt = (surface: readonly number[], x: number, y: number): number =>
  (surface[0] ?? 0) +
  (surface[1] ?? 0) * x +
  (surface[2] ?? 0) * y +
  (surface[3] ?? 0) * x * x +
  (surface[4] ?? 0) * x * y +
  (surface[5] ?? 0) * y * y;

/** Bins of a tenth of a level: as exact as a median need be. */
const OFF_BINS = 10 * LID_SPREAD + 1;

const medianOf = (bins: Uint32Array, count: number): number => {
  let seen = 0;
  const middle = bins.findIndex((inBin) => (seen += inBin) * 2 >= count);
  return Math.max(0, middle) / 10;
};

/** Sums over the pixels that belong to the lid: what a surface is fitted to, and how well the last one did. */
interface LidSums {
  /** Of x^i · y^j at `5 · i + j`, and of luma · x^i · y^j at `3 · i + j`. */
  readonly places: Float64Array;
  readonly lumas: Float64Array;
  readonly offs: Uint32Array;
  readonly tint: Float64Array;
  readonly count: number;
}

/** Adds the powers of one row, whose y is the same all along. */
const addRow = (into: Float64Array, powers: Float64Array, most: number, y: number): void => {
  for (let i = 0; i < most; i += 1)
    for (let j = 0, part = powers[i] ?? 0; j < most; j += 1, part *= y)
      into[most * i + j] = (into[most * i + j] ?? 0) + part;
};

/** Sums over the pixels whose luma is within `spread` of the surface. */
const sumLid = (
  { smoothRgb: rgb, widthPx, heightPx }: Thumbnail,
  surface: readonly number[],
  spread: number,
): LidSums => {
  const places = new Float64Array(25);
  const lumas = new Float64Array(9);
  const offs = new Uint32Array(OFF_BINS);
  const tint = new Float64Array(3);
  const inRow = new Float64Array(5);
  const lumaInRow = new Float64Array(3);
  let count = 0;
  for (let row = 0; row < heightPx; row += STRIDE) {
    const y = (2 * row) / heightPx - 1;
    inRow.fill(0);
    lumaInRow.fill(0);
    for (let column = 0; column < widthPx; column += STRIDE) {
      const at = (row * widthPx + column) * 3;
      const luma = lumaOf(rgb, at);
      const x = (2 * column) / widthPx - 1;
      const off = Math.abs(luma - surfaceAt(surface, x, y));
      if (off > spread) continue;
      const bin = Math.floor(off * 10);
      offs[bin] = (offs[bin] ?? 0) + 1;
      count += 1;
      for (let i = 0, power = 1; i < 5; i += 1, power *= x) {
        inRow[i] = (inRow[i] ?? 0) + power;
        if (i < 3) lumaInRow[i] = (lumaInRow[i] ?? 0) + power * luma;
      }
      for (let channel = 0; channel < 3; channel += 1)
        tint[channel] = (tint[channel] ?? 0) + (rgb[at + channel] ?? 0);
    }
    addRow(places, inRow, 5, y);
    addRow(lumas, lumaInRow, 3, y);
  }
  return { places, lumas, offs, tint, count };
};

/** The surface nearest to all pixels (least squares); null where they tell too little. */
const surfaceThrough = ({ places, lumas }: LidSums): readonly number[] | null =>
  solve(
    POWERS.map(([x, y]) => [
      ...POWERS.map(([otherX, otherY]) => places[5 * (x + otherX) + y + otherY] ?? 0),
      lumas[3 * x + y] ?? 0,
    ]),
  );

/** Luma near one level, as a surface over the page. */
const fitLid = (page: Thumbnail, level: number): Background => {
  let lid: Background = { colour: [level, level, level], surface: [level], noise: 0 };
  let spread = LID_SPREAD;
  for (let pass = 0; pass < FIT_PASSES; pass += 1) {
    const sums = sumLid(page, lid.surface, spread);
    const noise = SIGMA_OF_MAD * medianOf(sums.offs, sums.count);
    const [red = 0, green = 0, blue = 0] = sums.tint.map((sum) => sum / Math.max(1, sums.count));
    lid = { colour: [red, green, blue], surface: surfaceThrough(sums) ?? lid.surface, noise };
    spread = Math.max(3, 3 * noise);
  }
  return lid;
};

/** Histogram of luma; of the page's border alone where `ringPx` is less than half of it. */
const histogramOf = (page: Thumbnail, ringPx: number): Uint32Array => {
  const { smoothRgb: rgb, widthPx, heightPx } = page;
  const histogram = new Uint32Array(256);
  for (let row = 0; row < heightPx; row += HISTOGRAM_STRIDE) {
    const isBorderRow = row < ringPx || row >= heightPx - ringPx;
    for (let column = 0; column < widthPx; column += HISTOGRAM_STRIDE) {
      if (!isBorderRow && column >= ringPx && column < widthPx - ringPx) continue;
      const level = Math.round(lumaOf(rgb, (row * widthPx + column) * 3));
      histogram[level] = (histogram[level] ?? 0) + 1;
    }
  }
  return histogram;
};

/** What the lid may be, likeliest first: the colour of the page's border, and that of most of the page. */
export const backgroundsOf = (page: Thumbnail): readonly Background[] => {
  const border = modeOf(histogramOf(page, Math.round(RING_MM * page.pxPerMm)));
  const most = modeOf(histogramOf(page, Math.max(page.widthPx, page.heightPx)));
  const levels = Math.abs(border - most) < SAME_LID ? [border] : [border, most];
  return levels.map((level) => fitLid(page, level));
};

/** Pixels that are not the lid. */
export const differentFrom = (
  { smoothRgb: rgb, widthPx, heightPx }: Thumbnail,
  { colour, surface, noise }: Background,
): Mask => {
  const limit = Math.min(MAX_DIFFERENCE, Math.max(MIN_DIFFERENCE, NOISES * noise));
  const grey = 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2];
  const tint = colour.map((value) => value - grey);
  const [red = 0, green = 0, blue = 0] = tint;
  const mask = emptyMask(widthPx, heightPx);
  const [s0 = 0, sx = 0, sy = 0, sxx = 0, sxy = 0, syy = 0] = surface;
  let at = 0;
  for (let row = 0; row < heightPx; row += 1) {
    const y = (2 * row) / heightPx - 1;
    const inRow = s0 + sy * y + syy * y * y;
    const slope = sx + sxy * y;
    for (let column = 0; column < widthPx; column += 1, at += 3) {
      const x = (2 * column) / widthPx - 1;
      const lid = inRow + x * (slope + sxx * x);
      const isDifferent =
        Math.abs((rgb[at] ?? 0) - lid - red) > limit ||
        Math.abs((rgb[at + 1] ?? 0) - lid - green) > limit ||
        Math.abs((rgb[at + 2] ?? 0) - lid - blue) > limit;
      if (isDifferent) setPixel(mask, column, row);
    }
  }
  return mask;
};
