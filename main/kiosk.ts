/**
 * The kiosk as a whole: reads its configuration, decides whether it practises or works, holds the
 * one session and its submission. Knows no screen and no Electron; every side effect is a port.
 */
import type { AppStatus } from '../preload/contract/app-channels.ts';
import type { ErrorCode } from '../preload/contract/error-codes.ts';
import { fail, type Result } from '../preload/contract/result.ts';
import type { DeliveryProgress, SessionReceipt } from '../preload/contract/session-channels.ts';
import type { CameraIdentity, Environment } from '../preload/contract/vocabulary.ts';
import { CaptureSession } from './capture/capture-session.ts';
import { createSubmission, type Submission } from './delivery/submit-session.ts';
import type { EventSink } from './diagnostics/events.ts';
import { createMarkIdClient, type MarkIdClient } from './markid/client.ts';
import { PinDoor } from './operators/pin-door.ts';
import type { Clock } from './ports/clock.ts';
import type { Disk } from './ports/disk.ts';
import type { HttpTransportFactory } from './ports/http-transport.ts';
import type { KeyVault } from './ports/key-vault.ts';
import type { Random } from './ports/random.ts';
import { createTurnstile } from './settings/one-at-a-time.ts';
import { CredentialStore } from './settings/credentials.ts';
import {
  DEFAULT_OPERATOR_SETTINGS,
  type OperatorSettings,
  type SettingsStore,
} from './settings/operator-settings.ts';
import { parsePolicy, type Policy } from './settings/policy.ts';
import { loadPolicy, type LoadedPolicy, type PolicySource } from './settings/policy-file.ts';
import { Vault } from './settings/vault.ts';
import { startSimulator, type Simulator } from './training/simulator.ts';

export interface KioskPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly disk: Disk;
  readonly keyVault: KeyVault;
  readonly settingsStore: SettingsStore;
  readonly transport: HttpTransportFactory;
  readonly events: EventSink;
  readonly policySource: Omit<PolicySource, 'disk'>;
  /** Absolute path of the folder that holds everything the kiosk keeps. */
  readonly folder: string;
  readonly version: string;
  /** Told after anything `status` shows has changed. */
  readonly onStatus: (status: AppStatus) => void;
  readonly onProgress: (progress: DeliveryProgress) => void;
}

type Service = AppStatus['service'];

/** What shows on screen while the real policy can't be read: the kiosk is out of service then. */
const defaultPolicy = (): Policy => {
  const parsed = parsePolicy({});
  if (!parsed.ok) throw new Error('an empty policy must be a policy');
  return parsed.value;
};

const outOfService = (code: ErrorCode): Service => ({ state: 'out-of-service', code });

export class Kiosk {
  readonly vault: Vault;
  readonly credentials: CredentialStore;
  readonly door: PinDoor;
  readonly #ports: KioskPorts;
  readonly #inTurn = createTurnstile();
  #policy = defaultPolicy();
  #settings: OperatorSettings = DEFAULT_OPERATOR_SETTINGS;
  #service: Service = { state: 'ready' };
  #warnings: ErrorCode[] = [];
  #environment: Environment = 'production';
  #training: Simulator | null = null;
  #client: MarkIdClient | null = null;
  #session: CaptureSession;
  #submission: Submission | null = null;
  #stop = new AbortController();
  readonly #firstStart = Promise.withResolvers<AppStatus>();
  #started = this.#firstStart.promise;

  constructor(ports: KioskPorts) {
    this.#ports = ports;
    const { disk, random, clock, keyVault, folder } = ports;
    this.vault = new Vault({ disk, random, keyVault, folder });
    this.credentials = new CredentialStore({ disk, vault: this.vault, folder });
    this.door = new PinDoor({ disk, random, clock, folder });
    this.#session = this.#newSession();
  }

  get session(): CaptureSession {
    return this.#session;
  }

  /** Reads everything anew and goes into training, production, or a named state out of service. */
  start(): Promise<AppStatus> {
    this.#started = this.#inTurn(() => this.#begin());
    this.#firstStart.resolve(this.#started);
    return this.#started;
  }

  /** The status once the latest start is over. Rejects only where that start met a bug. */
  whenStarted(): Promise<AppStatus> {
    return this.#started;
  }

  /** Lets go of everything: a running submission, the simulator, the customer. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#session.end();
    const training = this.#training;
    this.#training = null;
    await training?.stop();
  }

  status(): AppStatus {
    const policy = this.#policy;
    return {
      version: this.#ports.version,
      environment: this.#environment,
      mode: policy.mode,
      service: this.#service,
      warnings: [...this.#warnings],
      bankName: policy.bankName,
      languages: { offered: [...policy.languages.offered], preferred: policy.languages.preferred },
      consent: { version: policy.consent.version, text: { ...policy.consent.text } },
      documents: {
        countries: policy.documents.countries === null ? null : [...policy.documents.countries],
        types: [...policy.documents.types],
      },
      tokenSource: policy.tokens.source,
      camera: { remembered: this.#settings.camera, pinnedLabel: policy.camera.pinnedLabel },
      idle: {
        warnAfterMs: policy.idle.warnAfterSeconds * 1000,
        wipeAfterMs: policy.idle.wipeAfterSeconds * 1000,
      },
    };
  }

  /** Why no customer can be taken now; null when one can. */
  obstacle(): ErrorCode | null {
    return this.#service.state === 'ready' ? null : 'NOT_IN_SERVICE';
  }

