/**
 * An in-memory KioskApi: main as the renderer knows it, for tests of flow and screens.
 * Keeps a session as main does; any call can be made to fail, reject or wait.
 */
import type { AppStatus } from '../../preload/contract/app-channels.ts';
import type { ChannelName } from '../../preload/contract/channel-names.ts';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import type { KioskApi } from '../../preload/contract/kiosk-api.ts';
import type { OperatorDoor } from '../../preload/contract/operator-channels.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type {
  DeliveryProgress,
  SessionStep,
  SessionView,
} from '../../preload/contract/session-channels.ts';
import type {
  CaptureStep,
  DocumentType,
  PictureSummary,
} from '../../preload/contract/vocabulary.ts';

export const FAKE_STATUS: AppStatus = {
  version: '0.0.0',
  environment: 'training',
  mode: 'self-service',
  service: { state: 'ready' },
  warnings: [],
  bankName: 'Specimen Bank',
  languages: { offered: ['en', 'lt', 'ar'], preferred: 'en' },
  consent: { version: '1', text: {} },
  documents: { countries: null, types: ['ID_CARD', 'PASSPORT', 'OTHER'] },
  tokenSource: 'mint',
  camera: { remembered: null, pinnedLabel: null },
  idle: { warnAfterMs: 45_000, wipeAfterMs: 60_000 },
};

const FAKE_DOOR: OperatorDoor = {
  isPinSet: true,
  isInside: false,
  lockedForMs: 0,
  vault: 'open',
  hasCredentials: true,
};

export const FAKE_PIN = '246810';
export const FAKE_PASSPHRASE = 'a specimen of a passphrase';

const CARD_STEPS: readonly CaptureStep[] = ['FRONT', 'BACK', 'FACE'];
const PASSPORT_STEPS: readonly CaptureStep[] = ['FRONT', 'FACE'];

/** The default table, where BACK is optional for OTHER so that skipping can be shown. */
const stepsOf = (documentType: DocumentType): SessionStep[] =>
  (documentType === 'PASSPORT' ? PASSPORT_STEPS : CARD_STEPS).map((step) => ({
    step,
    required: documentType !== 'OTHER' || step !== 'BACK',
    picture: null,
  }));

const IDLE: SessionView = {
  state: 'idle',
  environment: 'training',
  language: null,
  country: null,
  documentType: null,
  steps: [],
  receipt: null,
};

type Script = { readonly code: ErrorCode } | { readonly reject: true };

/** A summary as main makes one; the id carries the number. */
const fakeSummary = (number: number): PictureSummary => ({
  pictureId: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  widthPx: 1600,
  heightPx: 1200,
  sizeBytes: 300_000,
  source: 'camera',
  warnings: [],
});

export class FakeKiosk {
  status: AppStatus = FAKE_STATUS;
  view: SessionView = IDLE;
  door: OperatorDoor = FAKE_DOOR;
  /** Channel names in the order they were called. */
  readonly calls: ChannelName[] = [];
  /** Last request by channel. */
  readonly requests = new Map<ChannelName, unknown>();
  readonly #scripts = new Map<ChannelName, Script[]>();
  readonly #gates = new Map<ChannelName, Promise<void>>();
  readonly #statusListeners = new Set<(status: AppStatus) => void>();
  readonly #progressListeners = new Set<(progress: DeliveryProgress) => void>();
  #pictures = 0;

  /** The next call of the channel answers with the code. */
  failNext(name: ChannelName, code: ErrorCode, times = 1): void {
    const queue = this.#scripts.get(name) ?? [];
    for (let time = 0; time < times; time += 1) queue.push({ code });
    this.#scripts.set(name, queue);
  }

  /** The next call of the channel is rejected, as when main's handler has a bug. */
  rejectNext(name: ChannelName): void {
    this.#scripts.set(name, [...(this.#scripts.get(name) ?? []), { reject: true }]);
  }

