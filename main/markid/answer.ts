/**
 * From Mark ID's answer to a closed code. Errors are read from `identifier`, else from the HTTP
 * status; `message` may hold personal data and is never read. Source: markid-api.md.
 */
import { z } from 'zod';
import type { MarkIdErrorCode } from '../../preload/contract/error-codes.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';

/** Longest answer read. Own decision: a hundred times the longest status answer documented. */
export const MAX_ANSWER_BYTES = 64 * 1024;

/** What counts of an answer. */
export interface ReceivedAnswer {
  readonly status: number;
  readonly body: Uint8Array;
}

/** The API's error identifiers. */
const CODE_BY_IDENTIFIER: ReadonlyMap<string, MarkIdErrorCode> = new Map([
  ['MISSING_VALUE', 'MARKID_MISSING_VALUE'],
  ['BAD_VALUE', 'MARKID_BAD_VALUE'],
  ['VALIDATION_ERROR', 'MARKID_VALIDATION_ERROR'],
  ['ENCODING_ERROR', 'MARKID_ENCODING_ERROR'],
  ['JSON_ERROR', 'MARKID_JSON_ERROR'],
  ['METHOD_NOT_ALLOWED', 'MARKID_METHOD_NOT_ALLOWED'],
  ['TOKEN_NOT_VALID', 'MARKID_TOKEN_NOT_VALID'],
  ['UNAUTHORIZED', 'MARKID_UNAUTHORIZED'],
  ['PERMISSIONS_ERROR', 'MARKID_PERMISSIONS_ERROR'],
  ['PARTNER_CONTRACT_ERROR', 'MARKID_PARTNER_CONTRACT_ERROR'],
  ['PARTNER_ERROR', 'MARKID_PARTNER_ERROR'],
  ['TOO_MANY_REQUESTS', 'MARKID_TOO_MANY_REQUESTS'],
  ['INTERNAL_ERROR', 'MARKID_INTERNAL_ERROR'],
]);

/** Statuses that speak for themselves when no known identifier comes with them. */
const CODE_BY_STATUS: ReadonlyMap<number, MarkIdErrorCode> = new Map([
  [401, 'MARKID_UNAUTHORIZED'],
  [402, 'MARKID_PAYMENT_REQUIRED'],
  [403, 'MARKID_PERMISSIONS_ERROR'],
  [409, 'MARKID_CLIENT_BUSY'],
  [413, 'MARKID_REQUEST_TOO_LARGE'],
  [429, 'MARKID_TOO_MANY_REQUESTS'],
]);

const identified = z.object({ identifier: z.string() });
const jsonObject = z.record(z.string(), z.unknown());

/** The JSON of a body, undefined when it is none. */
const jsonOf = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
};

const codeOfIdentifier = (json: unknown): MarkIdErrorCode | undefined => {
  const parsed = identified.safeParse(json);
  return parsed.success ? CODE_BY_IDENTIFIER.get(parsed.data.identifier) : undefined;
};

/** The code of an answer that is no success. */
const failureCode = ({ status, body }: ReceivedAnswer): MarkIdErrorCode => {
  if (status >= 300 && status < 400) return 'MARKID_REDIRECTED';
  const json = jsonOf(body);
  const known = codeOfIdentifier(json) ?? CODE_BY_STATUS.get(status);
  if (known !== undefined) return known;
  if (status >= 500) return 'MARKID_INTERNAL_ERROR';
  return status >= 400 && jsonObject.safeParse(json).success
    ? 'MARKID_REFUSED'
    : 'MARKID_ANSWER_UNREADABLE';
};

/**
 * Answer to `/process`: only 200 with not one byte of a body means that the submission is taken.
 * With JSON it is a refusal; with anything else nobody knows what happened to the submission.
 */
export const readProcessAnswer = (answer: ReceivedAnswer): Result<null, MarkIdErrorCode> => {
  if (answer.status !== 200) return fail(failureCode(answer));
  if (answer.body.byteLength === 0) return ok(null);
  return fail(
    jsonOf(answer.body) === undefined ? 'MARKID_ANSWER_UNREADABLE' : 'MARKID_ACCEPTED_WITH_ERROR',
  );
};

/** Answer that carries JSON of the given shape with any 2xx status. */
export const readJsonAnswer = <Value>(
  answer: ReceivedAnswer,
  shape: z.ZodType<Value>,
): Result<Value, MarkIdErrorCode> => {
  if (answer.status < 200 || answer.status >= 300) return fail(failureCode(answer));
  const json = jsonOf(answer.body);
  const wanted = shape.safeParse(json);
  if (wanted.success) return ok(wanted.data);
  return fail(codeOfIdentifier(json) ?? 'MARKID_ANSWER_UNREADABLE');
};
