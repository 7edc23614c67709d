/** How fast a kiosk may use Mark ID's account: a token bucket (one token, one item). */
import type { Clock } from '../ports/clock.ts';

/** How many items may go at once after a quiet time. Own decision: a customer never waits for the last one. */
const BURST_ITEMS = 2;

export class Pacing {
  readonly #clock: Clock;
  readonly #itemsPerMs: number;
  #level = BURST_ITEMS;
  #levelAtMs: number;

  constructor(clock: Clock, itemsPerMinute: number) {
    this.#clock = clock;
    this.#itemsPerMs = itemsPerMinute / 60_000;
    this.#levelAtMs = clock.monotonicMs();
  }

  /** Milliseconds until an item may go; 0: now. */
  waitMs(): number {
    this.#fill();
    return this.#level >= 1 ? 0 : Math.ceil((1 - this.#level) / this.#itemsPerMs);
  }

  /** Takes an item's turn. */
  take(): void {
    this.#fill();
    this.#level -= 1;
  }

  #fill(): void {
    const nowMs = this.#clock.monotonicMs();
    const gained = (nowMs - this.#levelAtMs) * this.#itemsPerMs;
    this.#level = Math.min(BURST_ITEMS, this.#level + gained);
    this.#levelAtMs = nowMs;
  }
}
