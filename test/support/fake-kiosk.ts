/**
 * An in-memory KioskApi: main as the renderer knows it, for tests of flow and screens.
 * Keeps a session as main does; any call can be made to fail, reject or wait.
 */
import type { AppStatus } from '../../preload/contract/app-channels.ts';
import type { ChannelName } from '../../preload/contract/channel-names.ts';
import type { KioskApi } from '../../preload/contract/kiosk-api.ts';
import type { OperatorDoor } from '../../preload/contract/operator-channels.ts';
import type { OutboxItem, OutboxView } from '../../preload/contract/outbox-channels.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { DeliveryProgress, SessionView } from '../../preload/contract/session-channels.ts';
import type { SettingsView } from '../../preload/contract/settings-channels.ts';
import type {
  CaptureSource,
  CaptureStep,
  DocumentType,
  PictureSummary,
} from '../../preload/contract/vocabulary.ts';
import { CallScript } from './call-script.ts';
import {
  EMPTY_OUTBOX,
  EVENT_PAGE,
  EXPORTED,
  FAKE_DOOR,
  FAKE_PASSPHRASE,
  FAKE_PIN,
  FAKE_SETTINGS,
  FAKE_STATUS,
  fakeSummary,
  IDLE,
  RECEIPT,
  SELF_TEST,
  settledView,
  stepsOf,
  summaryOf,
  type Outcome,
} from './fake-kiosk-values.ts';
import { EMPTY_JPEG, FakeScans } from './fake-scans.ts';

const INSIDE = { isInside: true, role: 'administrator' } as const;

export class FakeKiosk extends CallScript {
  status: AppStatus = FAKE_STATUS;
  view: SessionView = IDLE;
  door: OperatorDoor = FAKE_DOOR;
  outbox: OutboxView = EMPTY_OUTBOX;
  settings: SettingsView = FAKE_SETTINGS;
  readonly scans = new FakeScans();
  /** The JPEG of a picture; of nothing unless a test gives one. */
  jpegOf: (pictureId: string) => Uint8Array<ArrayBuffer> = () => EMPTY_JPEG;
  readonly #statusListeners = new Set<(status: AppStatus) => void>();
  readonly #progressListeners = new Set<(progress: DeliveryProgress) => void>();
  readonly #settledListeners = new Set<(view: SessionView) => void>();
  #pictures = 0;

