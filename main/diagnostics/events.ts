/**
 * The closed catalogue of what the kiosk writes down about itself. Every field is a number, a
 * boolean or a word of a closed set: nothing a person typed, a server said or a path names fits in.
 */
// SECURITY: SEC-26
import type { ChannelName } from '../../preload/contract/channel-names.ts';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import type { AppStatus } from '../../preload/contract/app-channels.ts';
import type { Environment } from '../../preload/contract/vocabulary.ts';
import type { VaultState } from '../../preload/contract/vault-states.ts';
import type { Clock } from '../ports/clock.ts';

export type KioskEvent =
  | {
      readonly event: 'app.start-finished';
      readonly environment: Environment;
      readonly service: AppStatus['service']['state'];
      readonly code: ErrorCode | null;
      readonly vault: VaultState;
    }
  | { readonly event: 'door.handler-failed'; readonly channel: ChannelName }
  | { readonly event: 'window.renderer-lost'; readonly isFailing: boolean }
  | { readonly event: 'operator.credentials-changed'; readonly isPresent: boolean }
  | { readonly event: 'delivery.submission-started'; readonly imageCount: number }
  | {
      readonly event: 'delivery.submission-finished';
      readonly outcome: 'DELIVERED' | ErrorCode;
      readonly durationMs: number;
    };

/** Writes one event down. Never fails: a log that can stop the kiosk is worse than a gap in it. */
export type EventSink = (event: KioskEvent) => void;

/** Writes events as JSON lines with the wall clock's time. */
export const createEventSink =
  (clock: Clock, writeLine: (line: string) => void): EventSink =>
  (event) => {
    writeLine(`${JSON.stringify({ at: clock.wallMs(), ...event })}\n`);
  };
