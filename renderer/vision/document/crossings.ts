/** Where lines meet, in tables: the quad search looks each crossing up many times. */
import type { Line } from './lines.ts';

/** Tables of n × n; [i * n + j] is line i met by line j. */
export interface Crossings {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Position of the crossing along line i. */
  readonly along: Float64Array;
  /** 1 where the lines meet upright enough and inside the frame. */
  readonly isCorner: Uint8Array;
}

/** Sides that meet in a corner are at least this upright to each other. */
const CORNER_DEG = 55;
/** Corners may lie this far outside the frame, working pixels. */
const OUTSIDE_PX = 2;

/** Every crossing of the lines. */
export const crossingsOf = (
  lines: readonly Line[],
  widthPx: number,
  heightPx: number,
): Crossings => {
  const n = lines.length;
  const crossings = {
    x: new Float64Array(n * n),
    y: new Float64Array(n * n),
    along: new Float64Array(n * n),
    isCorner: new Uint8Array(n * n),
  };
  for (const [i, a] of lines.entries())
    for (let j = 0; j < n; j += 1) {
      const b = lines[j];
      if (b === undefined) continue;
      const turn = Math.abs(a.angleDeg - b.angleDeg);
      if (Math.min(turn, 180 - turn) < CORNER_DEG) continue;
      const determinant = a.cos * b.sin - a.sin * b.cos;
      const x = (a.rho * b.sin - b.rho * a.sin) / determinant;
      const y = (b.rho * a.cos - a.rho * b.cos) / determinant;
      const at = i * n + j;
      crossings.x[at] = x;
      crossings.y[at] = y;
      crossings.along[at] = y * a.cos - x * a.sin;
      const isInside =
        x > -OUTSIDE_PX && y > -OUTSIDE_PX && x < widthPx + OUTSIDE_PX && y < heightPx + OUTSIDE_PX;
      crossings.isCorner[at] = isInside ? 1 : 0;
    }
  return crossings;
};
