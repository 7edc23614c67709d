/** A tunnel through an HTTP proxy, with Chromium's names for what its proxy said. */
import { request, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { NetErrorName } from './net-errors.ts';

/** Why there is no tunnel; the message is a net:: name. */
export class TunnelError extends Error {
  /** The proxy's answer where it gave one. */
  readonly answer: IncomingMessage | null;

  constructor(name: NetErrorName, answer: IncomingMessage | null) {
    super(name);
    this.answer = answer;
  }
}

/**
 * Asks `proxy` for `target` (both `host:port`). Fails when there is no proxy, when its answer is no
 * yes, or when it ends the connection without one; the socket is then of no use.
 */
export const openTunnel = (
  proxy: string,
  target: string,
  done: (error: TunnelError | null, socket: Socket) => void,
): void => {
  const [host, port] = proxy.split(':');
  const asking = request({
    host,
    port,
    method: 'CONNECT',
    path: target,
    headers: { host: target },
    agent: false,
  });
  asking.once('socket', (socket) => {
    let isConnected = false;
    socket.once('connect', () => (isConnected = true));
    asking.once('error', () => {
      const name = isConnected ? 'net::ERR_EMPTY_RESPONSE' : 'net::ERR_PROXY_CONNECTION_FAILED';
      done(new TunnelError(name, null), socket);
    });
  });
  asking.once('connect', (answer, socket: Socket) => {
    if (answer.statusCode === 200) {
      done(null, socket);
      return;
    }
    socket.destroy();
    done(new TunnelError('net::ERR_TUNNEL_CONNECTION_FAILED', answer), socket);
  });
  asking.end();
};
