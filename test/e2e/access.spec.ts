import { expect } from 'playwright/test';
import { cameraFor, driverOf, test } from './support/fixtures.ts';
import { isOnHeading, stopsOf, tabTo } from './support/keyboard.ts';
import { recordSpeech } from './support/recorded-speech.ts';

test('a customer comes from the first screen to the receipt by keys alone, and hears each screen, question, error and doubt', async ({
  launch,
}) => {
  const kiosk = await launch(await cameraFor('PASSPORT'));
  const driver = driverOf(kiosk);
  const { page } = driver;
  const { keyboard } = page;
  /** The screen is there: reading begins at its heading, and every stop of Tab can be seen. */
  const lookAround = async (name: string, stops: readonly string[]): Promise<void> => {
    await driver.screen(name);
    expect(await isOnHeading(page), name).toBe(true);
    const seen = await stopsOf(page);
    expect(seen.filter(({ isVisible }) => !isVisible)).toEqual([]);
    expect(seen.map((stop) => stop.name)).toEqual(expect.arrayContaining([...stops]));
  };

  await driver.screen('attract');
  const hasVoice = await page.evaluate(() =>
    speechSynthesis.getVoices().some((v) => v.localService && v.lang.startsWith('en')),
  );
  await expect(page.locator('[data-aid="no-voice"]')).toHaveCount(hasVoice ? 0 : 1);
  const heard = await recordSpeech(page);
  const heardText = async (): Promise<string> => (await heard.jsonValue()).join('\n');
  await lookAround('attract', ['start', 'lt', 'text-200', 'contrast', 'speech']);
  await tabTo(page, 'contrast');
  await keyboard.press('Space');
  await tabTo(page, 'text-150');
  await keyboard.press('Space');
  // Larger text leaves no room for all of them; the one in use must not vanish.
  await keyboard.press('Shift+Tab');
  await keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-text-size', '100');
  await tabTo(page, 'speech');
  await keyboard.press('Enter');
  await tabTo(page, 'start');
  await keyboard.press('Enter');

  await lookAround('consent', ['accept', 'decline', 'contrast']);
  await expect(page.locator('html')).toHaveAttribute('data-contrast', 'high');
  await tabTo(page, 'accept');
  await keyboard.press('Enter');

  await lookAround('document', ['country-search', 'start-over', 'back', 'choose']);
  await tabTo(page, 'start-over');
  await keyboard.press('Enter');
  await page.locator('[data-dialog="start-over"]').waitFor();
  await keyboard.press('Escape');
  await tabTo(page, 'choose');
  await keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText(/Choose the country/);
  await expect.poll(heardText).toContain('Choose the country that issued your document.');
  await tabTo(page, 'country-search');
  // Not the passport's own.
  await keyboard.type('Latv');
  await keyboard.press('Tab');
  await keyboard.press('Space');
  await keyboard.press('Tab');
  await keyboard.press('ArrowDown');
  await tabTo(page, 'choose');
  await keyboard.press('Enter');

  await driver.screen('capture');
  expect(await isOnHeading(page)).toBe(true);
  await lookAround('review', ['change-document', 'retake FRONT', 'retake FACE', 'submit', 'back']);
  await expect.poll(heardText).toContain('from another country than you chose');
  await tabTo(page, 'submit');
  await keyboard.press('Enter');
  await driver.screen('receipt');
  expect(await isOnHeading(page)).toBe(true);
  const told = await heard.jsonValue();
  const { receipt } = await driver.session();
  await tabTo(page, 'done');
  await keyboard.press('Enter');

  await driver.screen('attract');
  await expect(driver.page.locator('html')).toHaveAttribute('data-contrast', 'standard');

  // One voice, the device's own; each screen in turn, hints between; and nothing of anybody.
  expect(told.filter((words) => !words.startsWith('Near: '))).toEqual([]);
  const titles = [
    'Confirm who you are, right here',
    'What will happen',
    'Which document do you have?',
    'Picture page of your passport',
    'Your face',
    'Are all pictures clear?',
    'Thank you',
  ];
  const order = titles.map((title) => told.findIndex((words) => words.includes(title)));
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(order[0]).toBe(0);
  expect(told.join('\n')).toContain('Look straight into the camera');
  // That it differs, and not what was read.
  expect(told.filter((words) => words.includes('another country'))).toEqual([
    'Near: This document seems to be from another country than you chose.',
  ]);
  expect(told.join('\n')).toContain('Start over?\nYour pictures and entries will be deleted');
  expect(told).toEqual(
    expect.arrayContaining([
      'Near: I agree',
      'Near: Find a country',
      'Near: Identity card Both sides',
    ]),
  );
  const { reference, delivery } = receipt ?? {};
  for (const own of [reference, delivery?.scanRef, 'LTU', 'LT', 'LVA', 'LV']) {
    expect(own).toBeTruthy();
    expect(told.join('\n')).not.toContain(own);
  }
});

