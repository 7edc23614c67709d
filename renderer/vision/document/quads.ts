/**
 * Puts lines together to quads and keeps the best. Bounded: MAX_LINES lines have at most so many
 * crossings, and no more than MAX_WEIGHED quads are weighed, strongest lines first.
 */
import type { Crossings } from './crossings.ts';
import type { Line } from './lines.ts';
import { areOpposite, overrunOf, scoreOf, sideSupport, type SideEvidence } from './sides.ts';

/** Four corners at working size in going round, with the evidence of its sides. */
export interface Candidate extends SideEvidence {
  /** x0, y0 … x3, y3. */
  readonly corners: readonly number[];
  readonly score: number;
}

const MAX_WEIGHED = 40_000;
const KEPT = 10;
/** Candidates with centres this near and areas this alike are one. */
const SAME_PX = 2.5;
const SAME_AREA = 0.05;

/** Of the shorter side of the frame: nothing narrower is a document held to a camera. */
const MIN_SIDE = 0.09;
/** Of the frame. */
const MIN_AREA = 0.03;
/** Of the longer of two opposite sides, by perspective. */
const MIN_TAPER = 0.55;
/** A side that shows less of itself than this is none, whatever covers it. */
const MIN_SUPPORT = 0.25;
/** Of all four together. */
const MIN_SUPPORT_SUM = 1.8;

const corners = new Float64Array(8);
const lengths = new Float64Array(4);

/** Area of the scratch corners; 0 where they are not convex or taper too much. */
const shapeArea = (): number => {
  let doubled = 0;
  let sign = 0;
  for (let k = 0; k < 4; k += 1) {
    const ax = corners[2 * k] ?? 0;
    const ay = corners[2 * k + 1] ?? 0;
    const bx = corners[(2 * k + 2) & 7] ?? 0;
    const by = corners[(2 * k + 3) & 7] ?? 0;
    const cx = corners[(2 * k + 4) & 7] ?? 0;
    const cy = corners[(2 * k + 5) & 7] ?? 0;
    doubled += ax * by - ay * bx;
    const z = Math.sign((bx - ax) * (cy - by) - (by - ay) * (cx - bx));
    if (sign !== 0 && z !== sign) return 0;
    sign = z;
    lengths[k] = Math.sqrt((bx - ax) ** 2 + (by - ay) ** 2);
  }
  for (let k = 0; k < 2; k += 1) {
    const a = lengths[k] ?? 0;
    const b = lengths[k + 2] ?? 0;
    if (Math.min(a, b) < MIN_TAPER * Math.max(a, b)) return 0;
  }
  return Math.abs(doubled) / 2;
};

/** Documents are between nearly square and a long receipt: 0 within, growing outside. */
const aspectPenalty = (aspect: number): number =>
  Math.max(0, Math.log(aspect / 3)) + Math.max(0, Math.log(1.25 / aspect)) * 0.5;

const shapePenalty = (): number => {
  const across = (lengths[0] ?? 0) + (lengths[2] ?? 0);
  const down = (lengths[1] ?? 0) + (lengths[3] ?? 0);
  return aspectPenalty(Math.max(across / down, down / across));
};

const centreOf = ({ corners: c }: Candidate): readonly [number, number] => [
  ((c[0] ?? 0) + (c[2] ?? 0) + (c[4] ?? 0) + (c[6] ?? 0)) / 4,
  ((c[1] ?? 0) + (c[3] ?? 0) + (c[5] ?? 0) + (c[7] ?? 0)) / 4,
];

/** Whether two candidates are one document seen twice. */
const isSame = (one: Candidate, other: Candidate): boolean => {
  const [ax, ay] = centreOf(one);
  const [bx, by] = centreOf(other);
  return (
    Math.hypot(ax - bx, ay - by) < SAME_PX && Math.abs(Math.log(one.area / other.area)) < SAME_AREA
  );
};

/** Puts a candidate in its place among the best, once. */
const keep = (kept: Candidate[], candidate: Candidate): void => {
  const twin = kept.findIndex((other) => isSame(candidate, other));
  if (twin !== -1) {
    if ((kept[twin]?.score ?? 0) >= candidate.score) return;
    kept.splice(twin, 1);
  } else if (kept.length === KEPT) kept.pop();
  const place = kept.findIndex((other) => other.score < candidate.score);
  kept.splice(place === -1 ? kept.length : place, 0, candidate);
};

