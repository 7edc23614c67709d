/** Decides when the shutter fires: after a run of good frames in which the document stood still. */
import { distance, type Quad } from '../geometry.ts';

/** What one frame contributes. */
export interface FrameVerdict {
  /** Null where no whole document was seen. */
  readonly quad: Quad | null;
  readonly isGood: boolean;
  /** Lower is better: the edge spread. */
  readonly blur: number;
  /** When the camera took the frame, milliseconds that only grow. */
  readonly atMs: number;
}

/** What became of the run with this frame. */
export interface RunState {
  /** 0…1 of the run that is needed. */
  readonly progress: number;
  /** This frame is the best of its run so far: keep it. */
  readonly isBest: boolean;
  /** The run is complete: the kept frame is the picture. */
  readonly isComplete: boolean;
  /** The document is no longer where the run began. */
  readonly isMoving: boolean;
}

/**
 * Smile ID asks for 3 to 5 good frames in a row. Own choice: with one more than three a camera that falls
 * behind, and repeats or delays what it saw, does not make a moving document look still.
 */
const FRAMES = 4;
/** At 60 frames a second three are over before a hand has come to rest. Own decision. */
const LEAST_MS = 250;
/**
 * From the first frame of the run to any other, corners move less than this on average, share of the
 * frame's diagonal. Own: 12 px at 720p, on a card that fills the frame 1 mm. Not from frame to frame: how
 * far a hand comes between two depends on the camera and on the machine.
 */
const STILL_SHARE = 0.008;
/**
 * After a gap as long as this the run begins anew: another document may lie there. A slow machine that
 * reads what it sees looks at two frames in as little as a second and a half.
 */
const STALE_MS = 3_000;

/** A run of good frames. One per step: its owner makes a new one. */
export class SteadyRun {
  #frames = 0;
  #startedAtMs = 0;
  #lastAtMs = -Infinity;
  /** Where the document lay when the run began. */
  #from: Quad | null = null;
  #bestBlur = Infinity;

  /** Takes the next frame; `diagonalPx` is that of the frame. */
  add({ quad, isGood, blur, atMs }: FrameVerdict, diagonalPx: number): RunState {
    const isStale = atMs - this.#lastAtMs > STALE_MS;
    // A busy machine shows one frame again before the next has come.
    const isNew = atMs !== this.#lastAtMs;
    this.#lastAtMs = atMs;
    const isMoving = quad !== null && this.#from !== null && !isStill(this.#from, quad, diagonalPx);
    if (!isGood || isMoving || isStale) {
      this.#frames = 0;
      this.#from = quad;
      this.#bestBlur = Infinity;
    }
    if (!isGood || isMoving) return { progress: 0, isBest: false, isComplete: false, isMoving };
    if (this.#frames === 0) {
      this.#startedAtMs = atMs;
      this.#from = quad;
    }
    if (isNew || this.#frames === 0) this.#frames += 1;
    const isBest = blur < this.#bestBlur;
    if (isBest) this.#bestBlur = blur;
    const progress = Math.min(
      1,
      this.#frames / FRAMES,
      Math.max(0.1, (atMs - this.#startedAtMs) / LEAST_MS),
    );
    return { progress, isBest, isComplete: progress === 1, isMoving };
  }
}

/** Whether it lies where it lay: a hand moves all corners; one alone is an edge found a little differently. */
export const isStill = (one: Quad, other: Quad, diagonalPx: number): boolean => {
  const moved = one.reduce((sum, corner, at) => sum + distance(corner, other[at] ?? corner), 0);
  return moved / one.length < STILL_SHARE * diagonalPx;
};
