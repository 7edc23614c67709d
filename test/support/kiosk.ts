/** The whole main process without Electron: real handlers over a memory disk, real HTTPS on loopback. */
import type { ChannelHandlers } from '../../preload/contract/channels.ts';
import type { DeliveryProgress } from '../../preload/contract/session-channels.ts';
import type { KioskEvent } from '../../main/diagnostics/events.ts';
import { appHandlers } from '../../main/handlers/app-handlers.ts';
import { operatorHandlers } from '../../main/handlers/operator-handlers.ts';
import { sessionHandlers } from '../../main/handlers/session-handlers.ts';
import { Kiosk } from '../../main/kiosk.ts';
import { systemClock } from '../../main/ports/clock.ts';
import type { KeyVault } from '../../main/ports/key-vault.ts';
import { createNodeHttpsTransport } from '../../main/ports/node-https-transport.ts';
import { systemRandom } from '../../main/ports/random.ts';
import type { SettingsStore } from '../../main/settings/operator-settings.ts';
import { fail, ok } from '../../preload/contract/result.ts';
import { MemoryDisk } from './memory-disk.ts';

export const POLICY_PATH = '/policy/policy.json';

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
  let settings: Parameters<SettingsStore['save']>[0] = { version: 1, camera: null };
  return {
    load: () => ok(settings),
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
  readonly events: KioskEvent[];
  readonly progress: DeliveryProgress[];
  readonly hasExited: () => boolean;
}

/** Makes a kiosk that is not started yet. The policy is written to the memory disk first. */
export const makeKiosk = (
  policy: object | string = {},
  keyVault: KeyVault = trustedKeyring,
  disk = new MemoryDisk(),
): KioskUnderTest => {
  disk.put(POLICY_PATH, typeof policy === 'string' ? policy : JSON.stringify(policy));
  const events: KioskEvent[] = [];
  const progress: DeliveryProgress[] = [];
  let isExited = false;
  const note = (event: KioskEvent): void => {
    events.push(event);
  };
  const kiosk = new Kiosk({
    clock: systemClock,
    random: systemRandom,
    disk,
    keyVault,
    settingsStore: memorySettings(),
    transport: createNodeHttpsTransport,
    events: note,
    policySource: { platform: 'linux', env: { MARKID_KIOSK_POLICY: POLICY_PATH }, userId: 1000 },
    folder: '/data',
    version: '0.0.0',
    onStatus: () => undefined,
    onProgress: (step) => {
      progress.push(step);
    },
  });
  const handlers = {
    ...appHandlers(kiosk),
    ...sessionHandlers(kiosk),
    ...operatorHandlers(kiosk, note, () => {
      isExited = true;
    }),
  };
  return { kiosk, handlers, disk, events, progress, hasExited: () => isExited };
};
