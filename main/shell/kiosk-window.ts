/**
 * The one window. Full screen, guarded, and back by itself when its page crashes or hangs.
 * Must never hold a customer's state: whatever a new page needs it asks main for.
 */
import { BrowserWindow, type Session, type WebContents } from 'electron';
import type { Clock } from '../ports/clock.ts';
import { APP_ENTRY_URL } from './app-origin.ts';
import { createCrashLoop } from './crash-loop.ts';
import { guardInput } from './input-guard.ts';
import { watchRenderer } from './renderer-watch.ts';
import { RENDERER_PREFERENCES } from './web-preferences.ts';

export interface KioskWindowOptions {
  readonly session: Session;
  /** Absolute path of the bundled bridge. */
  readonly preload: string;
  readonly clock: Clock;
  /** The page crashed or hung; `isFailing` when it did so too often. */
  readonly onRendererLost: (isFailing: boolean) => void;
}

export interface KioskWindow {
  /** Contents of the window that is there now, null between two windows. */
  contents(): WebContents | null;
  focus(): void;
  /** Lets the window close: only the way out of the kiosk calls this. */
  release(): void;
}

/** Background until the first paint: the dark of the shipped theme, so that nothing flashes white. */
const BACKGROUND = '#0b1f33';

/** Opens the window and keeps it open. */
export const openKioskWindow = (options: KioskWindowOptions): KioskWindow => {
  const recover = createCrashLoop();
  let window: BrowserWindow | null = null;
  let isReleased = false;

  const replace = async (lost: BrowserWindow, stopWatch: AbortController): Promise<void> => {
    if (stopWatch.signal.aborted) return;
    stopWatch.abort();
    const { delayMs, isFailing } = recover(options.clock.monotonicMs());
    options.onRendererLost(isFailing);
    await options.clock.sleep(delayMs);
    if (isReleased) return;
    // The new window stands before the old one goes: an app without a window would end.
    window = open();
    lost.destroy();
  };

  const open = (): BrowserWindow => {
    const opened = new BrowserWindow({
      kiosk: true,
      fullscreen: true,
      show: false,
      autoHideMenuBar: true,
      backgroundColor: BACKGROUND,
      title: 'Mark ID Kiosk',
      webPreferences: {
        ...RENDERER_PREFERENCES,
        session: options.session,
        preload: options.preload,
      },
    });
    const stopWatch = new AbortController();
    const lose = (): void => void replace(opened, stopWatch);
    opened.removeMenu();
    // SECURITY: SEC-22
    opened.setContentProtection(true);
    opened.once('ready-to-show', () => {
      opened.show();
    });
    // SECURITY: SEC-14
    opened.on('close', (event) => {
      if (!isReleased) event.preventDefault();
    });
    opened.on('closed', () => {
      stopWatch.abort();
    });
    guardInput(opened.webContents);
    // SECURITY: SEC-27
    opened.webContents.on('render-process-gone', lose);
    opened.webContents.once('did-finish-load', () => {
      void watchRenderer(opened.webContents, options.clock, stopWatch.signal, lose);
    });
    // A load that fails is a crash in all but name; the next window tries again.
    opened.loadURL(APP_ENTRY_URL).catch(lose);
    return opened;
  };

  window = open();
  return {
    contents: () => (window === null || window.isDestroyed() ? null : window.webContents),
    focus: () => {
      window?.show();
      window?.focus();
    },
    release: () => {
      isReleased = true;
      if (window !== null && !window.isDestroyed()) window.destroy();
      window = null;
    },
  };
};
