/**
 * The HttpTransport port over node:https, for tests and tools. Writes nothing, not even a header,
 * before the server's certificate was accepted, so that every failure up to then is known to have
 * left the body at home. Must never follow a redirect, use a proxy, or lower a TLS check.
 */
import { X509Certificate } from 'node:crypto';
import { request as httpsRequest } from 'node:https';
import { setImmediate as afterPoll } from 'node:timers/promises';
import {
  checkServerIdentity,
  createSecureContext,
  getCACertificates,
  TLSSocket,
  type ConnectionOptions,
} from 'node:tls';
import type { TransportErrorCode } from '../../preload/contract/error-codes.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type {
  HttpAnswer,
  HttpRequest,
  HttpRun,
  HttpTransportFactory,
  Trust,
} from './http-transport.ts';
import { parseRetryAfter } from './retry-after.ts';
import { assertHttpsOrigin, trustedUrl } from './trusted-url.ts';

/** Bytes handed over at a time: small enough for progress and early answers, large enough to be fast. */
const CHUNK_BYTES = 256 * 1024;

/** Errors of the connection itself; whatever else ends a handshake is a matter of trust. */
const CONNECTION_ERRORS: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'ECONNABORTED',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTCONN',
]);

/**
 * How far a request got: DNS and TCP, then TLS, then a trusted server that was told nothing yet,
 * then the request itself.
 */
type Stage = 'connecting' | 'handshaking' | 'trusted' | 'sending';

/** Each once: the lists repeat themselves and each other, and every context parses all it is given. */
const PUBLIC_AUTHORITIES = [
  ...new Set([...getCACertificates('bundled'), ...getCACertificates('system')]),
];

/** The part of a connection's options that decides whom it speaks to. */
type TrustOptions = Pick<
  ConnectionOptions,
  'secureContext' | 'rejectUnauthorized' | 'checkServerIdentity'
>;

// SECURITY: SEC-25
const trustOptionsFor = (trust: Trust): TrustOptions => {
  const pinned =
    trust.pinnedCertificatePem === undefined
      ? null
      : new X509Certificate(trust.pinnedCertificatePem).raw;
  const ca =
    trust.pinnedCertificatePem === undefined
      ? [...PUBLIC_AUTHORITIES, trust.extraCaPem ?? '']
      : [trust.pinnedCertificatePem];
  return {
    // Named in full, so that no environment variable (NODE_EXTRA_CA_CERTS) adds to it.
    secureContext: createSecureContext({
      ca,
      minVersion: 'TLSv1.2',
      allowPartialTrustChain: pinned !== null,
    }),
    // Stated, so that NODE_TLS_REJECT_UNAUTHORIZED can't switch it off.
    rejectUnauthorized: true,
    checkServerIdentity: (host, certificate) => {
      if (pinned !== null && !pinned.equals(certificate.raw)) return new Error('Not the pin.');
      return checkServerIdentity(host, certificate);
    },
  };
};

const handshakeErrorCode = (error: Error): TransportErrorCode =>
  'code' in error && typeof error.code === 'string' && CONNECTION_ERRORS.has(error.code)
    ? 'NETWORK_UNREACHABLE'
    : 'TLS_NOT_TRUSTED';

