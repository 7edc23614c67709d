/**
 * The one window. Full screen, guarded, and back by itself when its page crashes or hangs.
 * Must never hold a customer's state: whatever a new page needs it asks main for.
 */
import { BrowserWindow, type Session, type WebContents } from 'electron';
import type { EventSink } from '../diagnostics/events.ts';
import type { Clock } from '../ports/clock.ts';
import { APP_ENTRY_URL } from './app-origin.ts';
import { createCrashLoop } from './crash-loop.ts';
import { guardInput } from './input-guard.ts';
import { watchRenderer } from './renderer-watch.ts';
import { clearSession } from './session-guard.ts';
import { RENDERER_PREFERENCES } from './web-preferences.ts';

export interface KioskWindowOptions {
  readonly session: Session;
  /** Absolute path of the bundled bridge. */
  readonly preload: string;
  readonly clock: Clock;
  readonly events: EventSink;
  /** The page crashed or hung too often. */
  readonly onFailing: () => void;
}

export interface KioskWindow {
  /** Contents of the window that is there now, null between two windows. */
  contents(): WebContents | null;
  focus(): void;
  /**
   * Puts a new renderer process in the place of the one a customer used, whose page stays in sight
   * until the new one has painted. Resolves once the old one is gone, with what its session kept.
   */
  renew(): Promise<void>;
  /** Lets the window close: only the way out of the kiosk calls this. */
  release(): void;
}

/** Background until the first paint: the dark of the shipped theme, so that nothing flashes white. */
const BACKGROUND = '#0b1f33';

/** Own decision: a page that takes longer to paint is waited for without the old one. */
const LONGEST_RENEWAL_MS = 5_000;

interface OpenWindow {
  readonly window: BrowserWindow;
  /** Resolves when it has painted. */
  readonly isShown: Promise<void>;
  /** Whoever takes the window away stops this first. */
  readonly stopWatch: AbortController;
}

/** Opens the window and keeps it open. */
export const openKioskWindow = (options: KioskWindowOptions): KioskWindow => {
  const recover = createCrashLoop();
  let current: OpenWindow | null = null;
  let isReleased = false;

  const replace = async (lost: BrowserWindow, stopWatch: AbortController): Promise<void> => {
    if (stopWatch.signal.aborted) return;
    stopWatch.abort();
    const { delayMs, isFailing } = recover(options.clock.monotonicMs());
    options.events({ event: 'window.renderer-lost', isFailing });
    if (isFailing) options.onFailing();
    await options.clock.sleep(delayMs);
    if (isReleased) return;
    // The new window stands before the old one goes: an app without a window would end.
    current = open();
    lost.destroy();
  };

  const open = (): OpenWindow => {
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
    const shown = Promise.withResolvers<void>();
    const lose = (): void => void replace(opened, stopWatch);
    opened.removeMenu();
    // SECURITY: SEC-22
    opened.setContentProtection(true);
    opened.once('ready-to-show', () => {
      opened.show();
      shown.resolve();
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
    return { window: opened, isShown: shown.promise, stopWatch };
  };

  // SECURITY: SEC-22
  const renew = async (): Promise<void> => {
    const worn = current;
    if (worn === null || worn.stopWatch.signal.aborted || isReleased) return;
    const startedAtMs = options.clock.monotonicMs();
    worn.stopWatch.abort();
    const fresh = open();
    current = fresh;
    await Promise.race([fresh.isShown, options.clock.sleep(LONGEST_RENEWAL_MS)]);
    if (!worn.window.isDestroyed()) worn.window.destroy();
    await clearSession(options.session);
    const durationMs = Math.round(options.clock.monotonicMs() - startedAtMs);
    options.events({ event: 'window.renderer-replaced', durationMs });
  };

  current = open();
  return {
    contents: () =>
      current === null || current.window.isDestroyed() ? null : current.window.webContents,
    focus: () => {
      current?.window.show();
      current?.window.focus();
    },
    renew,
    release: () => {
      isReleased = true;
      if (current !== null && !current.window.isDestroyed()) current.window.destroy();
      current = null;
    },
  };
};
