/** Moves the corners of a quad onto the edges of the frame at full resolution, below a pixel. */
import type { Point, Quad } from '../geometry.ts';
import type { Raster } from '../raster.ts';

/** A quad with how much of each side was found where it lies, 0…1: top, right, bottom, left. */
export interface Refined {
  readonly quad: Quad;
  readonly found: readonly number[];
}

const PLACES = 40;
/** Ends of a side that are not looked at: cards have round corners. */
const ROUND = 0.07;
/** Means of this many pixels on either side of an edge are compared. */
const HALF = 3;
/** The sum of a step over three pixels and three colours that is no noise. */
const MIN_STEP = 14;
/** Nearer edges win over a little stronger ones further off. */
const DISTANCE_COST = 0.35;
const ROUNDS = 5;

interface Fit {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
  readonly found: number;
}

const profile = new Float32Array(3 * 256);

/** Reads the colours across a place; false where they leave the frame. */
const readAcross = (
  { data, widthPx, heightPx, channels }: Raster,
  x: number,
  y: number,
  nx: number,
  ny: number,
  reach: number,
): boolean => {
  for (let step = -reach; step <= reach; step += 1) {
    const column = Math.round(x + nx * step - 0.5);
    const row = Math.round(y + ny * step - 0.5);
    if (column < 0 || row < 0 || column >= widthPx || row >= heightPx) return false;
    const from = (row * widthPx + column) * channels;
    const to = (step + reach) * 3;
    profile[to] = data[from] ?? 0;
    profile[to + 1] = data[channels === 4 ? from + 1 : from] ?? 0;
    profile[to + 2] = data[channels === 4 ? from + 2 : from] ?? 0;
  }
  return true;
};

/** Size of the step at a place of the profile, over all colours. */
const stepAt = (at: number): number => {
  let size = 0;
  for (let colour = 0; colour < 3; colour += 1) {
    let step = 0;
    for (let k = 1; k <= HALF; k += 1)
      step += (profile[(at + k) * 3 + colour] ?? 0) - (profile[(at - k) * 3 + colour] ?? 0);
    size += Math.abs(step);
  }
  return size / HALF;
};

/** Offset of the strongest edge from the middle of the profile, and its size. */
const edgeAcross = (reach: number): { offset: number; size: number } => {
  let best = 0;
  let bestSize = 0;
  let bestValue = 0;
  for (let offset = HALF - reach; offset <= reach - HALF; offset += 1) {
    const size = stepAt(offset + reach);
    const value = size * (1 - (DISTANCE_COST * Math.abs(offset)) / reach);
    if (value > bestValue) {
      best = offset;
      bestSize = size;
      bestValue = value;
    }
  }
  const before = stepAt(best + reach - 1);
  const after = stepAt(best + reach + 1);
  const bend = before - 2 * bestSize + after;
  const isInside = Math.abs(best) < reach - HALF && bend < 0;
  return { offset: isInside ? best + (0.5 * (before - after)) / bend : best, size: bestSize };
};

/** Line through the edge points of a side, robust against those of other edges. */
const fitSide = (frame: Raster, from: Point, to: Point, reachPx: number): Fit => {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const dx = (to.x - from.x) / length;
  const dy = (to.y - from.y) / length;
  const reach = Math.min(100, Math.ceil(reachPx) + HALF);
  const along: number[] = [];
  const across: number[] = [];
  const sizes: number[] = [];
  let read = 0;
  for (let place = 0; place < PLACES; place += 1) {
    const u = length * (ROUND + ((1 - 2 * ROUND) * place) / (PLACES - 1));
    if (!readAcross(frame, from.x + dx * u, from.y + dy * u, -dy, dx, reach)) continue;
    read += 1;
    const { offset, size } = edgeAcross(reach);
    if (size < MIN_STEP) continue;
    along.push(u);
    across.push(offset);
    sizes.push(Math.min(1, size / 60));
  }
  if (along.length < PLACES / 5) return { ...from, dx, dy, found: 0 };
  let slope = 0;
  let rise = 0;
  let weights = sizes;
  for (let round = 0; round < ROUNDS; round += 1) {
    let sum = 0;
    let su = 0;
    let sv = 0;
    let suu = 0;
    let suv = 0;
    for (const [index, u] of along.entries()) {
      const weight = weights[index] ?? 0;
      const v = across[index] ?? 0;
      sum += weight;
      su += weight * u;
      sv += weight * v;
      suu += weight * u * u;
      suv += weight * u * v;
    }
    const spread = sum * suu - su * su;
    if (!(spread > 0)) break;
    slope = (sum * suv - su * sv) / spread;
    rise = (sv - slope * su) / sum;
    const scale = Math.max(0.7, reachPx / 2 / (round + 1));
    weights = sizes.map((size, index) => {
      const off = ((across[index] ?? 0) - rise - slope * (along[index] ?? 0)) / scale;
      return size / (1 + off * off) ** 2;
    });
  }
  const near = Math.max(1.5, reachPx / 4);
  const hits = along.filter(
    (u, index) => Math.abs((across[index] ?? 0) - rise - slope * u) <= near,
  ).length;
  const turned = Math.hypot(1, slope);
  return {
    x: from.x - dy * rise,
    y: from.y + dx * rise,
    dx: (dx - dy * slope) / turned,
    dy: (dy + dx * slope) / turned,
    found: hits / Math.max(read, PLACES / 2),
  };
};

const meet = (a: Fit, b: Fit): Point | undefined => {
  const cross = a.dx * b.dy - a.dy * b.dx;
  if (Math.abs(cross) < 0.2) return undefined;
  const t = ((b.x - a.x) * b.dy - (b.y - a.y) * b.dx) / cross;
  return { x: a.x + a.dx * t, y: a.y + a.dy * t };
};

/**
 * The quad moved onto the edges within `reachPx` of its sides. A corner that would move further than
 * three times that stays.
 */
export const refineQuad = (frame: Raster, quad: Quad, reachPx: number): Refined => {
  const [a, b, c, d] = quad;
  const top = fitSide(frame, a, b, reachPx);
  const right = fitSide(frame, b, c, reachPx);
  const bottom = fitSide(frame, c, d, reachPx);
  const left = fitSide(frame, d, a, reachPx);
  const moved = (corner: Point, one: Fit, other: Fit): Point => {
    const met = meet(one, other);
    if (met === undefined) return corner;
    return Math.hypot(met.x - corner.x, met.y - corner.y) > 3 * reachPx ? corner : met;
  };
  return {
    quad: [
      moved(a, left, top),
      moved(b, top, right),
      moved(c, right, bottom),
      moved(d, bottom, left),
    ],
    found: [top.found, right.found, bottom.found, left.found],
  };
};
