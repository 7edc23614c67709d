/**
 * The words of every language find room on every screen: nothing overflows, is cut or breaks inside
 * a word, at every size the kiosk is made for. Also in a language whose words are longer than all.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../../build/runtime.mjs';
import { SHIPPED_LANGUAGES } from '../../../../preload/contract/languages.ts';
import { AidsBar } from '../../../../renderer/components/aids-bar.tsx';
import { IdleDialog } from '../../../../renderer/components/idle-dialog.tsx';
import { KioskFrame } from '../../../../renderer/components/kiosk-frame.tsx';
import { StartOverDialog } from '../../../../renderer/components/start-over-dialog.tsx';
import { STANDARD_AIDS } from '../../../../renderer/flow/aids.ts';
import { loadCatalogue } from '../../../../renderer/i18n/catalogues.ts';
import { createI18n, type I18n } from '../../../../renderer/i18n/create-i18n.ts';
import { nameOfSize, SIZES, type Size } from '../../../gallery/variants.ts';
import { pseudoMessages } from '../i18n/pseudo-locale.ts';
import { measureText } from './measure-text.ts';
import { ITEM_DIALOGS, LEAVING_DIALOGS } from './operator-samples.tsx';
import { markupOf } from './render.tsx';
import { SAMPLES } from './samples.tsx';
import { status } from './sample-status.ts';

const RENDERER = fileURLToPath(new URL('../../../../out/app/renderer/', import.meta.url));
const ORIGIN = 'https://kiosk.app.invalid';
const ignore = (): void => {};

/** A live picture says no more before and after it than while it runs. */
const shown = SAMPLES.filter(
  ({ screen, state }) => screen !== 'capture' || state.endsWith(', live'),
);
const dialogs = [
  ...(['forgets', 'keeps-refused', 'keeps-saved', 'leaves-room'] as const).map((ending) => (
    <IdleDialog key={ending} ending={ending} secondsLeft={15} onContinue={ignore} onEnd={ignore} />
  )),
  ...[true, false].map((isKept) => (
    <StartOverDialog key={String(isKept)} isKept={isKept} onConfirm={ignore} onCancel={ignore} />
  )),
  // One item of those that ask for a token, one of the others; the rest differs in its number.
  ...LEAVING_DIALOGS,
  ...ITEM_DIALOGS.filter(({ key }) => /NEEDS_TOKEN|HELD/.test(key ?? '')),
];
const names = [
  ...shown.map(({ screen, state }) => `${screen}, ${state}`),
  ...dialogs.map((_dialog, index) => `dialog ${index + 1}`),
];

/** At a desk the counts of the outbox stand in the frame, and the aids behind a button. */
const isAtDesk = (screen: string): boolean => /^(?:scan|token|operator-room)$/.test(screen);

/** Everything there is to read in the words of `i18n`, in the frame with the most in it. */
const markupsIn = (i18n: I18n): readonly string[] => [
  ...shown.map(({ screen, element }) =>
    markupOf(
      i18n,
      <KioskFrame
        environment="training"
        brand={status.brand}
        outbox={isAtDesk(screen) ? { ...status.outbox, needsPerson: 3 } : null}
        // No words of ours: as long as it likes, with an ellipsis where it is longer.
        reference={null}
        progress={{ index: 2, total: 7 }}
        onStartOver={ignore}
        onOperatorGesture={ignore}
        aids={<AidsBar aids={STANDARD_AIDS} isMenu={isAtDesk(screen)} hasVoice onChoose={ignore} />}
      >
        {element}
      </KioskFrame>,
    ),
  ),
  ...dialogs.map((dialog) => markupOf(i18n, dialog)),
];

const words = [
  createI18n('en', pseudoMessages()),
  ...(await Promise.all(
    SHIPPED_LANGUAGES.map(async (tag) => {
      const { language, messages } = await loadCatalogue(tag);
      return createI18n(language, messages);
    }),
  )),
].map((i18n, index) => ({ i18n, name: index === 0 ? 'a language of long words' : i18n.language }));

describe.skipIf(findChromium() === null)('the words on every screen', () => {
  let browser: Browser;
  /** One for each size, each in a process of its own: the sizes are measured at the same time. */
  let pages: readonly { readonly size: Size; readonly page: Page }[];

  /** The built style sheet and typefaces without the scripts: what is shown is put in from here. */
  const openPage = async (size: Size): Promise<{ size: Size; page: Page }> => {
    const context = await browser.newContext({ reducedMotion: 'reduce', viewport: size });
    const page = await context.newPage();
    const html = readFileSync(`${RENDERER}index.html`, 'utf8').replaceAll(
      /<script[^]*?<\/script>/g,
      '',
    );
    await page.route('**/*', async (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/') await route.fulfill({ contentType: 'text/html', body: html });
      else if (pathname.startsWith('/assets/')) await route.fulfill({ path: RENDERER + pathname });
      else await route.abort();
    });
    await page.goto(`${ORIGIN}/`);
    await page.evaluate(() => Promise.all(Array.from(document.fonts, (face) => face.load())));
    return { size, page };
  };

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: findChromium() ?? '' });
    pages = await Promise.all(SIZES.map(openPage));
  });

  afterAll(async () => {
    await browser.close();
  });

  it.each(words)('fit in $name', async ({ i18n }) => {
    const markups = markupsIn(i18n);
    const root = { lang: i18n.language, dir: i18n.direction };
    const measured = await Promise.all(
      pages.map(async ({ size, page }) => {
        await page.evaluate((given) => Object.assign(document.documentElement, given), root);
        return (await page.evaluate(measureText, markups)).map((fault) => {
          const [index, what] = fault.split(/: (.*)/s);
          return `${names[Number(index)]} at ${nameOfSize(size)}: ${what}`;
        });
      }),
    );
    expect(measured.flat()).toEqual([]);
  });
});
