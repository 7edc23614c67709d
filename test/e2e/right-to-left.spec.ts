/** A language written from right to left turns the screens, and nothing that shows where things are. */
import { expect, type Locator, type Page } from 'playwright/test';
import { SHIPPED_LANGUAGES } from '../../preload/contract/languages.ts';
import { driverOf, test } from './support/fixtures.ts';

const SIZES = [
  { width: 1080, height: 1920 },
  { width: 1920, height: 1080 },
  { width: 1366, height: 768 },
];

const chooseArabic = async (page: Page): Promise<void> => {
  await page.locator('[data-language="ar"]').click();
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
};

const transformOf = (element: Locator): Promise<string> =>
  element.evaluate((node) => getComputedStyle(node).transform);

const leftOf = async (element: Locator): Promise<number> => (await element.boundingBox())?.x ?? NaN;

test('mirrors the arrow of forward in Arabic, and no sign that points nowhere', async ({
  launch,
}) => {
  const { page } = await launch();
  const forward = page.locator('[data-action="start"] .icon');
  expect(await transformOf(forward)).toBe('none');
  await chooseArabic(page);
  expect(await transformOf(forward)).toBe('matrix(-1, 0, 0, 1, 0, 0)');
  expect(await transformOf(page.locator('[data-language="ar"] .icon'))).toBe('none');
});

test('takes the operator’s taps in the corner where lines begin, and in no other', async ({
  launch,
}) => {
  const kiosk = await launch();
  const driver = driverOf(kiosk);
  await driver.screen('attract');
  await chooseArabic(driver.page);
  const width = await driver.page.evaluate(() => window.innerWidth);
  const tap = async (x: number): Promise<void> => {
    for (let taps = 0; taps < 5; taps += 1) await driver.page.mouse.click(x, 40);
  };
  await tap(40);
  await expect(driver.page.locator('[data-screen="attract"]')).toBeVisible();
  await tap(width - 40);
  await driver.screen('operator-door');
});

test('never mirrors the live picture of a document or its frame', async ({ launch }) => {
  const kiosk = await launch();
  const driver = driverOf(kiosk);
  await driver.screen('attract');
  await chooseArabic(driver.page);
  await driver.begin({ country: 'LT', documentType: 'ID_CARD' });
  await driver.screen('capture');
  expect(await transformOf(driver.page.locator('.live-video'))).toBe('none');
  const corners = driver.page.locator('.guide-corner');
  expect(await leftOf(corners.nth(0))).toBeLessThan(await leftOf(corners.nth(1)));
  await expect(corners.nth(0)).toHaveCSS('border-right-width', '0px');
});

test('keeps the digits of the PIN pad where every telephone has them', async ({ launch }) => {
  const kiosk = await launch();
  const driver = driverOf(kiosk);
  await driver.screen('attract');
  await chooseArabic(driver.page);
  await driver.page.keyboard.press('Control+Alt+KeyO');
  await driver.screen('operator-door');
  const digit = (name: string): Locator => driver.page.locator(`[data-digit="${name}"]`);
  expect(await leftOf(digit('1'))).toBeLessThan(await leftOf(digit('3')));
  expect(await leftOf(digit('0'))).toBeLessThan(await leftOf(digit('delete')));
});

test('shows every language on the first screen, named in itself, in any of them and at all sizes', async ({
  launch,
}) => {
  const { page } = await launch();
  const languages = page.locator('.language');
  await expect(languages).toHaveCount(SHIPPED_LANGUAGES.length);
  for (const tag of SHIPPED_LANGUAGES) {
    const language = page.locator(`[data-language="${tag}"]`);
    await expect(language).toHaveAttribute('lang', tag);
    await language.click();
    await expect(page.locator('html')).toHaveAttribute('lang', tag);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      const inSight = expect(languages.last(), `${tag}, ${size.width} × ${size.height}`);
      await inSight.toBeInViewport({ ratio: 1 });
    }
  }
});
