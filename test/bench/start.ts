/**
 * Owns the comparison of the attract screen's first paint with that of an empty page in the same
 * guarded window, and with a bare app of the same runtime. Times are the browser's own, from the start of the navigation. The first paint is the
 * ground and drawing (renderer/first-scene.tsx); the words follow when main has answered, and their
 * time is told beside it.
 */
import type { Page } from 'playwright';
import { BARE_APP_DIR, buildKiosk, KIOSK_DIR, withApp, withEmptyKiosk } from './app-runs.ts';
import { medianOf, round, type Bench } from './bench.ts';

const MAX_TIMES_EMPTY_PAGE = 1.5;
const ROUNDS = 7;
/** Until the browser has noted the last paint. */
const SETTLING_MS = 300;

interface Paints {
  /** The ground and drawing of attract, which index.html brings along. */
  readonly firstMs: number;
  /** The last time the largest thing on screen changed: the words are there. */
  readonly largestMs: number;
}

/** The browser's own times of what it painted until `selector` was there. */
const paintsOf = async (page: Page, selector: string): Promise<Paints> => {
  await page.locator(selector).waitFor();
  await page.waitForTimeout(SETTLING_MS);
  return page.evaluate(() => {
    const lastOf = (type: string): number => {
      const observer = new PerformanceObserver(() => undefined);
      observer.observe({ type, buffered: true });
      return observer.takeRecords().at(-1)?.startTime ?? Number.NaN;
    };
    const first = performance.getEntriesByName('first-contentful-paint')[0];
    return {
      firstMs: first?.startTime ?? Number.NaN,
      largestMs: lastOf('largest-contentful-paint'),
    };
  });
};

const medianFirst = (paints: readonly Paints[]): number =>
  medianOf(paints.map(({ firstMs }) => firstMs));

export const startBench: Bench = {
  name: 'start',
  target: `first paint of attract within ${MAX_TIMES_EMPTY_PAGE} × of an empty page in the same window; a bare app beside it`,
  run: async (tell) => {
    buildKiosk();
    const kiosk: Paints[] = [];
    const empty: Paints[] = [];
    const bare: Paints[] = [];
    await withEmptyKiosk(async (emptyDir) => {
      for (let turn = 0; turn < ROUNDS; turn += 1) {
        kiosk.push(await withApp(KIOSK_DIR, (page) => paintsOf(page, '[data-screen="attract"]')));
        empty.push(await withApp(emptyDir, (page) => paintsOf(page, 'h1')));
        bare.push(await withApp(BARE_APP_DIR, (page) => paintsOf(page, 'h1')));
        tell(`round ${turn + 1} of ${ROUNDS}`);
      }
    });
    const firstPaintMs = medianFirst(kiosk);
    const emptyPageMs = medianFirst(empty);
    const timesEmptyPage = firstPaintMs / emptyPageMs;
    return {
      reached: timesEmptyPage <= MAX_TIMES_EMPTY_PAGE,
      figures: {
        firstPaintMs: round(firstPaintMs, 0),
        emptyPageMs: round(emptyPageMs, 0),
        timesEmptyPage: round(timesEmptyPage, 2),
        bareAppMs: round(medianFirst(bare), 0),
        timesBareApp: round(firstPaintMs / medianFirst(bare), 2),
        wordsMs: round(medianOf(kiosk.map(({ largestMs }) => largestMs)), 0),
      },
    };
  },
};
