/**
 * The kiosk as a whole: reads its configuration, decides whether it practises or works, holds the
 * one session and what delivers it. Knows no screen and no Electron; every side effect is a port.
 */
import { join } from 'node:path';
import type { AppStatus } from '../preload/contract/app-channels.ts';
import type { ErrorCode } from '../preload/contract/error-codes.ts';
import { fail, type Result } from '../preload/contract/result.ts';
import type { SessionReceipt, SessionView } from '../preload/contract/session-channels.ts';
import type { Environment } from '../preload/contract/vocabulary.ts';
import { CaptureSession } from './capture/capture-session.ts';
import type { SessionStart } from './capture/submission.ts';
import { sessionRules } from './capture/session-rules.ts';
import { DeliveryService } from './delivery/delivery-service.ts';
import { CLOSED_SUMMARY } from './delivery/outbox-view.ts';
import type { ScannerService } from './devices/scanner-service.ts';
import type { KioskPorts } from './kiosk-ports.ts';
import { createMarkIdClient, type MarkIdClient } from './markid/client.ts';
import { PinDoor } from './operators/pin-door.ts';
import type { KeySealer } from './outbox/item-keys.ts';
import { hasItems } from './outbox/open-outbox.ts';
import { passingSealer, vaultSealer } from './outbox/key-sealers.ts';
import type { BrandLogo } from './settings/brand-logo.ts';
import { outOfService, vaultObstacle, type Service } from './service-state.ts';
import { createTurnstile } from './settings/one-at-a-time.ts';
import { CredentialStore } from './settings/credentials.ts';
import type { OperatorSettings } from './settings/operator-settings.ts';
import type { Policy } from './settings/policy.ts';
import { describePolicy } from './settings/describe-policy.ts';
import { loadPolicyOrLastGood } from './settings/last-good-policy.ts';
import type { LoadedPolicy } from './settings/policy-file.ts';
import { SettingsDesk } from './settings/settings-desk.ts';
import { provision } from './settings/provisioning.ts';
import { Vault } from './settings/vault.ts';
import { practiceOf } from './training/practice.ts';
import { startSimulator, type Simulator } from './training/simulator.ts';

export class Kiosk {
  readonly vault: Vault;
  readonly credentials: CredentialStore;
  readonly door: PinDoor;
  readonly settings: SettingsDesk;
  readonly #ports: KioskPorts;
  readonly #inTurn = createTurnstile();
  #service: Service = { state: 'ready' };
  #warnings: ErrorCode[] = [];
  #environment: Environment = 'production';
  #training: Simulator | null = null;
  #client: MarkIdClient | null = null;
  #session: CaptureSession;
  #delivery: DeliveryService | null = null;
  #stop = new AbortController();
  readonly #firstStart = Promise.withResolvers<AppStatus>();
  #started = this.#firstStart.promise;

  constructor(ports: KioskPorts) {
    this.#ports = ports;
    const { disk, folder } = ports;
    this.vault = new Vault(ports);
    this.credentials = new CredentialStore({ disk, vault: this.vault, folder });
    this.door = new PinDoor(ports);
    this.settings = new SettingsDesk(ports.settingsStore);
    this.#session = this.#newSession();
  }

  /** The policy in force; the default one while the real one can't be read. */
  get policy(): Policy {
    return this.settings.policy;
  }

