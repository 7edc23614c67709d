/**
 * Whether anything may be sent at all. What Mark ID says of the account, or the network of itself,
 * holds for every item: one asks for all. Lives in memory: a start tries once and finds out.
 */
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import type { OutboxCondition } from '../../preload/contract/outbox-channels.ts';
import type { Clock } from '../ports/clock.ts';

/** Source: delivery.md, table of states: Retry-After, else 60 s doubling to 60 min. */
const COOLING_MIN_MS = 60_000;
const COOLING_MAX_MS = 60 * 60_000;

type State =
  | { readonly state: 'running' }
  | { readonly state: 'unreachable'; readonly code: ErrorCode; readonly untilMs: number }
  | { readonly state: 'paused'; readonly code: ErrorCode }
  | { readonly state: 'cooling'; readonly untilMs: number };

export class Gate {
  readonly #clock: Clock;
  #state: State = { state: 'running' };
  #coolings = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Milliseconds until an item may go: 0 now, Infinity only after a person resumed. */
  waitMs(): number {
    switch (this.#state.state) {
      case 'running':
        return 0;
      case 'paused':
        return Infinity;
      case 'unreachable':
      case 'cooling':
        break;
    }
    return Math.max(0, this.#state.untilMs - this.#clock.monotonicMs());
  }

  get isUnreachable(): boolean {
    return this.#state.state === 'unreachable';
  }

  condition(): OutboxCondition {
    const state = this.#state;
    switch (state.state) {
      case 'running':
        return { state: 'running' };
      case 'paused':
        return { state: 'paused', code: state.code };
      case 'unreachable':
        return { state: 'unreachable', code: state.code };
      case 'cooling':
        break;
    }
    const leftMs = this.waitMs();
    return leftMs === 0
      ? { state: 'running' }
      : { state: 'cooling', resumesAtMs: Math.round(this.#clock.wallMs() + leftMs) };
  }

  /** Mark ID refuses the account. */
  pause(code: ErrorCode): void {
    this.#state = { state: 'paused', code };
  }

  /** Mark ID asks for fewer requests. */
  cool(retryAfterSeconds: number | null): void {
    const ownMs = Math.min(COOLING_MAX_MS, COOLING_MIN_MS * 2 ** this.#coolings);
    this.#coolings += 1;
    const waitMs =
      retryAfterSeconds === null ? ownMs : Math.min(COOLING_MAX_MS, retryAfterSeconds * 1000);
    this.#state = { state: 'cooling', untilMs: this.#clock.monotonicMs() + waitMs };
  }

  /** Nobody was reached; the next try comes by itself. */
  unreachable(code: ErrorCode, waitMs: number): void {
    this.#state = { state: 'unreachable', code, untilMs: this.#clock.monotonicMs() + waitMs };
  }

  /** Mark ID did what was asked. True when that ends a time of not reaching it. */
  succeeded(): boolean {
    const wasUnreachable = this.isUnreachable;
    this.#coolings = 0;
    this.#state = { state: 'running' };
    return wasUnreachable;
  }

  /** A person mended what was wrong, or the network may be back: try now. */
  open(): void {
    this.#state = { state: 'running' };
  }
}
