/**
 * The wire as a port: one HTTPS request with an exact body, one answer, and for each failure
 * whether a byte of the body may have left. That last fact decides whether a single-use token
 * can still be used, so a transport that is not sure says `some`.
 */
import type { Result } from '../../preload/contract/result.ts';
import type { TransportErrorCode } from '../../preload/contract/error-codes.ts';

/** Which servers a transport may speak to and how it knows them. Fixed at construction. */
export interface Trust {
  /** The only origin requests may go to, e.g. `https://ivs.markid.eu`. */
  readonly origin: string;
  /** PEM certificates trusted in addition to the system's (policy: extra CA file). */
  readonly extraCaPem?: string;
  /** The one PEM certificate that is trusted, instead of the system's (training). */
  readonly pinnedCertificatePem?: string;
}

/** A request's body, made while it is sent. */
export interface HttpBody {
  /** Exactly as many as `chunks` gives; a body of another length is treated as one that throws. */
  readonly sizeBytes: number;
  /**
   * Read once per request. Throws where the body can't be made after all: SEND_CANCELLED as long as
   * nothing of it has left, ANSWER_LOST afterwards.
   */
  chunks(): AsyncIterable<Uint8Array>;
}

/** A body that is there as a whole. */
export const bytesBody = (bytes: Uint8Array): HttpBody => ({
  sizeBytes: bytes.byteLength,
  async *chunks() {
    yield bytes;
  },
});

export interface HttpRequest {
  readonly method: 'POST';
  /** Absolute path with leading slash; the origin comes from Trust. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: HttpBody;
  /** Whole exchange, milliseconds. */
  readonly timeoutMs: number;
  /** Longest silence once connected, milliseconds. */
  readonly idleTimeoutMs: number;
  /** Answers longer than this are cut and reported as ANSWER_LOST. */
  readonly maxAnswerBytes: number;
}

export interface HttpAnswer {
  /** Any status, also 3xx: redirects are never followed. */
  readonly status: number;
  /** Seconds of a numeric or dated Retry-After header, null without one. */
  readonly retryAfterSeconds: number | null;
  readonly body: Uint8Array;
}

export interface HttpRun {
  readonly signal: AbortSignal;
  /** Bytes of the body handed to the network so far. */
  readonly onSent?: (sentBytes: number) => void;
}

/** ANSWER_LOST is the only failure after which a body byte may have left. */
export interface HttpTransport {
  send(request: HttpRequest, run: HttpRun): Promise<Result<HttpAnswer, TransportErrorCode>>;
}

/** Builds a transport for one trusted origin. */
export type HttpTransportFactory = (trust: Trust) => HttpTransport;
