/**
 * The kiosk's own time: how long it has lived, over all its runs. Grows with the monotonic clock
 * within a run and by a bounded step between runs, so that a system clock set to 1970 or 2100
 * neither expires an item nor keeps one waiting.
 */
// SECURITY: SEC-29
import type { Clock } from '../ports/clock.ts';
import type { KeptTime } from './index-rows.ts';

/** The most one start or one resume adds. Own decision: a long closure counts, a jump of years does not. */
export const LONGEST_STEP_MS = 7 * 24 * 3_600_000;

export class DurableClock {
  readonly #clock: Clock;
  #baseLivedMs: number;
  #baseMonotonicMs: number;
  #baseWallMs: number;

  /** `kept`: the times of the last write of an earlier run; null where there was none. */
  constructor(clock: Clock, kept: KeptTime | null) {
    this.#clock = clock;
    this.#baseWallMs = clock.wallMs();
    this.#baseMonotonicMs = clock.monotonicMs();
    this.#baseLivedMs = kept === null ? 0 : kept.livedMs + bounded(this.#baseWallMs - kept.wallMs);
  }

  /** Milliseconds lived, a whole number that never falls. */
  livedMs(): number {
    return Math.floor(this.#baseLivedMs + this.#clock.monotonicMs() - this.#baseMonotonicMs);
  }

  /** From here on only the monotonic clock counted; what lies before may be up to a step longer than it was. */
  get steadySinceMs(): number {
    return Math.ceil(this.#baseLivedMs);
  }

  /** What to keep with a write. */
  now(): KeptTime {
    return { livedMs: this.livedMs(), wallMs: Math.floor(this.#clock.wallMs()) };
  }

  /** After a sleep of the machine, which the monotonic clock may not have counted. */
  resumed(): void {
    const monotonicMs = this.#clock.monotonicMs();
    const wallMs = this.#clock.wallMs();
    const counted = monotonicMs - this.#baseMonotonicMs;
    const slept = bounded(wallMs - this.#baseWallMs - counted);
    this.#baseLivedMs += counted + slept;
    this.#baseMonotonicMs = monotonicMs;
    this.#baseWallMs = wallMs;
  }
}

const bounded = (ms: number): number => Math.min(Math.max(ms, 0), LONGEST_STEP_MS);
