/**
 * Mark ID's API as typed calls. Holds the credentials and gives them to the transport alone, which
 * sends them to its one origin. Never repeats a call by itself: whether a token may be used again
 * is decided in main/delivery.
 */
import { z } from 'zod';
import type { MarkIdErrorCode, TransportErrorCode } from '../../preload/contract/error-codes.ts';
import { LIMITS } from '../../preload/contract/limits.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import {
  bytesBody,
  type HttpAnswer,
  type HttpBody,
  type HttpRun,
  type HttpTransport,
} from '../ports/http-transport.ts';
import { MAX_ANSWER_BYTES, readJsonAnswer, readProcessAnswer } from './answer.ts';

/** Every way a call to Mark ID can fail. */
export type MarkIdCallErrorCode = TransportErrorCode | MarkIdErrorCode;

/** A Result whose failure also says how long Mark ID asks to wait (Retry-After), null when it does not. */
export type MarkIdResult<Value> =
  | { readonly ok: true; readonly value: Value }
  | {
      readonly ok: false;
      readonly error: {
        readonly code: MarkIdCallErrorCode;
        readonly retryAfterSeconds: number | null;
      };
    };

export interface MarkIdCredentials {
  readonly apiKey: string;
  readonly apiSecret: string;
}

/** What a token is asked for. The vendor advises against names and birth dates: they are never sent. */
export interface TokenRequest {
  /** At most 100 ASCII characters. */
  readonly clientId: string;
  /** At most 40 ASCII characters, echoed in the vendor's webhook. */
  readonly externalRef: string;
  /** 1 … 2 592 000. */
  readonly expirySeconds: number;
  /** True when a utility bill will be sent. */
  readonly hasUtilityBill: boolean;
}

export interface VerificationToken {
  /** Single use. */
  readonly authToken: string;
  readonly scanRef: string;
}

/** Documented states of a verification; UNKNOWN is any other word. */
const VERIFICATION_STATUSES = [
  'ACTIVE',
  'REVIEWING',
  'APPROVED',
  'DENIED',
  'SUSPECTED',
  'EXPIRED',
  'DELETED',
  'ARCHIVED',
  'UNKNOWN',
] as const;
export type VerificationStatus = (typeof VERIFICATION_STATUSES)[number];

export interface MarkIdClient {
  /** Asks for a fresh verification token. */
  mintToken(request: TokenRequest, signal: AbortSignal): Promise<MarkIdResult<VerificationToken>>;
  /** Sends a body made by `processBody`. Uses the token in it up, whatever the answer. */
  process(body: HttpBody, run: HttpRun): Promise<MarkIdResult<null>>;
  /** What became of a verification. Not to be polled: the vendor may restrict access. */
  status(scanRef: string, signal: AbortSignal): Promise<MarkIdResult<VerificationStatus>>;
  /** Whether Mark ID accepts the credentials. Spends no token. */
  testCredentials(signal: AbortSignal): Promise<Result<null, MarkIdCallErrorCode>>;
}

const PATHS = {
  token: '/api/v2/token',
  process: '/api/v2/process',
  status: '/api/v2/status',
} as const;

/** Source: delivery.md, Transport: 60 s + bytes / 64 kB/s. */
const BASE_TIMEOUT_MS = 60_000;
const SLOWEST_BYTES_PER_MS = 64;

/** Longest silence. Own decision: the server may look at all pictures before it answers. */
const IDLE_TIMEOUT_MS = 60_000;

/** Longest exchange worth waiting for with a body of this size, milliseconds. */
export const timeoutFor = (sizeBytes: number): number =>
  BASE_TIMEOUT_MS + Math.ceil(sizeBytes / SLOWEST_BYTES_PER_MS);

const printable = /^[\x21-\x7e]+$/;
const tokenAnswer = z.object({
  authToken: z
    .string()
    .min(LIMITS.authTokenMinChars)
    .max(LIMITS.authTokenMaxChars)
    .regex(printable),
  scanRef: z.string().min(1).max(64).regex(printable),
});
const statusAnswer = z.object({ status: z.string() });

/** A well-formed reference that no verification has: the nil UUID. */
const NO_SCAN_REF = '00000000-0000-0000-0000-000000000000';

/**
 * Refusals of a reference that does not exist. They come after the credentials were accepted:
 * credentials that are not accepted have codes of their own.
 */
const REFUSALS_OF_NO_SCAN_REF: ReadonlySet<MarkIdCallErrorCode> = new Set<MarkIdCallErrorCode>([
  'MARKID_MISSING_VALUE',
  'MARKID_BAD_VALUE',
  'MARKID_VALIDATION_ERROR',
  'MARKID_TOKEN_NOT_VALID',
  'MARKID_PARTNER_ERROR',
  'MARKID_REFUSED',
]);

const statusOf = (word: string): VerificationStatus =>
  VERIFICATION_STATUSES.find((known) => known === word) ?? 'UNKNOWN';

const jsonBody = (value: unknown): HttpBody =>
  bytesBody(Buffer.from(JSON.stringify(value), 'utf8'));

/** Makes a client for the account of the given credentials (HTTP Basic, RFC 7617). */
export const createMarkIdClient = (parts: {
  readonly transport: HttpTransport;
  readonly credentials: MarkIdCredentials;
}): MarkIdClient => {
  const { apiKey, apiSecret } = parts.credentials;
  const headers = {
    Authorization: `Basic ${Buffer.from(`${apiKey}:${apiSecret}`, 'utf8').toString('base64')}`,
    'Content-Type': 'application/json',
    Accept: 'application/json',
  };

  const call = async <Value>(
    path: string,
    body: HttpBody,
    run: HttpRun,
    read: (answer: HttpAnswer) => Result<Value, MarkIdErrorCode>,
  ): Promise<MarkIdResult<Value>> => {
    const answer = await parts.transport.send(
      {
        method: 'POST',
        path,
        headers,
        body,
        timeoutMs: timeoutFor(body.sizeBytes),
        idleTimeoutMs: IDLE_TIMEOUT_MS,
        maxAnswerBytes: MAX_ANSWER_BYTES,
      },
      run,
    );
    if (!answer.ok) return { ok: false, error: { ...answer.error, retryAfterSeconds: null } };
    const { retryAfterSeconds } = answer.value;
    const outcome = read(answer.value);
    return outcome.ok ? outcome : { ok: false, error: { ...outcome.error, retryAfterSeconds } };
  };

  const status: MarkIdClient['status'] = (scanRef, signal) =>
    call(PATHS.status, jsonBody({ scanRef }), { signal }, (answer) => {
      const outcome = readJsonAnswer(answer, statusAnswer);
      return outcome.ok ? ok(statusOf(outcome.value.status)) : outcome;
    });

  return {
    status,
    mintToken: ({ clientId, externalRef, expirySeconds, hasUtilityBill }, signal) =>
      call(
        PATHS.token,
        jsonBody({
          clientId,
          externalRef,
          expiryTime: expirySeconds,
          ...(hasUtilityBill ? { utilityBill: true } : {}),
        }),
        { signal },
        (answer) => readJsonAnswer(answer, tokenAnswer),
      ),
    process: (body, run) => call(PATHS.process, body, run, readProcessAnswer),
    testCredentials: async (signal) => {
      const outcome = await status(NO_SCAN_REF, signal);
      if (outcome.ok || REFUSALS_OF_NO_SCAN_REF.has(outcome.error.code)) return ok(null);
      return fail(outcome.error.code);
    },
  };
};
