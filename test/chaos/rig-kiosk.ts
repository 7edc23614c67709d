/**
 * The product's own main code with real files, real SQLite and real HTTPS, and time that runs fast.
 * Only the window, the keyring and the camera are stood in for.
 */
import { createHash, randomBytes } from 'node:crypto';
import { DEFAULT_OPERATOR_SETTINGS } from '../../main/settings/operator-settings.ts';
import { Kiosk } from '../../main/kiosk.ts';
import { systemClock, type Clock } from '../../main/ports/clock.ts';
import type { HttpTransportFactory } from '../../main/ports/http-transport.ts';
import { createNodeHttpsTransport } from '../../main/ports/node-https-transport.ts';
import { systemRandom } from '../../main/ports/random.ts';
import { ok } from '../../preload/contract/result.ts';
import type { OutboxItem } from '../../preload/contract/outbox-channels.ts';
import { CAPTURE_STEPS, type CaptureStep } from '../../preload/contract/vocabulary.ts';
import { emptyDesk } from '../support/empty-desk.ts';
import { rigKeyVault } from './keyring.ts';
import type { WorkerLine, WorkerOrder } from './protocol.ts';
import { countedDisk, weakenedSqlite } from './weakened.ts';

/** An hour of the delivery's waiting passes in six seconds. */
const SPEED = 600;

/** A server that is silent is given up sooner than in a branch. Real time. */
const IDLE_TIMEOUT_MS = 500;

const fastClock: Clock = {
  ...systemClock,
  monotonicMs: () => systemClock.monotonicMs() * SPEED,
  sleep: (ms, signal) => systemClock.sleep(ms / SPEED, signal),
};

/** A JPEG as far as Mark ID's simulator looks (a frame header), and noise. Source of the header: ITU-T T.81 §B.2.2. */
const picture = (sizeBytes: number): Buffer =>
  Buffer.concat([
    Buffer.from('ffd8ffc0000b080320050001011100', 'hex'),
    randomBytes(sizeBytes - 15),
  ]);

export interface RigKiosk {
  readonly kiosk: Kiosk;
  items(): readonly OutboxItem[];
  /** True while something happens, or will happen, without a person. */
  isUnderWay(): boolean;
  /** Starts the kiosk, provisioning it first where that was not done. */
  open(): Promise<void>;
  /** One customer from consent to acknowledgement; what is said is what a screen would show. */
  serve(): Promise<void>;
  fileCalls(): number;
}

/**
 * @param say told of each promise the moment it is made.
 * @param look called at each change of an item or of the whole outbox, before anything follows from it.
 */
export const makeRigKiosk = (
  order: WorkerOrder,
  say: (line: WorkerLine) => void,
  look: () => void = () => undefined,
): RigKiosk => {
  const disk = countedDisk(order);

  const transport: HttpTransportFactory = (trust) => {
    const real = createNodeHttpsTransport(trust);
    return {
      send: (request, run) => {
        // Only one is under way at a time, and it says SENDING by now.
        const posted = items().find(({ state }) => state === 'SENDING');
        if (request.path.endsWith('/process'))
          say({ says: 'posting', reference: posted?.reference ?? '' });
        return real.send({ ...request, idleTimeoutMs: IDLE_TIMEOUT_MS }, run);
      },
    };
  };

  const kiosk = new Kiosk({
    scanners: emptyDesk(disk),
    clock: fastClock,
    random: systemRandom,
    disk,
    openSqlite: weakenedSqlite(order.without),
    keyVault: rigKeyVault,
    settingsStore: {
      load: () => ok(DEFAULT_OPERATOR_SETTINGS),
      lastGood: () => DEFAULT_OPERATOR_SETTINGS,
      save: () => ok(null),
      reset: () => ok(null),
    },
    transport,
    events: (event) => {
      if (event.event === 'delivery.item-ended' && event.isKept)
        say({ says: 'ended', reference: event.item, outcome: event.outcome });
    },
    policySource: {
      platform: process.platform,
      env: { MARKID_KIOSK_POLICY: `${order.folder}/policy.json` },
      userId: process.getuid?.() ?? null,
    },
    folder: `${order.folder}/data`,
    version: '0.0.0',
    isInstalledWhole: () => Promise.resolve(true),
    onConfigured: () => undefined,
    onStatus: look,
    onProgress: () => undefined,
    onSettled: () => undefined,
  });
  const items = (): readonly OutboxItem[] => kiosk.delivery?.view().items ?? [];

  return {
    kiosk,
    items,
    fileCalls: () => disk.calls(),
    isUnderWay: () => {
      const { waiting = 0, sending = 0, checking = 0 } = kiosk.delivery?.summary() ?? {};
      return waiting + sending + checking > 0;
    },
    open: async () => {
      await kiosk.start();
      if (await kiosk.credentials.isStored()) return;
      await kiosk.credentials.set({ apiKey: order.apiKey, apiSecret: order.apiSecret });
      await kiosk.start();
    },
    serve: async () => {
      const obstacle = await kiosk.obstacle();
      if (obstacle !== null) {
        say({ says: 'refused', code: obstacle });
        return;
      }
      const { session } = kiosk;
      kiosk.startSession({ language: 'en', consentVersion: kiosk.status().consent.version });
      session.chooseDocument('LT', 'ID_CARD');
      const digests: Partial<Record<CaptureStep, string>> = {};
      for (const step of CAPTURE_STEPS.slice(0, 3)) {
        const jpeg = picture(order.pictureBytes);
        digests[step] = createHash('sha256').update(jpeg).digest('hex');
        session.store(step, 'camera', {
          jpeg,
          widthPx: 1280,
          heightPx: 800,
          quality: 90,
          warnings: [],
        });
      }
      const saved = await kiosk.submit();
      say(
        saved.ok
          ? { says: 'saved', reference: saved.value.reference, digests }
          : { says: 'refused', code: saved.error.code },
      );
      kiosk.endSession();
    },
  };
};
