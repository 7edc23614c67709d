/**
 * What answers mean for an item and its single-use token. The tables that decide whether anything
 * may go out again; they must never be more generous than the table of states (delivery.md).
 */
// RECOVERY: REC-06
import type { MarkIdCallErrorCode, VerificationStatus } from '../markid/client.ts';

/**
 * - `again`: nobody was reached, or nobody knows and nothing depends on it; try again by itself.
 * - `redraw`: Mark ID knows a session of this client id; ask once under another.
 * - `pause`: this account is refused; so would be every other item.
 * - `cool`: too many requests; so would be every other item.
 * - `person`: the request itself is refused.
 */
export type MintConsequence = 'again' | 'redraw' | 'pause' | 'cool' | 'person';

/** Consequence of each failure to get a token. A token that was made and lost is no loss. */
export const MINT_CONSEQUENCES: Readonly<Record<MarkIdCallErrorCode, MintConsequence>> = {
  NETWORK_UNREACHABLE: 'again',
  PROXY_REFUSED: 'again',
  TLS_NOT_TRUSTED: 'again',
  SEND_CANCELLED: 'again',
  ANSWER_LOST: 'again',
  MARKID_INTERNAL_ERROR: 'again',
  MARKID_ANSWER_UNREADABLE: 'again',
  MARKID_REDIRECTED: 'again',

  MARKID_CLIENT_BUSY: 'redraw',

  ORIGIN_NOT_ALLOWED: 'pause',
  MARKID_UNAUTHORIZED: 'pause',
  MARKID_PAYMENT_REQUIRED: 'pause',
  MARKID_PERMISSIONS_ERROR: 'pause',
  MARKID_PARTNER_CONTRACT_ERROR: 'pause',

  MARKID_TOO_MANY_REQUESTS: 'cool',

  MARKID_MISSING_VALUE: 'person',
  MARKID_BAD_VALUE: 'person',
  MARKID_VALIDATION_ERROR: 'person',
  MARKID_ENCODING_ERROR: 'person',
  MARKID_JSON_ERROR: 'person',
  MARKID_METHOD_NOT_ALLOWED: 'person',
  MARKID_TOKEN_NOT_VALID: 'person',
  MARKID_PARTNER_ERROR: 'person',
  MARKID_REQUEST_TOO_LARGE: 'person',
  MARKID_REFUSED: 'person',
  MARKID_ACCEPTED_WITH_ERROR: 'person',
};

/**
 * - `unused`: no byte of the body left; the same token may be sent.
 * - `unknown`: Mark ID may have the submission; only its status can tell.
 * - `pause`, `cool`: refused for the account's sake; the token counts as used, the item is untouched.
 * - `person`: refused; the token counts as used and somebody must look.
 */
export type SendConsequence = 'unused' | 'unknown' | 'pause' | 'cool' | 'person';

/** Consequence of each failure of `/process`. */
export const SEND_CONSEQUENCES: Readonly<Record<MarkIdCallErrorCode, SendConsequence>> = {
  NETWORK_UNREACHABLE: 'unused',
  PROXY_REFUSED: 'unused',
  TLS_NOT_TRUSTED: 'unused',
  ORIGIN_NOT_ALLOWED: 'unused',
  SEND_CANCELLED: 'unused',

  ANSWER_LOST: 'unknown',
  MARKID_INTERNAL_ERROR: 'unknown',
  MARKID_ANSWER_UNREADABLE: 'unknown',
  MARKID_REDIRECTED: 'unknown',
  MARKID_TOKEN_NOT_VALID: 'unknown',

  MARKID_UNAUTHORIZED: 'pause',
  MARKID_PAYMENT_REQUIRED: 'pause',
  MARKID_PERMISSIONS_ERROR: 'pause',
  MARKID_PARTNER_CONTRACT_ERROR: 'pause',

  MARKID_TOO_MANY_REQUESTS: 'cool',

  MARKID_MISSING_VALUE: 'person',
  MARKID_BAD_VALUE: 'person',
  MARKID_VALIDATION_ERROR: 'person',
  MARKID_ENCODING_ERROR: 'person',
  MARKID_JSON_ERROR: 'person',
  MARKID_METHOD_NOT_ALLOWED: 'person',
  MARKID_PARTNER_ERROR: 'person',
  MARKID_CLIENT_BUSY: 'person',
  MARKID_REQUEST_TOO_LARGE: 'person',
  MARKID_REFUSED: 'person',
  MARKID_ACCEPTED_WITH_ERROR: 'person',
};

/**
 * - `delivered`: Mark ID has the submission; its verdict on it is not our business.
 * - `unused`: the token was not used up to the moment of asking.
 * - `expired`: the token was never used and never will be.
 * - `person`: nobody can tell; nothing may be sent again by itself.
 */
export type StatusConsequence = 'delivered' | 'unused' | 'expired' | 'person';

/** Consequence of each status for a token whose fate is unknown. */
export const STATUS_CONSEQUENCES: Readonly<Record<VerificationStatus, StatusConsequence>> = {
  REVIEWING: 'delivered',
  APPROVED: 'delivered',
  DENIED: 'delivered',
  SUSPECTED: 'delivered',
  ACTIVE: 'unused',
  EXPIRED: 'expired',
  DELETED: 'person',
  ARCHIVED: 'person',
  UNKNOWN: 'person',
};

/** Failures to ask for a status after which asking anyone else is as pointless. */
export const ASK_CONSEQUENCES = (code: MarkIdCallErrorCode): 'pause' | 'cool' | 'again' => {
  const consequence = MINT_CONSEQUENCES[code];
  return consequence === 'pause' || consequence === 'cool' ? consequence : 'again';
};
