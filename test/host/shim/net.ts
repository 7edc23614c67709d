/** `net`: only `request`, the one way the app reaches a server. */
import type { ClientRequest, Net } from 'electron';
import { emulated, type Strict } from '../emulated.ts';
import { HostClientRequest } from '../net/client-request.ts';

export const net = emulated<Net>('net', {
  request: (options) => emulated<ClientRequest>('ClientRequest', new HostClientRequest(options)),
  isOnline: () => true,
} satisfies Strict<Pick<Net, 'request' | 'isOnline'>>);
