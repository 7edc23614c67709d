/** Measures how much of a document's border lies under something that reaches over it: mostly fingers. */
import { sidesOf, type Point, type Quad } from '../geometry.ts';
import type { Raster } from '../raster.ts';

/** Places on each side. */
const PLACES = 100;
/** Colours are read this far outside the border and inside it, share of the longer side. */
const NEAR = 0.012;
const DEEP = 0.03;
/** What lies over the border has one colour on both sides of it, of 255, mean of three. */
const SAME = 28;
/** And neither that of the document's own border nor that of the table. */
const OTHER = 20;
/** Fewer places in a row are print that happens to match. */
const LEAST_RUN = 3;

type Colour = readonly [r: number, g: number, b: number];

const colourAt = ({ data, channels, widthPx, heightPx }: Raster, { x, y }: Point): Colour => {
  const column = Math.min(widthPx - 1, Math.max(0, Math.floor(x)));
  const row = Math.min(heightPx - 1, Math.max(0, Math.floor(y)));
  const at = (row * widthPx + column) * channels;
  const step = channels === 4 ? 1 : 0;
  return [data[at] ?? 0, data[at + step] ?? 0, data[at + 2 * step] ?? 0];
};

const apart = (one: Colour, other: Colour): number =>
  (Math.abs(one[0] - other[0]) + Math.abs(one[1] - other[1]) + Math.abs(one[2] - other[2])) / 3;

const medianOf = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;

const middleOf = (colours: readonly Colour[]): Colour => [
  medianOf(colours.map(([r]) => r)),
  medianOf(colours.map(([, g]) => g)),
  medianOf(colours.map(([, , b]) => b)),
];

/** Covered places of the side from `a` to `b` of a quad that lies clockwise. */
const coveredAlong = (frame: Raster, a: Point, b: Point, longPx: number): number => {
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  const inward = { x: -(b.y - a.y) / length, y: (b.x - a.x) / length };
  const rows = [-NEAR, NEAR, DEEP].map((depth) =>
    Array.from({ length: PLACES }, (_, place) => {
      const along = 0.04 + (0.92 * place) / (PLACES - 1);
      return colourAt(frame, {
        x: a.x + (b.x - a.x) * along + inward.x * depth * longPx,
        y: a.y + (b.y - a.y) * along + inward.y * depth * longPx,
      });
    }),
  );
  const [outside = [], inside = [], deep = []] = rows;
  const table = middleOf(outside);
  const border = middleOf(inside);
  let covered = 0;
  let run = 0;
  for (let place = 0; place <= PLACES; place += 1) {
    const out = outside[place];
    const near = inside[place];
    const far = deep[place];
    const isCovered =
      out !== undefined &&
      near !== undefined &&
      far !== undefined &&
      apart(out, near) < SAME &&
      apart(near, far) < SAME &&
      apart(near, border) > OTHER &&
      apart(out, table) > OTHER;
    if (isCovered) run += 1;
    else {
      if (run >= LEAST_RUN) covered += run;
      run = 0;
    }
  }
  return covered / PLACES;
};

/** Share of the border that is covered, 0…1. */
export const coveredShare = (frame: Raster, quad: Quad): number => {
  const sides = sidesOf(quad);
  const longPx = Math.max(...sides);
  const [a, b, c, d] = quad;
  const covered = [
    coveredAlong(frame, a, b, longPx),
    coveredAlong(frame, b, c, longPx),
    coveredAlong(frame, c, d, longPx),
    coveredAlong(frame, d, a, longPx),
  ];
  const all = sides.reduce((sum, side) => sum + side, 0);
  return covered.reduce((sum, share, side) => sum + share * (sides[side] ?? 0), 0) / all;
};