test('a customer comes from the first screen to the receipt by what a screen reader tells alone', async ({
  launch,
}) => {
  const kiosk = await launch(await cameraFor('PASSPORT'));
  const { page } = kiosk;
  const title = (name: string): Promise<void> =>
    expect(page.getByRole('heading', { level: 1, name })).toBeFocused();
  const press = (name: string): Promise<void> => page.getByRole('button', { name }).click();

  await title('Confirm who you are, right here');
  const aids = page.getByRole('complementary', { name: 'Display and sound' });
  await expect(aids).toMatchAriaSnapshot(`
    - group "Text size":
      - button "Text at 100 %" [pressed]
      - button "Text at 150 %"
      - button "Text at 200 %"
    - button "Contrast"
  `);
  await press('Start');
  await title('What will happen');
  await press('I agree');
  await title('Which document do you have?');
  await press('Continue');
  await expect(page.getByRole('alert')).toHaveText(/Choose the country/);
  const countries = page.getByRole('group', { name: 'Issued by' });
  await countries.getByRole('textbox', { name: 'Find a country' }).fill('Lithu');
  await expect(countries.getByRole('status')).toHaveText('1 country found');
  await countries.getByRole('radio', { name: 'Lithuania' }).check({ force: true });
  const documents = page.getByRole('group', { name: 'Document' });
  await documents.getByRole('radio', { name: 'Passport' }).check({ force: true });
  await press('Continue');
  await title('Picture page of your passport');
  await expect(page.getByRole('img', { name: 'Live picture of the camera' })).toBeVisible();
  await title('Your face');
  await title('Are all pictures clear?');
  await expect(page.getByRole('img', { name: /^Picture/ })).toHaveCount(2);
  await press('Send the pictures');
  await title('Thank you');
  await expect(page.getByRole('heading', { level: 2, name: 'What happens next' })).toBeVisible();
});

test('on a tall screen all there is to press moves to the lower half, and stays there with text of 200 %', async ({
  launch,
}) => {
  const kiosk = await launch({ screen: { widthPx: 1080, heightPx: 1920 } });
  const driver = driverOf(kiosk);
  const { page } = driver;
  /** The top of the highest control that shows, and how far the page is too wide. */
  const measure = () =>
    page.locator('#root').evaluate((root) => ({
      topPx: Math.min(
        ...Array.from(document.querySelectorAll('button, label, input[type="text"]'))
          .filter((control) => control.checkVisibility())
          .map((control) => control.getBoundingClientRect().top),
      ),
      overflowPx: root.scrollWidth - root.clientWidth,
    }));
  const look = async (name: string): Promise<void> => {
    await driver.screen(name);
    const { topPx, overflowPx } = await measure();
    expect(topPx, name).toBeGreaterThanOrEqual(1920 / 2);
    expect(overflowPx, name).toBeLessThanOrEqual(0);
  };

  await driver.screen('attract');
  await page.locator('[data-aid="reach"]').click();
  await look('attract');
  await driver.press('start');
  await look('consent');
  await driver.press('accept');
  await look('document');
  await driver.chooseDocument({ country: 'LT', documentType: 'PASSPORT' });
  await look('capture');
  await driver.press('back');
  await driver.screen('document');
  await page.locator('[data-aid="text-200"]').click();
  await look('document');
});

test('the opened aids leave the way on in sight at 200 % on a tall screen', async ({ launch }) => {
  const kiosk = await launch({ screen: { widthPx: 1080, heightPx: 1920 } });
  const driver = driverOf(kiosk);
  await driver.screen('attract');
  await driver.page.locator('[data-aid="text-200"]').click();
  await expect(driver.page.locator('.aids-panel[data-open]')).toBeVisible();
  // Nothing lies over it: a press would reach it.
  await driver.page.locator('[data-action="start"]').click({ trial: true, timeout: 5_000 });
});
