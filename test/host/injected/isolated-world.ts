/**
 * Runs the preload in a world of its own, as a sandboxed, context-isolated Electron window does.
 * Owns ipcRenderer and contextBridge; must never let the page reach the binding.
 * Sent by its source: must never use anything outside itself.
 */
import type { bridgeEndpoint } from './bridge-endpoint.ts';
import type { WireCodec } from './wire-codec.ts';

/** Renderer → host. */
export type FromRenderer =
  | {
      readonly type: 'invoke';
      readonly id: number;
      readonly channel: string;
      readonly args: unknown[];
    }
  | { readonly type: 'send'; readonly channel: string; readonly args: unknown[] }
  | {
      readonly type: 'open';
      readonly url: string;
      readonly frameName: string;
      readonly features: string;
    }
  | { readonly type: 'context-menu'; readonly x: number; readonly y: number }
  | { readonly type: 'zoom'; readonly direction: 'in' | 'out' };

/** Host → renderer. */
export type ToRenderer =
  | { readonly type: 'reply'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failure'; readonly id: number; readonly message: string }
  | { readonly type: 'message'; readonly channel: string; readonly args: unknown[] };

export interface IsolatedWorldConfig {
  readonly bindingName: string;
  readonly deliverName: string;
  readonly token: string;
  readonly chunkChars: number;
  readonly platform: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** The scope a CommonJS preload is given. */
export type RunPreload = (
  require: (id: string) => unknown,
  module: { exports: object },
  exports: object,
  process: object,
) => void;

export const isolatedWorld = (
  config: IsolatedWorldConfig,
  codec: WireCodec,
  connect: typeof bridgeEndpoint,
  runPreload: RunPreload,
): void => {
  if (window.top !== window) return;
  type Listener = (event: object, ...args: readonly unknown[]) => void;
  const scope = globalThis as unknown as Record<string, unknown>;
  const binding = scope[config.bindingName] as (text: string) => void;
  delete scope[config.bindingName];

  let lastMessageId = 0;
  const post = (message: FromRenderer): void => {
    const text = codec.encode(message);
    lastMessageId += 1;
    const chunks = Math.ceil(text.length / config.chunkChars);
    for (let index = 0; index < chunks; index += 1) {
      const start = index * config.chunkChars;
      const part = text.slice(start, start + config.chunkChars);
      binding(`${lastMessageId}:${chunks - index - 1}:${part}`);
    }
  };

  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const listeners = new Map<string, Listener[]>();
  let lastInvokeId = 0;

  const notEmulated = (name: string): Error => new Error(`electron host: ${name} is not emulated`);
  const guarded = (name: string, members: object): object =>
    new Proxy(members, {
      get: (target, key) => {
        if (key in target || typeof key === 'symbol' || key === 'then')
          return Reflect.get(target, key) as unknown;
        throw notEmulated(`${name}.${key}`);
      },
    });

  const invoke = (channel: string, ...args: unknown[]): Promise<unknown> => {
    const reply = Promise.withResolvers<unknown>();
    lastInvokeId += 1;
    try {
      post({ type: 'invoke', id: lastInvokeId, channel, args });
      waiting.set(lastInvokeId, reply);
    } catch (error) {
      reply.reject(error);
    }
    return reply.promise;
  };
  const on = (channel: string, listener: Listener): object => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
    return ipcRenderer;
  };
  const off = (channel: string, listener: Listener): object => {
    const left = (listeners.get(channel) ?? []).filter((other) => other !== listener);
    listeners.set(channel, left);
    return ipcRenderer;
  };
  const once = (channel: string, listener: Listener): object => {
    const forward: Listener = (...all) => {
      off(channel, forward);
      listener(...all);
    };
    return on(channel, forward);
  };
  const ipcRenderer: object = guarded('ipcRenderer', {
    invoke,
    send: (channel: string, ...args: unknown[]) => {
      post({ type: 'send', channel, args });
    },
    on,
    addListener: on,
    once,
    off,
    removeListener: off,
    removeAllListeners: (channel: string) => {
      listeners.delete(channel);
      return ipcRenderer;
    },
  });

  const receive = (message: ToRenderer): void => {
    if (message.type === 'message') {
      const event = { sender: ipcRenderer, senderId: 0, ports: [] };
      for (const listener of listeners.get(message.channel) ?? []) listener(event, ...message.args);
      return;
    }
    const reply = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.type === 'reply') reply?.resolve(message.value);
    else reply?.reject(new Error(message.message));
  };
  let parts: string[] = [];
  scope[config.deliverName] = (part: string, isLast: boolean): void => {
    parts.push(part);
    if (!isLast) return;
    const text = parts.join('');
    parts = [];
    receive(codec.decode(text) as ToRenderer);
  };

  const { port1: port } = new MessageChannel();
  window.dispatchEvent(new MessageEvent(config.token, { ports: [port] }));
  const bridge = connect(port, 'preload', () => undefined);
  port.addEventListener('window-open', (event) => {
    const { url, frameName, features } = (event as MessageEvent).data as Record<string, string>;
    post({ type: 'open', url: url ?? '', frameName: frameName ?? '', features: features ?? '' });
  });

  const exposed = new Set<string>();
  const contextBridge = guarded('contextBridge', {
    exposeInMainWorld: (name: string, api: unknown) => {
      if (exposed.has(name))
        throw new Error('Cannot bind an API on top of an existing property on the window object');
      exposed.add(name);
      bridge.offer(name, api);
    },
  });

  /** A click or form that would open a window: asked of the app, never done by Chromium itself. */
  const openElsewhere = (
    event: Event,
    element: HTMLElement | undefined,
    isForced: boolean,
  ): void => {
    if (element === undefined || event.defaultPrevented) return;
    const frameName = element.getAttribute('target') ?? '';
    const staysHere = ['', '_self', '_top', '_parent'].includes(frameName.toLowerCase());
    if (staysHere && !isForced) return;
    event.preventDefault();
    const url =
      element instanceof HTMLFormElement ? element.action : (element as HTMLAnchorElement).href;
    post({ type: 'open', url, frameName, features: '' });
  };
  const linkOf = (event: Event): HTMLElement | undefined =>
    event
      .composedPath()
      .find(
        (node): node is HTMLElement =>
          node instanceof HTMLAnchorElement || node instanceof HTMLAreaElement,
      );
  const onClick = (event: MouseEvent): void => {
    const isNewWindow = event.button === 1 || event.ctrlKey || event.shiftKey || event.metaKey;
    if (event.button !== 2) openElsewhere(event, linkOf(event), isNewWindow);
  };
  window.addEventListener('click', onClick);
  window.addEventListener('auxclick', onClick);
  window.addEventListener('submit', (event) => {
    openElsewhere(event, event.target as HTMLElement, false);
  });
  window.addEventListener('contextmenu', (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    post({ type: 'context-menu', x: event.clientX, y: event.clientY });
  });
  // Electron tells the app of Ctrl+wheel and leaves zooming to it; Chromium's own window would zoom.
  window.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey || event.defaultPrevented) return;
      event.preventDefault();
      post({ type: 'zoom', direction: event.deltaY < 0 ? 'in' : 'out' });
    },
    { passive: false },
  );

  const electron = guarded('electron', { contextBridge, ipcRenderer });
  const require = (id: string): unknown => {
    if (id === 'electron' || id === 'electron/renderer') return electron;
    throw notEmulated(`require('${id}') in a preload`);
  };
  const process = Object.freeze({
    platform: config.platform,
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
    versions: config.versions,
    env: {},
  });
  const module = { exports: {} };
  runPreload(require, module, module.exports, process);
};
