/** An HTTP proxy on loopback that treats each CONNECT as the case at hand tells it. */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { portOf } from './servers.ts';

export type ProxyManner = 'tunnel' | 'refuse' | 'ask-credentials' | 'close' | 'silence' | 'gone';

export interface Proxy {
  readonly port: number;
  /** From now on; forgets what was counted. `gone`: nothing listens. */
  behave(manner: ProxyManner): Promise<void>;
  /** CONNECTs received since. */
  tunnels(): number;
  stop(): Promise<void>;
}

const REFUSAL = 'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n';
const CHALLENGE =
  'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="bank"\r\nContent-Length: 0\r\n\r\n';

export const startProxy = async (): Promise<Proxy> => {
  let manner: ProxyManner = 'tunnel';
  let tunnels = 0;
  const sockets = new Set<Duplex>();
  const keep = (socket: Duplex): void => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  };

  const tunnel = (request: IncomingMessage, client: Duplex): void => {
    const [host = '', port = ''] = (request.url ?? '').split(':');
    const upstream: Socket = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(upstream).pipe(client);
    });
    keep(upstream);
    upstream.on('error', () => client.destroy());
  };

  const server = createServer();
  server.on('connection', keep);
  server.on('connect', (request: IncomingMessage, client: Duplex) => {
    tunnels += 1;
    if (manner === 'tunnel') tunnel(request, client);
    else if (manner === 'refuse') client.end(REFUSAL);
    else if (manner === 'ask-credentials') client.end(CHALLENGE);
    else if (manner === 'close') client.destroy();
  });
  const open = async (port: number): Promise<void> => {
    await once(server.listen(port, '127.0.0.1'), 'listening');
  };
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };

  await open(0);
  const port = portOf(server);
  return {
    port,
    behave: async (next) => {
      manner = next;
      tunnels = 0;
      if (next === 'gone') await close();
      else if (!server.listening) await open(port);
    },
    tunnels: () => tunnels,
    stop: close,
  };
};
