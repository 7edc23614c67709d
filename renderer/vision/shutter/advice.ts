/** Advice holds the shutter for a while, never for good: not everybody can follow it. */
import type { Hint } from './hints.ts';

/** Long enough to hear it and let go; a blink is over ten times sooner. Own decision. */
const HOLD_MS = 3_000;

/** The advice of one step. */
export class Advice {
  #sinceMs: number | null = null;

  /** The advice while it holds the shutter; null once it has been given for long enough. */
  heed(hint: Hint | null, atMs: number): Hint | null {
    if (hint === null) return null;
    this.#sinceMs ??= atMs;
    return atMs - this.#sinceMs < HOLD_MS ? hint : null;
  }
}
