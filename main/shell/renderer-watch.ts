/** Notices a page that is still there but no longer answers. */
// SECURITY: SEC-27
import type { WebContents } from 'electron';
import type { Clock } from '../ports/clock.ts';

/** Own decision: asks often enough that nobody stares at a dead screen, seldom enough to cost nothing. */
const PING_EVERY_MS = 2_000;
/** Silence that counts as hung. A slow branch PC may block its page for seconds while a camera opens. */
const HUNG_AFTER_MS = 10_000;

/** Calls `onHung` once when the page stays silent; stops with the signal. */
export const watchRenderer = async (
  contents: WebContents,
  clock: Clock,
  signal: AbortSignal,
  onHung: () => void,
): Promise<void> => {
  let answeredAtMs = clock.monotonicMs();
  let isAsking = false;
  const ask = async (): Promise<void> => {
    isAsking = true;
    try {
      await contents.executeJavaScript('0');
      answeredAtMs = clock.monotonicMs();
    } catch {
      /* The page is being replaced; its going is told by render-process-gone. */
    }
    isAsking = false;
  };
  while (!signal.aborted && !contents.isDestroyed()) {
    if (clock.monotonicMs() - answeredAtMs > HUNG_AFTER_MS) {
      onHung();
      return;
    }
    if (!isAsking) void ask();
    await clock.sleep(PING_EVERY_MS, signal);
  }
};
