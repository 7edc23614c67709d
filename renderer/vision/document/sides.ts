/** What a side of a document is: how much of it is seen, where it ends, what can lie opposite. */
import { supportOf, type Line } from './lines.ts';

/** Opposite sides lean at most this far towards each other. */
const OPPOSITE_DEG = 28;
/** Part of a side next to a corner that is not looked at: cards have round corners. */
const ROUND = 0.06;

/** Support of a side between two of its places, without its round corners. */
export const sideSupport = (line: Line, from: number, to: number): number => {
  const margin = ROUND * (to - from);
  return supportOf(line, from + margin, to - margin);
};

/** How far a line runs on beyond both ends of a side. A little is the round corner of a neighbour. */
export const overrunOf = (line: Line, a: number, b: number): number => {
  const from = Math.min(a, b);
  const to = Math.max(a, b);
  const reach = Math.max(6, 0.12 * (to - from));
  return (
    Math.max(0, supportOf(line, from - reach - 2, from - 2) - 0.15) +
    Math.max(0, supportOf(line, to + 2, to + 2 + reach) - 0.15)
  );
};

/** Whether two lines can be opposite sides: nearly parallel, `least` apart, and seen side by side. */
export const areOpposite = (one: Line, other: Line, least: number): boolean => {
  const turn = Math.abs(one.angleDeg - other.angleDeg);
  const isFlipped = turn > 90;
  if ((isFlipped ? 180 - turn : turn) > OPPOSITE_DEG) return false;
  const from = Math.max(one.from, isFlipped ? -other.to : other.from);
  const to = Math.min(one.to, isFlipped ? -other.from : other.to);
  if (to - from < least / 2) return false;
  const middle = (from + to) / 2;
  const x = one.cos * one.rho - one.sin * middle;
  const y = one.sin * one.rho + one.cos * middle;
  return Math.abs(x * other.cos + y * other.sin - other.rho) >= least;
};

/** What the sides of a shape show. */
export interface SideEvidence {
  /** Share of the border that lies on edges: all, and of the two weakest sides. */
  readonly total: number;
  readonly weakest: number;
  readonly second: number;
  /** How far the sides run on beyond the corners, where a true side ends: a sum over eight ends. */
  readonly overrun: number;
  /** Of the frame. */
  readonly area: number;
  /** Of an unlikely shape; 0 where it is likely. */
  readonly penalty: number;
}

/**
 * How much a shape looks like a document, about 0…1. Large ones win over their own inner frames.
 * The weights lie on a plateau: each may be changed by a third and finds as many documents.
 */
export const scoreOf = ({ total, weakest, second, overrun, area, penalty }: SideEvidence): number =>
  (0.65 * total + 0.2 * weakest + 0.15 * second - 0.045 * overrun - 0.25 * penalty) * area ** 0.17;
