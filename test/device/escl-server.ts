/** Puts an EsclMachine on HTTP or HTTPS, on loopback, with its misbehaviour on the wire. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { EsclAnswer, EsclMachine } from './escl-machine.ts';

export interface EsclServer {
  readonly origin: string;
  readonly port: number;
  stop(): Promise<void>;
}

export interface EsclServerOptions {
  /** PEM; without it plain HTTP. */
  readonly identity?: { readonly certificatePem: string; readonly privateKeyPem: string };
  readonly port?: number;
}

const MAX_REQUEST_BYTES = 64 * 1024;

const bodyOf = async (incoming: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk);
    sizeBytes += bytes.byteLength;
    if (sizeBytes <= MAX_REQUEST_BYTES) chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const send = (outgoing: ServerResponse, socket: Socket, reply: EsclAnswer): void => {
  const { status, type, location, body, hasLength, cutAfter } = reply;
  const sent = cutAfter === null ? body : body.subarray(0, cutAfter);
  // Without a length and without chunks the end of the connection ends the body.
  if (!hasLength) outgoing.useChunkedEncodingByDefault = false;
  outgoing.writeHead(status, {
    'Content-Type': type,
    Connection: 'close',
    ...(location === null ? {} : { Location: location }),
    ...(hasLength ? { 'Content-Length': body.byteLength } : {}),
  });
  if (cutAfter === null) outgoing.end(sent);
  else
    outgoing.write(sent, () => {
      if (hasLength) socket.destroy();
      else socket.end();
    });
};

const keepSending = (outgoing: ServerResponse): void => {
  outgoing.writeHead(200, { 'Content-Type': 'image/jpeg' });
  const chunk = Buffer.alloc(256 * 1024, 0x55);
  const more = (): void => {
    while (!outgoing.destroyed && outgoing.write(chunk));
  };
  outgoing.on('drain', more);
  more();
};

/** Serves a machine until `stop`. One that is unplugged drops every connection. */
export const serveEscl = async (
  machine: EsclMachine,
  { identity, port = 0 }: EsclServerOptions = {},
): Promise<EsclServer> => {
  const respond = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const { socket } = incoming;
    if (!machine.isPlugged) {
      socket.destroy();
      return;
    }
    const reply = await machine.handle({
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      body: await bodyOf(incoming),
      host: incoming.headers.host ?? '',
    });
    switch (reply.kind) {
      case 'answer':
        send(outgoing, socket, reply);
        break;
      case 'silence':
        break;
      case 'garbage':
        socket.end('\u0000\u0001 this is no HTTP\r\n\r\n');
        break;
      case 'endless':
        keepSending(outgoing);
        break;
    }
  };
  const listener = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    respond(incoming, outgoing).catch(() => incoming.socket.destroy());
  };
  const server: Server =
    identity === undefined
      ? createServer(listener)
      : createSecureServer(
          { cert: identity.certificatePem, key: identity.privateKeyPem },
          listener,
        );
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  const scheme = identity === undefined ? 'http' : 'https';
  return {
    origin: `${scheme}://127.0.0.1:${address.port}`,
    port: address.port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
};
