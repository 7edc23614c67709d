/** Time as a port: domain code never reads a clock of its own. */

export interface Clock {
  /** Wall clock, milliseconds since 1970-01-01 UTC. May jump; only for what people read. */
  wallMs(): number;
  /** Wall clock of the last local midnight. */
  startOfDayMs(): number;
  /** Monotonic milliseconds since an arbitrary start. For ages, time-outs and lock-outs. */
  monotonicMs(): number;
  /** Resolves after `ms`, or at once when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's clock. */
export const systemClock: Clock = {
  wallMs: () => Date.now(),
  startOfDayMs: () => new Date().setHours(0, 0, 0, 0),
  monotonicMs: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted === true) {
        resolve();
        return;
      }
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal?.addEventListener('abort', done);
    }),
};
