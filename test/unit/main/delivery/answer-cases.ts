/** Every way `/process` can fail, sorted by what it means for the token. */
import type { MarkIdCallErrorCode } from '../../../../main/markid/client.ts';
import { answer, broken, type Reply } from './fake-markid.ts';

/** A documented error body. */
export const error = (identifier: string, status = 400): Reply => answer(status, { identifier });

/** Failures that leave no byte of the body with anybody. */
export const NOTHING_LEFT = [
  'NETWORK_UNREACHABLE',
  'PROXY_REFUSED',
  'TLS_NOT_TRUSTED',
  'ORIGIN_NOT_ALLOWED',
  'SEND_CANCELLED',
] as const;

/** Answers after which nobody but Mark ID's status knows. */
export const UNKNOWN_OUTCOME: readonly (readonly [MarkIdCallErrorCode, Reply])[] = [
  ['ANSWER_LOST', broken('ANSWER_LOST')],
  ['MARKID_INTERNAL_ERROR', error('INTERNAL_ERROR')],
  ['MARKID_INTERNAL_ERROR', answer(502, '<html>')],
  ['MARKID_ANSWER_UNREADABLE', answer(400, '<html>')],
  ['MARKID_ANSWER_UNREADABLE', answer(200, '<html>')],
  ['MARKID_REDIRECTED', answer(302)],
  ['MARKID_TOKEN_NOT_VALID', error('TOKEN_NOT_VALID')],
];

/** Refusals of the submission itself: it is not there, the token is gone, and somebody must look. */
export const REFUSALS: readonly (readonly [MarkIdCallErrorCode, Reply])[] = [
  ['MARKID_MISSING_VALUE', error('MISSING_VALUE')],
  ['MARKID_BAD_VALUE', error('BAD_VALUE')],
  ['MARKID_VALIDATION_ERROR', error('VALIDATION_ERROR')],
  ['MARKID_ENCODING_ERROR', error('ENCODING_ERROR')],
  ['MARKID_JSON_ERROR', error('JSON_ERROR')],
  ['MARKID_METHOD_NOT_ALLOWED', error('METHOD_NOT_ALLOWED', 405)],
  ['MARKID_PARTNER_ERROR', error('PARTNER_ERROR')],
  ['MARKID_CLIENT_BUSY', answer(409)],
  ['MARKID_REQUEST_TOO_LARGE', answer(413)],
  ['MARKID_REFUSED', answer(404, {})],
  ['MARKID_ACCEPTED_WITH_ERROR', answer(200, { message: 'no document' })],
];

/** Refusals of the account: every other item would meet them too. */
export const ACCOUNT_REFUSALS: readonly (readonly [MarkIdCallErrorCode, Reply])[] = [
  ['MARKID_UNAUTHORIZED', answer(401)],
  ['MARKID_UNAUTHORIZED', error('UNAUTHORIZED')],
  ['MARKID_PAYMENT_REQUIRED', answer(402)],
  ['MARKID_PERMISSIONS_ERROR', answer(403)],
  ['MARKID_PARTNER_CONTRACT_ERROR', error('PARTNER_CONTRACT_ERROR')],
];
