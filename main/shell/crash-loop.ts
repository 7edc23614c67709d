/** Decides from the times of past failures whether the page may simply come back. Pure. */
// SECURITY: SEC-27

/** Failures within this time count together. Own decision: a customer's session lasts minutes. */
const WINDOW_MS = 60_000;
/** This many failures within the window take the kiosk out of service. */
const MAX_FAILURES = 3;
/** Pause before the page of a failing kiosk is tried again, so that it does not burn a core. */
const FAILING_DELAY_MS = 10_000;

export interface Recovery {
  /** Milliseconds to wait before the page comes back. */
  readonly delayMs: number;
  readonly isFailing: boolean;
}

/** Remembers failures and answers each with how to recover. `nowMs` is monotonic. */
export const createCrashLoop = (): ((nowMs: number) => Recovery) => {
  let failures: number[] = [];
  return (nowMs) => {
    failures = [...failures.filter((at) => nowMs - at < WINDOW_MS), nowMs];
    const isFailing = failures.length > MAX_FAILURES;
    return { delayMs: isFailing ? FAILING_DELAY_MS : 0, isFailing };
  };
};
