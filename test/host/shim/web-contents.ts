/** `WebContents`: the app's handle on one Chromium page. */
import { EventEmitter, once } from 'node:events';
import { readFileSync } from 'node:fs';
import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  WebContents,
  WebPreferences,
} from 'electron';
import type { OpenedTarget } from '../browser.ts';
import { ignoreGone } from '../cdp.ts';
import { emulated, notEmulated, type Strict } from '../emulated.ts';
import { appEvents, runningBrowser } from '../host-state.ts';
import { attachPage, LoadError, type Page } from '../page/page.ts';
import { toApp } from '../scheme-url.ts';
import { askWindowOpen, createPageDelegate, type ContentsCore } from './page-delegate.ts';
import { claimRendererPid } from './renderer-pid.ts';
import { defaultSession, hostSessionOf } from './session.ts';
import { createFrameObjects } from './web-frame-main.ts';

type Emulated = Pick<
  WebContents,
  | 'id'
  | 'session'
  | 'mainFrame'
  | 'close'
  | 'executeJavaScript'
  | 'focus'
  | 'forcefullyCrashRenderer'
  | 'getOSProcessId'
  | 'getType'
  | 'getURL'
  | 'getZoomFactor'
  | 'isCrashed'
  | 'isDestroyed'
  | 'isDevToolsOpened'
  | 'loadURL'
  | 'reload'
  | 'send'
  | 'setIgnoreMenuShortcuts'
  | 'setVisualZoomLevelLimits'
  | 'setWebRTCIPHandlingPolicy'
  | 'setWindowOpenHandler'
  | 'setZoomFactor'
>;

/** The host's side of a web contents object. */
export interface HostContents {
  readonly electron: WebContents;
  readonly window: BrowserWindow;
  /** Opened once; rejects when Chromium is gone. */
  readonly page: Promise<Page>;
  readonly targetId: () => string | null;
  readonly askWindowOpen: (url: string) => void;
  destroy(): void;
}

export interface ContentsOptions {
  readonly window: BrowserWindow;
  readonly preferences: WebPreferences;
  readonly isFullScreen: boolean;
  readonly onPainted: () => void;
  readonly openWindow: (url: string, options: BrowserWindowConstructorOptions) => void;
}

/** Chromium's net error list (net/base/net_error_list.h) for what a page here can meet. */
const NET_ERRORS: Readonly<Record<string, number>> = {
  'net::ERR_FAILED': -2,
  'net::ERR_ABORTED': -3,
  'net::ERR_BLOCKED_BY_CLIENT': -20,
  'net::ERR_ADDRESS_UNREACHABLE': -109,
};

const loadFailure = (name: string, url: string): Error => {
  const code = name.replace('net::', '');
  const errno = NET_ERRORS[name] ?? -2;
  return Object.assign(new Error(`${code} (${errno}) loading '${url}'`), { code, errno, url });
};

let lastId = 0;

/** Makes the web contents of a window and opens its page. */
export const createContents = (options: ContentsOptions): HostContents => {
  lastId += 1;
  const id = lastId;
  const { preferences } = options;
  const session =
    preferences.session === undefined ? defaultSession : hostSessionOf(preferences.session);
  let isDestroyed = false;
  let pid = 0;
  let pidClaimed: Promise<void> = Promise.resolve();

  const emitter = new EventEmitter().setMaxListeners(0);
  const frameObject = createFrameObjects(() => core.page?.frames ?? null);

  const claimPid = async (): Promise<void> => {
    pid = (await claimRendererPid(runningBrowser(), id)) ?? pid;
  };

  const loadURL = async (url: string): Promise<void> => {
    const page = await host.page;
    const stop = new AbortController();
    const { signal } = stop;
    const lost = Promise.race([
      once(emitter, 'render-process-gone', { signal }),
      once(emitter, 'destroyed', { signal }),
    ]).then(() => {
      throw loadFailure('net::ERR_FAILED', url);
    });
    try {
      await Promise.race([page.load(url), lost]);
      await pidClaimed;
    } catch (error) {
      if (!(error instanceof LoadError)) throw error;
      const failure = loadFailure(error.message, url);
      emitter.emit('did-fail-load', {}, NET_ERRORS[error.message] ?? -2, error.message, url, true);
      throw failure;
    } finally {
      lost.catch(() => undefined);
      stop.abort();
    }
  };

  const part = Object.assign(emitter, {
    id,
    session: session.electron,
    close: () => {
      options.window.close();
    },
    executeJavaScript: async (code) => (await host.page).evaluate(code),
    focus: () => undefined,
    forcefullyCrashRenderer: () => core.page?.crash(),
    getOSProcessId: () => pid,
    getType: () => 'window',
    getURL: () => toApp(core.page?.frames.root.url ?? ''),
    getZoomFactor: () => 1,
    isCrashed: () => core.isCrashed,
    isDestroyed: () => isDestroyed,
    isDevToolsOpened: () => false,
    loadURL,
    reload: () => core.page?.reload(),
    send: (channel, ...args: unknown[]) => {
      core.page?.deliver({ type: 'message', channel, args });
    },
    // There is no menu, no pinch and no WebRTC traffic to hold back: nothing to switch.
    setIgnoreMenuShortcuts: () => undefined,
    setVisualZoomLevelLimits: () => Promise.resolve(),
    setWebRTCIPHandlingPolicy: () => undefined,
    setWindowOpenHandler: (handler) => {
      core.windowOpenHandler = handler;
    },
    setZoomFactor: (factor) => {
      if (factor !== 1) throw notEmulated('a zoom factor other than 1');
    },
  } satisfies Strict<Omit<Emulated, 'mainFrame'>>);
  // In Electron, though not in electron.d.ts: what the window was made with.
  Object.assign(part, { getLastWebPreferences: () => ({ ...preferences }) });
  Object.defineProperty(part, 'mainFrame', {
    get: () => frameObject(core.page?.frames.root ?? null),
  });

  const core: ContentsCore = {
    electron: emulated<WebContents>('webContents', part),
    session,
    frameObject,
    page: null,
    isCrashed: false,
    windowOpenHandler: () => ({ action: 'allow' }),
    openWindow: options.openWindow,
    onPainted: options.onPainted,
    onCommitted: () => {
      pidClaimed = claimPid().catch(ignoreGone);
    },
  };

  const open = async (): Promise<Page> => {
    const browser = runningBrowser();
    const target: OpenedTarget = await browser.openTarget(
      await session.contextId(),
      options.isFullScreen,
    );
    const preload =
      preferences.preload === undefined ? '' : readFileSync(preferences.preload, 'utf8');
    const delegate = createPageDelegate(core, emitter);
    const page = await attachPage(browser.cdp, target, preload, delegate);
    core.page = page;
    session.pages.add(page);
    if (isDestroyed) browser.closeTarget(page.targetId);
    return page;
  };

  const host: HostContents = {
    electron: core.electron,
    window: options.window,
    page: open(),
    targetId: () => core.page?.targetId ?? null,
    askWindowOpen: (url) => {
      askWindowOpen(core, { url, frameName: '', features: '' });
    },
    destroy: () => {
      isDestroyed = true;
      if (core.page !== null) {
        session.pages.delete(core.page);
        runningBrowser().closeTarget(core.page.targetId);
      }
      emitter.emit('destroyed');
    },
  };
  host.page.catch(ignoreGone);
  appEvents.emit('web-contents-created', {}, core.electron);
  return host;
};
