/** Joins the kiosk to the shell: real ports in, channels out. The only place that knows both sides. */
import { join } from 'node:path';
import type { LeavingWay } from '../preload/contract/event-words.ts';
import { Diagnostics } from './diagnostics/diagnostics.ts';
import { EventLog } from './diagnostics/event-log.ts';
import { loadLogKey } from './diagnostics/log-key.ts';
import { appHandlers } from './handlers/app-handlers.ts';
import { diagnosticsHandlers } from './handlers/diagnostics-handlers.ts';
import { operatorHandlers } from './handlers/operator-handlers.ts';
import { outboxHandlers } from './handlers/outbox-handlers.ts';
import { describeScanners, scannerHandlers } from './handlers/scanner-handlers.ts';
import { sessionHandlers } from './handlers/session-handlers.ts';
import { settingsHandlers } from './handlers/settings-handlers.ts';
import { ScannerDesk } from './devices/scanner-desk.ts';
import { Kiosk } from './kiosk.ts';
import { runSystemProcess, scannerEnvironment } from './ports/child-process.ts';
import { systemClock } from './ports/clock.ts';
import { systemDisk } from './ports/disk.ts';
import { systemMachine } from './ports/machine.ts';
import { memoryFolder } from './ports/memory-folder.ts';
import { createNodeDeviceHttp } from './ports/node-device-http.ts';
import { systemRandom } from './ports/random.ts';
import { discoverByMulticast } from './ports/service-discovery.ts';
import { openNodeSqlite } from './ports/sqlite.ts';
import { isInstalledWhole } from './shell/installed-files.ts';
import { openDoor, type DoorOptions } from './shell/ipc-door.ts';
import { createKeyVault } from './shell/key-vault.ts';
import { createNetTransport } from './shell/net-transport.ts';
import { createSettingsStore } from './shell/operator-settings-store.ts';

export interface CompositionParts {
  /** Absolute path of the folder that holds everything the kiosk keeps. */
  readonly folder: string;
  readonly version: string;
  /** Absolute path of the built app. */
  readonly appFolder: string;
  /** The window's contents now; null while there is no window. */
  readonly contents: DoorOptions['contents'];
  /** Leaves the kiosk for the desktop, or for a new start of it. */
  readonly leave: (way: LeavingWay) => void;
  /** Takes away whatever the page knows of a customer who has gone; resolves once that is done. */
  readonly onCustomerGone: () => Promise<void>;
}

export interface ComposedKiosk {
  readonly kiosk: Kiosk;
  readonly log: EventLog;
}

const DAY_MS = 24 * 3_600_000;

/** Makes the kiosk and opens the door to it. The kiosk is not started yet. */
export const composeKiosk = (parts: CompositionParts): ComposedKiosk => {
  const { folder, version, appFolder, contents, leave, onCustomerGone } = parts;
  const log = new EventLog({
    disk: systemDisk,
    clock: systemClock,
    folder: join(folder, 'events'),
    echo: (line) => process.stderr.write(line),
  });
  const events = log.sink;
  const scanners = new ScannerDesk({
    clock: systemClock,
    random: systemRandom,
    disk: systemDisk,
    events,
    run: runSystemProcess,
    deviceHttp: createNodeDeviceHttp,
    discover: discoverByMulticast,
    memoryFolder,
    env: scannerEnvironment(process.env),
    platform: process.platform,
    folder,
    scratchName: 'mark-id-kiosk',
    onChange: () => {
      if (kiosk.scanners !== null)
        send('scanner:scanners-changed', describeScanners(kiosk.scanners));
    },
  });
  const kiosk = new Kiosk({
    clock: systemClock,
    random: systemRandom,
    disk: systemDisk,
    openSqlite: openNodeSqlite,
    keyVault: createKeyVault(),
    settingsStore: createSettingsStore(folder),
    transport: createNetTransport,
    events,
    scanners,
    policySource: {
      platform: process.platform,
      env: process.env,
      userId: process.getuid?.() ?? null,
    },
    folder,
    version,
    isInstalledWhole: () => isInstalledWhole(appFolder),
    // Not waited for: a customer can be served before the log is signed and tidied.
    onConfigured: ({ diagnostics }) => {
      void loadLogKey(systemDisk, kiosk.vault, folder).then((key) =>
        log.adopt(key, diagnostics.eventRetentionDays * DAY_MS),
      );
    },
    onStatus: (status) => {
      send('app:status-changed', status);
    },
    onProgress: (progress) => {
      send('session:delivery-progressed', progress);
    },
    onSettled: (view) => {
      send('session:delivery-settled', view);
    },
  });
  const diagnostics = new Diagnostics({
    disk: systemDisk,
    clock: systemClock,
    machine: systemMachine,
    folder,
    log,
    kiosk,
  });
  const send = openDoor({
    handlers: {
      ...appHandlers(kiosk),
      ...sessionHandlers(kiosk, onCustomerGone),
      ...scannerHandlers(kiosk, (progress) => {
        send('scanner:scan-progressed', progress);
      }),
      ...outboxHandlers(kiosk),
      ...operatorHandlers(kiosk, events, leave),
      ...diagnosticsHandlers(kiosk, diagnostics),
      ...settingsHandlers(kiosk, events),
    },
    clock: systemClock,
    contents,
    onFault: (channel) => {
      events({ event: 'door.handler-failed', channel });
    },
  });
  return { kiosk, log };
};
