/**
 * One end of the wire: a transport that is told by plain data what to send and answers in plain
 * data, so that a case can drive it in this process or inside the running app alike.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type {
  HttpBody,
  HttpTransport,
  HttpTransportFactory,
  Trust,
} from '../../main/ports/http-transport.ts';
import type { TransportErrorCode } from '../../preload/contract/error-codes.ts';

/** A body of the pattern's bytes, or one that goes wrong. */
export interface BodyWish {
  /** What it claims to be. */
  readonly sizeBytes: number;
  /** What it gives; `sizeBytes` without it. */
  readonly givenBytes?: number;
  /** How much at a time; all at once without it. */
  readonly chunkBytes?: number;
  /** Throws in place of what would come after so many bytes. */
  readonly throwsAfterBytes?: number;
  /** Before each chunk. */
  readonly chunkDelayMs?: number;
}

export interface WireRequest {
  readonly trust: Trust;
  readonly path: string;
  readonly body: BodyWish;
  readonly timeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly maxAnswerBytes: number;
}

export type WireOutcome =
  | TransportErrorCode
  | {
      readonly status: number;
      readonly retryAfterSeconds: number | null;
      readonly body: string;
    };

export interface WireReport {
  readonly outcome: WireOutcome;
  /** What `onSent` was called with. */
  readonly progress: readonly number[];
}

export interface WireEnd {
  send(id: string, request: WireRequest): Promise<WireReport>;
  /** Gives the request with this id up, also before it is sent. */
  abort(id: string): Promise<void>;
}

/** Prime in length, so that a byte lost, doubled or moved is seen wherever chunks begin. */
const PATTERN = 'abcdefghijklmnopqrstuvwxyz0123456789-';

/** The bytes every body has from `start` to before `end`. */
export const patternBytes = (start: number, end: number): Buffer => {
  const shift = start % PATTERN.length;
  return Buffer.alloc(end - start, PATTERN.slice(shift) + PATTERN.slice(0, shift));
};

const bodyOf = (wish: BodyWish): HttpBody => ({
  sizeBytes: wish.sizeBytes,
  async *chunks() {
    const givenBytes = wish.givenBytes ?? wish.sizeBytes;
    const throwsAt = wish.throwsAfterBytes ?? Number.POSITIVE_INFINITY;
    const lastByte = Math.min(givenBytes, throwsAt);
    for (let start = 0; start < lastByte;) {
      const end = Math.min(start + (wish.chunkBytes ?? givenBytes), lastByte);
      if (wish.chunkDelayMs !== undefined) await sleep(wish.chunkDelayMs);
      yield patternBytes(start, end);
      start = end;
    }
    if (throwsAt <= givenBytes) throw new Error('The body can not be made.');
  },
});

/** An end over one kind of transport. Requests with the same trust share one transport. */
export const createWireEnd = (createTransport: HttpTransportFactory): WireEnd => {
  const transports = new Map<string, HttpTransport>();
  const callers = new Map<string, AbortController>();

  const transportFor = (trust: Trust): HttpTransport => {
    const key = JSON.stringify(trust);
    const transport = transports.get(key) ?? createTransport(trust);
    transports.set(key, transport);
    return transport;
  };
  const callerOf = (id: string): AbortController => {
    const caller = callers.get(id) ?? new AbortController();
    callers.set(id, caller);
    return caller;
  };

  return {
    send: async (id, { trust, path, body, ...limits }) => {
      const progress: number[] = [];
      const result = await transportFor(trust).send(
        {
          method: 'POST',
          path,
          headers: { Authorization: 'Basic c2VjcmV0', 'Content-Type': 'application/json' },
          body: bodyOf(body),
          ...limits,
        },
        { signal: callerOf(id).signal, onSent: (sentBytes) => progress.push(sentBytes) },
      );
      if (!result.ok) return { outcome: result.error.code, progress };
      const { status, retryAfterSeconds } = result.value;
      const text = Buffer.from(result.value.body).toString();
      return { outcome: { status, retryAfterSeconds, body: text }, progress };
    },
    abort: async (id) => {
      callerOf(id).abort();
    },
  };
};
