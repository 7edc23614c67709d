import { readFile, writeFile } from 'node:fs/promises';
import { expect } from 'playwright/test';
import { cameraFor, driverOf, test } from './support/fixtures.ts';

test('a customer delivers an identity card with at most 6 touches beyond choosing document and country', async ({
  launch,
}) => {
  const kiosk = await launch(await cameraFor('ID_CARD'));
  const driver = driverOf(kiosk);
  let touches = 0;
  const touch = async (action: string): Promise<void> => {
    touches += 1;
    await driver.press(action);
  };
  await driver.screen('attract');
  await touch('start');
  await driver.screen('consent');
  await touch('accept');
  await driver.screen('document');
  // The choice itself is not counted; going on from it is.
  await kiosk.page.locator('[data-country="LT"]').first().click();
  await kiosk.page.locator('[data-document-type="ID_CARD"]').first().click();
  await touch('choose');
  await driver.capture();
  expect(
    (await driver.session()).steps.map(({ step, picture }) => [step, picture !== null]),
  ).toEqual([
    ['FRONT', true],
    ['BACK', true],
    ['FACE', true],
  ]);
  await touch('submit');
  await driver.screen('receipt');
  const view = await driver.session();
  expect(view.state).toBe('delivered');
  expect(view.receipt?.delivery?.scanRef).toBe(
    await kiosk.page.locator('[data-screen="receipt"]').getAttribute('data-scan-ref'),
  );
  await touch('done');
  await driver.screen('attract');
  expect((await driver.session()).state).toBe('idle');
  expect(touches).toBeLessThanOrEqual(6);
});

test('a picture can be taken again from the review, and only that one changes', async ({
  launch,
}) => {
  const kiosk = await launch(await cameraFor('PASSPORT'));
  const driver = driverOf(kiosk);
  await driver.begin({ country: 'LT', documentType: 'PASSPORT' });
  await driver.capture();
  const before = (await driver.session()).steps;
  await kiosk.page.locator('[data-action="retake"][data-step="FACE"]').click();
  await driver.screen('capture');
  await driver.screen('review');
  const after = (await driver.session()).steps;
  expect(after[0]?.picture?.pictureId).toBe(before[0]?.picture?.pictureId);
  expect(after[1]?.picture?.pictureId).not.toBe(before[1]?.picture?.pictureId);
});

test('starting over forgets the customer', async ({ launch }) => {
  const kiosk = await launch();
  const driver = driverOf(kiosk);
  await driver.begin({ country: 'LT', documentType: 'PASSPORT' });
  await driver.screen('capture');
  await driver.press('start-over');
  await kiosk.page.locator('[data-dialog="start-over"] [data-action="end"]').click();
  await driver.screen('attract');
  expect((await driver.session()).state).toBe('idle');
});

test('SEC-29 an abandoned session is wiped after the policy time, with a warning before', async ({
  launch,
  folder,
}) => {
  await writeFile(
    `${folder}/policy.json`,
    JSON.stringify({ idle: { warnAfterSeconds: 10, wipeAfterSeconds: 13 } }),
  );
  const kiosk = await launch();
  const driver = driverOf(kiosk);
  await driver.begin({ country: 'LT', documentType: 'PASSPORT' });
  await driver.screen('capture');
  expect((await driver.session()).state).not.toBe('idle');
  await kiosk.page.locator('[data-dialog="idle"]').waitFor();
  await driver.screen('attract');
  expect((await driver.session()).state).toBe('idle');
});

test.describe('camera problems leave a way on', () => {
  test('no camera', async ({ launch }) => {
    const kiosk = await launch({ args: ['--use-fake-device-for-media-stream=device-count=0'] });
    const driver = driverOf(kiosk);
    await driver.begin({ country: 'LT', documentType: 'PASSPORT' });
    await driver.screen('camera-problem');
    await expect(kiosk.page.locator('[data-screen="camera-problem"]')).toHaveAttribute(
      'data-problem',
      'CAMERA_NONE',
    );
    await driver.press('back');
    await driver.screen('document');
  });
});

test('a damaged policy is named on screen and kept as it is', async ({ launch, folder }) => {
  await writeFile(`${folder}/policy.json`, '{"mode": 7}');
  const kiosk = await launch();
  const driver = driverOf(kiosk);
  await driver.screen('out-of-service');
  await expect(kiosk.page.locator('[data-screen="out-of-service"]')).toHaveAttribute(
    'data-code',
    'POLICY_INVALID',
  );
  expect(await readFile(`${folder}/policy.json`, 'utf8')).toBe('{"mode": 7}');
  await writeFile(`${folder}/policy.json`, '{}');
  await driver.press('retry');
  await driver.screen('attract');
});
