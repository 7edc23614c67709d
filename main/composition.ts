/** Joins the kiosk to the shell: real ports in, channels out. The only place that knows both sides. */
import type { EventSink } from './diagnostics/events.ts';
import { appHandlers } from './handlers/app-handlers.ts';
import { operatorHandlers } from './handlers/operator-handlers.ts';
import { outboxHandlers } from './handlers/outbox-handlers.ts';
import { sessionHandlers } from './handlers/session-handlers.ts';
import { Kiosk } from './kiosk.ts';
import { systemClock } from './ports/clock.ts';
import { systemDisk } from './ports/disk.ts';
import { systemRandom } from './ports/random.ts';
import { openNodeSqlite } from './ports/sqlite.ts';
import { openDoor, type DoorOptions } from './shell/ipc-door.ts';
import { createKeyVault } from './shell/key-vault.ts';
import { createNetTransport } from './shell/net-transport.ts';
import { createSettingsStore } from './shell/operator-settings-store.ts';

export interface CompositionParts {
  /** Absolute path of the folder that holds everything the kiosk keeps. */
  readonly folder: string;
  readonly version: string;
  readonly events: EventSink;
  /** The window's contents now; null while there is no window. */
  readonly contents: DoorOptions['contents'];
  /** Leaves the kiosk for the desktop. */
  readonly exit: () => void;
}

/** Makes the kiosk and opens the door to it. The kiosk is not started yet. */
export const composeKiosk = (parts: CompositionParts): Kiosk => {
  const { folder, version, events, contents, exit } = parts;
  const kiosk = new Kiosk({
    clock: systemClock,
    random: systemRandom,
    disk: systemDisk,
    openSqlite: openNodeSqlite,
    keyVault: createKeyVault(),
    settingsStore: createSettingsStore(folder),
    transport: createNetTransport,
    events,
    policySource: {
      platform: process.platform,
      env: process.env,
      userId: process.getuid?.() ?? null,
    },
    folder,
    version,
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
  const send = openDoor({
    handlers: {
      ...appHandlers(kiosk),
      ...sessionHandlers(kiosk),
      ...outboxHandlers(kiosk),
      ...operatorHandlers(kiosk, events, exit),
    },
    clock: systemClock,
    contents,
    onFault: (channel) => {
      events({ event: 'door.handler-failed', channel });
    },
  });
  return kiosk;
};
