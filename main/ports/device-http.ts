/**
 * HTTP to a scanner in the branch, as a port: one small request, one answer with a cap on its bytes
 * and on every silence. Nothing of a customer is ever sent, so a failure costs a scan and no more.
 */
import type { Result } from '../../preload/contract/result.ts';

export interface DeviceRequest {
  /** `http://host[:port]` or `https://host[:port]`. */
  readonly origin: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Absolute path with leading slash. */
  readonly path: string;
  /** XML; null without a body. */
  readonly body: string | null;
  /** A longer answer is cut and reported as TOO_LARGE. */
  readonly maxAnswerBytes: number;
  /** Whole exchange, milliseconds. */
  readonly timeoutMs: number;
  /** Longest silence, milliseconds. */
  readonly idleTimeoutMs: number;
  /** Bytes of the answer's body so far, and how many it announced; null where it did not. */
  readonly onReceived?: (receivedBytes: number, totalBytes: number | null) => void;
}

export interface DeviceAnswer {
  /** Any status, also 3xx: redirects are never followed. */
  readonly status: number;
  /** As the scanner spelled it; null without one. */
  readonly location: string | null;
  readonly body: Uint8Array;
}

export type DeviceHttpFailure =
  /** Nobody is there: no connection came about. */
  | 'REFUSED'
  /** The certificate is not the one this scanner is known by, or TLS failed. */
  | 'NOT_TRUSTED'
  /** The connection ended before the answer did. */
  | 'CUT'
  | 'SILENT'
  | 'TOO_LARGE'
  /** Something answered that does not speak HTTP. */
  | 'GARBAGE'
  | 'ABORTED';

export interface DeviceHttp {
  /** Never rejects. */
  send(
    request: DeviceRequest,
    signal: AbortSignal,
  ): Promise<Result<DeviceAnswer, DeviceHttpFailure>>;
}

/** Whether the server of an origin is the right one by its certificate (SHA-256, lower-case hex). */
export type TrustsCertificate = (origin: string, sha256: string) => boolean;
