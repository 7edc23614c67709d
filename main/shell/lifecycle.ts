/** Process-wide order of things: one instance, ready, guards for everything that appears, the way out. */
import { app, Menu, powerSaveBlocker } from 'electron';
import type { LeavingWay } from '../../preload/contract/event-words.ts';
import { guardNavigation } from './navigation-guard.ts';

/** True for the first instance. A second one must not touch a file before it has asked. */
// SECURITY: SEC-28
export const isFirstInstance = (onSecond: () => void): boolean => {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', onSecond);
  return true;
};

/** Resolves when windows may be made, with the guards standing that cover every window to come. */
export const whenShellReady = async (): Promise<void> => {
  app.on('web-contents-created', (_event, contents) => {
    guardNavigation(contents);
  });
  // Certificates are judged by the transport alone; the page never reaches a server.
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, decide) => {
    event.preventDefault();
    decide(false);
  });
  await app.whenReady();
  // SECURITY: SEC-14
  Menu.setApplicationMenu(null);
  powerSaveBlocker.start('prevent-display-sleep');
};

/** Own decision: whoever leaves the kiosk waits no longer; what is saved is safe without it. */
const LONGEST_STOP_MS = 10_000;

const end = (): void => {
  app.exit(0);
};

/** Runs `stop` once before the process ends, and then ends it. */
export const onShutdown = (stop: () => Promise<void>): void => {
  let isStopping = false;
  app.on('before-quit', (event) => {
    // Also while it stops: the window goes first, and a kiosk without a window quits once more.
    event.preventDefault();
    if (isStopping) return;
    isStopping = true;
    setTimeout(end, LONGEST_STOP_MS);
    void stop().finally(end);
  });
  app.on('window-all-closed', () => {
    app.quit();
  });
};

/** Leaves the kiosk; `onShutdown` runs first. A restart has the same command line. */
export const leave = (way: LeavingWay): void => {
  // What runs in an AppImage is unmounted with it: the file itself is started again.
  const image = process.env['APPIMAGE'];
  if (way === 'restart') app.relaunch(image === undefined ? {} : { execPath: image });
  app.quit();
};

/** Ends a start that must not go on. */
export const refuseStart = (exitCode: number): void => {
  app.exit(exitCode);
};

/** Where the app keeps its data, and its version. */
export const appFacts = (): { readonly folder: string; readonly version: string } => ({
  folder: app.getPath('userData'),
  version: app.getVersion(),
});
