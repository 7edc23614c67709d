/**
 * What a page reports, as the events and questions Electron would put to the app. The app's
 * answer decides; a missing handler means what it means in Electron.
 */
import type { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions, WebContents, WebFrameMain } from 'electron';
import { appEvents, runningBrowser } from '../host-state.ts';
import type { FromRenderer, ToRenderer } from '../injected/isolated-world.ts';
import type { Frame } from '../page/frames.ts';
import type { Page, PageDelegate } from '../page/page.ts';
import { toApp } from '../scheme-url.ts';
import { handleInvoke, ipcMain } from './ipc-main.ts';
import { applyPermissions } from './permissions.ts';
import { preventable } from './preventable.ts';
import type { HostSession } from './session.ts';

export type WindowOpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];

/** What a delegate may know of its web contents. */
export interface ContentsCore {
  readonly electron: WebContents;
  readonly session: HostSession;
  readonly frameObject: (frame: Frame | null) => WebFrameMain | null;
  page: Page | null;
  isCrashed: boolean;
  windowOpenHandler: WindowOpenHandler;
  /** Opens the window the app allowed. */
  readonly openWindow: (url: string, options: BrowserWindowConstructorOptions) => void;
  readonly onPainted: () => void;
  /** Called when a page of the app has committed: its process may be another. */
  readonly onCommitted: () => void;
}

/** Exit code Electron reports for a crash on POSIX: SIGSEGV. */
const CRASHED = { reason: 'crashed', exitCode: 11 } as const;

const CONSOLE_LEVELS: Readonly<Record<string, string>> = {
  debug: 'debug',
  error: 'error',
  assert: 'error',
  verbose: 'debug',
  warning: 'warning',
};

/** Error pages are Chromium's own, no page of the app. */
const isErrorPage = (frame: Frame): boolean => frame.url.startsWith('chrome-error:');

/** Asks the app about a window a page wants, and opens it when the app allows it. */
export const askWindowOpen = (
  core: ContentsCore,
  wanted: { readonly url: string; readonly frameName: string; readonly features: string },
): void => {
  const url = toApp(wanted.url);
  const verdict = core.windowOpenHandler({
    url,
    frameName: wanted.frameName,
    features: wanted.features,
    disposition: 'new-window',
    referrer: { url: '', policy: 'default' },
  });
  if (verdict.action === 'allow') core.openWindow(url, verdict.overrideBrowserWindowOptions ?? {});
};

const createMessageHandler = (core: ContentsCore, emitter: EventEmitter) => {
  const ipcEvent = (frame: Frame | null) => ({
    type: 'frame' as const,
    sender: core.electron,
    senderFrame: core.frameObject(frame),
    frameId: 1,
    processId: 1,
  });

  const invoke = async (
    message: Extract<FromRenderer, { type: 'invoke' }>,
    frame: Frame | null,
    contextId: number,
  ): Promise<void> => {
    const event = { ...ipcEvent(frame) } as Parameters<typeof handleInvoke>[0];
    const deliver = (answer: ToRenderer): void => core.page?.deliver(answer, contextId);
    const { id } = message;
    try {
      deliver({
        type: 'reply',
        id,
        value: await handleInvoke(event, message.channel, message.args),
      });
    } catch (error) {
      deliver({ type: 'failure', id, message: error instanceof Error ? error.message : '' });
    }
  };

  return (message: FromRenderer, frame: Frame | null, contextId: number): void => {
    switch (message.type) {
      case 'invoke':
        void invoke(message, frame, contextId);
        return;
      case 'send':
        ipcMain.emit(message.channel, { ...ipcEvent(frame), ports: [] }, ...message.args);
        return;
      case 'open':
        askWindowOpen(core, message);
        return;
      case 'context-menu':
        emitter.emit('context-menu', preventable({}), { x: message.x, y: message.y });
        return;
      case 'zoom':
        emitter.emit('zoom-changed', preventable({}), message.direction);
        return;
      default:
    }
  };
};

/** @param emitter the web contents object itself */
export const createPageDelegate = (core: ContentsCore, emitter: EventEmitter): PageDelegate => ({
  onMessage: createMessageHandler(core, emitter),

  onKey: (input) => {
    const event = preventable({});
    emitter.emit('before-input-event', event, input);
    return !event.defaultPrevented;
  },

  onNavigation: ({ url, frameId, isRedirect }) => {
    const frame = core.page?.frames.get(frameId) ?? null;
    const isMainFrame = frameId === core.page?.targetId;
    const details = {
      url,
      isMainFrame,
      isSameDocument: false,
      frame: core.frameObject(frame),
      initiator: core.electron.mainFrame,
    };
    const isAllowed = (name: string): boolean => {
      const event = preventable(details);
      emitter.emit(name, event, url);
      return !event.defaultPrevented;
    };
    if (isRedirect) return isAllowed('will-redirect');
    return (!isMainFrame || isAllowed('will-navigate')) && isAllowed('will-frame-navigate');
  },

  beforeDocument: async (url) => {
    const { cdp } = runningBrowser();
    const contextId = await core.session.contextId();
    return applyPermissions(cdp, contextId, core.session.permissions, core.electron, url);
  },

  serve: async (request) => core.session.serve(request, core.electron.id),

  onCommit: (frame) => {
    if (frame !== core.page?.frames.root || isErrorPage(frame)) return;
    core.isCrashed = false;
    core.onCommitted();
    emitter.emit('did-navigate', {}, toApp(frame.url), 200, 'OK');
  },
  onInPageNavigation: (frame) => {
    const isMainFrame = frame === core.page?.frames.root;
    emitter.emit('did-navigate-in-page', {}, toApp(frame.url), isMainFrame);
  },
  onDomReady: () => {
    emitter.emit('dom-ready', {});
  },
  onLoad: () => {
    const root = core.page?.frames.root;
    if (root === undefined || isErrorPage(root) || root.url === 'about:blank') return;
    emitter.emit('did-finish-load', {});
    emitter.emit('did-stop-loading', {});
  },
  onFirstPaint: core.onPainted,
  onConsole: (level, message, frame) => {
    emitter.emit('console-message', {
      level: CONSOLE_LEVELS[level] ?? 'info',
      message,
      lineNumber: 0,
      sourceId: '',
      frame: core.frameObject(frame),
    });
  },
  onCrash: () => {
    core.isCrashed = true;
    emitter.emit('render-process-gone', {}, CRASHED);
    appEvents.emit('render-process-gone', {}, core.electron, CRASHED);
  },
});
