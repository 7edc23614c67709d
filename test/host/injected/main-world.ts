/**
 * Runs in the page's own world at document start, before any script of the page: takes what the
 * preload exposes, and answers window.open as Electron does for a denied window.
 * Sent by its source: must never use anything outside itself, never leave a name in the page.
 */
import type { bridgeEndpoint } from './bridge-endpoint.ts';

/** @param token name of the one event in which the preload's world hands over its port */
export const mainWorld = (connect: typeof bridgeEndpoint, token: string): void => {
  if (window.top !== window) return;
  window.addEventListener(
    token,
    (event) => {
      event.stopImmediatePropagation();
      const [port] = (event as MessageEvent).ports;
      if (port === undefined) return;
      connect(port, 'page', (name, value) => {
        Object.defineProperty(window, name, { value, enumerable: true });
      });
      Object.defineProperty(window, 'open', {
        value: (url?: string | URL, name?: string, features?: string): null => {
          const { href } = new URL(String(url ?? 'about:blank'), document.baseURI);
          const detail = { url: href, frameName: name ?? '', features: features ?? '' };
          port.dispatchEvent(new MessageEvent('window-open', { data: detail }));
          return null;
        },
        writable: true,
        configurable: true,
        enumerable: true,
      });
    },
    { once: true },
  );
};
