/**
 * Counts the time since a person last did something, on a monotonic clock, and says when to warn
 * and when to wipe. Must never read the wall clock: setting it neither wipes nor keeps a session.
 */
// SECURITY: SEC-29
import { fromCallback } from 'xstate';

/** Both counted from the last activity. A warning at 0 shows the countdown all the time. */
export interface QuietTimes {
  readonly warnAfterMs: number;
  readonly expireAfterMs: number;
}

/** What the watch tells its parent. `secondsLeft` is null when no warning stands. */
export type QuietEvent =
  | { readonly type: 'QUIET.TICKED'; readonly secondsLeft: number | null }
  | { readonly type: 'QUIET.EXPIRED' };

/**
 * What the parent tells the watch. Activity counts until the warning stands; from then on only an
 * explicit CONTINUE does, so that touching the warning's "end" does not make the warning vanish.
 */
export type QuietSignal = { readonly type: 'ACTIVITY' } | { readonly type: 'CONTINUE' };

/** Own decision: a countdown in seconds is at most this late. */
const TICK_MS = 200;

/** The watch as an actor. `monotonicNow` returns milliseconds, as performance.now does. */
export const createQuietWatch = (monotonicNow: () => number) =>
  fromCallback<QuietSignal, QuietTimes>(({ sendBack, receive, input }) => {
    let quietSince = monotonicNow();
    let shown: number | null = null;

    const show = (secondsLeft: number | null): void => {
      if (secondsLeft === shown) return;
      shown = secondsLeft;
      sendBack({ type: 'QUIET.TICKED', secondsLeft } satisfies QuietEvent);
    };

    const tick = (): void => {
      const quietMs = monotonicNow() - quietSince;
      if (quietMs >= input.expireAfterMs) {
        clearInterval(timer);
        sendBack({ type: 'QUIET.EXPIRED' } satisfies QuietEvent);
      } else if (quietMs >= input.warnAfterMs) {
        show(Math.ceil((input.expireAfterMs - quietMs) / 1000));
      }
    };

    const timer = setInterval(tick, TICK_MS);
    tick();

    receive((signal) => {
      if (signal.type === 'ACTIVITY' && shown !== null) return;
      quietSince = monotonicNow();
      show(null);
      tick();
    });

    return () => {
      clearInterval(timer);
    };
  });