/** Lines after `first` that cross both sides inside the frame and show an edge between them. */
const crossingBoth = (
  lines: readonly Line[],
  { isCorner, along }: Crossings,
  first: number,
  second: number,
  into: Int32Array,
  support: Float64Array,
): number => {
  const n = lines.length;
  let count = 0;
  for (let index = first + 1; index < n; index += 1) {
    if (isCorner[first * n + index] === 0 || isCorner[second * n + index] === 0) continue;
    const line = lines[index];
    if (line === undefined) continue;
    const shown = sideSupport(line, along[index * n + first] ?? 0, along[index * n + second] ?? 0);
    if (shown < MIN_SUPPORT) continue;
    into[count] = index;
    support[count] = shown;
    count += 1;
  }
  return count;
};

/** The best quads, best first. */
export const quadsOf = (
  lines: readonly Line[],
  crossings: Crossings,
  widthPx: number,
  heightPx: number,
): readonly Candidate[] => {
  const n = lines.length;
  const { x, y, along } = crossings;
  const frame = widthPx * heightPx;
  const least = MIN_SIDE * Math.min(widthPx, heightPx);
  const across = new Int32Array(n);
  const shown = new Float64Array(n);
  const kept: Candidate[] = [];
  let weighed = 0;
  const corner = (at: number, one: number, other: number): void => {
    corners[at] = x[one * n + other] ?? 0;
    corners[at + 1] = y[one * n + other] ?? 0;
  };
  for (const [a, first] of lines.entries())
    for (let b = a + 1; b < n; b += 1) {
      const opposite = lines[b];
      if (opposite === undefined || !areOpposite(first, opposite, least)) continue;
      const count = crossingBoth(lines, crossings, a, b, across, shown);
      for (let i = 0; i < count; i += 1)
        for (let j = i + 1; j < count; j += 1) {
          const c = across[i] ?? 0;
          const d = across[j] ?? 0;
          const third = lines[c];
          const fourth = lines[d];
          if (third === undefined || fourth === undefined) continue;
          const ac = along[a * n + c] ?? 0;
          const ad = along[a * n + d] ?? 0;
          const bc = along[b * n + c] ?? 0;
          const bd = along[b * n + d] ?? 0;
          if (Math.abs(ac - ad) < least || Math.abs(bc - bd) < least) continue;
          const onFirst = sideSupport(first, ac, ad);
          if (onFirst < MIN_SUPPORT) continue;
          const onSecond = sideSupport(opposite, bc, bd);
          if (onSecond < MIN_SUPPORT) continue;
          const onThird = shown[i] ?? 0;
          const onFourth = shown[j] ?? 0;
          const sum = onFirst + onSecond + onThird + onFourth;
          if (sum < MIN_SUPPORT_SUM) continue;
          corner(0, a, c);
          corner(2, a, d);
          corner(4, b, d);
          corner(6, b, c);
          const area = shapeArea() / frame;
          if (area < MIN_AREA) continue;
          if (weighed >= MAX_WEIGHED) return kept;
          weighed += 1;
          const [l0 = 0, l1 = 0, l2 = 0, l3 = 0] = lengths;
          const total =
            (onFirst * l0 + onFourth * l1 + onSecond * l2 + onThird * l3) / (l0 + l1 + l2 + l3);
          const weakest = Math.min(onFirst, onSecond, onThird, onFourth);
          const second = Math.min(
            Math.max(onFirst, onSecond),
            Math.max(onThird, onFourth),
            Math.max(Math.min(onFirst, onSecond), Math.min(onThird, onFourth)),
          );
          const sides = { total, weakest, second, overrun: 0, area, penalty: shapePenalty() };
          const worst = kept.length === KEPT ? (kept.at(-1)?.score ?? 0) : 0;
          // The most it can still reach, before the dearer part.
          if (scoreOf(sides) <= worst) continue;
          const overrun =
            overrunOf(first, ac, ad) +
            overrunOf(opposite, bc, bd) +
            overrunOf(third, along[c * n + a] ?? 0, along[c * n + b] ?? 0) +
            overrunOf(fourth, along[d * n + a] ?? 0, along[d * n + b] ?? 0);
          const score = scoreOf({ ...sides, overrun });
          if (score > worst) keep(kept, { ...sides, overrun, score, corners: [...corners] });
        }
    }
  return kept;
};
