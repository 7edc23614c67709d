/** Loads the page once the first scene is on screen: reading its script takes time from painting. */
import { guardPage } from './page-guard.ts';

/** Own decision: a window that is not shown paints nothing, and must start all the same. */
const LONGEST_WAIT_MS = 1_000;

const firstPaint = new Promise<void>((resolve) => {
  new PerformanceObserver(() => {
    resolve();
  }).observe({ type: 'paint', buffered: true });
  setTimeout(resolve, LONGEST_WAIT_MS);
});
guardPage();
void firstPaint.then(() => import('./page.tsx'));
