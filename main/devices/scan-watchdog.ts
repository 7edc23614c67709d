/** Notices a scan that no longer shows a sign of life. */
import type { Clock } from '../ports/clock.ts';
import { SCAN_LIMITS } from './scanner-driver.ts';

/** How often the silence is measured: a first sign makes what is allowed of it shorter. */
const LOOK_MS = 1000;

export interface ScanWatchdog {
  /** Aborted when the scan has been silent, or has run, too long. */
  readonly bite: AbortSignal;
  /** A sign of life. */
  pat(): void;
  /** The scan is over. */
  stop(): void;
}

/** Watches from now on. */
// RECOVERY: REC-07
export const watchScan = (clock: Clock): ScanWatchdog => {
  const bite = new AbortController();
  const over = new AbortController();
  const startMs = clock.monotonicMs();
  let dueMs = startMs + SCAN_LIMITS.firstSignMs;
  const watch = async (): Promise<void> => {
    while (!over.signal.aborted) {
      const nowMs = clock.monotonicMs();
      const untilMs = Math.min(dueMs, startMs + SCAN_LIMITS.jobMs);
      if (nowMs >= untilMs) {
        bite.abort();
        return;
      }
      await clock.sleep(Math.min(untilMs - nowMs, LOOK_MS), over.signal);
    }
  };
  void watch();
  return {
    bite: bite.signal,
    pat: () => {
      dueMs = clock.monotonicMs() + SCAN_LIMITS.silenceMs;
    },
    stop: () => {
      over.abort();
    },
  };
};
