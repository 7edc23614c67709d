/**
 * Owns the comparison of the attract screen's first paint with that of an empty page in the same
 * runtime. Times are the browser's own, from the start of the navigation.
 */
import type { Page } from 'playwright';
import { buildKiosk, EMPTY_APP_DIR, KIOSK_DIR, withApp } from './app-runs.ts';
import { medianOf, round, type Bench } from './bench.ts';

const MAX_TIMES_EMPTY_PAGE = 1.5;
const ROUNDS = 7;

/** Milliseconds from navigation to the first painted content of `selector`'s page. */
const firstPaintMs = async (page: Page, selector: string): Promise<number> => {
  await page.locator(selector).waitFor();
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list, observer) => {
          const paint = list.getEntriesByName('first-contentful-paint')[0];
          if (paint === undefined) return;
          observer.disconnect();
          resolve(paint.startTime);
        }).observe({ type: 'paint', buffered: true });
      }),
  );
};

export const startBench: Bench = {
  name: 'start',
  target: `first paint of attract within ${MAX_TIMES_EMPTY_PAGE} × of an empty page`,
  run: async (tell) => {
    buildKiosk();
    const kiosk: number[] = [];
    const empty: number[] = [];
    for (let turn = 0; turn < ROUNDS; turn += 1) {
      kiosk.push(await withApp(KIOSK_DIR, (page) => firstPaintMs(page, '[data-screen="attract"]')));
      empty.push(await withApp(EMPTY_APP_DIR, (page) => firstPaintMs(page, 'h1')));
      tell(
        `round ${turn + 1} of ${ROUNDS}: ${round(kiosk.at(-1) ?? 0, 0)} ms, empty page ${round(empty.at(-1) ?? 0, 0)} ms`,
      );
    }
    const attractMs = medianOf(kiosk);
    const emptyPageMs = medianOf(empty);
    const timesEmptyPage = attractMs / emptyPageMs;
    return {
      reached: timesEmptyPage <= MAX_TIMES_EMPTY_PAGE,
      figures: {
        attractMs: round(attractMs, 0),
        emptyPageMs: round(emptyPageMs, 0),
        timesEmptyPage: round(timesEmptyPage, 2),
      },
    };
  },
};
