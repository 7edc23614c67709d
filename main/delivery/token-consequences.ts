/**
 * What answers mean for a single-use token. The two tables that decide whether a token may go out
 * again; they must never be more generous than delivery.md.
 */
import type { MarkIdCallErrorCode, VerificationStatus } from '../markid/client.ts';

/**
 * - `unused`: no byte of the body left; the same token may be sent.
 * - `unknown`: Mark ID may have the submission; only its status can tell.
 * - `spent`: Mark ID refused; the token counts as used and the submission is not there.
 */
export type SendConsequence = 'unused' | 'unknown' | 'spent';

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

  MARKID_MISSING_VALUE: 'spent',
  MARKID_BAD_VALUE: 'spent',
  MARKID_VALIDATION_ERROR: 'spent',
  MARKID_ENCODING_ERROR: 'spent',
  MARKID_JSON_ERROR: 'spent',
  MARKID_METHOD_NOT_ALLOWED: 'spent',
  MARKID_UNAUTHORIZED: 'spent',
  MARKID_PAYMENT_REQUIRED: 'spent',
  MARKID_PERMISSIONS_ERROR: 'spent',
  MARKID_PARTNER_CONTRACT_ERROR: 'spent',
  MARKID_PARTNER_ERROR: 'spent',
  MARKID_CLIENT_BUSY: 'spent',
  MARKID_TOO_MANY_REQUESTS: 'spent',
  MARKID_REQUEST_TOO_LARGE: 'spent',
  MARKID_REFUSED: 'spent',
  MARKID_ACCEPTED_WITH_ERROR: 'spent',
};

/**
 * - `delivered`: Mark ID has the submission; its verdict on it is not our business.
 * - `unused`: the token was not used up to the moment of asking.
 * - `expired`: the token was never used and never will be.
 * - `unconfirmed`: nobody can tell; nothing may be sent again.
 */
export type StatusConsequence = 'delivered' | 'unused' | 'expired' | 'unconfirmed';

/** Consequence of each status for a token whose fate is unknown. */
export const STATUS_CONSEQUENCES: Readonly<Record<VerificationStatus, StatusConsequence>> = {
  REVIEWING: 'delivered',
  APPROVED: 'delivered',
  DENIED: 'delivered',
  SUSPECTED: 'delivered',
  ACTIVE: 'unused',
  EXPIRED: 'expired',
  DELETED: 'unconfirmed',
  ARCHIVED: 'unconfirmed',
  UNKNOWN: 'unconfirmed',
};
