/**
 * The embedded Mark ID simulator: the same wire format over real HTTPS, on loopback only, for training
 * and tests. Owns its server from start to stop.
 * Never listens on another interface, never keeps a picture, never speaks to anybody by itself.
 */
import { createServer, type Server } from 'node:https';
import type { Socket } from 'node:net';
import { once } from 'node:events';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import { makeLoopbackIdentity } from './certificate.ts';
import { createExchange, type RequestRecord } from './exchange.ts';
import { noFaults, type FaultPlan } from './fault-plan.ts';
import { createJournal, type Journal } from './journal.ts';
import {
  createApi,
  DEFAULT_REQUIRED_STEPS,
  type AcceptedSubmission,
  type Credentials,
  type RequiredSteps,
} from './routes.ts';
import { createTokenBook } from './token-book.ts';

export interface SimulatorOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Default 0: any free port. */
  readonly port?: number;
  /** The only pair that is accepted. Default: drawn at start. */
  readonly credentials?: Credentials;
  readonly faults?: FaultPlan;
  /** Replaces the default steps of the documents named here. */
  readonly requiredSteps?: Partial<RequiredSteps>;
  /** Whether it takes tokens that the bank's system hands over, each once. Default: only its own. */
  readonly takesHandedTokens?: boolean;
  /** Longest time a request may take to arrive, milliseconds. Default: REQUEST_TIMEOUT_MS. */
  readonly requestTimeoutMs?: number;
  /** Told once per request when it is over. */
  readonly onRequest?: (record: RequestRecord) => void;
  /** Told of each accepted submission; its pictures are kept by nobody but whoever asks here. */
  readonly onSubmission?: (submission: AcceptedSubmission) => void;
}

export interface Simulator {
  /** `https://127.0.0.1:PORT`. */
  readonly origin: string;
  readonly port: number;
  /** The certificate to pin; it signs no other. */
  readonly certificatePem: string;
  readonly credentials: Credentials;
  readonly journal: Journal;
  /** Ends every connection and the server. May be called again. */
  readonly stop: () => Promise<void>;
}

const LOOPBACK = '127.0.0.1';

/** 20 MB at the slowest rate the kiosk's own time-outs allow (delivery: 64 kB/s) would be 313 s; loopback is not that slow. Own decision. */
const REQUEST_TIMEOUT_MS = 60_000;

/** How often late requests are looked for, so also how inexact their end is. */
const LATE_CHECK_MS = 500;

const HANDSHAKE_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 5_000;

/** Each may hold a body of 20 MB. Own decision: a kiosk sends one at a time. */
const MAX_CONNECTIONS = 64;

const CREDENTIAL_BYTES = 16;

const drawCredentials = (random: Random): Credentials => {
  const word = (): string => Buffer.from(random.bytes(CREDENTIAL_BYTES)).toString('hex');
  return { apiKey: `training-${word()}`, apiSecret: word() };
};

/** Resolves with the port, null when it can't be had. */
const listen = (server: Server, port: number): Promise<number | null> =>
  new Promise((resolve) => {
    const onError = (): void => resolve(null);
    server.once('error', onError);
    server.listen({ host: LOOPBACK, port, exclusive: true }, () => {
      server.off('error', onError);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : null);
    });
  });

/**
 * Starts a simulator on 127.0.0.1 with a certificate of its own.
 *
 * @returns TRAINING_UNAVAILABLE when the port can't be had.
 */
export const startSimulator = async (
  options: SimulatorOptions,
): Promise<Result<Simulator, 'TRAINING_UNAVAILABLE'>> => {
  const { clock, random } = options;
  const identity = await makeLoopbackIdentity({ clock, random });
  const credentials = options.credentials ?? drawCredentials(random);
  const journal = createJournal();
  const requestTimeoutMs = options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;
  const server = createServer({
    cert: identity.certificatePem,
    key: identity.privateKeyPem,
    minVersion: 'TLSv1.2',
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    requestTimeout: requestTimeoutMs,
    headersTimeout: requestTimeoutMs,
    connectionsCheckingInterval: LATE_CHECK_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
  });
  server.maxConnections = MAX_CONNECTIONS;

  /** TCP sockets under the TLS ones, by the client's port, which is unique on one loopback address. */
  const connections = new Map<number, Socket>();
  server.on('connection', (socket: Socket) => {
    const { remotePort } = socket;
    if (remotePort === undefined) {
      socket.destroy();
      return;
    }
    connections.set(remotePort, socket);
    socket.once('close', () => connections.delete(remotePort));
  });

  const stopping = new AbortController();
  const exchange = createExchange({
    api: createApi({
      book: createTokenBook({
        clock,
        random,
        takesHandedTokens: options.takesHandedTokens ?? false,
      }),
      credentials,
      requiredSteps: { ...DEFAULT_REQUIRED_STEPS, ...options.requiredSteps },
      onAccepted: (submission) => {
        journal.noteAccepted(submission.authToken);
        options.onSubmission?.(submission);
      },
    }),
    faults: options.faults ?? noFaults,
    journal,
    clock,
    stopping: stopping.signal,
    reset: (socket) => connections.get(socket.remotePort ?? 0)?.resetAndDestroy(),
    onRequest: (record) => options.onRequest?.(record),
  });
  server.on('request', (request, response) => void exchange(request, response));

  const port = await listen(server, options.port ?? 0);
  if (port === null) return fail('TRAINING_UNAVAILABLE');

  const stop = async (): Promise<void> => {
    if (!server.listening) return;
    const stopped = once(server, 'close');
    stopping.abort();
    server.close();
    for (const socket of connections.values()) socket.destroy();
    await stopped;
  };
  return ok({
    origin: `https://${LOOPBACK}:${port}`,
    port,
    certificatePem: identity.certificatePem,
    credentials,
    journal,
    stop,
  });
};
