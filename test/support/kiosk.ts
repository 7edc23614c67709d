/** The whole main process without Electron: real handlers over a memory disk, real HTTPS on loopback. */
import type { ChannelHandlers } from '../../preload/contract/channels.ts';
import type { AppStatus } from '../../preload/contract/app-channels.ts';
import type { KioskEvent } from '../../preload/contract/event-catalogue.ts';
import type { LeavingWay } from '../../preload/contract/event-words.ts';
import type { ScanProgress } from '../../preload/contract/scanner-channels.ts';
import type { DeliveryProgress, SessionView } from '../../preload/contract/session-channels.ts';
import { Diagnostics, type DiagnosticsParts } from '../../main/diagnostics/diagnostics.ts';
import { EventLog } from '../../main/diagnostics/event-log.ts';
import { appHandlers } from '../../main/handlers/app-handlers.ts';
import { diagnosticsHandlers } from '../../main/handlers/diagnostics-handlers.ts';
import { operatorHandlers } from '../../main/handlers/operator-handlers.ts';
import { outboxHandlers } from '../../main/handlers/outbox-handlers.ts';
import { scannerHandlers } from '../../main/handlers/scanner-handlers.ts';
import { sessionHandlers } from '../../main/handlers/session-handlers.ts';
import { settingsHandlers } from '../../main/handlers/settings-handlers.ts';
import { Kiosk } from '../../main/kiosk.ts';
import type { KioskPorts } from '../../main/kiosk-ports.ts';
import { systemClock } from '../../main/ports/clock.ts';
import type { KeyVault } from '../../main/ports/key-vault.ts';
import { createNodeHttpsTransport } from '../../main/ports/node-https-transport.ts';
import { systemRandom } from '../../main/ports/random.ts';
import {
  DEFAULT_OPERATOR_SETTINGS,
  type SettingsStore,
} from '../../main/settings/operator-settings.ts';
import { fail, ok } from '../../preload/contract/result.ts';
import { emptyDesk } from './empty-desk.ts';
import { MemoryDisk } from './memory-disk.ts';
import { MemorySqlite } from './memory-sqlite.ts';

export const POLICY_PATH = '/policy/policy.json';

/** What a guess costs is proven where keys are derived. */
const QUICK = { N: 16, r: 1, p: 1 };

/** A keyring that turns bytes around: enough to see that nothing is stored as it came. */
export const trustedKeyring: KeyVault = {
  keyring: () => Promise.resolve('gnome_libsecret'),
  encrypt: (text) => Promise.resolve(ok(Buffer.from(text, 'utf8').toReversed())),
  decrypt: (sealed) =>
    Promise.resolve(
      ok({ text: Buffer.from(sealed.toReversed()).toString('utf8'), shouldReEncrypt: false }),
    ),
};

/** A system without a keyring to trust. */
export const noKeyring: KeyVault = {
  keyring: () => Promise.resolve(null),
  encrypt: () => Promise.resolve(fail('UNAVAILABLE')),
  decrypt: () => Promise.resolve(fail('UNAVAILABLE')),
};

const memorySettings = (): SettingsStore => {
  let settings = DEFAULT_OPERATOR_SETTINGS;
  return {
    load: () => ok(settings),
    lastGood: () => settings,
    save: (next) => {
      settings = next;
      return ok(null);
    },
    reset: () => ok(null),
  };
};

export interface KioskUnderTest {
  readonly kiosk: Kiosk;
  readonly handlers: ChannelHandlers;
  readonly disk: MemoryDisk;
  readonly sqlite: MemorySqlite;
  readonly events: KioskEvent[];
  readonly progress: DeliveryProgress[];
  readonly statuses: AppStatus[];
  /** The session as it was each time it left `delivering`. */
  readonly settled: SessionView[];
  readonly scanProgress: ScanProgress[];
  /** How it was left; null while it runs. */
  readonly leftBy: () => LeavingWay | null;
}

/** What survives a restart of the kiosk. */
export interface KioskFiles {
  readonly disk: MemoryDisk;
  readonly sqlite: MemorySqlite;
}

/** An empty machine. */
export const emptyFiles = (disk = new MemoryDisk()): KioskFiles => ({
  disk,
  sqlite: new MemorySqlite(disk),
});

/** Makes a kiosk that is not started yet. The policy is written to the memory disk first. */
export const makeKiosk = (
  policy: object | string = {},
  keyVault: KeyVault = trustedKeyring,
  { disk, sqlite }: KioskFiles = emptyFiles(),
  ports: Partial<KioskPorts> = {},
  diagnosticsParts: Partial<DiagnosticsParts> = {},
): KioskUnderTest => {
  disk.put(POLICY_PATH, typeof policy === 'string' ? policy : JSON.stringify(policy));
  const events: KioskEvent[] = [];
  const progress: DeliveryProgress[] = [];
  const statuses: AppStatus[] = [];
  const settled: SessionView[] = [];
  const scanProgress: ScanProgress[] = [];
  let way: LeavingWay | null = null;
  const note = (event: KioskEvent): void => {
    events.push(event);
  };
  const kiosk = new Kiosk({
    clock: systemClock,
    random: systemRandom,
    disk,
    openSqlite: sqlite.open,
    keyVault,
    scryptCost: QUICK,
    settingsStore: memorySettings(),
    transport: createNodeHttpsTransport,
    events: note,
    scanners: emptyDesk(disk),
    policySource: { platform: 'linux', env: { MARKID_KIOSK_POLICY: POLICY_PATH }, userId: 1000 },
    folder: '/data',
    version: '0.0.0',
    isInstalledWhole: () => Promise.resolve(true),
    onConfigured: () => undefined,
    onStatus: (status) => {
      statuses.push(status);
    },
    onProgress: (step) => {
      progress.push(step);
    },
    onSettled: (view) => {
      settled.push(view);
    },
    ...ports,
  });
  const { clock = systemClock } = ports;
  const log = new EventLog({ disk, clock, folder: '/data/events', echo: () => undefined });
  const diagnostics = new Diagnostics({
    disk,
    clock,
    machine: { platform: 'linux', hasNetwork: () => true },
    folder: '/data',
    log,
    kiosk,
    ...diagnosticsParts,
  });
  const handlers = {
    ...appHandlers(kiosk),
    ...sessionHandlers(kiosk, async () => undefined),
    ...scannerHandlers(kiosk, (step) => {
      scanProgress.push(step);
    }),
    ...outboxHandlers(kiosk),
    ...operatorHandlers(kiosk, note, (left) => {
      way = left;
    }),
    ...diagnosticsHandlers(kiosk, diagnostics),
    ...settingsHandlers(kiosk, note),
  };
  return {
    kiosk,
    handlers,
    disk,
    sqlite,
    events,
    progress,
    statuses,
    settled,
    scanProgress,
    leftBy: () => way,
  };
};