  /** Changes the status and tells it, as main does. */
  changeStatus(patch: Partial<AppStatus>): void {
    this.status = { ...this.status, ...patch };
    for (const listener of this.#statusListeners) listener(this.status);
  }

  progress(progress: DeliveryProgress): void {
    for (const listener of this.#progressListeners) listener(progress);
  }

  /** Ends the delivery of the present session in main, and tells it unless told otherwise. */
  settle(outcome: Outcome, { isTold = true } = {}): void {
    this.view = settledView(this.view, outcome);
    if (isTold) for (const listener of this.#settledListeners) listener(this.view);
  }

  /** Changes what the outbox holds and tells the new counts, as main does. */
  changeOutbox(items: readonly OutboxItem[], condition = this.outbox.summary.condition): void {
    const summary = summaryOf(items, { ...this.outbox.summary, condition });
    this.outbox = { ...this.outbox, summary, items: [...items], itemCount: items.length };
    this.changeStatus({ outbox: summary });
  }

  /** Number of listeners that are registered now. */
  listeners(): number {
    return this.#statusListeners.size + this.#progressListeners.size + this.#settledListeners.size;
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
      getStatus: () => this.answer('app:get-status', undefined, () => ok(this.status)),
      retryStart: () =>
        this.answer('app:retry-start', undefined, () => {
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
        this.answer(
          'session:start-session',
          request,
          ({ language, customerReference = null, aids = null }) => {
            const { environment } = this.status;
            this.view = {
              ...IDLE,
              state: 'capturing',
              environment,
              language,
              aids,
              customerReference,
            };
            return ok(this.view);
          },
        ),
      getSession: () => this.answer('session:get-session', undefined, () => ok(this.view)),
      replaceToken: (request) => this.answer('session:replace-token', request, () => ok(this.view)),
      chooseDocument: (request) =>
        this.answer('session:choose-document', request, ({ country, documentType }) => {
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
      keepAids: (request) =>
        this.answer('session:keep-aids', request, ({ aids }) => {
          this.view = { ...this.view, aids };
          return ok(null);
        }),
      submitSession: () =>
        this.answer('session:submit-session', undefined, () => {
          this.view = { ...this.view, state: 'delivering', receipt: RECEIPT, refusal: null };
          return ok(RECEIPT);
        }),
      endSession: () =>
        this.answer('session:end-session', undefined, () => {
          if (this.view.state === 'submitting') return fail('SUBMISSION_RUNNING');
          this.view = IDLE;
          return ok(null);
        }),
      onDeliveryProgressed: (listener) => {
        this.#progressListeners.add(listener);
        return () => this.#progressListeners.delete(listener);
      },
      onDeliverySettled: (listener) => {
        this.#settledListeners.add(listener);
        return () => this.#settledListeners.delete(listener);
      },
    },
    capture: {
      storePicture: (request) =>
        this.answer('capture:store-picture', request, ({ step }) =>
          ok(this.#keepPicture(step, 'camera')),
        ),
      readPicture: (request) =>
        this.answer('capture:read-picture', request, ({ pictureId }) =>
          ok({ bytes: this.jpegOf(pictureId) }),
        ),
      discardPicture: (request) => this.answer('capture:discard-picture', request, () => ok(null)),
    },
    scanner: this.scans.channels(this.answer.bind(this), (step) => {
      this.#keepPicture(step, 'scanner');
      return this.view;
    }),
    camera: {
      rememberCamera: (request) =>
        this.answer('camera:remember-camera', request, ({ camera }) => {
          this.status = { ...this.status, camera: { ...this.status.camera, remembered: camera } };
          return ok(null);
        }),
    },
    outbox: {
      getOutbox: () => this.#answerInRoom('outbox:get-outbox', undefined, () => {}),
      resendItem: (request) =>
        this.#answerInRoom('outbox:resend-item', request, ({ itemId }) => {
          this.changeOutbox(
            this.outbox.items.map((item) =>
              item.itemId === itemId ? { ...item, state: 'QUEUED', code: null, actions: [] } : item,
            ),
          );
        }),
      retakeItem: (request) =>
        this.#answerInRoom('outbox:retake-item', request, () => {
          this.resume('ID_CARD', []);
        }),
      discardItem: (request) =>
        this.#answerInRoom('outbox:discard-item', request, ({ itemId }) => {
          this.changeOutbox(this.outbox.items.filter((item) => item.itemId !== itemId));
        }),
      resumeDelivery: () =>
        this.#answerInRoom('outbox:resume-delivery', undefined, () => {
          this.changeOutbox(this.outbox.items, { state: 'running' });
        }),
    },
    diagnostics: {
      runSelfTest: (request) =>
        this.answer('diagnostics:run-self-test', request, () => ok(SELF_TEST)),
      listEvents: (request) =>
        this.answer('diagnostics:list-events', request, () => ok(EVENT_PAGE)),
      exportDiagnostics: () =>
        this.answer('diagnostics:export-diagnostics', undefined, () => ok(EXPORTED)),
    },
    settings: {
      getSettings: () => this.answer('settings:get-settings', undefined, () => ok(this.settings)),
      changeSetting: (request) =>
        this.answer('settings:change-setting', request, () => ok(this.settings)),
      resetSettings: () =>
        this.answer('settings:reset-settings', undefined, () => ok(this.settings)),
    },
    operator: {
      getDoor: () => this.answer('operator:get-door', undefined, () => ok(this.door)),
      createPin: (request) =>
        this.answer('operator:create-pin', request, () =>
          this.#changeDoor({ ...INSIDE, isPinSet: true }),
        ),
      enterRoom: (request) =>
        this.answer('operator:enter-room', request, ({ pin }) =>
          pin === FAKE_PIN ? this.#changeDoor(INSIDE) : fail('PIN_WRONG'),
        ),
      setPin: (request) =>
        this.answer('operator:set-pin', request, ({ role }) =>
          this.#changeDoor({ pinRoles: [...this.door.pinRoles, role] }),
        ),
      removePin: (request) =>
        this.answer('operator:remove-pin', request, ({ role }) =>
          this.#changeDoor({ pinRoles: this.door.pinRoles.filter((each) => each !== role) }),
        ),
      leaveRoom: () =>
        this.answer('operator:leave-room', undefined, () => {
          this.door = { ...this.door, isInside: false, role: null };
          return ok(null);
        }),
      unlockVault: (request) =>
        this.answer('operator:unlock-vault', request, ({ passphrase }) => {
          if (passphrase !== FAKE_PASSPHRASE) return fail('VAULT_PASSPHRASE_WRONG');
          this.status = { ...this.status, service: { state: 'ready' } };
          return ok(this.door);
        }),
      createVault: (request) => this.answer('operator:create-vault', request, () => ok(this.door)),
      storeCredentials: (request) =>
        this.answer('operator:store-credentials', request, () =>
          this.#changeDoor({ hasCredentials: true }),
        ),
      testCredentials: () => this.answer('operator:test-credentials', undefined, () => ok(null)),
      removeCredentials: () =>
        this.answer('operator:remove-credentials', undefined, () =>
          this.#changeDoor({ hasCredentials: false }),
        ),
      restartKiosk: () => this.answer('operator:restart-kiosk', undefined, () => ok(null)),
      exitKiosk: () => this.answer('operator:exit-kiosk', undefined, () => ok(null)),
    },
  };

  #answerInRoom<Request>(
    name: ChannelName,
    request: Request,
    change: (request: Request) => void,
  ): Promise<Result<OutboxView>> {
    return this.answer(name, request, (asked) => {
      if (!this.door.isInside) return fail('OPERATOR_REQUIRED');
      change(asked);
      return ok(this.outbox);
    });
  }

  #changeDoor(patch: Partial<OperatorDoor>): { ok: true; value: OperatorDoor } {
    this.door = { ...this.door, ...patch };
    return ok(this.door);
  }

  #keepPicture(step: CaptureStep, source: CaptureSource): PictureSummary {
    const picture = { ...this.#nextSummary(), source };
    const steps = this.view.steps.map((each) => (each.step === step ? { ...each, picture } : each));
    this.view = { ...this.view, steps };
    return picture;
  }

  #nextSummary = (): PictureSummary => fakeSummary((this.#pictures += 1));
}
