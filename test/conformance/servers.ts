/** Small servers on loopback that count what reaches them and misbehave as a case tells them. */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { TestCertificate } from '../support/certificates.ts';
import { patternBytes } from './wire-end.ts';

/** What has reached the servers of a case. */
export interface Tally {
  requests: number;
  /** Of whatever TLS let through; of a bare listener, of requests that came in the clear. */
  receivedBytes: number;
  /** Of bodies, as far as they were read. */
  bodyBytes: number;
  readonly sockets: Set<Socket>;
}

/** One request at a counting server. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The TLS connection. */
  readonly socket: TLSSocket;
  /** Ends the connection with a TCP reset. */
  readonly reset: () => void;
  /** Reads the body's first bytes, then no more. */
  readonly readSome: () => Promise<void>;
  /** Reads what is left of the body. Never resolves where that never comes. */
  readonly readAll: () => Promise<void>;
}

export type Handler = (exchange: Exchange) => Promise<void> | void;

export interface RunningServer {
  readonly origin: string;
  readonly stop: () => Promise<void>;
}

export const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** Listens on an ephemeral port of 127.0.0.1; stopping ends every connection. */
const run = async (server: Server, tcpSockets: ReadonlySet<Socket>): Promise<RunningServer> => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    origin: `https://127.0.0.1:${portOf(server)}`,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of tcpSockets) socket.destroy();
      await closed;
    },
  };
};

const readerOf = (request: IncomingMessage, tally: Tally, violations: string[]) => {
  let bodyBytes = 0;
  const onData = (chunk: Buffer): void => {
    const end = bodyBytes + chunk.byteLength;
    if (!chunk.equals(patternBytes(bodyBytes, end))) violations.push('bytes of something else');
    bodyBytes = end;
    tally.bodyBytes += chunk.byteLength;
  };
  return {
    readSome: async (): Promise<void> => {
      const [chunk] = (await once(request, 'data')) as [Buffer];
      request.pause();
      onData(chunk);
    },
    readAll: async (): Promise<void> => {
      request.on('data', onData);
      request.resume();
      await once(request, 'end');
      if (bodyBytes !== Number(request.headers['content-length']))
        violations.push('a body of another length than was announced');
    },
  };
};

/** An HTTPS server that counts into `tally`; each request goes to `handler`. */
export const startCountingServer = async (
  wish: {
    readonly identity: TestCertificate;
    readonly options: ServerOptions;
    readonly handler: Handler;
  },
  tally: Tally,
  violations: string[],
): Promise<RunningServer> => {
  const { certificatePem: cert, privateKeyPem: key } = wish.identity;
  const tcpSockets = new Set<Socket>();
  const server = createServer(
    { cert, key, keepAliveTimeout: 60_000, ...wish.options },
    (request, response) => {
      tally.requests += 1;
      if (request.headers['transfer-encoding'] !== undefined)
        violations.push('a body without an announced length');
      request.on('error', () => undefined);
      const socket = request.socket as TLSSocket;
      const tcp = [...tcpSockets].find(({ remotePort }) => remotePort === socket.remotePort);
      void (async () => {
        await wish.handler({
          request,
          response,
          socket,
          reset: () => tcp?.resetAndDestroy(),
          ...readerOf(request, tally, violations),
        });
      })().catch(() => undefined);
    },
  );
  server.on('connection', (socket: Socket) => {
    tcpSockets.add(socket);
    tally.sockets.add(socket);
  });
  server.on('secureConnection', (socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      tally.receivedBytes += chunk.byteLength;
    });
  });
  server.on('tlsClientError', () => undefined);
  return run(server, tcpSockets);
};

/** A TCP listener that does what it is told; a request that comes in the clear is counted. */
export const startTcpServer = async (
  onConnection: (socket: Socket) => void,
  tally: Tally,
): Promise<RunningServer> => {
  const tcpSockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    tcpSockets.add(socket);
    tally.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      if (chunk.includes('POST')) tally.receivedBytes += chunk.byteLength;
    });
    onConnection(socket);
  });
  return run(server, tcpSockets);
};

/** Reads the whole request and answers with this. */
export const answering =
  (status: number, headers: Readonly<Record<string, string>>, body: string): Handler =>
  async ({ response, readAll }) => {
    await readAll();
    response.writeHead(status, { 'Content-Length': Buffer.byteLength(body), ...headers });
    response.end(body);
  };

/** 200 without a body. */
export const answerEmpty: Handler = answering(200, {}, '');
