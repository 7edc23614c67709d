/** What the parts of the shim share: the running browser, and whether the app is ready. */
import { EventEmitter } from 'node:events';
import type { Browser } from './browser.ts';

interface HostState {
  /** null until the app is ready. */
  browser: Browser | null;
}

export const hostState: HostState = { browser: null };

/** The browser; throws as Electron does when used too early. */
export const runningBrowser = (): Browser => {
  if (hostState.browser === null)
    throw new Error('Cannot create BrowserWindow before app is ready');
  return hostState.browser;
};

/** Requests that were refused, as the app knows the URLs: a test asserts that there were none. */
export const blockedUrls: string[] = [];

/** What Electron sends through `app` from other objects; the app shim is built on this emitter. */
export const appEvents = new EventEmitter();
