import { writeFile } from 'node:fs/promises';
import { expect } from 'playwright/test';
import { driverOf, test } from './support/fixtures.ts';
import { tabTo } from './support/keyboard.ts';

const TARGET_PX = 64;

test('who touches a field types on the screen, and whoever has keys is left alone', async ({
  launch,
  folder,
}) => {
  await writeFile(`${folder}/policy.json`, JSON.stringify({ tokens: { source: 'handoff' } }));
  const kiosk = await launch();
  const driver = driverOf(kiosk);
  const { page } = driver;
  const keyboard = page.locator('[data-keyboard]');
  const field = page.locator('input[name="scan-ref"]');
  const key = (name: string) => keyboard.locator(`[data-key="${name}"]`);
  await driver.screen('attract');
  await page.locator('[data-language="uk"]').click();
  await driver.press('start');
  await driver.screen('consent');
  await driver.press('accept');
  await driver.screen('token');
  await field.click();
  await expect(keyboard).toHaveCount(0);

  await field.dispatchEvent('pointerdown', { pointerType: 'touch' });
  await expect(keyboard).toBeVisible();
  await expect(field).toBeFocused();
  const [keysBox, fieldBox] = [await keyboard.boundingBox(), await field.boundingBox()];
  expect((fieldBox?.y ?? 0) + (fieldBox?.height ?? 0)).toBeLessThanOrEqual(keysBox?.y ?? 0);
  for (const each of await keyboard.locator('.key').all()) {
    const box = await each.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(TARGET_PX);
  }

  for (const name of ['ї', 'latin', 'a', 'shift', 'b', 'c', 'symbols', '-', '7'])
    await key(name).click();
  await expect(field).toHaveValue('їaBc-7');
  await expect(field).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await key('delete').click();
  await expect(field).toHaveValue('їaBc7');

  // By Tab and Enter, each key a button; the field is still the one that is typed into.
  await tabTo(page, '9');
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue('їaBc97');
  await key('done').click();
  await expect(keyboard).toHaveCount(0);
  await expect(page.getByRole('alert')).toBeVisible();

  await page.setViewportSize({ width: 1366, height: 768 });
  await page
    .locator('input[name="auth-token"]')
    .dispatchEvent('pointerdown', { pointerType: 'touch' });
  await expect(keyboard).toBeVisible();
  const wrong = page.locator('.field', { has: page.getByRole('alert') });
  const [keys, told] = [await keyboard.boundingBox(), await wrong.boundingBox()];
  await expect(wrong.locator('label')).toBeInViewport({ ratio: 1 });
  expect((told?.y ?? 0) + (told?.height ?? Infinity)).toBeLessThanOrEqual(keys?.y ?? 0);
});