/** One request and its answer on a connection of its own. */
const exchange = (
  url: URL,
  trustOptions: TrustOptions,
  request: HttpRequest,
  run: HttpRun,
): Promise<Result<HttpAnswer, TransportErrorCode>> =>
  new Promise((resolve) => {
    let stage: Stage = 'connecting';
    let isSettled = false;
    let isBodySent = false;
    let handedOverBytes = 0;
    let sentBytes = 0;
    let isAnsweredEarly = false;

    const outgoing = httpsRequest(url, {
      ...trustOptions,
      method: request.method,
      // A connection is never used twice: a request can't be lost with an old one.
      agent: false,
      headers: { ...request.headers, 'Content-Length': request.body.sizeBytes },
    });

    const settle = (result: Result<HttpAnswer, TransportErrorCode>): void => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(totalTimer);
      clearTimeout(idleTimer);
      run.signal.removeEventListener('abort', onAbort);
      outgoing.destroy();
      resolve(result);
    };
    const giveUp = (codeBeforeBody: TransportErrorCode): void => {
      settle(fail(stage === 'sending' ? 'ANSWER_LOST' : codeBeforeBody));
    };
    const onAbort = (): void => {
      giveUp('SEND_CANCELLED');
    };
    const onTimeout = (): void => {
      // A trusted server waits for nobody but the source of the body.
      giveUp(stage === 'trusted' ? 'SEND_CANCELLED' : 'NETWORK_UNREACHABLE');
    };
    const totalTimer = setTimeout(onTimeout, request.timeoutMs);
    const idleTimer = setTimeout(onTimeout, request.idleTimeoutMs);
    run.signal.addEventListener('abort', onAbort);

    const report = (bytes: number): void => {
      if (bytes <= sentBytes) return;
      sentBytes = bytes;
      run.onSent?.(sentBytes);
    };

    /** Hands one chunk over; false when nothing more is to be sent. */
    const write = async (chunk: Uint8Array): Promise<boolean> => {
      if (isSettled) return false;
      stage = 'sending';
      handedOverBytes += chunk.byteLength;
      isBodySent = handedOverBytes === request.body.sizeBytes;
      const error = await new Promise<Error | null | undefined>((done) => {
        outgoing.write(chunk, done);
      });
      if (isSettled || (error ?? null) !== null) return false;
      idleTimer.refresh();
      report(handedOverBytes);
      // An answer that came meanwhile is read here, before the next write can fail and hide it.
      await afterPoll();
      return !isAnsweredEarly;
    };

    /** Throws where the body can't be made, or is not as long as the server was told. */
    const sendBody = async (): Promise<void> => {
      for await (const whole of request.body.chunks()) {
        // More than announced would be read as the next request.
        if (handedOverBytes + whole.byteLength > request.body.sizeBytes)
          throw new RangeError('The body is longer than its size.');
        for (let offset = 0; offset < whole.byteLength; offset += CHUNK_BYTES)
          if (!(await write(whole.subarray(offset, offset + CHUNK_BYTES)))) return;
      }
      if (handedOverBytes < request.body.sizeBytes)
        throw new RangeError('The body is shorter than its size.');
      stage = 'sending';
      isBodySent = true;
      outgoing.end();
    };

    outgoing.on('socket', (socket) => {
      socket.once('connect', () => {
        stage = 'handshaking';
        idleTimer.refresh();
      });
      socket.once('secureConnect', () => {
        idleTimer.refresh();
        // Node has destroyed an unauthorized socket by now; this line does not depend on it.
        if (!(socket instanceof TLSSocket && socket.authorized)) {
          giveUp('TLS_NOT_TRUSTED');
          return;
        }
        stage = 'trusted';
        sendBody().catch(() => {
          giveUp('SEND_CANCELLED');
        });
      });
    });
    outgoing.on('error', (error) => {
      giveUp(stage === 'handshaking' ? handshakeErrorCode(error) : 'NETWORK_UNREACHABLE');
    });
    outgoing.on('close', () => {
      giveUp('NETWORK_UNREACHABLE');
    });

    outgoing.on('response', (incoming) => {
      const status = incoming.statusCode ?? 0;
      const isRefusal = status >= 400;
      const chunks: Buffer[] = [];
      let sizeBytes = 0;
      idleTimer.refresh();
      // Node tells of the last write later than of an answer that needed it.
      if (isBodySent) report(request.body.sizeBytes);
      // A refusal needs no more of the body; a success without all of it is none (see below).
      isAnsweredEarly = isRefusal && !isBodySent;
      incoming.on('data', (chunk: Buffer) => {
        idleTimer.refresh();
        sizeBytes += chunk.byteLength;
        if (sizeBytes > request.maxAnswerBytes) giveUp('ANSWER_LOST');
        else chunks.push(chunk);
      });
      incoming.on('end', () => {
        if (!isRefusal && !isBodySent) {
          giveUp('ANSWER_LOST');
          return;
        }
        const retryAfter = incoming.headers['retry-after'];
        settle(
          ok({
            status,
            retryAfterSeconds: parseRetryAfter(retryAfter, Date.now()),
            body: Buffer.concat(chunks, sizeBytes),
          }),
        );
      });
      incoming.on('error', () => {
        giveUp('ANSWER_LOST');
      });
    });
  });

/**
 * Makes a transport for one https origin; throws when the origin is not one. Trust is the
 * system's certificates and the extra CA, or the pinned certificate alone.
 */
export const createNodeHttpsTransport: HttpTransportFactory = (trust) => {
  assertHttpsOrigin(trust.origin);
  const trustOptions = trustOptionsFor(trust);
  return {
    send: async (request, run) => {
      const url = trustedUrl(trust.origin, request.path);
      if (url === null) return fail('ORIGIN_NOT_ALLOWED');
      if (run.signal.aborted) return fail('SEND_CANCELLED');
      return exchange(url, trustOptions, request, run);
    },
  };
};
