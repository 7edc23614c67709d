/**
 * The one Chromium of this process and its targets. Opens a page for each window, and turns every
 * page that nobody here asked for into a question to the app.
 */
import { ignoreGone, type CdpConnection } from './cdp.ts';
import { startChromium, type Chromium } from './chromium.ts';
import type { HostOptions } from './host-options.ts';

export interface OpenedTarget {
  readonly targetId: string;
  readonly sessionId: string;
}

/** A page Chromium opened by itself: a link with a target, a middle click the page did not see. */
export interface Popup {
  readonly url: string;
  readonly openerId: string | null;
}

export interface Browser {
  readonly cdp: CdpConnection;
  /** An in-memory profile: nothing of it reaches a disk. */
  createContext(): Promise<string>;
  openTarget(contextId: string, isFullScreen: boolean): Promise<OpenedTarget>;
  closeTarget(targetId: string): void;
  setFullScreen(targetId: string, isFullScreen: boolean): void;
  rendererPids(): Promise<readonly number[]>;
  kill(): void;
}

/** Opens targets, and tells popups from them. */
const watchTargets = async (
  cdp: CdpConnection,
  onPopup: (popup: Popup) => void,
): Promise<(create: () => Promise<string>) => Promise<string>> => {
  const ours = new Set<string>();
  const creating = new Set<Promise<string>>();
  const closeForeign = async (targetId: string, popup: Popup): Promise<void> => {
    // A target of ours is announced before the answer that names it.
    await Promise.allSettled(creating);
    if (ours.has(targetId)) return;
    onPopup(popup);
    await cdp.browser.send('Target.closeTarget', { targetId }).catch(ignoreGone);
  };
  cdp.browser.on('Target.targetCreated', ({ targetInfo }) => {
    const { type, targetId, url, openerId } = targetInfo;
    if (type === 'page')
      void closeForeign(targetId, { url: url || 'about:blank', openerId: openerId ?? null });
  });
  await cdp.browser.send('Target.setDiscoverTargets', { discover: true });
  return async (create) => {
    const creation = create();
    creating.add(creation);
    try {
      const targetId = await creation;
      ours.add(targetId);
      return targetId;
    } finally {
      creating.delete(creation);
    }
  };
};

const fullScreenSetter =
  (cdp: CdpConnection) =>
  async (targetId: string, isFullScreen: boolean): Promise<void> => {
    const { windowId } = await cdp.browser.send('Browser.getWindowForTarget', { targetId });
    const windowState = isFullScreen ? 'fullscreen' : 'normal';
    await cdp.browser.send('Browser.setWindowBounds', { windowId, bounds: { windowState } });
  };

/** Starts Chromium. `onExit` is called when it ends by itself. */
export const startBrowser = async (
  options: HostOptions,
  appSwitches: ReadonlyMap<string, string>,
  onPopup: (popup: Popup) => void,
  onExit: () => void,
): Promise<Browser> => {
  const chromium: Chromium = await startChromium(options, appSwitches);
  chromium.process.once('exit', onExit);
  const { cdp } = chromium;
  const createOurs = await watchTargets(cdp, onPopup);
  const setFullScreen = fullScreenSetter(cdp);
  return {
    cdp,
    createContext: async () => {
      const { browserContextId } = await cdp.browser.send('Target.createBrowserContext');
      // No file ever leaves a page: will-download is not emulated.
      await cdp.browser.send('Browser.setDownloadBehavior', { behavior: 'deny', browserContextId });
      return browserContextId;
    },
    openTarget: async (browserContextId, isFullScreen) => {
      const targetId = await createOurs(async () => {
        const created = await cdp.browser.send('Target.createTarget', {
          url: 'about:blank',
          newWindow: true,
          browserContextId,
          width: options.widthPx,
          height: options.heightPx,
        });
        return created.targetId;
      });
      if (isFullScreen) await setFullScreen(targetId, true);
      const { sessionId } = await cdp.browser.send('Target.attachToTarget', {
        targetId,
        flatten: true,
      });
      return { targetId, sessionId };
    },
    closeTarget: (targetId) => {
      cdp.browser.send('Target.closeTarget', { targetId }).catch(ignoreGone);
    },
    setFullScreen: (targetId, isFullScreen) => {
      setFullScreen(targetId, isFullScreen).catch(ignoreGone);
    },
    rendererPids: async () => {
      const { processInfo } = await cdp.browser.send('SystemInfo.getProcessInfo');
      return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
    },
    kill: () => {
      chromium.kill();
    },
  };
};
