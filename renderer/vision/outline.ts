/** Where the document lies in the picture that is kept, so that it can be shown straightened. */
import { inReadingOrder, type Point, type Quad } from './geometry.ts';
import type { QuarterTurns } from './raster.ts';

/** Corners as shares of the picture's width and height, in the document's reading order. */
export type Outline = Quad;

const each = ([a, b, c, d]: Quad, move: (point: Point) => Point): Quad => [
  move(a),
  move(b),
  move(c),
  move(d),
];

/** The outline of a quad of the frame in the picture that was turned clockwise by so many quarters. */
export const outlineOf = (
  quad: Quad,
  widthPx: number,
  heightPx: number,
  quarterTurns: QuarterTurns,
): Outline => {
  let turned = quad;
  let size = { wide: widthPx, high: heightPx };
  for (let turn = 0; turn < quarterTurns; turn += 1) {
    const { wide, high } = size;
    turned = each(turned, ({ x, y }) => ({ x: high - y, y: x }));
    size = { wide: high, high: wide };
  }
  return each(inReadingOrder(turned), ({ x, y }) => ({ x: x / size.wide, y: y / size.high }));
};
