/** Moves the sides of a rectangle onto the edges seen in the picture, to a part of a pixel. */
import {
  enlarged,
  quadOf,
  rectangleOf,
  type Point,
  type Quad,
  type Rectangle,
} from './geometry.ts';
import type { Thumbnail } from './thumbnail.ts';

/** How far inside where the mask ended an edge may lie: a soft shadow is up to 3 mm wide. */
const INWARD_MM = 3.2;
/** And how far outside: 4 mm from an edge that had a shadow may be that of the next card. */
const OUTWARD_MM = 0.8;
/** Share of a side left out at each end: corners of cards are round (ISO/IEC 7810 §5.1.3: 3.18 mm). */
const CORNER_SHARE = 0.12;
/** Step between two samples across an edge, thumbnail pixels. */
const STEP = 0.5;
/** Of 255: less is noise. */
const MIN_STEP_LEVELS = 3;
/** An edge is straight: places further off than this belong to something else, thumbnail pixels. */
const STRAIGHT_PX = 1;
/** A side moves only if so many of its places agree. */
const MIN_AGREEING = 0.4;
const FIT_PASSES = 4;
/** A side no further than this from the end of the page lies there, thumbnail pixels. */
const PAGE_END_PX = 2;

/** Colour between pixels (bilinear), whose centres lie at half numbers; outside the page its border goes on. */
const sample = (page: Thumbnail, x: number, y: number, into: Float64Array): void => {
  const { rgb, widthPx, heightPx } = page;
  const cx = Math.min(widthPx - 1, Math.max(0, x - 0.5));
  const cy = Math.min(heightPx - 1, Math.max(0, y - 0.5));
  const left = Math.floor(cx);
  const top = Math.floor(cy);
  const fx = cx - left;
  const fy = cy - top;
  const at = (top * widthPx + left) * 3;
  const right = left < widthPx - 1 ? 3 : 0;
  const below = at + (top < heightPx - 1 ? widthPx * 3 : 0);
  for (let channel = 0; channel < 3; channel += 1) {
    const upper = (rgb[at + channel] ?? 0) * (1 - fx) + (rgb[at + right + channel] ?? 0) * fx;
    const lower = (rgb[below + channel] ?? 0) * (1 - fx) + (rgb[below + right + channel] ?? 0) * fx;
    into[channel] = upper * (1 - fy) + lower * fy;
  }
};

/** Largest change of a channel between two places. */
const changeOf = (one: Float64Array, other: Float64Array): number =>
  Math.max(
    Math.abs((one[0] ?? 0) - (other[0] ?? 0)),
    Math.abs((one[1] ?? 0) - (other[1] ?? 0)),
    Math.abs((one[2] ?? 0) - (other[2] ?? 0)),
  );

/** How far outside the side the picture changes most: an edge does so more than its soft shadow; null for none. */
const edgeAt = (page: Thumbnail, from: Point, outward: Point): number | null => {
  const reach = OUTWARD_MM * page.pxPerMm;
  const count = Math.round(((OUTWARD_MM + INWARD_MM) * page.pxPerMm) / STEP);
  const changes: number[] = [];
  const [before, after] = [new Float64Array(3), new Float64Array(3)];
  for (let index = 0; index < count; index += 1) {
    const outer = reach - index * STEP + STEP;
    const inner = reach - index * STEP - STEP;
    sample(page, from.x + outward.x * outer, from.y + outward.y * outer, before);
    sample(page, from.x + outward.x * inner, from.y + outward.y * inner, after);
    changes.push(changeOf(before, after));
  }
  const steepest = Math.max(...changes);
  if (steepest < MIN_STEP_LEVELS) return null;
  const peak = changes.indexOf(steepest);
  const [left = 0, top = 0, right = 0] = [changes[peak - 1], changes[peak], changes[peak + 1]];
  const bend = left - 2 * top + right;
  const part = bend === 0 ? 0 : Math.max(-0.5, Math.min(0.5, (left - right) / (2 * bend)));
  return reach - (peak + part) * STEP;
};

