/**
 * Stands at the kiosk like a customer or operator: waits for screens, presses what is there, and
 * photographs each screen. Knows screens by their `data-` attributes only, never by their words.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import type { CaptureStep, DocumentType } from '../../../preload/contract/vocabulary.ts';
import type { AppStatus } from '../../../preload/contract/app-channels.ts';
import type { SessionView } from '../../../preload/contract/session-channels.ts';
import type { KioskApi } from '../../../preload/contract/kiosk-api.ts';

/** Longest wait for any screen, also on a busy machine. */
const SCREEN_TIMEOUT_MS = 60_000;
/** Longest wait for a key that may have gone with its step. */
const SKIP_TIMEOUT_MS = 2_000;
/** How long one page is looked at before it is asked which page stands now. */
const LOOK_AGAIN_MS = 250;

export interface Identity {
  readonly country: string;
  readonly documentType: DocumentType;
}

export class KioskDriver {
  readonly #first: Page;
  readonly #folder: string | null;
  readonly pictures: string[] = [];

  /** `folder`: where pictures of screens go; null takes none. */
  constructor(page: Page, folder: string | null) {
    this.#first = page;
    this.#folder = folder;
    if (folder !== null) mkdirSync(folder, { recursive: true });
  }

  /** The page that stands now: each customer has one of their own. */
  get page(): Page {
    return this.#first.context().pages().at(-1) ?? this.#first;
  }

  /** Waits until one of these screens is there and returns its name. */
  async screen(...names: string[]): Promise<string> {
    const wanted = names.map((name) => `[data-screen="${name}"]`).join(', ');
    const untilMs = performance.now() + SCREEN_TIMEOUT_MS;
    for (;;) {
      const found = this.page.locator(wanted).first();
      try {
        await found.waitFor({ timeout: LOOK_AGAIN_MS });
        return (await found.getAttribute('data-screen', { timeout: LOOK_AGAIN_MS })) ?? '';
      } catch (error) {
        // Not there yet, or on the page that takes this one's place.
        if (performance.now() > untilMs) throw error;
      }
    }
  }

  /** Presses the one control with this action. */
  async press(action: string): Promise<void> {
    await this.page.locator(`[data-action="${action}"]`).first().click();
  }

  async fill(name: string, value: string): Promise<void> {
    await this.page.locator(`input[name="${name}"]`).fill(value);
  }

  /** Fills a field that only some situations show. */
  async fillIfAsked(name: string, value: string): Promise<void> {
    const field = this.page.locator(`input[name="${name}"]`);
    if ((await field.count()) > 0) await field.fill(value);
  }

  /** Photographs the screen as it is now. */
  async photograph(name: string): Promise<void> {
    if (this.#folder !== null) this.#keep(name, await this.#picture());
  }

  /** Photographs what passes by itself until it has passed, and keeps the last picture that shows it. */
  async #photographWhile(name: string, shown: string): Promise<void> {
    if (this.#folder === null) return;
    const isThere = (): Promise<boolean> => this.page.locator(shown).isVisible();
    const untilMs = performance.now() + SCREEN_TIMEOUT_MS;
    let kept: Buffer | null = null;
    while (performance.now() < untilMs && (await isThere())) {
      const picture = await this.#picture();
      if (await isThere()) kept = picture;
    }
    if (kept !== null) this.#keep(name, kept);
  }

  #picture(): Promise<Buffer> {
    return this.page.screenshot({ animations: 'disabled' });
  }

