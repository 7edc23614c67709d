/**
 * The HttpTransport port over Electron's network stack: the system's proxy and trust store, in a
 * session that keeps nothing. Sends one request at a time on a connection of its own. Must never
 * let Chromium repeat a request, follow a redirect, or soften its verdict on a certificate.
 */
import { createHash } from 'node:crypto';
import { net, session, type Certificate, type Session } from 'electron';
import type { TransportErrorCode } from '../../preload/contract/error-codes.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type {
  HttpAnswer,
  HttpBody,
  HttpRequest,
  HttpRun,
  HttpTransportFactory,
  Trust,
} from '../ports/http-transport.ts';
import { parseRetryAfter } from '../ports/retry-after.ts';
import { assertHttpsOrigin, trustedUrl } from '../ports/trusted-url.ts';
import { isPinnedCertificate, leadsToExtraCa, type PresentedChain } from './certificate-check.ts';
import { codeOfNetError } from './net-errors.ts';

/** How often the upload's progress is read; Chromium itself reports it every 100 ms. */
const PROGRESS_MS = 200;

/** Answers of a certificate verify proc: accept, Chromium's own verdict, net::ERR_CERT_AUTHORITY_INVALID. */
const VERIFY = { ACCEPT: 0, AS_CHROMIUM: -3, AUTHORITY_INVALID: -202 } as const;

/** Deepest chain walked; issuers link to each other and could form a ring. */
const MAX_CHAIN_LENGTH = 8;

const chainOf = (leaf: Certificate): readonly string[] => {
  const chain: string[] = [];
  let current: Certificate | undefined = leaf;
  while (current !== undefined && chain.length < MAX_CHAIN_LENGTH) {
    chain.push(current.data);
    // Electron's types miss that the last certificate has no issuer.
    current = current.issuerCert as Certificate | undefined;
  }
  return chain;
};

/**
 * Lets a session trust what the policy says. A pin replaces the system's trust; an extra CA can
 * turn nothing but "unknown authority" into a yes; without either, Chromium judges alone.
 */
// SECURITY: SEC-25
const applyTrust = (ownSession: Session, { extraCaPem, pinnedCertificatePem }: Trust): void => {
  if (extraCaPem === undefined && pinnedCertificatePem === undefined) return;
  ownSession.setCertificateVerifyProc((shown, callback) => {
    const chain: PresentedChain = {
      certificatesPem: chainOf(shown.certificate),
      hostname: shown.hostname,
      nowMs: Date.now(),
    };
    if (pinnedCertificatePem !== undefined)
      callback(
        isPinnedCertificate(chain, pinnedCertificatePem) ? VERIFY.ACCEPT : VERIFY.AUTHORITY_INVALID,
      );
    else if (
      extraCaPem !== undefined &&
      shown.errorCode === VERIFY.AUTHORITY_INVALID &&
      leadsToExtraCa(chain, extraCaPem)
    )
      callback(VERIFY.ACCEPT);
    else callback(VERIFY.AS_CHROMIUM);
  });
};

/**
 * An in-memory session per trust: connections and cached verdicts of one never serve another.
 * No `persist:` prefix, so nothing of it reaches the disk.
 */
const openSession = (trust: Trust): Session => {
  const identity = [trust.origin, trust.extraCaPem ?? '', trust.pinnedCertificatePem ?? ''];
  const suffix = createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 16);
  const ownSession = session.fromPartition(`markid-${suffix}`, { cache: false });
  applyTrust(ownSession, trust);
  return ownSession;
};

const firstOf = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;

const whenAborted = (signal: AbortSignal): Promise<null> =>
  new Promise((resolve) => {
    const onAbort = (): void => resolve(null);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });

/**
 * The whole body in one buffer of exact size: Electron sets the length itself, and only from that.
 * Null where the body can't be made after all.
 */
const gather = async (body: HttpBody, signal: AbortSignal): Promise<Buffer | null> => {
  const whole = Buffer.allocUnsafe(body.sizeBytes);
  let filled = 0;
  try {
    for await (const chunk of body.chunks()) {
      if (signal.aborted) return null;
      // Throws where it does not fit.
      whole.set(chunk, filled);
      filled += chunk.byteLength;
    }
  } catch {
    return null;
  }
  // allocUnsafe shows old memory where nothing was written: a gap would send it.
  return filled === whole.byteLength ? whole : null;
};

