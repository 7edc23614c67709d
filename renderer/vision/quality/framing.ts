/** Measures how a document lies in the frame. */
import { distance, sidesOf, type Point, type Quad } from '../geometry.ts';

/** Longer side of the quad's bounding box, share of the frame in that direction; the larger of the two. */
export const fillShare = (quad: Quad, widthPx: number, heightPx: number): number => {
  const xs = quad.map(({ x }) => x);
  const ys = quad.map(({ y }) => y);
  return Math.max(
    (Math.max(...xs) - Math.min(...xs)) / widthPx,
    (Math.max(...ys) - Math.min(...ys)) / heightPx,
  );
};

/** Distance of the nearest corner from the border of the frame, share of its diagonal; negative outside. */
export const marginShare = (quad: Quad, widthPx: number, heightPx: number): number =>
  Math.min(...quad.flatMap(({ x, y }) => [x, y, widthPx - x, heightPx - y])) /
  Math.hypot(widthPx, heightPx);

const angleAt = (before: Point, corner: Point, after: Point): number => {
  const dot =
    (before.x - corner.x) * (after.x - corner.x) + (before.y - corner.y) * (after.y - corner.y);
  const cosine = dot / (distance(before, corner) * distance(after, corner));
  return (Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI;
};

/** Largest difference of a corner from a right angle, degrees. */
export const tiltDeg = ([a, b, c, d]: Quad): number =>
  Math.max(
    ...[angleAt(d, a, b), angleAt(a, b, c), angleAt(b, c, d), angleAt(c, d, a)].map((angle) =>
      Math.abs(angle - 90),
    ),
  );

/** Length of the longer pair of sides in pixels. */
export const longSidePx = (quad: Quad): number => {
  const [top, right, bottom, left] = sidesOf(quad);
  return Math.max(top + bottom, right + left) / 2;
};

/** Pixels per inch on a document whose longer side has so many millimetres. */
export const resolutionDpi = (quad: Quad, longSideMm: number): number =>
  (longSidePx(quad) * 25.4) / longSideMm;
