/**
 * Reads the outbox when the room is entered and whenever main tells a new status, which it does with
 * every change of the outbox. One read at a time: what changes meanwhile is read once more after it.
 */
import { fromCallback, type EventObject } from 'xstate';
import type { KioskApi } from '../../preload/contract/kiosk-api.ts';
import type { OutboxView } from '../../preload/contract/outbox-channels.ts';
import type { Result } from '../../preload/contract/result.ts';

/** What the watch tells its parent. */
export interface OutboxEvent {
  readonly type: 'OUTBOX.READ';
  readonly answer: Result<OutboxView>;
}

/** The watch as an actor; it listens until it is stopped. */
export const createOutboxWatch = (kiosk: KioskApi) =>
  fromCallback<EventObject>(({ sendBack }) => {
    const watch = new AbortController();
    let isReading = false;
    let isOutdated = false;

    const read = async (): Promise<void> => {
      isOutdated = true;
      if (isReading) return;
      isReading = true;
      while (isOutdated && !watch.signal.aborted) {
        isOutdated = false;
        const answer = await kiosk.outbox.getOutbox();
        if (!watch.signal.aborted) sendBack({ type: 'OUTBOX.READ', answer } satisfies OutboxEvent);
      }
      isReading = false;
    };

    const stop = kiosk.app.onStatusChanged(() => void read());
    void read();
    return () => {
      watch.abort();
      stop();
    };
  });
