/** From a machine with nothing on it to a kiosk that serves: in one room, or with nobody in it. */
import { access, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'playwright/test';
import { CREDENTIALS, openBank, OPERATOR } from './support/bank.ts';
import { PASSPORT } from './support/branch-day.ts';
import { cameraFor, driverOf, test } from './support/fixtures.ts';
import { chosenRuntime } from './support/launch.ts';

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

test('SEC-24 a kiosk is provisioned by files alone and delivers, with nobody in its room', async ({
  launch,
  folder,
}) => {
  test.skip(
    chosenRuntime() !== 'host',
    'a machine whose keyring needs nobody is the host’s to give',
  );
  const path = join(folder, 'provisioning.json');
  const bank = await openBank(folder, { training: 'never', provisioningFile: path });
  await writeFile(path, JSON.stringify({ ...CREDENTIALS, administratorPin: OPERATOR.pin }), {
    mode: 0o600,
  });
  try {
    const kiosk = await launch({
      ...(await cameraFor('PASSPORT')),
      env: { KIOSK_HOST_KEYRING: 'keyring' },
    });
    const driver = driverOf(kiosk);
    await driver.screen('attract');
    expect(await driver.status()).toMatchObject({ environment: 'production', warnings: [] });
    expect(await isThere(path)).toBe(false);

    await driver.begin(PASSPORT);
    await driver.capture();
    expect(await driver.submit()).toBe('receipt');
    await expect.poll(() => bank.posts().length).toBe(1);
    await driver.press('done');
    await driver.screen('attract');

    // The room has its owner, and its list has nothing left to do.
    await driver.enterRoom(OPERATOR.pin);
    await driver.page.locator('.panel-setup[data-ready="true"]').waitFor();
    await kiosk.close();
    for (const entry of await readdir(join(folder, 'user-data'), {
      recursive: true,
      withFileTypes: true,
    })) {
      if (!entry.isFile()) continue;
      const text = await readFile(join(entry.parentPath, entry.name), 'latin1');
      expect(text, entry.name).not.toContain(CREDENTIALS.apiSecret);
      expect(text, entry.name).not.toContain(OPERATOR.pin);
    }
  } finally {
    await bank.stop();
  }
});

test('from nothing configured to ready in one guided screen', async ({ launch, folder }) => {
  const bank = await openBank(folder);
  try {
    const driver = driverOf(await launch());
    await driver.screen('attract');
    expect((await driver.status()).environment).toBe('training');
    await driver.enterRoom(OPERATOR.pin);
    const open = driver.page.locator('.checklist [data-state="open"]');
    await expect(open).not.toHaveCount(0);
    await driver.fillIfAsked('passphrase', OPERATOR.passphrase);
    await driver.fillIfAsked('passphrase-again', OPERATOR.passphrase);
    const create = driver.page.locator('[data-action="create-vault"]');
    if ((await create.count()) > 0) {
      await create.click();
      await create.waitFor({ state: 'detached' });
    }
    await driver.fill('api-key', CREDENTIALS.apiKey);
    await driver.fill('api-secret', CREDENTIALS.apiSecret);
    await driver.press('store');
    await driver.page.locator('.panel-setup[data-ready="true"]').waitFor();
    await expect(open).toHaveCount(0);
    await driver.press('test');
    await driver.page.locator('[data-notice="done"]').waitFor();
    expect(await driver.status()).toMatchObject({
      environment: 'production',
      service: { state: 'ready' },
    });
  } finally {
    await bank.stop();
  }
});
