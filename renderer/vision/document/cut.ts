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
}

/** The side that joins the rails, between them. */
interface Closing {
  readonly line: Line;
  readonly from: number;
  readonly to: number;
  readonly support: number;
}

const railSupport = ({ line, start, end }: Rail): number =>
  sideSupport(line, start, end - Math.sign(end - start) * BLIND_PX);

const pointOn = ({ cos, sin, rho }: Line, along: number): readonly [number, number] => [
  cos * rho - sin * along,
  sin * rho + cos * along,
];

/** The open shape of two rails and their closing side; undefined where a side is not seen. */
const openShape = (
  border: Border,
  one: Rail,
  other: Rail,
  closing: Closing,
  framePx: number,
): CutDocument | undefined => {
  const onOne = railSupport(one);
  if (onOne < MIN_SUPPORT) return undefined;
  const onOther = railSupport(other);
  if (onOther < MIN_SUPPORT) return undefined;
  const corners = [
    ...pointOn(one.line, one.start),
    ...pointOn(one.line, one.end),
    ...pointOn(other.line, other.end),
    ...pointOn(other.line, other.start),
  ];
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0] = corners;
  const sides = [
    { length: Math.abs(one.end - one.start), support: onOne },
    { length: Math.abs(other.end - other.start), support: onOther },
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

/** The best open shape of each border that has one. */
export const cutDocumentsOf = (
  lines: readonly Line[],
  { along, isCorner }: Crossings,
  widthPx: number,
  heightPx: number,
): readonly CutDocument[] => {
  const n = lines.length;
  const least = MIN_SIDE * Math.min(widthPx, heightPx);
  const ends = BORDERS.map((border) =>
    Float64Array.from(lines, (line) => leavesAt(line, border, widthPx, heightPx)),
  );
  const best = new Map<Border, CutDocument>();
  /** Where a line that begins at the closing side leaves by this border, if it is long enough. */
  const railTo = (border: number, line: Line, index: number, start: number): Rail | undefined => {
    const end = ends[border]?.[index] ?? Number.NaN;
    return Math.abs(end - start) >= least ? { line, start, end } : undefined;
  };
  for (const [a, first] of lines.entries())
    for (let b = a + 1; b < n; b += 1) {
      const second = lines[b];
      if (second === undefined || !areOpposite(first, second, least)) continue;
      for (let c = 0; c < n; c += 1) {
        if (isCorner[a * n + c] === 0 || isCorner[b * n + c] === 0) continue;
        const line = lines[c];
        if (line === undefined) continue;
        const from = along[c * n + a] ?? 0;
        const to = along[c * n + b] ?? 0;
        const support = sideSupport(line, from, to);
        if (support < MIN_SUPPORT) continue;
        for (const [index, border] of BORDERS.entries()) {
          const one = railTo(index, first, a, along[a * n + c] ?? 0);
          const other = railTo(index, second, b, along[b * n + c] ?? 0);
          if (one === undefined || other === undefined) continue;
          const closing = { line, from, to, support };
          const shape = openShape(border, one, other, closing, widthPx * heightPx);
          if (shape !== undefined && shape.score > (best.get(border)?.score ?? 0))
            best.set(border, shape);
        }
      }
    }
  return [...best.values()];
};
