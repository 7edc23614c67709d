/**
 * The closed catalogue of what the kiosk writes down about itself. Every field is a number, a
 * boolean or a word of a closed set: nothing a person typed, a server said or a path names fits in.
 */
// SECURITY: SEC-26
import type { ChannelName } from '../../preload/contract/channel-names.ts';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import type { AppStatus } from '../../preload/contract/app-channels.ts';
import type { Environment } from '../../preload/contract/vocabulary.ts';
import type { ActionReason, ItemAction, ItemState } from '../../preload/contract/outbox-words.ts';
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
  | {
      readonly event: 'outbox.opened';
      readonly environment: Environment;
      readonly itemCount: number;
      readonly warning: ErrorCode | null;
    }
  | {
      readonly event: 'outbox.item-saved';
      readonly item: ItemReference;
      readonly imageCount: number;
      readonly sizeBytes: number;
      readonly durationMs: number;
    }
  | {
      readonly event: 'outbox.item-decided';
      readonly item: ItemReference;
      readonly action: ItemAction;
      readonly reason: ActionReason;
    }
  | {
      readonly event: 'delivery.item-changed';
      readonly item: ItemReference;
      readonly state: ItemState;
      readonly code: ErrorCode | null;
      readonly attempts: number;
    }
  | {
      readonly event: 'delivery.item-ended';
      readonly item: ItemReference;
      readonly outcome: 'DELIVERED' | 'CONFIRMED' | 'DELETED';
      /** False where the disk did not take it; it ends again later. */
      readonly isKept: boolean;
    }
  | { readonly event: 'delivery.step-failed' };

/** Digits of a random number of ours (main/outbox/item.ts). */
type ItemReference = string;

/** Writes one event down. Never fails: a log that can stop the kiosk is worse than a gap in it. */
export type EventSink = (event: KioskEvent) => void;

/** Writes events as JSON lines with the wall clock's time. */
export const createEventSink =
  (clock: Clock, writeLine: (line: string) => void): EventSink =>
  (event) => {
    writeLine(`${JSON.stringify({ at: clock.wallMs(), ...event })}\n`);
  };