  /** The logo of the policy in force; null where it names none. */
  get logo(): BrandLogo | null {
    return this.settings.logo;
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

  /** Lets go of everything: the customer, the outbox, the simulator. What is saved stays saved. */
  async stop(): Promise<void> {
    this.#stop.abort();
    const delivery = this.#delivery;
    this.#delivery = null;
    await Promise.all([delivery?.stop(), this.#ports.scanners.close()]);
    // Only now: while its submission is being saved, a session does not end.
    this.#session.end();
    const training = this.#training;
    this.#training = null;
    await training?.stop();
    if (training !== null) await this.#forgetPractice();
  }

  status(): AppStatus {
    return {
      version: this.#ports.version,
      environment: this.#environment,
      service: this.#service,
      warnings: [...this.#warnings],
      ...describePolicy(this.policy, this.logo, this.settings.chosen),
      scanner: {
        isOffered: this.scanners !== null,
        remembered: this.settings.chosen.scanner,
      },
      outbox: this.#delivery?.summary() ?? CLOSED_SUMMARY,
    };
  }

  /** The outbox and what brings it to Mark ID; null while the kiosk is not in service. */
  get delivery(): DeliveryService | null {
    return this.#delivery;
  }

  /** Null where the policy allows no scanner, and while the kiosk starts. */
  get scanners(): ScannerService | null {
    return this.#ports.scanners.service;
  }

  /** Why no customer can be taken now, before one begins; null when one can. */
  async obstacle(): Promise<ErrorCode | null> {
    if (this.#service.state !== 'ready' || this.#delivery === null) return 'NOT_IN_SERVICE';
    const capacity = await this.#delivery.capacity();
    return capacity.ok ? null : capacity.error.code;
  }

  /** Begins for a new customer, whose consent counts from now; whatever an earlier one left is gone. */
  startSession(request: Omit<SessionStart, 'consentAtMs'>): Result<SessionView> {
    const ended = this.endSession();
    const consentAtMs = Math.floor(this.#ports.clock.wallMs());
    return ended.ok ? this.#session.start({ ...request, consentAtMs }) : ended;
  }

  /** Forgets the customer. What is saved goes on without them. */
  endSession(): Result<null> {
    const ended = this.#session.end();
    if (ended.ok) this.#delivery?.customerLeft();
    return ended;
  }

  /** Saves the running session's submission; delivery follows by itself. */
  async submit(): Promise<Result<SessionReceipt>> {
    return this.#delivery?.submit() ?? fail('NOT_IN_SERVICE');
  }

  /** Whether Mark ID accepts the stored credentials. */
  async testCredentials(): Promise<Result<null>> {
    if (this.#environment !== 'production' || this.#client === null)
      return fail('CREDENTIALS_MISSING');
    return this.#client.testCredentials(this.#stop.signal);
  }

  rememberDevice(device: Partial<Pick<OperatorSettings, 'camera' | 'scanner'>>): Result<null> {
    const stored = this.settings.remember(device);
    this.#ports.onStatus(this.status());
    return stored;
  }

  /** The page failed too often: no customer stands before it any longer, and none is kept. */
  markScreenFailing(): void {
    this.#service = outOfService('SCREEN_FAILING');
    this.endSession();
  }

  async #begin(): Promise<AppStatus> {
    await this.stop();
    this.#stop = new AbortController();
    this.#warnings = [];
    this.#client = null;
    const policy = await this.#readPolicy();
    this.settings.begin(policy);
    if (this.settings.isDamaged) this.#warnings.push('SETTINGS_DAMAGED');
    await this.#ports.scanners.open(this.policy);
    await this.vault.open();
    // Looked at once at start, so that a lock-out that was running begins anew with it.
    await this.door.view();
    this.#ports.onConfigured(this.policy);
    const { disk, events, policySource: source } = this.#ports;
    const { credentials, door } = this;
    const parts = { disk, events, source, credentials, door };
    const fault = await provision(parts, this.policy.provisioningFile);
    if (fault !== null) this.#warnings.push(fault);
    this.#service = policy.ok
      ? await this.#connect(policy.value, fault)
      : outOfService(policy.error.code);
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

  async #readPolicy(): ReturnType<typeof loadPolicyOrLastGood> {
    const { disk, policySource, folder } = this.#ports;
    const policy = await loadPolicyOrLastGood({ disk, ...policySource }, disk, folder);
    if (policy.ok && policy.value.refused !== null) {
      this.#warnings.push('POLICY_LAST_GOOD', policy.value.refused);
      this.#ports.events({ event: 'app.policy-refused', code: policy.value.refused });
    }
    return policy;
  }

  /** Decides by vault and credentials between production, training and a named obstacle. */
  async #connect(loaded: LoadedPolicy, fault: ErrorCode | null): Promise<Service> {
    this.#environment = 'production';
    if (!(await this.#ports.isInstalledWhole())) return outOfService('APP_DAMAGED');
    const obstacle = vaultObstacle(this.vault.state);
    if (obstacle !== null) return obstacle;
    const folder = join(this.#ports.folder, 'outbox');
    const stored = await this.credentials.read();
    if (!stored.ok) {
      if (stored.error.code !== 'CREDENTIALS_MISSING') return outOfService(stored.error.code);
      if (await hasItems(this.#ports.disk, folder)) this.#warnings.push('OUTBOX_STRANDED');
      if (fault !== null) return outOfService(fault);
      return this.policy.training === 'never'
        ? outOfService(stored.error.code)
        : this.#startTraining();
    }
    const client = createMarkIdClient({
      transport: this.#ports.transport({
        origin: this.policy.endpoint.origin,
        ...(loaded.extraCaPem === null ? {} : { extraCaPem: loaded.extraCaPem }),
      }),
      credentials: stored.value,
    });
    return this.#serve(client, folder, vaultSealer(this.vault));
  }

  /** A kiosk without credentials practises; its transport trusts the simulator's certificate alone. */
  async #startTraining(): Promise<Service> {
    this.#environment = 'training';
    const { clock, random, transport } = this.#ports;
    const training = await startSimulator({ clock, random, ...practiceOf(this.policy) });
    if (!training.ok) return outOfService(training.error.code);
    this.#training = training.value;
    const { origin, certificatePem, credentials } = training.value;
    const client = createMarkIdClient({
      transport: transport({ origin, pinnedCertificatePem: certificatePem }),
      credentials,
    });
    await this.#forgetPractice();
    return this.#serve(client, this.#practiceFolder, passingSealer(random));
  }

  /** Opens the outbox that belongs to the client's server, and with it the kiosk. */
  async #serve(client: MarkIdClient, folder: string, sealer: KeySealer): Promise<Service> {
    this.#client = client;
    this.#session = this.#newSession();
    const started = await DeliveryService.start({
      ...this.#ports,
      client,
      folder,
      sealer,
      environment: this.#environment,
      policy: this.policy,
      session: this.#session,
      onSettled: () => {
        this.#ports.onSettled(this.#session.view());
      },
      onChange: () => {
        this.#ports.onStatus(this.status());
      },
    });
    if (!started.ok) return outOfService(started.error.code);
    this.#delivery = started.value.service;
    this.#warnings.push(...started.value.warnings);
    return { state: 'ready' };
  }

  get #practiceFolder(): string {
    return join(this.#ports.folder, 'training-outbox');
  }

  /** No later run could open it, and it is nobody's. */
  async #forgetPractice(): Promise<void> {
    await this.#ports.disk.removeFolder(this.#practiceFolder).catch(() => undefined);
  }

  #newSession(): CaptureSession {
    return new CaptureSession(sessionRules(this.policy, this.#environment), this.#ports.random);
  }
}
