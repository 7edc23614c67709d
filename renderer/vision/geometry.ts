/** Plane geometry of quads: order, area, overlap. Must never touch pixels. */

/** Image position in pixels, origin at the top left corner of the top left pixel, y down. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Corners of a document as seen in the frame: top left, top right, bottom right, bottom left. */
export type Quad = readonly [Point, Point, Point, Point];
