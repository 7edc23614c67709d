/**
 * Looks for a document that the frame cuts off: two sides that run into the same border of the frame
 * and a third that joins them. Its inner rectangles must never pass for the document.
 */
import type { Crossings } from './crossings.ts';
import { overrunOf, sideSupport, areOpposite, scoreOf } from './sides.ts';
import type { Line } from './lines.ts';

export type Border = 'left' | 'top' | 'right' | 'bottom';

export interface CutDocument {
  readonly border: Border;
  readonly score: number;
  /** Where the open shape lies: x0, y0 … x3, y3. */
  readonly corners: readonly number[];
}

/** A side that shows less of itself is none: stricter than for whole documents, as one side is missing. */
const MIN_SUPPORT = 0.5;
/** No edges are found this near to the border. */
const BLIND_PX = 4;
/** Of the shorter side of the frame, as in quads.ts. */
const MIN_SIDE = 0.09;

/** Position along a line where it leaves the frame at a border; NaN where it leaves elsewhere. */
const leavesAt = (line: Line, border: Border, w: number, h: number): number => {
  const { cos, sin, rho } = line;
  if (border === 'left' || border === 'right') {
    const x = border === 'left' ? 0 : w;
    const y = (rho - x * cos) / sin;
    return y >= 0 && y <= h ? y * cos - x * sin : Number.NaN;
  }
  const y = border === 'top' ? 0 : h;
  const x = (rho - y * sin) / cos;
  return x >= 0 && x <= w ? y * cos - x * sin : Number.NaN;
};

const BORDERS: readonly Border[] = ['left', 'top', 'right', 'bottom'];

/** One of the two sides that run into the border: from the closing side to where it leaves the frame. */
interface Rail {
  readonly line: Line;
  readonly start: number;
  readonly end: number;
  readonly support: number;
}

/** The side that joins the rails, between them. */
interface Closing {
  readonly line: Line;
  readonly from: number;
  readonly to: number;
  readonly support: number;
}

const pointOn = ({ cos, sin, rho }: Line, along: number): readonly [number, number] => [
  cos * rho - sin * along,
  sin * rho + cos * along,
];

/** The open shape of two rails and their closing side. */
const openShape = (
  border: Border,
  one: Rail,
  other: Rail,
  closing: Closing,
  framePx: number,
): CutDocument => {
  const corners = [
    ...pointOn(one.line, one.start),
    ...pointOn(one.line, one.end),
    ...pointOn(other.line, other.end),
    ...pointOn(other.line, other.start),
  ];
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0] = corners;
  const sides = [
    { length: Math.abs(one.end - one.start), support: one.support },
    { length: Math.abs(other.end - other.start), support: other.support },
    { length: Math.abs(closing.to - closing.from), support: closing.support },
  ].toSorted((a, b) => a.support - b.support);
  const length = sides.reduce((sum, side) => sum + side.length, 0);
  const score = scoreOf({
    total: sides.reduce((sum, side) => sum + side.support * side.length, 0) / length,
    weakest: sides[0]?.support ?? 0,
    second: sides[1]?.support ?? 0,
    overrun:
      2 * overrunOf(closing.line, closing.from, closing.to) +
      overrunOf(one.line, one.start, one.end) +
      overrunOf(other.line, other.start, other.end),
    area: Math.abs((x2 - x0) * (y3 - y1) - (x3 - x1) * (y2 - y0)) / 2 / framePx,
    penalty: 0,
  });
  return { border, score, corners };
};

/** Support of each line from its crossing with each other to the border, `[i * n + j]`; 0 for no rail. */
const railsTo = (
  lines: readonly Line[],
  { along, isCorner }: Crossings,
  ends: Float64Array,
  least: number,
): Float64Array => {
  const n = lines.length;
  const rails = new Float64Array(n * n);
  for (const [index, line] of lines.entries()) {
    const end = ends[index] ?? Number.NaN;
    if (Number.isNaN(end)) continue;
    for (let at = index * n; at < (index + 1) * n; at += 1) {
      const start = along[at] ?? 0;
      if (isCorner[at] === 0 || Math.abs(end - start) < least) continue;
      const support = sideSupport(line, start, end - Math.sign(end - start) * BLIND_PX);
      if (support >= MIN_SUPPORT) rails[at] = support;
    }
  }
  return rails;
};

/** The best open shape at one border; undefined where there is none. */
const bestAt = (
  border: Border,
  lines: readonly Line[],
  crossings: Crossings,
  widthPx: number,
  heightPx: number,
): CutDocument | undefined => {
  const n = lines.length;
  const { along } = crossings;
  const least = MIN_SIDE * Math.min(widthPx, heightPx);
  const ends = Float64Array.from(lines, (line) => leavesAt(line, border, widthPx, heightPx));
  const rails = railsTo(lines, crossings, ends, least);
  let best: CutDocument | undefined;
  for (const [a, first] of lines.entries())
    for (let b = a + 1; b < n; b += 1) {
      const second = lines[b];
      if (second === undefined || Number.isNaN((ends[a] ?? 0) + (ends[b] ?? 0))) continue;
      if (!areOpposite(first, second, least)) continue;
      for (let c = 0; c < n; c += 1) {
        const onFirst = rails[a * n + c] ?? 0;
        const onSecond = rails[b * n + c] ?? 0;
        const line = lines[c];
        if (onFirst === 0 || onSecond === 0 || line === undefined) continue;
        const from = along[c * n + a] ?? 0;
        const to = along[c * n + b] ?? 0;
        const support = sideSupport(line, from, to);
        if (support < MIN_SUPPORT) continue;
        const start = along[a * n + c] ?? 0;
        const one = { line: first, start, end: ends[a] ?? 0, support: onFirst };
        const other = {
          line: second,
          start: along[b * n + c] ?? 0,
          end: ends[b] ?? 0,
          support: onSecond,
        };
        const shape = openShape(
          border,
          one,
          other,
          { line, from, to, support },
          widthPx * heightPx,
        );
        if (shape.score > (best?.score ?? 0)) best = shape;
      }
    }
  return best;
};

/** The best open shape of each border that has one. */
export const cutDocumentsOf = (
  lines: readonly Line[],
  crossings: Crossings,
  widthPx: number,
  heightPx: number,
): readonly CutDocument[] =>
  BORDERS.flatMap((border) => bestAt(border, lines, crossings, widthPx, heightPx) ?? []);
