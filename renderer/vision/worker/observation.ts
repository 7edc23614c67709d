/** What one frame showed, whatever was looked for. */
import type { Quad } from '../geometry.ts';
import type { Raster } from '../raster.ts';
import type { Hint } from '../shutter/hints.ts';
import type { RunState } from '../shutter/steady-run.ts';
import type { Look } from './messages.ts';

/** What one frame showed, and whether it is the best of its run. */
export interface Observation {
  readonly look: Look;
  readonly isBest: boolean;
  readonly isComplete: boolean;
}

/** No good frame, no run. */
export const NO_RUN: RunState = { progress: 0, isBest: false, isComplete: false, isMoving: false };

/**
 * Puts together what was seen; measures are there where it was accepted.
 *
 * @param fault what to do first; null where the picture is good.
 * @param advice what would make a good picture better.
 */
export const observed = (
  { widthPx, heightPx }: Raster,
  quad: Quad | null,
  fault: Hint | null,
  advice: Hint | null,
  measures: Look['measures'],
  { progress, isBest, isComplete, isMoving }: RunState,
): Observation => ({
  look: {
    widthPx,
    heightPx,
    quad,
    isAccepted: measures !== null,
    isGood: fault === null,
    hint: fault ?? advice ?? (isMoving ? 'HOLD_STILL' : 'KEEP_STILL'),
    progress,
    measures,
  },
  isBest,
  isComplete,
});
