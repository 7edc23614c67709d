/**
 * Shows the built renderer in Chromium, as the app serves it and under its own policy, with a fake
 * kiosk behind the bridge. One page is used again and again. Reaches no network.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page, type Route } from 'playwright';
import { findChromium } from '../../build/runtime.mjs';
import { createAppProtocol, readFileMap } from '../../main/shell/app-protocol.ts';
import { readStyleHash } from '../../main/shell/style-hash.ts';
import {
  CHANNEL_NAMES,
  EVENT_NAMES,
  type ChannelName,
} from '../../preload/contract/channel-names.ts';
import type { FakeKiosk } from '../support/fake-kiosk.ts';
import { drawLogo } from './bank.ts';
import { installStandIns, type CameraAct } from './in-page.ts';

const BUILT = fileURLToPath(new URL('../../out/app', import.meta.url));
const ORIGIN = 'https://kiosk.app.invalid';
const PICTURES = '/drawn/';
/** What the server has under the address of a bank's logo. */
const LOGO_PATH = /^\/brand-[0-9a-f]{16}\.png$/;
const CAMERAS = ['Document camera', 'Front camera'];

export interface StandOptions {
  /** JPEGs the fake cameras can show, by name. */
  readonly pictures: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** Screen pixels of a CSS pixel; less where no picture of the page is taken, to save their painting. */
  readonly density?: number;
}

type Area = Readonly<Record<string, (request: unknown) => unknown>>;

const camel = (words: string): string =>
  words.replace(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase());

/** The function of the API behind a channel or an event. */
const functionOf = (kiosk: FakeKiosk, area: string, name: string): Area[string] => {
  const areas: Readonly<Record<string, unknown>> = kiosk.api;
  const found = (areas[area] as Area | undefined)?.[camel(name)];
  if (found === undefined) throw new Error(`the fake kiosk has no ${area}.${name}`);
  return found;
};

export class Stand {
  readonly #browser: Browser;
  readonly page: Page;
  #kiosk: FakeKiosk | null = null;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.page = page;
  }

  static async open(options: StandOptions): Promise<Stand> {
    const executablePath = findChromium();
    if (executablePath === null) throw new Error('there is no Chromium to show the screens in');
    const browser = await chromium.launch({
      executablePath,
      args: ['--force-color-profile=srgb', '--host-resolver-rules=MAP * ~NOTFOUND'],
    });
    const context = await browser.newContext({
      reducedMotion: 'reduce',
      deviceScaleFactor: options.density ?? 1,
    });
    const page = await context.newPage();
    const stand = new Stand(browser, page);
    await stand.#serve(options);
    await context.exposeBinding('askKiosk', (_source, name: ChannelName, request: unknown) =>
      stand.#answer(name, request),
    );
    await context.addInitScript(installStandIns, {
      channels: CHANNEL_NAMES,
      events: EVENT_NAMES,
      cameras: CAMERAS,
    });
    return stand;
  }

  /** Lets no vision worker start: the cameras are shown, and nobody looks at them. */
  async blind(): Promise<void> {
    await this.page.context().route('**/vision-worker*.js', (route) => route.abort());
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }

  /** Starts the renderer anew in front of this kiosk. */
  async show(kiosk: FakeKiosk, camera: CameraAct): Promise<void> {
    this.#kiosk = kiosk;
    for (const name of EVENT_NAMES) {
      const [area = '', noun = ''] = name.split(':');
      functionOf(
        kiosk,
        area,
        `on-${noun}`,
      )((payload: unknown) => {
        if (this.#kiosk === kiosk) void this.#tell(name, payload);
      });
    }
    await this.page.goto(`${ORIGIN}/index.html`);
    await this.camera(camera);
  }

  /** What the cameras do from now on. A picture is named as in the options. */
  async camera(act: CameraAct): Promise<void> {
    await this.page.evaluate(
      (next) => window.standIns.act(next),
      'show' in act ? { show: `${PICTURES}${act.show}.jpg` } : act,
    );
  }

  /** Stops the time of the page while it is looked at, and lets it run on. */
  async stopClock(isStopped: boolean): Promise<void> {
    await this.page.evaluate((stopped) => window.standIns.stopClock(stopped), isStopped);
  }

  async #tell(event: (typeof EVENT_NAMES)[number], payload: unknown): Promise<void> {
    await this.page.evaluate(([name, told]) => window.standIns.tell(name, told), [
      event,
      payload,
    ] as const);
  }

  async #answer(name: ChannelName, request: unknown): Promise<unknown> {
    if (this.#kiosk === null) throw new Error('no kiosk stands behind the page');
    const [area = '', verb = ''] = name.split(':');
    return functionOf(this.#kiosk, area, verb)(request);
  }

  async #serve({ pictures }: StandOptions): Promise<void> {
    const serveApp = createAppProtocol(
      await readFileMap(join(BUILT, 'renderer')),
      await readStyleHash(join(BUILT, 'style-hash.json')),
      () => null,
    );
    await this.page.context().route('**/*', async (route: Route) => {
      const { pathname } = new URL(route.request().url());
      if (LOGO_PATH.test(pathname)) {
        await route.fulfill({ contentType: 'image/png', body: await drawLogo() });
        return;
      }
      const picture = pictures.get(pathname.slice(PICTURES.length, -'.jpg'.length));
      if (pathname.startsWith(PICTURES) && picture !== undefined) {
        await route.fulfill({ contentType: 'image/jpeg', body: Buffer.from(picture) });
        return;
      }
      const response = await serveApp({ method: 'GET', url: `app://kiosk${pathname}` });
      await route.fulfill({
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: Buffer.from(await response.arrayBuffer()),
      });
    });
  }
}
