/**
 * The flow as the screens show it. It may leave a place sooner than its heading is read, or stand where
 * there is nothing to see yet; the screens then follow a moment later. They never wait where somebody
 * presses a key, something fails or the customer goes. Must never decide where the flow goes.
 */
import { isStaffed } from './session-context.ts';
import type { SessionActor, SessionSnapshot } from './session-machine.ts';

/**
 * How long a screen that passes by itself stands: three words. Source: Brysbaert 2019, "How many words
 * do we read per minute?", 238. Staff, who read it all day, don't wait.
 */
const READ_MS = 750;

const PASSING = ['submitting', 'delivering'] as const;

const passingOf = (snapshot: SessionSnapshot): (typeof PASSING)[number] | null =>
  PASSING.find((state) => snapshot.matches(state)) ?? null;

/** Where a passing screen leads by itself. */
const isOnward = (snapshot: SessionSnapshot): boolean =>
  snapshot.matches('delivering') || snapshot.matches('receipt');

/** A store for `useSyncExternalStore`, over a flow that runs. */
export class ShownFlow {
  readonly #monotonicNow: () => number;
  readonly #listeners = new Set<() => void>();
  readonly #subscription: { readonly unsubscribe: () => void };
  #shown: SessionSnapshot;
  #sinceMs: number;
  /** What the flow went through since, in order. */
  #waiting: SessionSnapshot[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(actor: SessionActor, monotonicNow: () => number) {
    this.#monotonicNow = monotonicNow;
    this.#shown = actor.getSnapshot();
    this.#sinceMs = monotonicNow();
    this.#subscription = actor.subscribe((snapshot) => {
      // The pictures of the review are on their way: what was taken stands until they are here.
      if (snapshot.matches({ customer: { review: 'reading' } })) return;
      this.#waiting = isOnward(snapshot) ? [...this.#waiting, snapshot] : [snapshot];
      this.#follow();
    });
  }

  readonly subscribe = (onChange: () => void): (() => void) => {
    this.#listeners.add(onChange);
    return () => {
      this.#listeners.delete(onChange);
    };
  };

  readonly getSnapshot = (): SessionSnapshot => this.#shown;

  /** Follows no longer. */
  stop(): void {
    this.#subscription.unsubscribe();
    clearTimeout(this.#timer);
  }

  #follow(): void {
    clearTimeout(this.#timer);
    for (;;) {
      const [next] = this.#waiting;
      if (next === undefined) return;
      const leftMs = this.#leftMs(next);
      if (leftMs > 0) {
        this.#timer = setTimeout(() => {
          this.#follow();
        }, leftMs);
        return;
      }
      this.#waiting.shift();
      this.#show(next);
    }
  }

  #leftMs(next: SessionSnapshot): number {
    const passing = passingOf(this.#shown);
    if (passing === null || passing === passingOf(next)) return 0;
    if (!isOnward(next) || isStaffed(next.context)) return 0;
    return this.#sinceMs + READ_MS - this.#monotonicNow();
  }

  #show(next: SessionSnapshot): void {
    if (passingOf(next) !== passingOf(this.#shown)) this.#sinceMs = this.#monotonicNow();
    this.#shown = next;
    for (const onChange of this.#listeners) onChange();
  }
}
