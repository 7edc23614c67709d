/**
 * The DeviceHttp port over node:http and node:https. Must never use a proxy, follow a redirect, keep
 * a connection for later, or say anything to a TLS server before its certificate was accepted.
 */
import { Agent as HttpAgent, request as httpRequest, type ClientRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { TLSSocket } from 'node:tls';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type {
  DeviceAnswer,
  DeviceHttp,
  DeviceHttpFailure,
  DeviceRequest,
  TrustsCertificate,
} from './device-http.ts';

/** Own decision: an eSCL answer has a dozen headers. */
const MAX_HEADER_BYTES = 16 * 1024;

type Outcome = Result<DeviceAnswer, DeviceHttpFailure>;

/** The parser's own errors all begin so (llhttp). */
const isGarbage = (error: Error): boolean =>
  'code' in error && typeof error.code === 'string' && error.code.startsWith('HPE_');

const fingerprintOf = (socket: TLSSocket): string =>
  socket.getPeerCertificate().fingerprint256.replaceAll(':', '').toLowerCase();

const open = (url: URL, request: DeviceRequest): ClientRequest => {
  const options = {
    method: request.method,
    maxHeaderSize: MAX_HEADER_BYTES,
    headers:
      request.body === null
        ? {}
        : { 'Content-Type': 'text/xml', 'Content-Length': Buffer.byteLength(request.body) },
  };
  // A fresh agent each time: no connection outlives its answer, and none takes a proxy from the environment.
  if (url.protocol === 'http:') return httpRequest(url, { ...options, agent: new HttpAgent() });
  return httpsRequest(url, {
    ...options,
    agent: new HttpsAgent(),
    minVersion: 'TLSv1.2',
    // No authority vouches for a scanner: it is known by its certificate's fingerprint (below).
    rejectUnauthorized: false,
  });
};

const exchange = (
  url: URL,
  request: DeviceRequest,
  signal: AbortSignal,
  trusts: TrustsCertificate,
): Promise<Outcome> =>
  new Promise((resolve) => {
    const outgoing = open(url, request);
    let isConnected = false;
    const settle = (outcome: Outcome): void => {
      clearTimeout(totalTimer);
      clearTimeout(idleTimer);
      signal.removeEventListener('abort', onAbort);
      outgoing.destroy();
      resolve(outcome);
    };
    const onAbort = (): void => {
      settle(fail('ABORTED'));
    };
    const onSilence = (): void => {
      settle(fail('SILENT'));
    };
    const totalTimer = setTimeout(onSilence, request.timeoutMs);
    const idleTimer = setTimeout(onSilence, request.idleTimeoutMs);
    signal.addEventListener('abort', onAbort);
    const send = (): void => {
      isConnected = true;
      idleTimer.refresh();
      outgoing.end(request.body ?? undefined);
    };

    outgoing.on('socket', (socket) => {
      if (!(socket instanceof TLSSocket)) {
        socket.once('connect', send);
        return;
      }
      socket.once('connect', () => {
        isConnected = true;
      });
      // SECURITY: SEC-25
      socket.once('secureConnect', () => {
        if (trusts(request.origin, fingerprintOf(socket))) send();
        else settle(fail('NOT_TRUSTED'));
      });
    });
    outgoing.on('error', (error) => {
      const isHandshake = 'library' in error && error.library === 'SSL routines';
      if (isHandshake) settle(fail('NOT_TRUSTED'));
      else if (isGarbage(error)) settle(fail('GARBAGE'));
      else settle(fail(isConnected ? 'CUT' : 'REFUSED'));
    });

    outgoing.on('response', (incoming) => {
      const announced = Number(incoming.headers['content-length'] ?? Number.NaN);
      const totalBytes = Number.isSafeInteger(announced) ? announced : null;
      if (totalBytes !== null && totalBytes > request.maxAnswerBytes) {
        settle(fail('TOO_LARGE'));
        return;
      }
      const chunks: Buffer[] = [];
      let receivedBytes = 0;
      idleTimer.refresh();
      incoming.on('data', (chunk: Buffer) => {
        idleTimer.refresh();
        receivedBytes += chunk.byteLength;
        if (receivedBytes > request.maxAnswerBytes) {
          settle(fail('TOO_LARGE'));
          return;
        }
        chunks.push(chunk);
        request.onReceived?.(receivedBytes, totalBytes);
      });
      incoming.on('end', () => {
        const { statusCode = 0, headers } = incoming;
        const body = Buffer.concat(chunks, receivedBytes);
        settle(ok({ status: statusCode, location: headers.location ?? null, body }));
      });
      incoming.on('error', (error) => {
        settle(fail(isGarbage(error) ? 'GARBAGE' : 'CUT'));
      });
    });
  });

/** Talks to scanners by plain HTTP, and by HTTPS to those whose certificate `trusts` accepts. */
export const createNodeDeviceHttp = (trusts: TrustsCertificate): DeviceHttp => ({
  send: async (request, signal) => {
    if (signal.aborted) return fail('ABORTED');
    const url = URL.parse(request.path, request.origin);
    // The path must not have led to another server.
    if (url === null || url.origin !== request.origin) return fail('GARBAGE');
    return exchange(url, request, signal, trusts);
  },
});
