/**
 * Owns where a document lies in a frame: a pinhole camera over a table.
 * Never touches pixels.
 */
import type { Point, Quad } from '../../renderer/vision/geometry.ts';

/** How a document lies before the camera. */
export interface Placement {
  /** Share of the frame that the document's bounding box takes, in the tighter direction. */
  readonly fill: number;
  /** Turn in the table's plane, degrees clockwise. */
  readonly rotationDeg: number;
  /** Lean of the camera around the horizontal and the vertical axis, degrees. */
  readonly tiltXDeg: number;
  readonly tiltYDeg: number;
  /** Shift of the document's centre from the frame's, as shares of the frame. */
  readonly shiftX: number;
  readonly shiftY: number;
}

/** Focal length over half the document's longer side: a webcam about 30 cm above a card. */
const FOCAL = 3.4;

function bounds(quad: Quad): { left: number; top: number; width: number; height: number } {
  const xs = quad.map((point) => point.x);
  const ys = quad.map((point) => point.y);
  const left = Math.min(...xs);
  const top = Math.min(...ys);
  return { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}

/** The quad of a document of the given aspect (width over height) under a placement. */
export function placeQuad(
  aspect: number,
  frameWidthPx: number,
  frameHeightPx: number,
  placement: Placement,
): Quad {
  const radians = Math.PI / 180;
  const half = aspect >= 1 ? { x: 1, y: 1 / aspect } : { x: aspect, y: 1 };
  const turn = placement.rotationDeg * radians;
  const tiltX = placement.tiltXDeg * radians;
  const tiltY = placement.tiltYDeg * radians;
  const see = (cornerX: number, cornerY: number): Point => {
    const x = cornerX * Math.cos(turn) - cornerY * Math.sin(turn);
    const y = cornerX * Math.sin(turn) + cornerY * Math.cos(turn);
    const depthX = y * Math.sin(tiltX);
    const depth = -x * Math.sin(tiltY) + depthX * Math.cos(tiltY);
    const scale = FOCAL / (FOCAL + depth);
    return {
      x: (x * Math.cos(tiltY) + depthX * Math.sin(tiltY)) * scale,
      y: y * Math.cos(tiltX) * scale,
    };
  };
  const seen: Quad = [
    see(-half.x, -half.y),
    see(half.x, -half.y),
    see(half.x, half.y),
    see(-half.x, half.y),
  ];
  const box = bounds(seen);
  const scale = placement.fill * Math.min(frameWidthPx / box.width, frameHeightPx / box.height);
  const toFrame = (point: Point): Point => ({
    x: frameWidthPx * (0.5 + placement.shiftX) + (point.x - box.left - box.width / 2) * scale,
    y: frameHeightPx * (0.5 + placement.shiftY) + (point.y - box.top - box.height / 2) * scale,
  });
  return [toFrame(seen[0]), toFrame(seen[1]), toFrame(seen[2]), toFrame(seen[3])];
}