/** One request and its answer. From here on a byte of the body may have left at any time. */
const exchange = (
  url: URL,
  ownSession: Session,
  request: HttpRequest,
  body: Buffer,
  run: HttpRun,
): Promise<Result<HttpAnswer, TransportErrorCode>> =>
  new Promise((resolve) => {
    let isSettled = false;
    let sentBytes = 0;

    const outgoing = net.request({
      method: request.method,
      url: url.href,
      headers: { ...request.headers },
      session: ownSession,
      credentials: 'omit',
      useSessionCookies: false,
      redirect: 'manual',
      cache: 'no-store',
    });

    const settle = (result: Result<HttpAnswer, TransportErrorCode>): void => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(totalTimer);
      clearTimeout(idleTimer);
      clearInterval(progressTimer);
      run.signal.removeEventListener('abort', onLost);
      outgoing.abort();
      resolve(result);
    };
    const onLost = (): void => {
      settle(fail('ANSWER_LOST'));
    };
    /** True when more was sent since the last look. Before the upload there is no count at all. */
    const readProgress = (): boolean => {
      const { current } = outgoing.getUploadProgress();
      if (!(current > sentBytes)) return false;
      sentBytes = Math.min(current, body.byteLength);
      idleTimer.refresh();
      run.onSent?.(sentBytes);
      return true;
    };

    const totalTimer = setTimeout(onLost, request.timeoutMs);
    const idleTimer = setTimeout(() => {
      if (!readProgress()) onLost();
    }, request.idleTimeoutMs);
    const progressTimer = setInterval(readProgress, PROGRESS_MS);
    run.signal.addEventListener('abort', onLost);

    // No listener for `close`: Electron emits it as soon as the body was handed over (electron#47096).
    outgoing.on('error', (error) => {
      readProgress();
      settle(fail(sentBytes > 0 ? 'ANSWER_LOST' : codeOfNetError(error.message)));
    });
    // Not following it makes Chromium cancel the request; the status alone is the answer.
    outgoing.on('redirect', (status) => {
      settle(ok({ status, retryAfterSeconds: null, body: new Uint8Array() }));
    });
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      let sizeBytes = 0;
      idleTimer.refresh();
      // Between two looks a whole upload can have left: nobody looks again before the answer.
      readProgress();
      incoming.on('data', (chunk) => {
        idleTimer.refresh();
        sizeBytes += chunk.byteLength;
        if (sizeBytes > request.maxAnswerBytes) onLost();
        else chunks.push(chunk);
      });
      incoming.on('end', () => {
        const retryAfter = firstOf(incoming.headers['retry-after']);
        settle(
          ok({
            status: incoming.statusCode,
            retryAfterSeconds: parseRetryAfter(retryAfter, Date.now()),
            body: Buffer.concat(chunks, sizeBytes),
          }),
        );
      });
      incoming.on('aborted', onLost);
      incoming.on('error', onLost);
    });

    outgoing.end(body);
  });

/** The request under way in a session: transports with the same trust share one. */
const turns = new WeakMap<Session, Promise<unknown>>();

/** Makes a transport for one https origin; throws when the origin is not one. Needs a ready app. */
export const createNetTransport: HttpTransportFactory = (trust) => {
  assertHttpsOrigin(trust.origin);
  const ownSession = openSession(trust);

  const sendAlone = async (
    url: URL,
    request: HttpRequest,
    run: HttpRun,
  ): Promise<Result<HttpAnswer, TransportErrorCode>> => {
    if (run.signal.aborted) return fail('SEND_CANCELLED');
    // Chromium silently repeats a request, body and all, when a kept connection turns out dead.
    // On a fresh connection it does not, and a connection error then means that no byte left.
    await ownSession.closeAllConnections();
    // A source that falls silent must not keep every later request waiting.
    const enough = AbortSignal.any([run.signal, AbortSignal.timeout(request.timeoutMs)]);
    const body = await Promise.race([gather(request.body, enough), whenAborted(enough)]);
    if (body === null || run.signal.aborted) return fail('SEND_CANCELLED');
    return exchange(url, ownSession, request, body, run);
  };

  return {
    send: async (request, run) => {
      const url = trustedUrl(trust.origin, request.path);
      if (url === null) return fail('ORIGIN_NOT_ALLOWED');
      // One after the other: closing the connections would end a request that is under way.
      const turn = turns.get(ownSession) ?? Promise.resolve();
      const answer = turn.then(() => sendAlone(url, request, run));
      turns.set(
        ownSession,
        answer.catch(() => undefined),
      );
      return answer;
    },
  };
};
