/**
 * Where a tour of the screens stands: the page in front of one kiosk in one language, and the hands
 * to go on. Says of each screen it stops at which one it is, and has it looked at.
 */
import type { AppStatus } from '../../preload/contract/app-channels.ts';
import { SHIPPED_LANGUAGES } from '../../preload/contract/languages.ts';
import type { CaptureStep, DocumentType } from '../../preload/contract/vocabulary.ts';
import type { Hint } from '../../renderer/vision/shutter/hints.ts';
import { KioskDriver } from '../e2e/support/kiosk-driver.ts';
import { FakeKiosk } from '../support/fake-kiosk.ts';
import { FAKE_STATUS } from '../support/fake-kiosk-values.ts';
import type { CameraAct } from './in-page.ts';
import type { PictureName } from './pictures.ts';
import type { Stand } from './stand.ts';

export type Mode = AppStatus['mode'];
export type Pictures = ReadonlyMap<PictureName, Uint8Array<ArrayBuffer>>;

/** A screen or dialog in one state. */
export interface Scene {
  readonly mode: Mode;
  /** `data-dialog` of what stands in front, else `data-screen`. */
  readonly screen: string;
  readonly state: string;
}

/** What is the same on a whole tour. */
export interface TourRequest {
  readonly language: string;
  readonly pictures: Pictures;
  /** ISO 3166-1 alpha-2; null: every country. */
  readonly countries: readonly string[] | null;
  /** Whether the vision worker looks at the cameras, which takes a third of a tour's time. */
  readonly isWatched: boolean;
}

/** Looks at what the page shows now. */
export type Look = (scene: Scene) => Promise<void>;

/** Nobody is warned while a tour stops: longer than any of them takes. */
const PATIENT = { warnAfterMs: 3_000_000, wipeAfterMs: 3_600_000 };

export class Station extends KioskDriver {
  readonly mode: Mode;
  readonly #stand: Stand;
  readonly #request: TourRequest;
  readonly #look: Look;
  kiosk = new FakeKiosk();

  constructor(stand: Stand, mode: Mode, request: TourRequest, look: Look) {
    super(stand.page, null);
    this.mode = mode;
    this.#stand = stand;
    this.#request = request;
    this.#look = look;
  }

  /** A kiosk whose main has nothing to do yet. */
  prepare(status: Partial<AppStatus> = {}): FakeKiosk {
    const { language, countries } = this.#request;
    const kiosk = new FakeKiosk();
    kiosk.status = {
      ...FAKE_STATUS,
      environment: 'production',
      mode: this.mode,
      customerReference: this.mode === 'self-service' ? 'off' : 'optional',
      documents: {
        countries: countries === null ? null : [...countries],
        types: ['ID_CARD', 'PASSPORT', 'RESIDENCE_PERMIT', 'DRIVER_LICENSE', 'OTHER'],
      },
      languages: { offered: [...SHIPPED_LANGUAGES], preferred: language },
      idle: PATIENT,
      ...status,
    };
    kiosk.jpegOf = (pictureId) => {
      const { steps, documentType } = kiosk.view;
      const { step } = steps.find(({ picture }) => picture?.pictureId === pictureId) ?? {};
      const isPassport = step === 'FRONT' && documentType === 'PASSPORT';
      return this.#picture(isPassport ? 'passport' : (step ?? 'table'));
    };
    kiosk.scans.jpeg = this.#picture('glass');
    this.kiosk = kiosk;
    return kiosk;
  }

  /** Main holds a session with these pictures, for a renderer that comes back. */
  resume(documentType: DocumentType, withPictures: readonly CaptureStep[]): void {
    this.kiosk.resume(documentType, withPictures);
    const { environment } = this.kiosk.status;
    this.kiosk.view = { ...this.kiosk.view, language: this.#request.language, environment };
  }

  /** Starts the renderer in front of the kiosk that was prepared, and waits for a screen. */
  async start(screen: string, camera: PictureName | CameraAct = 'table'): Promise<void> {
    await this.#stand.show(this.kiosk, this.#act(camera));
    await this.screen(screen);
  }

  async camera(camera: PictureName | CameraAct): Promise<void> {
    await this.#stand.camera(this.#act(camera));
  }

  async has(selector: string): Promise<void> {
    await this.page.locator(selector).first().waitFor();
  }

  /** The live picture is there, and what is seen in it is said: this hint, or any. */
  async aimed(hint?: Hint): Promise<void> {
    const guidance = hint === undefined ? '.guidance' : `.guidance[data-hint="${hint}"]`;
    await this.has(this.#request.isWatched ? guidance : '[data-phase="live"]');
  }

  /** Has the picture taken that is shown: by itself, or where nobody looks, by the shutter. */
  async taken(next: string): Promise<void> {
    if (!this.#request.isWatched) {
      await this.has('[data-phase="live"]');
      await this.press('shoot');
    }
    await this.has(next);
  }

  async click(selector: string): Promise<void> {
    await this.page.locator(selector).first().click();
  }

  /** Stops here, as long as it takes to look. */
  async look(state: string): Promise<void> {
    const shown = await this.page.evaluate(() => {
      const dialog = document.querySelector('[data-dialog]')?.getAttribute('data-dialog');
      return dialog ?? document.querySelector('[data-screen]')?.getAttribute('data-screen');
    });
    if (shown === undefined || shown === null) throw new Error(`no screen stands at "${state}"`);
    // Nothing may look touched that nobody touches.
    await this.page.mouse.move(0, 0);
    await this.#stand.stopClock(true);
    await this.#look({ mode: this.mode, screen: shown, state });
    await this.#stand.stopClock(false);
  }

  #act(camera: PictureName | CameraAct): CameraAct {
    if (typeof camera === 'object') return camera;
    return { show: this.#request.pictures.has(camera) ? camera : 'table' };
  }

  #picture(name: PictureName): Uint8Array<ArrayBuffer> {
    const picture = this.#request.pictures.get(name) ?? this.#request.pictures.get('table');
    if (picture === undefined) throw new Error(`${name} was not drawn`);
    return picture;
  }
}
