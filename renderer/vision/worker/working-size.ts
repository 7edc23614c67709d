/** Fits the work per frame to the machine: a slow one looks at fewer pixels rather than fewer frames. */
import { WORKING_PX } from '../document/detect.ts';

/** Least that still finds cards: 206 × 116. */
export const LEAST_PX = 24_000;
/** A frame should take no longer: at ten a second guidance still follows a hand. */
const SLOW_MS = 90;
/** And there is room for more below this. */
const FAST_MS = 40;
const STEP = 0.75;
/** Weight of the newest frame in the running mean. */
const NEWEST = 0.2;
/** Frames between two changes: the mean must have followed the last. */
const SETTLE = 8;

/** Keeps the running mean and the size that follows from it. */
export class WorkingSize {
  #px = WORKING_PX;
  #meanMs: number | null = null;
  #since = 0;

  /** Pixels the next frame is looked at with. */
  get px(): number {
    return this.#px;
  }

  /** The same as a share of what a fast machine looks with, for whatever else looks at frames. */
  get share(): number {
    return this.#px / WORKING_PX;
  }

  /** Tells how long a frame took, all in all. */
  took(ms: number): void {
    this.#meanMs = this.#meanMs === null ? ms : this.#meanMs + NEWEST * (ms - this.#meanMs);
    this.#since += 1;
    if (this.#since < SETTLE) return;
    const wanted =
      this.#meanMs > SLOW_MS
        ? Math.max(LEAST_PX, Math.round(this.#px * STEP))
        : this.#meanMs < FAST_MS
          ? Math.min(WORKING_PX, Math.round(this.#px / STEP))
          : this.#px;
    if (wanted === this.#px) return;
    this.#px = wanted;
    this.#since = 0;
  }
}