/** `offset = start + slope · along` through most of the places; null where too few agree. */
const fitLine = (
  places: readonly { readonly along: number; readonly offset: number }[],
  wanted: number,
): { start: number; slope: number } | null => {
  const offsets = places.map(({ offset }) => offset).toSorted((one, other) => one - other);
  let start = offsets[Math.floor(offsets.length / 2)] ?? 0;
  let slope = 0;
  let limit = 2 * STRAIGHT_PX;
  let agreeing = 0;
  for (let pass = 0; pass < FIT_PASSES; pass += 1) {
    const near = places.filter(
      ({ along, offset }) => Math.abs(offset - start - slope * along) <= limit,
    );
    agreeing = near.length;
    if (agreeing < wanted) return null;
    const mean = near.reduce((sum, { along }) => sum + along, 0) / agreeing;
    const level = near.reduce((sum, { offset }) => sum + offset, 0) / agreeing;
    const spread = near.reduce((sum, { along }) => sum + (along - mean) ** 2, 0);
    slope =
      near.reduce((sum, { along, offset }) => sum + (along - mean) * (offset - level), 0) / spread;
    start = level - slope * mean;
    limit = STRAIGHT_PX;
  }
  return { start, slope };
};

interface Line {
  readonly from: Point;
  readonly to: Point;
}

/** Whether the page ends here: there is nothing beyond to tell an edge by. */
const isAtPageEnd = ({ widthPx, heightPx }: Thumbnail, { x, y }: Point): boolean =>
  Math.min(x, y, widthPx - x, heightPx - y) <= PAGE_END_PX;

/** The side from corner to corner, moved onto its edge; itself where none is seen. */
const refineSide = (page: Thumbnail, from: Point, to: Point): Line => {
  if (isAtPageEnd(page, { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 })) return { from, to };
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const along = { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
  /** Corners go clockwise: outside is to the left of the way. */
  const outward = { x: along.y, y: -along.x };
  const places: { along: number; offset: number }[] = [];
  const first = length * CORNER_SHARE;
  const last = length * (1 - CORNER_SHARE);
  for (let place = first; place <= last; place += 1) {
    const at = { x: from.x + along.x * place, y: from.y + along.y * place };
    const offset = edgeAt(page, at, outward);
    if (offset !== null) places.push({ along: place, offset });
  }
  const fit = fitLine(places, (last - first) * MIN_AGREEING);
  if (fit === null) return { from, to };
  const moved = (place: number): Point => {
    const offset = fit.start + fit.slope * place;
    return {
      x: from.x + along.x * place + outward.x * offset,
      y: from.y + along.y * place + outward.y * offset,
    };
  };
  return { from: moved(0), to: moved(length) };
};

/** Where two lines cross. Sides of a rectangle always do. */
const crossing = (one: Line, other: Line): Point => {
  const ax = one.to.x - one.from.x;
  const ay = one.to.y - one.from.y;
  const bx = other.to.x - other.from.x;
  const by = other.to.y - other.from.y;
  const part =
    ((other.from.x - one.from.x) * by - (other.from.y - one.from.y) * bx) / (ax * by - ay * bx);
  return { x: one.from.x + ax * part, y: one.from.y + ay * part };
};

/** The rectangle whose sides lie on the edges seen. In pixels of the thumbnail. */
const refineIn = (page: Thumbnail, rectangle: Rectangle): Rectangle => {
  const [a, b, c, d] = quadOf(rectangle);
  const top = refineSide(page, a, b);
  const right = refineSide(page, b, c);
  const bottom = refineSide(page, c, d);
  const left = refineSide(page, d, a);
  const quad: Quad = [
    crossing(left, top),
    crossing(top, right),
    crossing(right, bottom),
    crossing(bottom, left),
  ];
  return rectangleOf(quad);
};

/** The same, in pixels of the page. */
export const refined = (page: Thumbnail, rectangle: Rectangle): Rectangle =>
  enlarged(refineIn(page, rectangle), page.columnPx, page.rowPx);
