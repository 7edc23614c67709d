/** A keyboard wedge: a reader whose text comes as keys, as fast as a reader types. */
import type { KioskDriver } from './kiosk-driver.ts';

/** As fast as a reader; a person's keys are ten times as far apart. */
export const read = async ({ page }: KioskDriver, lines: readonly string[]): Promise<void> => {
  await page.evaluate((texts) => {
    // Made before they are told: a reader does not wait for what a page does about a key.
    const events = texts
      .flatMap((text) => [...text.split(''), 'Enter'])
      .map((key) => {
        const code = /^\d$/.test(key) ? `Digit${key}` : '';
        return new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true });
      });
    for (const event of events) {
      const target = document.activeElement ?? document.body;
      const isAllowed = target.dispatchEvent(event);
      if (!isAllowed || event.key === 'Enter' || !(target instanceof HTMLInputElement)) continue;
      target.setRangeText(event.key, target.value.length, target.value.length, 'end');
      target.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }, lines);
};
