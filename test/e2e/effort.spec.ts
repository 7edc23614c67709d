/** What a session costs whoever operates it: every key or touch of theirs is counted as it is made. */
import { expect } from 'playwright/test';
import { bothSides, chooseScanner, test } from './support/desk.ts';
import { cameraFor, driverOf, type KioskFixtures } from './support/fixtures.ts';
import type { KioskDriver } from './support/kiosk-driver.ts';
import { read } from './support/wedge.ts';

type Launch = KioskFixtures['launch'];

const REFERENCE = 'LT-4711';

/** Fingers on a keyboard that count themselves. */
const fingersAt = (driver: KioskDriver) => {
  const pressed: string[] = [];
  return {
    pressed,
    press: async (key: string): Promise<void> => {
      pressed.push(key);
      await driver.page.keyboard.press(key);
    },
  };
};

/** A desk whose scanner was chosen once, by a first scan, and then a kiosk before a camera. */
const openDesk = async (launch: Launch): Promise<KioskDriver> => {
  const first = await launch();
  const driver = driverOf(first);
  await driver.begin({ country: 'LT', documentType: 'ID_CARD' });
  await chooseScanner(driver);
  await driver.press('scan');
  await driver.page.locator('[data-screen="capture"][data-step="FACE"]').waitFor();
  await first.close();
  const kiosk = driverOf(await launch(await cameraFor('ID_CARD', ['FACE'])));
  await kiosk.screen('desk');
  return kiosk;
};

const isScanReady = ({ page }: KioskDriver): Promise<void> =>
  page.locator('[data-screen="scan"][data-phase="ready"] [data-action="scan"]:enabled').waitFor();

/** One key scans, one sends what the review shows, one goes on to the next customer. */
const scanAndSend = async (
  driver: KioskDriver,
  press: (key: string) => Promise<void>,
  look: () => Promise<void> = async () => {},
): Promise<void> => {
  await isScanReady(driver);
  await press('Enter');
  await driver.screen('review');
  await look();
  await press('Enter');
  await driver.screen('delivering', 'receipt');
  await press('Enter');
  await driver.screen('desk');
};

test.describe('with one country', () => {
  test.use({ deskPolicy: { documents: { countries: ['LT'] } } });

  test("a teller's session takes at most 8 key presses with a scanner", async ({
    launch,
    desk,
  }) => {
    desk.layDown(await bothSides());
    const driver = await openDesk(launch);
    const { press, pressed } = fingersAt(driver);

    // Typing the reference itself is not counted; beginning with it is.
    await driver.page.keyboard.type(REFERENCE, { delay: 100 });
    await press('Enter');
    await driver.screen('consent');
    await expect(driver.page.locator('.frame-reference')).toContainText(REFERENCE);
    await press('Enter');
    await driver.screen('document');
    await press('1');
    await expect(driver.page.locator('[data-document-type="ID_CARD"] input')).toBeChecked();
    await press('Enter');
    await scanAndSend(driver, press, async () => {
      expect((await driver.session()).customerReference).toBe(REFERENCE);
      const measured = (step: string, name: string) =>
        driver.page.locator(`[data-picture="${step}"] [data-quality="${name}"]`);
      await expect(measured('FRONT', 'dpi')).toContainText('300');
      await expect(measured('BACK', 'checkDigits')).toHaveAttribute('data-good', 'true');
      await expect(measured('FACE', 'eyes')).toHaveAttribute('data-good', 'true');
    });
    expect(pressed.length, pressed.join(' ')).toBeLessThanOrEqual(8);
    await expect(driver.page.locator('input[name="customer-reference"]')).toHaveValue('');
    await expect(driver.page.locator('.frame-reference')).toHaveCount(0);
  });
});

const ZONE = [
  'IDLTUSPECIMEN0<<<<<<<<<<<<<<<<',
  '8001014F3001012LTU<<<<<<<<<<<4',
  'RASA<<ZIVILE<<<<<<<<<<<<<<<<<<',
];

test('with a reader for reference and document, four keys are enough, of any country', async ({
  launch,
  desk,
}) => {
  desk.layDown(await bothSides());
  const driver = await openDesk(launch);
  const { press, pressed } = fingersAt(driver);

  await read(driver, [REFERENCE]);
  await driver.screen('consent');
  await press('Enter');
  await driver.screen('document');
  await read(driver, ZONE);
  await scanAndSend(driver, press);
  expect(pressed).toHaveLength(4);
});

test('every button that shows a key does with it what it does with a finger, also beside a text', async ({
  launch,
  desk: _desk,
}) => {
  const driver = driverOf(await launch());
  await driver.screen('desk');
  const { page } = driver;
  const field = page.locator('input[name="customer-reference"]');
  await expect(field).toBeFocused();
  // A digit and Del belong to the text that is being typed.
  await page.keyboard.type('12', { delay: 100 });
  await page.keyboard.press('Delete');
  await expect(field).toHaveValue('12');
  await page.keyboard.press('PageDown');
  await driver.screen('operator-door');
  await page.keyboard.press('Escape');
  await driver.screen('desk');
  await expect(field).toHaveValue('');

  await page.keyboard.press('Enter');
  await driver.screen('consent');
  await page.keyboard.press('Enter');
  await driver.screen('document');
  // Digits of a reader are nobody's choice.
  await read(driver, ['4771234567890']);
  await page.waitForTimeout(200);
  await expect(page.locator('[data-document-type] input:checked')).toHaveCount(0);
  await page.locator('input[name="country-search"]').fill('lith');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-country="LT"] input').first()).toBeChecked();
  await page.keyboard.press('2');
  await expect(page.locator('[data-document-type="PASSPORT"] input')).toBeChecked();
  await page.keyboard.press('Enter');
  await driver.screen('capture');
  await page.keyboard.press('Delete');
  const question = page.locator('[data-dialog="start-over"]');
  await question.waitFor();
  // In front of the screen only the question hears keys.
  await page.keyboard.press('PageUp');
  await page.keyboard.press('Escape');
  await expect(question).toHaveCount(0);
  await driver.screen('capture');
  await page.keyboard.press('Escape');
  await driver.screen('document');
});