  /** Forgets the customer, and what became of their submission. */
  endSession(): Result<null> {
    const ended = this.#session.end();
    if (ended.ok) this.#submission = null;
    return ended;
  }

  /** Sends the running session. Its pictures stay until Mark ID has them. */
  async submit(): Promise<Result<SessionReceipt>> {
    const client = this.#client;
    if (client === null) return fail('NOT_IN_SERVICE');
    const session = this.#session;
    const complete = session.beginSubmission();
    if (!complete.ok) return complete;
    const { clock, random, events, onProgress } = this.#ports;
    const startedAtMs = clock.monotonicMs();
    events({
      event: 'delivery.submission-started',
      imageCount: Object.keys(complete.value.images).length,
    });
    this.#submission ??= createSubmission({
      client,
      clock,
      random,
      tokenSource: this.#policy.tokens.source,
      tokenExpirySeconds: this.#policy.tokens.expirySeconds,
    });
    const outcome = await this.#submission
      .submit(complete.value, { signal: this.#stop.signal, onProgress })
      .catch((): Result<SessionReceipt> => fail('INTERNAL_FAULT'));
    session.finishSubmission(outcome);
    events({
      event: 'delivery.submission-finished',
      outcome: outcome.ok ? 'DELIVERED' : outcome.error.code,
      durationMs: Math.round(clock.monotonicMs() - startedAtMs),
    });
    return outcome;
  }

  /** Whether Mark ID accepts the stored credentials. */
  async testCredentials(): Promise<Result<null>> {
    if (this.#environment !== 'production' || this.#client === null)
      return fail('CREDENTIALS_MISSING');
    return this.#client.testCredentials(this.#stop.signal);
  }

  rememberCamera(camera: CameraIdentity): Result<null> {
    this.#settings = { ...this.#settings, camera };
    return this.#ports.settingsStore.save(this.#settings);
  }

  /** The page failed too often: no customer stands before it any longer. */
  markScreenFailing(): void {
    this.#service = outOfService('SCREEN_FAILING');
  }

  async #begin(): Promise<AppStatus> {
    await this.stop();
    this.#stop = new AbortController();
    this.#warnings = [];
    this.#client = null;
    const policy = await loadPolicy({ disk: this.#ports.disk, ...this.#ports.policySource });
    this.#policy = policy.ok ? policy.value.policy : defaultPolicy();
    this.#loadSettings();
    await this.vault.open();
    // Looked at once at start, so that a lock-out that was running begins anew with it.
    await this.door.view();
    this.#service = policy.ok ? await this.#connect(policy.value) : outOfService(policy.error.code);
    this.#session = this.#newSession();
    this.#submission = null;
    this.#ports.events({
      event: 'app.start-finished',
      environment: this.#environment,
      service: this.#service.state,
      code: this.#service.state === 'out-of-service' ? this.#service.code : null,
      vault: this.vault.state,
    });
    const status = this.status();
    this.#ports.onStatus(status);
    return status;
  }

  #loadSettings(): void {
    const loaded = this.#ports.settingsStore.load();
    this.#settings = loaded.ok ? loaded.value : DEFAULT_OPERATOR_SETTINGS;
    if (!loaded.ok) this.#warnings.push(loaded.error.code);
  }

  /** Decides by vault and credentials between production, training and a named obstacle. */
  async #connect(loaded: LoadedPolicy): Promise<Service> {
    this.#environment = 'production';
    switch (this.vault.state) {
      case 'locked':
        return { state: 'locked' };
      case 'damaged':
        return outOfService('VAULT_DAMAGED');
      case 'keyring-changed':
        return outOfService('VAULT_KEYRING_CHANGED');
      case 'keyring-unavailable':
        return outOfService('VAULT_KEYRING_UNAVAILABLE');
      case 'empty':
      case 'passphrase-needed':
      case 'open':
        break;
    }
    const stored = await this.credentials.read();
    if (!stored.ok)
      return stored.error.code === 'CREDENTIALS_MISSING' && this.#policy.training !== 'never'
        ? this.#startTraining()
        : outOfService(stored.error.code);
    this.#client = createMarkIdClient({
      transport: this.#ports.transport({
        origin: this.#policy.endpoint.origin,
        ...(loaded.extraCaPem === null ? {} : { extraCaPem: loaded.extraCaPem }),
      }),
      credentials: stored.value,
    });
    return { state: 'ready' };
  }

  /** A kiosk without credentials practises; its transport trusts the simulator's certificate alone. */
  async #startTraining(): Promise<Service> {
    this.#environment = 'training';
    const { clock, random, transport } = this.#ports;
    const training = await startSimulator({ clock, random });
    if (!training.ok) return outOfService(training.error.code);
    this.#training = training.value;
    const { origin, certificatePem, credentials } = training.value;
    this.#client = createMarkIdClient({
      transport: transport({ origin, pinnedCertificatePem: certificatePem }),
      credentials,
    });
    return { state: 'ready' };
  }

  #newSession(): CaptureSession {
    const { documents, tokens, consent } = this.#policy;
    return new CaptureSession(
      {
        environment: this.#environment,
        consentVersion: consent.version,
        needsToken: tokens.source === 'handoff',
        stepsFor: (country, documentType) => {
          const isAllowed =
            documents.types.includes(documentType) &&
            (documents.countries === null || documents.countries.some((code) => code === country));
          return isAllowed ? documents.steps[documentType] : null;
        },
      },
      this.#ports.random,
    );
  }
}
