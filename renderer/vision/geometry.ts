/** Plane geometry of quads: order, area, overlap. Must never touch pixels. */

/** Image position in pixels, origin at the top left corner of the top left pixel, y down. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Corners of a document as seen in the frame: top left, top right, bottom right, bottom left. */
export type Quad = readonly [Point, Point, Point, Point];

export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/** Signed double area of the turn a → b → c; positive clockwise on the screen. */
const turn = (a: Point, b: Point, c: Point): number =>
  (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x);

/** Area in square pixels. */
export const areaOf = (polygon: readonly Point[]): number => {
  let sum = 0;
  for (const [index, point] of polygon.entries()) {
    const next = polygon[(index + 1) % polygon.length] ?? point;
    sum += point.x * next.y - point.y * next.x;
  }
  return Math.abs(sum) / 2;
};

/** The same corners, clockwise from the one nearest to the top left of the frame. */
export const inReadingOrder = (quad: Quad): Quad => {
  const [a, b, c, d] =
    turn(quad[0], quad[1], quad[2]) < 0 ? [quad[0], quad[3], quad[2], quad[1]] : quad;
  const starts: readonly Quad[] = [
    [a, b, c, d],
    [b, c, d, a],
    [c, d, a, b],
    [d, a, b, c],
  ];
  return starts.reduce((best, start) =>
    start[0].x + start[0].y < best[0].x + best[0].y ? start : best,
  );
};

/** Lengths of the top, right, bottom and left side in pixels. */
export const sidesOf = ([a, b, c, d]: Quad): readonly [number, number, number, number] => [
  distance(a, b),
  distance(b, c),
  distance(c, d),
  distance(d, a),
];

/** Part of a convex polygon on the inner side of the directed edge a → b of a clockwise polygon. */
const clip = (polygon: readonly Point[], a: Point, b: Point): Point[] => {
  const kept: Point[] = [];
  for (const [index, point] of polygon.entries()) {
    const next = polygon[(index + 1) % polygon.length] ?? point;
    const here = turn(a, b, point);
    const there = turn(a, b, next);
    if (here >= 0) kept.push(point);
    if (here >= 0 !== there >= 0) {
      const part = here / (here - there);
      kept.push({ x: point.x + (next.x - point.x) * part, y: point.y + (next.y - point.y) * part });
    }
  }
  return kept;
};

/** Intersection over union of two convex quads, 0…1, whatever corner they start from. */
export const intersectionOverUnion = (one: Quad, other: Quad): number => {
  const [a, b, c, d] = inReadingOrder(other);
  let common: Point[] = [...inReadingOrder(one)];
  for (const [from, to] of [
    [a, b],
    [b, c],
    [c, d],
    [d, a],
  ] as const)
    common = clip(common, from, to);
  const shared = areaOf(common);
  return shared / (areaOf(one) + areaOf(other) - shared);
};
