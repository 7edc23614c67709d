/** Tiny HTTPS servers on loopback that count what TLS let through, and a short way to send to them. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server, type ServerOptions } from 'node:https';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import {
  bytesBody,
  type HttpRequest,
  type HttpRun,
  type Trust,
} from '../../../../main/ports/http-transport.ts';
import { createNodeHttpsTransport } from '../../../../main/ports/node-https-transport.ts';
import type { TestCertificate } from '../../../support/certificates.ts';

export interface TestServer {
  readonly origin: string;
  readonly port: number;
  /** Application bytes received, headers included. */
  receivedBytes(): number;
  requests(): number;
  stop(): Promise<void>;
}

const portOf = (server: { address(): ReturnType<Server['address']> }): number => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
};

/** A server with this certificate, stopped at the end of the test. */
export const startServer = async (
  identity: TestCertificate,
  handler: (request: IncomingMessage, response: ServerResponse) => void,
  options: ServerOptions = {},
): Promise<TestServer> => {
  let receivedBytes = 0;
  let requests = 0;
  const server = createServer(
    { cert: identity.certificatePem, key: identity.privateKeyPem, ...options },
    (request, response) => {
      requests += 1;
      request.on('error', () => undefined);
      handler(request, response);
    },
  );
  server.on('secureConnection', (socket) => {
    socket.on('data', (chunk: Buffer) => {
      receivedBytes += chunk.byteLength;
    });
    socket.on('error', () => undefined);
  });
  server.on('tlsClientError', () => undefined);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const port = portOf(server);
  const stop = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  onTestFinished(stop);
  return {
    origin: `https://127.0.0.1:${String(port)}`,
    port,
    receivedBytes: () => receivedBytes,
    requests: () => requests,
    stop,
  };
};

/** An https origin behind which a bare TCP listener does as it is told. */
export const startTcp = async (onConnection: (socket: Socket) => void): Promise<string> => {
  const sockets = new Set<Socket>();
  const listener = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  await once(listener.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    listener.close();
  });
  return `https://127.0.0.1:${String(portOf(listener))}`;
};

/** Reads the whole request and answers 200 without a body. */
export const answerEmpty = (request: IncomingMessage, response: ServerResponse): void => {
  request.resume().on('end', () => {
    response.writeHead(200, { 'Content-Length': 0 }).end();
  });
};

/** Sends a small request over a transport of its own; `request` and `run` change parts of it. */
export const sendTo = (
  trust: Trust,
  request: Partial<HttpRequest> = {},
  run: Partial<HttpRun> = {},
): ReturnType<ReturnType<typeof createNodeHttpsTransport>['send']> =>
  createNodeHttpsTransport(trust).send(
    {
      method: 'POST',
      path: '/api/v2/process',
      headers: { Authorization: 'Basic c2VjcmV0' },
      body: bytesBody(Buffer.from('{"scanRef":"x"}')),
      timeoutMs: 10_000,
      idleTimeoutMs: 10_000,
      maxAnswerBytes: 1000,
      ...request,
    },
    { signal: new AbortController().signal, ...run },
  );
