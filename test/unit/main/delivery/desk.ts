/** A kiosk with credentials over a fake Mark ID and a fake clock, and a customer who is quick. */
import { vi } from 'vitest';
import type { HttpTransport } from '../../../../main/ports/http-transport.ts';
import type { HandedToken } from '../../../../preload/contract/handed-token.ts';
import { ok, type Result } from '../../../../preload/contract/result.ts';
import type { CaptureStep } from '../../../../preload/contract/vocabulary.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import {
  emptyFiles,
  makeKiosk,
  trustedKeyring,
  type KioskFiles,
  type KioskUnderTest,
} from '../../../support/kiosk.ts';
import { fakeMarkId } from './fake-markid.ts';

export const FOLDER = '/data/outbox';
const CREDENTIALS = { apiKey: 'key', apiSecret: 'secret' };

export const valueOf = <Value>(result: Result<Value>): Value => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

export class Desk {
  readonly clock = new FakeClock();
  readonly markId = fakeMarkId(this.clock);
  readonly files: KioskFiles = emptyFiles();
  readonly #policy: object;
  #made: KioskUnderTest | null = null;

  constructor(policy: object = {}) {
    this.#policy = policy;
  }

  /** A start of the kiosk, with the door to the operator's room open. */
  async start(): Promise<KioskUnderTest> {
    const transport = (): HttpTransport => this.markId.transport;
    const made = makeKiosk(this.#policy, trustedKeyring, this.files, {
      clock: this.clock,
      transport,
    });
    this.#made = made;
    vi.spyOn(made.kiosk.door, 'admit').mockReturnValue(ok(null));
    await made.kiosk.vault.open();
    valueOf(await made.kiosk.credentials.set(CREDENTIALS));
    await made.kiosk.start();
    await this.settle();
    return made;
  }

  get made(): KioskUnderTest {
    if (this.#made === null) throw new Error('The desk was not started.');
    return this.#made;
  }

  get session() {
    return this.made.kiosk.session;
  }

  /** Lets everything run that can, without any time passing. */
  settle(): Promise<void> {
    return this.clock.advance(0);
  }

  /** A customer with a passport up to the last picture; the bytes that were captured. */
  async capture(
    given: { token?: HandedToken; customerReference?: string } = {},
  ): Promise<Uint8Array[]> {
    const { handlers } = this.made;
    const consentVersion = this.made.kiosk.status().consent.version;
    valueOf(await handlers['session:start-session']({ language: 'en', consentVersion, ...given }));
    valueOf(await handlers['session:choose-document']({ country: 'LT', documentType: 'PASSPORT' }));
    return this.retakeAll();
  }

  /** New pictures of a passport. */
  retakeAll(): Uint8Array[] {
    return (['FRONT', 'FACE'] as const).map((step: CaptureStep) => {
      const jpeg = Buffer.from(`a picture of ${step}`);
      const size = { widthPx: 1280, heightPx: 720, quality: 90, warnings: [] };
      valueOf(this.session.store(step, 'camera', { jpeg, ...size }));
      return jpeg;
    });
  }

  /** Presses the button and lets the courier do what it can at once. */
  async submit() {
    const submitted = await this.made.handlers['session:submit-session'](undefined);
    await this.settle();
    return submitted;
  }

  /** What the operator sees. */
  async view() {
    return valueOf(await this.made.handlers['outbox:get-outbox'](undefined));
  }
}
