/** What can happen to an item, and what follows: the words reduce.ts and courier.ts share. */
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import type { MarkIdCallErrorCode, VerificationStatus } from '../markid/client.ts';
import type { DeliveryRecord, ItemToken } from '../outbox/item.ts';

/** What the reducer may know of its surroundings. All times are the kiosk's own clock. */
export interface Surroundings {
  readonly nowLivedMs: number;
  /** Since when no start, no sleep and no wrong system clock can have stretched it. */
  readonly steadySinceLivedMs: number;
  /** `mint`: the kiosk asks for tokens; `handoff`: only the bank gives them. */
  readonly tokenSource: 'mint' | 'handoff';
  /** Life of a token. */
  readonly tokenLifeMs: number;
  /** Drawn for this step, 0 ≤ jitter < 1. */
  readonly jitter: number;
  /** Drawn for this step: each token is asked for under a client id of its own. */
  readonly freshClientId: string;
}

export interface CallFailed {
  readonly code: MarkIdCallErrorCode;
  readonly retryAfterSeconds: number | null;
}

export type DeliveryEvent =
  | { readonly type: 'DUE' }
  | { readonly type: 'MINTED'; readonly token: ItemToken }
  | ({ readonly type: 'MINT_FAILED' } & CallFailed)
  | { readonly type: 'SENT' }
  | ({ readonly type: 'SEND_FAILED' } & CallFailed)
  | { readonly type: 'STATUS'; readonly status: VerificationStatus }
  | ({ readonly type: 'STATUS_FAILED' } & CallFailed)
  /** The kiosk started and found the item so. */
  | { readonly type: 'RESTARTED' }
  /** An operator's decision; the token where the bank hands tokens over. */
  | { readonly type: 'RESEND'; readonly token: ItemToken | null }
  /** An operator's decision to delete it, or to let a new submission take its place. */
  | { readonly type: 'DISCARD' }
  /** Kept as long as the policy allows. */
  | { readonly type: 'EXPIRED' }
  /** Its file or key can't be opened; where it was about to be sent, no byte has left. */
  | { readonly type: 'DAMAGED'; readonly code: 'ITEM_DAMAGED' | 'ITEM_NEWER' };

export type Effect =
  | { readonly do: 'mint' }
  | { readonly do: 'send' }
  | { readonly do: 'ask-status' }
  | { readonly do: 'pause'; readonly code: ErrorCode }
  | { readonly do: 'cool'; readonly retryAfterSeconds: number | null }
  | { readonly do: 'deliver'; readonly reconciled: boolean }
  | { readonly do: 'shred' }
  | { readonly do: 'quarantine' };

export interface Transition {
  /** Null: the item is over and its effect ends it. */
  readonly record: DeliveryRecord | null;
  /** Until the next DUE; null: only an answer or a person leads on. */
  readonly waitMs: number | null;
  readonly effects: readonly Effect[];
}