  #keep(name: string, picture: Buffer): void {
    if (this.#folder === null) return;
    const number = String(this.pictures.length + 1).padStart(2, '0');
    const path = join(this.#folder, `${number}-${name}.png`);
    writeFileSync(path, picture);
    this.pictures.push(path);
  }

  /** The session as main tells it, through the bridge the screens use. */
  session(): Promise<SessionView> {
    return this.page.evaluate(async () => {
      const api = (window as unknown as { readonly kiosk: KioskApi }).kiosk;
      const answer = await api.session.getSession();
      if (!answer.ok) throw new Error(answer.error.code);
      return answer.value;
    });
  }

  /** The JPEG of a step that is kept for sending. */
  async picture(step: CaptureStep): Promise<Uint8Array> {
    const { steps } = await this.session();
    const pictureId = steps.find((entry) => entry.step === step)?.picture?.pictureId ?? '';
    // As text, a character a byte: of a list Playwright looks at each number several times.
    const text = await this.page.evaluate(async (id) => {
      const api = (window as unknown as { readonly kiosk: KioskApi }).kiosk;
      const answer = await api.capture.readPicture({ pictureId: id });
      if (!answer.ok) throw new Error(answer.error.code);
      return Array.from(answer.value.bytes, (byte) => String.fromCharCode(byte)).join('');
    }, pictureId);
    return Buffer.from(text, 'latin1');
  }

  /** The kiosk as main tells it. */
  status(): Promise<AppStatus> {
    return this.page.evaluate(async () => {
      const api = (window as unknown as { readonly kiosk: KioskApi }).kiosk;
      const answer = await api.app.getStatus();
      if (!answer.ok) throw new Error(answer.error.code);
      return answer.value;
    });
  }

  /** From attract, or a desk, to the first capture screen. `token`: handed over by the bank, where the policy says so. */
  async begin(identity: Identity, token: string | null = null): Promise<void> {
    await this.photograph(await this.screen('attract', 'desk'));
    await this.press('start');
    await this.screen('consent');
    await this.photograph('consent');
    await this.press('accept');
    if (token !== null) {
      await this.screen('token');
      await this.fill('auth-token', token);
      await this.photograph('token');
      await this.press('continue');
    }
    await this.chooseDocument(identity);
  }

  async chooseDocument({ country, documentType }: Identity): Promise<void> {
    await this.screen('document');
    await this.page.locator(`[data-country="${country}"]`).first().click();
    await this.page.locator(`[data-document-type="${documentType}"]`).first().click();
    await this.photograph('document');
    await this.press('choose');
  }

  /**
   * Waits for the pictures, which take themselves, and ends at the review. Skips what nobody has to
   * show: the camera may never see it. Returns milliseconds per step, from the first sight of it.
   */
  async capture(): Promise<Map<CaptureStep, number>> {
    const times = new Map<CaptureStep, number>();
    for (;;) {
      if ((await this.screen('capture', 'review')) === 'review') break;
      const step = await this.page.locator('[data-screen="capture"]').getAttribute('data-step');
      if (step === null) throw new Error('the capture screen names no step');
      const startedAt = performance.now();
      const name = `capture-${step.toLowerCase()}`;
      const here = `[data-screen="capture"][data-step="${step}"]`;
      const skip = this.page.locator(`${here} [data-action="skip"]`);
      if ((await skip.count()) > 0) {
        await this.photograph(name);
        // Unless its picture was faster.
        await skip.click({ timeout: SKIP_TIMEOUT_MS }).catch(() => undefined);
      } else await this.#photographWhile(name, here);
      const next = `[data-screen="review"], [data-screen="capture"]:not([data-step="${step}"])`;
      await this.page.locator(next).first().waitFor({ timeout: SCREEN_TIMEOUT_MS });
      times.set(step as CaptureStep, Math.round(performance.now() - startedAt));
    }
    await this.photograph('review');
    return times;
  }

  /** Submits and waits for the end. Returns the screen it ended at. */
  async submit(): Promise<'receipt' | 'failure'> {
    await this.press('submit');
    await this.screen('receipt', 'failure', 'submitting', 'delivering');
    for (const passing of ['submitting', 'delivering'])
      await this.#photographWhile(passing, `[data-screen="${passing}"]`);
    const outcome = await this.screen('receipt', 'failure');
    await this.photograph(outcome);
    return outcome === 'receipt' ? 'receipt' : 'failure';
  }

  /** Enters the operator's room, making its PIN where there is none yet. */
  async enterRoom(pin: string): Promise<void> {
    await this.page.keyboard.press('Control+Alt+KeyO');
    await this.screen('operator-door');
    await this.fill('pin', pin);
    await this.fillIfAsked('pin-again', pin);
    await this.photograph('operator-door');
    await this.page.locator('[data-action="enter"], [data-action="create-pin"]').first().click();
    await this.screen('operator-room');
    await this.photograph('operator-room');
  }

  /** Enters credentials as an operator does; a passphrase where the system has no keyring. */
  async provision(credentials: {
    readonly pin: string;
    readonly passphrase: string;
    readonly apiKey: string;
    readonly apiSecret: string;
  }): Promise<void> {
    await this.enterRoom(credentials.pin);
    const passphrase = this.page.locator('input[name="passphrase"]');
    if ((await passphrase.count()) > 0) {
      await passphrase.fill(credentials.passphrase);
      await this.fillIfAsked('passphrase-again', credentials.passphrase);
      await this.press('create-vault');
      await passphrase.waitFor({ state: 'detached', timeout: SCREEN_TIMEOUT_MS });
    }
    await this.fill('api-key', credentials.apiKey);
    await this.fill('api-secret', credentials.apiSecret);
    await this.press('store');
    await this.page
      .locator('[data-action="remove"]')
      .first()
      .waitFor({ timeout: SCREEN_TIMEOUT_MS });
    // From nothing to ready in this one room: its list has no step left.
    await this.page
      .locator('.panel-setup[data-ready="true"]')
      .waitFor({ timeout: SCREEN_TIMEOUT_MS });
    await this.photograph('operator-room-provisioned');
    await this.press('leave');
    await this.screen('attract', 'desk');
  }
}
