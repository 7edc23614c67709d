/** Plane geometry of rectangles on a page. Must never touch pixels. */

/** Position on a page in pixels, origin at the top left corner of the top left pixel, y down. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Corners in the order of the picture that is cut: its top left, top right, bottom right, bottom left. */
export type Quad = readonly [Point, Point, Point, Point];

/** What lies on a scanner is seen without perspective: a middle, two sides, and a turn. */
export interface Rectangle {
  readonly middle: Point;
  readonly width: number;
  readonly height: number;
  /** Of the top side, clockwise on the page. */
  readonly turnRad: number;
}

/** Corners of a rectangle. */
export const quadOf = ({ middle, width, height, turnRad }: Rectangle): Quad => {
  const cos = Math.cos(turnRad);
  const sin = Math.sin(turnRad);
  const at = (right: number, down: number): Point => ({
    x: middle.x + (right * width * cos - down * height * sin) / 2,
    y: middle.y + (right * width * sin + down * height * cos) / 2,
  });
  return [at(-1, -1), at(1, -1), at(1, 1), at(-1, 1)];
};

/** The rectangle nearest to four corners: mean sides, mean turn. Sides are 0 where corners fall together. */
export const rectangleOf = ([a, b, c, d]: Quad): Rectangle => {
  /** Top and bottom along the width, left and right along the height, turned back by a quarter. */
  const along = { x: (b.x - a.x + c.x - d.x) / 2, y: (b.y - a.y + c.y - d.y) / 2 };
  const across = { x: (d.x - a.x + c.x - b.x) / 2, y: (d.y - a.y + c.y - b.y) / 2 };
  return {
    middle: { x: (a.x + b.x + c.x + d.x) / 4, y: (a.y + b.y + c.y + d.y) / 4 },
    width: Math.hypot(along.x, along.y),
    height: Math.hypot(across.x, across.y),
    turnRad: Math.atan2(along.y - across.x, along.x + across.y),
  };
};

/** The same rectangle, larger by `margin` on each side. */
export const widened = (rectangle: Rectangle, margin: number): Rectangle => ({
  ...rectangle,
  width: rectangle.width + 2 * margin,
  height: rectangle.height + 2 * margin,
});

/** The same rectangle where each column and each row has so many pixels, about as many of them. */
export const enlarged = (rectangle: Rectangle, columnPx: number, rowPx: number): Rectangle => {
  const [a, b, c, d] = quadOf(rectangle);
  const at = ({ x, y }: Point): Point => ({ x: x * columnPx, y: y * rowPx });
  return rectangleOf([at(a), at(b), at(c), at(d)]);
};

/** Lying, the longer side on top, turned by 90 degrees at most either way. */
export const lying = ({ middle, width, height, turnRad }: Rectangle): Rectangle => {
  const turned = turnRad + (width < height ? Math.PI / 2 : 0);
  const halfTurns = Math.round(turned / Math.PI);
  return {
    middle,
    width: Math.max(width, height),
    height: Math.min(width, height),
    turnRad: turned - halfTurns * Math.PI,
  };
};

/** What lies at either end of the longer side and takes `length` of it. */
export const endsOf = (
  { middle, width, height, turnRad }: Rectangle,
  length: number,
): readonly Rectangle[] => {
  const isWide = width >= height;
  const direction = turnRad + (isWide ? 0 : Math.PI / 2);
  const step = (Math.max(width, height) - length) / 2;
  return [-step, step].map((away) => ({
    middle: {
      x: middle.x + away * Math.cos(direction),
      y: middle.y + away * Math.sin(direction),
    },
    width: isWide ? length : width,
    height: isWide ? height : length,
    turnRad,
  }));
};

const turn = (a: Point, b: Point, c: Point): number =>
  (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);

/** Corners of the convex hull, clockwise on the page (Andrew 1979). */
const hullOf = (points: readonly Point[]): Point[] => {
  const sorted = points.toSorted((one, other) => one.x - other.x || one.y - other.y);
  const chain = (ordered: readonly Point[]): Point[] => {
    const hull: Point[] = [];
    for (const point of ordered) {
      for (;;) {
        const [before, last] = [hull.at(-2), hull.at(-1)];
        if (before === undefined || last === undefined || turn(before, last, point) > 0) break;
        hull.pop();
      }
      hull.push(point);
    }
    return hull.slice(0, -1);
  };
  return [...chain(sorted), ...chain(sorted.toReversed())];
};

const NOTHING: Rectangle = { middle: { x: 0, y: 0 }, width: 0, height: 0, turnRad: 0 };

/** The smallest rectangle around all points: one of its sides lies on a side of their hull (Freeman 1975). */
export const smallestAround = (points: readonly Point[]): Rectangle => {
  const hull = hullOf(points);
  let best: Rectangle = NOTHING;
  for (const [index, from] of hull.entries()) {
    const to = hull[(index + 1) % hull.length] ?? from;
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    if (length === 0) continue;
    const ux = (to.x - from.x) / length;
    const uy = (to.y - from.y) / length;
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const { x, y } of hull) {
      const along = x * ux + y * uy;
      const across = y * ux - x * uy;
      left = Math.min(left, along);
      right = Math.max(right, along);
      top = Math.min(top, across);
      bottom = Math.max(bottom, across);
    }
    const width = right - left;
    const height = bottom - top;
    if (best !== NOTHING && best.width * best.height <= width * height) continue;
    const along = (left + right) / 2;
    const across = (top + bottom) / 2;
    best = {
      middle: { x: along * ux - across * uy, y: along * uy + across * ux },
      width,
      height,
      turnRad: Math.atan2(uy, ux),
    };
  }
  return best;
};
