/** A reader that types: what it read fills the session, and lands nowhere else. */
import { writeFile } from 'node:fs/promises';
import { expect } from 'playwright/test';
import { driverOf, test } from './support/fixtures.ts';
import type { KioskDriver } from './support/kiosk-driver.ts';
import { read } from './support/wedge.ts';

const ZONE = [
  'IDLTUSPECIMEN0<<<<<<<<<<<<<<<<',
  '8001014F3001012LTU<<<<<<<<<<<4',
  'RASA<<ZIVILE<<<<<<<<<<<<<<<<<<',
];

const atDocument = async (driver: KioskDriver): Promise<void> => {
  await driver.screen('attract');
  await driver.press('start');
  await driver.press('accept');
};

test('the zone of a card chooses its country and kind, and stays in no field', async ({
  launch,
}) => {
  const driver = driverOf(await launch());
  await atDocument(driver);
  await driver.screen('document');
  const search = driver.page.locator('[data-screen="document"] input').first();
  await search.fill('Lat');
  await search.focus();
  await read(driver, ZONE);
  await expect(search).toHaveValue('Lat');
  await driver.screen('capture');
  expect(await driver.session()).toMatchObject({ country: 'LT', documentType: 'ID_CARD' });
});

test('a code that means nothing here is typed nowhere and presses nothing', async ({ launch }) => {
  const driver = driverOf(await launch());
  await atDocument(driver);
  await driver.screen('document');
  const search = driver.page.locator('[data-screen="document"] input').first();
  await search.focus();
  await read(driver, ['4771234567890']);
  await expect(search).toHaveValue('');
  await driver.screen('document');
});

test('a token the bank hands over is taken where it is asked for', async ({ launch, folder }) => {
  await writeFile(`${folder}/policy.json`, JSON.stringify({ tokens: { source: 'handoff' } }));
  const driver = driverOf(await launch());
  await atDocument(driver);
  await driver.screen('token');
  await driver.page.locator('input[name="scan-ref"]').focus();
  await read(driver, ['SPECIMENTOKEN42']);
  await driver.screen('document');
  expect((await driver.session()).state).toBe('capturing');
});
