/** Moves corners of a rectangle on a page so that it stays one. Pure; in pixels of the page. */
import type { PageQuad } from '../../preload/contract/scanner-channels.ts';

type Corner = PageQuad[0];

/** Index of a corner, clockwise from the top left. */
export type CornerIndex = 0 | 1 | 2 | 3;
export const CORNER_INDEXES = [0, 1, 2, 3] as const;

/** Sides never get shorter: a quad has to stay one, and a handle has to be found again. */
const MIN_SIDE_PX = 40;

const minus = (one: Corner, other: Corner): Corner => ({ x: one.x - other.x, y: one.y - other.y });

const plus = (start: Corner, ...ways: readonly Corner[]): Corner =>
  ways.reduce((sum, way) => ({ x: sum.x + way.x, y: sum.y + way.y }), start);

/** Part of a way along a side: in its direction, and no shorter than a side may be. */
const along = (way: Corner, side: Corner): Corner => {
  const length = Math.hypot(side.x, side.y);
  const unit = { x: side.x / length, y: side.y / length };
  const part = Math.max(MIN_SIDE_PX, way.x * unit.x + way.y * unit.y);
  return { x: unit.x * part, y: unit.y * part };
};

/** Corners of a rectangle from one of them on, clockwise. */
const from = ([a, b, c, d]: PageQuad, index: CornerIndex): PageQuad => {
  const starts: readonly [PageQuad, PageQuad, PageQuad, PageQuad] = [
    [a, b, c, d],
    [b, c, d, a],
    [c, d, a, b],
    [d, a, b, c],
  ];
  return starts[index];
};

/** Where the first corner stands when corners are counted from this one on. */
const BACK: readonly [CornerIndex, CornerIndex, CornerIndex, CornerIndex] = [0, 3, 2, 1];

/** The rectangle with one corner near `to`; the opposite corner and the turn stay. */
export const withCorner = (quad: PageQuad, index: CornerIndex, to: Corner): PageQuad => {
  const [, next, fixed, before] = from(quad, index);
  const way = minus(to, fixed);
  const toNext = along(way, minus(next, fixed));
  const toBefore = along(way, minus(before, fixed));
  const moved: PageQuad = [
    plus(fixed, toNext, toBefore),
    plus(fixed, toNext),
    fixed,
    plus(fixed, toBefore),
  ];
  return from(moved, BACK[index]);
};

/** The rectangle turned around its middle, clockwise. */
export const turnedBy = (quad: PageQuad, turnRad: number): PageQuad => {
  const middle = { x: (quad[0].x + quad[2].x) / 2, y: (quad[0].y + quad[2].y) / 2 };
  const cos = Math.cos(turnRad);
  const sin = Math.sin(turnRad);
  const turn = (corner: Corner): Corner => {
    const { x, y } = minus(corner, middle);
    return { x: middle.x + x * cos - y * sin, y: middle.y + x * sin + y * cos };
  };
  return [turn(quad[0]), turn(quad[1]), turn(quad[2]), turn(quad[3])];
};

/** Where the handle that turns the rectangle stands: above its top side. */
export const turnHandleOf = ([a, b, , d]: PageQuad, awayPx: number): Corner => {
  const down = minus(d, a);
  const length = Math.hypot(down.x, down.y);
  return {
    x: (a.x + b.x) / 2 - (down.x / length) * awayPx,
    y: (a.y + b.y) / 2 - (down.y / length) * awayPx,
  };
};

/** The rectangle turned so that its handle lies in the direction of `to`. */
export const turnedTowards = (quad: PageQuad, to: Corner): PageQuad => {
  const middle = { x: (quad[0].x + quad[2].x) / 2, y: (quad[0].y + quad[2].y) / 2 };
  const handle = turnHandleOf(quad, 0);
  const before = Math.atan2(handle.y - middle.y, handle.x - middle.x);
  return turnedBy(quad, Math.atan2(to.y - middle.y, to.x - middle.x) - before);
};