  /** Calls of the channel wait until the returned function is called. */
  hold(name: ChannelName): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#gates.set(name, promise);
    return () => {
      this.#gates.delete(name);
      resolve();
    };
  }

  /** Changes the status and tells it, as main does. */
  changeStatus(patch: Partial<AppStatus>): void {
    this.status = { ...this.status, ...patch };
    for (const listener of this.#statusListeners) listener(this.status);
  }

  progress(progress: DeliveryProgress): void {
    for (const listener of this.#progressListeners) listener(progress);
  }

  /** Number of listeners that are registered now. */
  listeners(): number {
    return this.#statusListeners.size + this.#progressListeners.size;
  }

  countOf(name: ChannelName): number {
    return this.calls.filter((call) => call === name).length;
  }

  /** A session as main would hold it, for a renderer that comes back. */
  resume(documentType: DocumentType, withPictures: readonly CaptureStep[]): void {
    this.view = {
      ...IDLE,
      state: 'capturing',
      language: 'lt',
      country: 'LT',
      documentType,
      steps: stepsOf(documentType).map((entry) => ({
        ...entry,
        picture: withPictures.includes(entry.step) ? this.#nextSummary() : null,
      })),
    };
  }

  readonly api: KioskApi = {
    app: {
      getStatus: () => this.#answer('app:get-status', undefined, () => ok(this.status)),
      retryStart: () =>
        this.#answer('app:retry-start', undefined, () => {
          this.view = IDLE;
          return ok(this.status);
        }),
      onStatusChanged: (listener) => {
        this.#statusListeners.add(listener);
        return () => this.#statusListeners.delete(listener);
      },
    },
    session: {
      startSession: (request) =>
        this.#answer('session:start-session', request, ({ language }) => {
          this.view = { ...IDLE, state: 'capturing', language };
          return ok(this.view);
        }),
      getSession: () => this.#answer('session:get-session', undefined, () => ok(this.view)),
      replaceToken: (request) =>
        this.#answer('session:replace-token', request, () => ok(this.view)),
      chooseDocument: (request) =>
        this.#answer('session:choose-document', request, ({ country, documentType }) => {
          const kept = new Map(this.view.steps.map(({ step, picture }) => [step, picture]));
          this.view = {
            ...this.view,
            country,
            documentType,
            steps: stepsOf(documentType).map((entry) => ({
              ...entry,
              picture: kept.get(entry.step) ?? null,
            })),
          };
          return ok(this.view);
        }),
      submitSession: () =>
        this.#answer('session:submit-session', undefined, () => {
          const receipt = { scanRef: 'SPECIMEN-1', deliveredAtMs: 1, reconciled: false };
          this.view = { ...this.view, state: 'delivered', receipt };
          return ok(receipt);
        }),
      endSession: () =>
        this.#answer('session:end-session', undefined, () => {
          if (this.view.state === 'submitting') return fail('SUBMISSION_RUNNING');
          this.view = IDLE;
          return ok(null);
        }),
      onDeliveryProgressed: (listener) => {
        this.#progressListeners.add(listener);
        return () => this.#progressListeners.delete(listener);
      },
    },
    capture: {
      storePicture: (request) =>
        this.#answer('capture:store-picture', request, ({ step }) => {
          const picture = this.#nextSummary();
          this.view = {
            ...this.view,
            steps: this.view.steps.map((entry) =>
              entry.step === step ? { ...entry, picture } : entry,
            ),
          };
          return ok(picture);
        }),
      readPicture: (request) =>
        this.#answer('capture:read-picture', request, () =>
          ok({ bytes: new Uint8Array([0xff, 0xd8, 0xff]) }),
        ),
      discardPicture: (request) => this.#answer('capture:discard-picture', request, () => ok(null)),
    },
    camera: {
      rememberCamera: (request) =>
        this.#answer('camera:remember-camera', request, ({ camera }) => {
          this.status = { ...this.status, camera: { ...this.status.camera, remembered: camera } };
          return ok(null);
        }),
    },
    operator: {
      getDoor: () => this.#answer('operator:get-door', undefined, () => ok(this.door)),
      createPin: (request) =>
        this.#answer('operator:create-pin', request, () => this.#enter({ isPinSet: true })),
      enterRoom: (request) =>
        this.#answer('operator:enter-room', request, ({ pin }) =>
          pin === FAKE_PIN ? this.#enter({}) : fail('PIN_WRONG'),
        ),
      leaveRoom: () =>
        this.#answer('operator:leave-room', undefined, () => {
          this.door = { ...this.door, isInside: false };
          return ok(null);
        }),
      unlockVault: (request) =>
        this.#answer('operator:unlock-vault', request, ({ passphrase }) => {
          if (passphrase !== FAKE_PASSPHRASE) return fail('VAULT_PASSPHRASE_WRONG');
          this.status = { ...this.status, service: { state: 'ready' } };
          return ok(this.door);
        }),
      createVault: (request) => this.#answer('operator:create-vault', request, () => ok(this.door)),
      storeCredentials: (request) =>
        this.#answer('operator:store-credentials', request, () => {
          this.door = { ...this.door, hasCredentials: true };
          return ok(this.door);
        }),
      testCredentials: () => this.#answer('operator:test-credentials', undefined, () => ok(null)),
      removeCredentials: () =>
        this.#answer('operator:remove-credentials', undefined, () => {
          this.door = { ...this.door, hasCredentials: false };
          return ok(this.door);
        }),
      exitKiosk: () => this.#answer('operator:exit-kiosk', undefined, () => ok(null)),
    },
  };

  async #answer<Request, Value>(
    name: ChannelName,
    request: Request,
    handle: (request: Request) => Result<Value>,
  ): Promise<Result<Value>> {
    this.calls.push(name);
    this.requests.set(name, structuredClone(request));
    await this.#gates.get(name);
    const script = this.#scripts.get(name)?.shift();
    if (script === undefined) return handle(request);
    if ('reject' in script) throw new Error('A bug behind the door.');
    return fail(script.code);
  }

  #enter(patch: Partial<OperatorDoor>): { ok: true; value: OperatorDoor } {
    this.door = { ...this.door, ...patch, isInside: true };
    return ok(this.door);
  }

  #nextSummary(): PictureSummary {
    this.#pictures += 1;
    return fakeSummary(this.#pictures);
  }
}
