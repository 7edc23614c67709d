/**
 * Owns measuring where a PDF417 lies in a picture of it whose rows run nearly level: the line along its
 * middle, and its four sides. Never samples a picture.
 */
import type { Point, Quad } from '../geometry.ts';
import type { GreyRaster } from '../luma.ts';

/** Bands in which a side is sought. */
const BANDS = 20;
/** Rows are off by at most this slope where bars say they are level: perspective of a hand-held camera. */
const MAX_SLOPE = 0.25;
const SLOPE_STEP = 0.01;
/** Every third column suffices for the slope. */
const COLUMN_STEP = 3;

/** Strength of upright edges, summed down: `[row + 1][column]`. */
export const edgeSums = ({ widthPx, heightPx, data }: GreyRaster): Float64Array => {
  const sums = new Float64Array((heightPx + 1) * widthPx);
  for (let row = 0; row < heightPx; row += 1) {
    for (let column = 0; column < widthPx; column += 1) {
      const at = row * widthPx + column;
      const isInside = column > 0 && column < widthPx - 1;
      const edge = isInside ? Math.abs((data[at + 1] ?? 0) - (data[at - 1] ?? 0)) : 0;
      sums[at + widthPx] = (sums[at] ?? 0) + edge;
    }
  }
  return sums;
};

/**
 * First and last place of the run around `start` where a profile stays above a share of its body, which
 * is what all but the highest tenth stay below.
 */
const runOf = (
  profile: Float64Array,
  start: number,
  share: number,
  maxGap: number,
): readonly [number, number] => {
  const body = profile.toSorted()[Math.floor(profile.length * 0.9)] ?? 0;
  const floor = body * share;
  const walk = (direction: 1 | -1): number => {
    let end = Math.min(profile.length - 1, Math.max(0, Math.round(start)));
    for (let at = end; at >= 0 && at < profile.length; at += direction) {
      if ((profile[at] ?? 0) >= floor) end = at;
      else if (Math.abs(at - end) > maxGap) break;
    }
    return end;
  };
  return [walk(-1), walk(1)];
};

const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** Value at 0 and slope of a line through points, from the median of all slopes (Theil, Sen). */
const robustLine = (
  points: readonly Point[],
): { readonly base: number; readonly slope: number } => {
  const slopes = points.flatMap((one, index) =>
    points
      .slice(index + 1)
      .filter((other) => other.x !== one.x)
      .map((other) => (other.y - one.y) / (other.x - one.x)),
  );
  const slope = medianOf(slopes);
  return { base: medianOf(points.map(({ x, y }) => y - slope * x)), slope };
};

/** Middle of the heaviest eighth: a line of small print may have a higher peak than a code, but not its height. */
const heaviestIn = (profile: Float64Array): number => {
  const length = Math.max(1, profile.length >> 3);
  let sum = 0;
  let best = { sum: -1, at: profile.length >> 1 };
  for (let at = 0; at < profile.length; at += 1) {
    sum += (profile[at] ?? 0) - (profile[at - length] ?? 0);
    if (sum > best.sum) best = { sum, at: at - (length >> 1) };
  }
  return best.at;
};

/** The line along the middle of the code: y at the middle column, and slope. */
export interface Axis {
  readonly middleY: number;
  readonly slope: number;
}

/**
 * The line along which edges gather most: rows of a code lie in one band when read along them, and are
 * smeared over many otherwise. The direction of single bars says less: perspective slants them.
 */
export const axisIn = ({ widthPx, heightPx }: GreyRaster, sums: Float64Array): Axis => {
  let best = { middleY: heightPx / 2, slope: 0, score: -1 };
  for (let slope = -MAX_SLOPE; slope <= MAX_SLOPE; slope += SLOPE_STEP) {
    const profile = new Float64Array(heightPx);
    for (let column = 1; column < widthPx; column += COLUMN_STEP) {
      const shift = Math.round((column - widthPx / 2) * slope);
      const from = Math.max(0, -shift);
      const to = Math.min(heightPx, heightPx - shift);
      for (let row = from; row < to; row += 1) {
        const at = (row + shift) * widthPx + column;
        profile[row] = (profile[row] ?? 0) + (sums[at + widthPx] ?? 0) - (sums[at] ?? 0);
      }
    }
    const score = profile.reduce((sum, value) => sum + value * value, 0);
    if (score <= best.score) continue;
    const [first, last] = runOf(profile, heaviestIn(profile), 0.5, heightPx / 30);
    best = { middleY: (first + last + 1) / 2, slope, score };
  }
  return best;
};

/** The four sides of the code in a cut-out where its rows run nearly level. */
export const cornersIn = (cut: GreyRaster, sums: Float64Array, axis: Axis): Quad => {
  const { widthPx, heightPx } = cut;
  const meanBetween = (column: number, top: number, bottom: number): number =>
    ((sums[bottom * widthPx + column] ?? 0) - (sums[top * widthPx + column] ?? 0)) /
    Math.max(1, bottom - top);
  const tops: Point[] = [];
  const bottoms: Point[] = [];
  for (let band = 3; band < BANDS - 3; band += 1) {
    const from = Math.floor((band * widthPx) / BANDS);
    const to = Math.floor(((band + 1) * widthPx) / BANDS);
    const profile = new Float64Array(heightPx);
    for (let row = 0; row < heightPx; row += 1) {
      for (let column = from; column < to; column += 1) {
        profile[row] = (profile[row] ?? 0) + meanBetween(column, row, row + 1);
      }
    }
    const start = axis.middleY + axis.slope * ((from + to) / 2 - widthPx / 2);
    const [top, bottom] = runOf(profile, start, 0.35, heightPx / 30);
    tops.push({ x: (from + to) / 2, y: top });
    bottoms.push({ x: (from + to) / 2, y: bottom + 1 });
  }
  const upper = robustLine(tops);
  const lower = robustLine(bottoms);
  const lefts: Point[] = [];
  const rights: Point[] = [];
  for (let band = 1; band < BANDS - 1; band += 1) {
    const rowAt = (share: number, column: number): number => {
      const top = upper.base + upper.slope * column;
      const bottom = lower.base + lower.slope * column;
      return Math.min(heightPx, Math.max(0, Math.round(top + (bottom - top) * share)));
    };
    const profile = new Float64Array(widthPx);
    for (let column = 0; column < widthPx; column += 1) {
      const near = Math.round(widthPx / 120);
      for (
        let at = Math.max(0, column - near);
        at <= Math.min(widthPx - 1, column + near);
        at += 1
      ) {
        const edge = meanBetween(at, rowAt(band / BANDS, at), rowAt((band + 1) / BANDS, at));
        profile[column] = Math.max(profile[column] ?? 0, edge);
      }
    }
    const [left, right] = runOf(profile, widthPx / 2, 0.3, widthPx / 14);
    const middle = (column: number): number => rowAt((band + 0.5) / BANDS, column);
    lefts.push({ x: middle(left), y: left });
    rights.push({ x: middle(right), y: right });
  }
  const leftLine = robustLine(lefts);
  const rightLine = robustLine(rights);
  /** Where x = side(y) and y = edge(x) meet. */
  const meet = (side: typeof leftLine, edge: typeof upper): Point => {
    const x = (side.base + side.slope * edge.base) / (1 - side.slope * edge.slope);
    return { x, y: edge.base + edge.slope * x };
  };
  return [
    meet(leftLine, upper),
    meet(rightLine, upper),
    meet(rightLine, lower),
    meet(leftLine, lower),
  ];
};
