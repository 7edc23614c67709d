/** Waits until the live picture shows what a step needs, read from the slate of our own clips. */
import type { Page } from 'playwright';
import type { CaptureStep } from '../../../preload/contract/vocabulary.ts';
import { readSlate, slateRows } from '../../specimens/slate.ts';

const TIMEOUT_MS = 30_000;
const POLL_MS = 60;

/** The top rows of what the camera shows now; null while there is no picture. */
const topOfFrame = async (page: Page): Promise<{ rgba: Uint8Array; widthPx: number } | null> => {
  const widthPx = await page.evaluate(() => document.querySelector('video')?.videoWidth ?? 0);
  if (widthPx === 0) return null;
  const values = await page.evaluate((rows) => {
    const video = document.querySelector('video');
    if (video === null || video.videoWidth === 0) return null;
    const context = new OffscreenCanvas(video.videoWidth, rows).getContext('2d');
    context?.drawImage(video, 0, 0);
    const pixels = context?.getImageData(0, Math.floor(rows / 2), video.videoWidth, 1);
    return pixels === undefined ? null : [...pixels.data];
  }, slateRows(widthPx));
  if (values === null) return null;
  // One row is as good as another: the slate is the same from its top to its bottom.
  const row = Uint8Array.from(values);
  const rgba = new Uint8Array(row.length * slateRows(widthPx));
  for (let index = 0; index < slateRows(widthPx); index += 1) rgba.set(row, index * row.length);
  return { rgba, widthPx };
};

/** Resolves when the camera shows the settled scene of this step. */
export const waitForScene = async (page: Page, step: CaptureStep): Promise<void> => {
  const giveUpAt = performance.now() + TIMEOUT_MS;
  while (performance.now() < giveUpAt) {
    const top = await topOfFrame(page);
    const slate = top === null ? null : readSlate(top.rgba, top.widthPx);
    if (slate?.step === step && slate.isSettled) return;
    await page.waitForTimeout(POLL_MS);
  }
  throw new Error(`the camera did not show the step ${step}`);
};
