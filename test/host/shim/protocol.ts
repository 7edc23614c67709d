/** `protocol`: handlers of custom schemes, per session. Real schemes can't be handled here. */
import type { Protocol } from 'electron';
import { emulated, type Strict } from '../emulated.ts';
import { hostState } from '../host-state.ts';
import { registerScheme } from '../scheme-url.ts';

type Handler = Parameters<Protocol['handle']>[1];
type Emulated = Pick<
  Protocol,
  'handle' | 'unhandle' | 'isProtocolHandled' | 'registerSchemesAsPrivileged'
>;

export interface HostProtocol {
  readonly protocol: Protocol;
  /** The handler of a URL's scheme. */
  handlerOf(url: string): Handler | undefined;
}

/** Makes the `protocol` object of one session. */
export const createProtocol = (): HostProtocol => {
  const handlers = new Map<string, Handler>();
  const part = {
    handle: (scheme, handler) => {
      if (handlers.has(scheme)) throw new Error('Failed to register protocol: already registered');
      handlers.set(scheme, handler);
    },
    unhandle: (scheme) => {
      if (!handlers.delete(scheme)) throw new Error('Failed to unhandle protocol');
    },
    isProtocolHandled: (scheme) => handlers.has(scheme),
    registerSchemesAsPrivileged: (schemes) => {
      if (hostState.browser !== null)
        throw new Error(
          'protocol.registerSchemesAsPrivileged should be called before app is ready',
        );
      for (const { scheme } of schemes) registerScheme(scheme);
    },
  } satisfies Strict<Emulated>;
  return {
    protocol: emulated<Protocol>('protocol', part),
    handlerOf: (url) => handlers.get(/^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1] ?? ''),
  };
};
