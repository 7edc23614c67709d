/** Start order, and nothing else: switches → single instance → shell → kiosk → window. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { composeKiosk } from './composition.ts';
import { systemClock } from './ports/clock.ts';
import { emptyCoreDumps } from './ports/core-dumps.ts';
import { createAppProtocol, readFileMap } from './shell/app-protocol.ts';
import { openKioskWindow, type KioskWindow } from './shell/kiosk-window.ts';
import * as lifecycle from './shell/lifecycle.ts';
import { clearSession, createGuardedSession } from './shell/session-guard.ts';
import { readStyleHash } from './shell/style-hash.ts';
import { applySwitches } from './shell/switches.ts';
import { watchWakeUps } from './shell/wake-ups.ts';

/** The folder of the built app: this file becomes out/app/main/index.js. */
const APP_FOLDER = fileURLToPath(new URL('..', import.meta.url));

let window: KioskWindow | null = null;

const start = async (): Promise<void> => {
  await lifecycle.whenShellReady();
  const files = await readFileMap(join(APP_FOLDER, 'renderer'));
  const styleHash = await readStyleHash(join(APP_FOLDER, 'style-hash.json'));
  const { kiosk, log } = composeKiosk({
    ...lifecycle.appFacts(),
    appFolder: APP_FOLDER,
    contents: () => window?.contents() ?? null,
    leave: lifecycle.leave,
    onCustomerGone: async () => window?.renew(),
  });
  const session = createGuardedSession(createAppProtocol(files, styleHash, () => kiosk.logo));
  const stopWatching = watchWakeUps({
    onResume: () => kiosk.delivery?.machineResumed(),
    onOnline: () => kiosk.delivery?.networkReturned(),
  });
  lifecycle.onShutdown(async () => {
    stopWatching();
    window?.release();
    await kiosk.stop();
    await clearSession(session);
    log.sink({ event: 'app.stop-finished' });
    await log.close();
  });
  // The window paints while the kiosk reads its configuration; its first question waits for that.
  const started = kiosk.start();
  window = openKioskWindow({
    session,
    preload: join(APP_FOLDER, 'preload', 'bridge.cjs'),
    clock: systemClock,
    events: log.sink,
    onFailing: () => {
      kiosk.markScreenFailing();
    },
  });
  await started;
};

emptyCoreDumps();
// Not awaited: Electron becomes ready only after this module has been evaluated.
if (!applySwitches(process.argv.slice(1))) lifecycle.refuseStart(64);
else if (!lifecycle.isFirstInstance(() => window?.focus())) lifecycle.refuseStart(0);
else start().catch(() => lifecycle.refuseStart(70));
