import { expect } from 'playwright/test';
import { cameraFor, driverOf, test } from '../e2e/support/fixtures.ts';
import type { KioskDriver } from '../e2e/support/kiosk-driver.ts';
import type { RunningKiosk } from '../e2e/support/launch.ts';

const rendererPid = (kiosk: RunningKiosk): Promise<number> =>
  kiosk.app.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
  );

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Makes a picture of its own in the page and leaves its URL there, as a page that forgets would. */
const leavePicture = (driver: KioskDriver): Promise<string> =>
  driver.page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 8, height: 8 });
    canvas.getContext('2d');
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
    if (blob === null) throw new Error('the canvas gave no picture');
    const url = URL.createObjectURL(blob);
    Object.assign(globalThis, { left: url });
    return url;
  });

const canShow = (driver: KioskDriver, url: string): Promise<boolean> =>
  driver.page.evaluate(
    (source) =>
      new Promise<boolean>((resolve) => {
        const picture = new Image();
        picture.addEventListener('load', () => resolve(true));
        picture.addEventListener('error', () => resolve(false));
        picture.src = source;
      }),
    url,
  );

test('SEC-22 each customer has a renderer process of their own, and nothing of theirs is left in the next', async ({
  launch,
}) => {
  const kiosk = await launch();
  const driver = driverOf(kiosk);
  const pids: number[] = [];
  for (let customer = 0; customer < 2; customer += 1) {
    await driver.screen('attract');
    pids.push(await rendererPid(kiosk));
    await driver.begin({ country: 'LT', documentType: 'PASSPORT' });
    await driver.screen('capture');
    const url = await leavePicture(driver);
    expect(await canShow(driver, url)).toBe(true);
    await driver.press('start-over');
    await driver.page.locator('[data-dialog="start-over"] [data-action="end"]').click();
    await driver.screen('attract');
    expect(await driver.page.evaluate(() => Reflect.has(globalThis, 'left'))).toBe(false);
    expect(await canShow(driver, url)).toBe(false);
  }
  pids.push(await rendererPid(kiosk));
  expect(new Set(pids).size).toBe(3);
  await expect.poll(() => pids.slice(0, -1).some(isAlive)).toBe(false);
  expect(kiosk.app.windows()).toHaveLength(1);
});

test('SEC-18 a page reads and writes no clipboard, and what lies there ends with the customer', async ({
  launch,
}) => {
  const kiosk = await launch();
  const driver = driverOf(kiosk);
  const clipboardText = (): Promise<string> =>
    kiosk.app.evaluate(({ clipboard }) => clipboard.readText());
  await driver.begin({ country: 'LT', documentType: 'PASSPORT' });
  await driver.screen('capture');
  await kiosk.app.evaluate(({ clipboard }) => clipboard.writeText('SPECIMEN'));
  const { page } = driver;
  await expect(page.evaluate(() => navigator.clipboard.readText())).rejects.toThrow();
  await expect(page.evaluate(() => navigator.clipboard.writeText('written'))).rejects.toThrow();
  expect(await clipboardText()).toBe('SPECIMEN');
  await driver.press('start-over');
  await driver.page.locator('[data-dialog="start-over"] [data-action="end"]').click();
  await driver.screen('attract');
  await expect.poll(clipboardText).toBe('');
});

test('SEC-27 a crash at any screen of a session leads back to that screen, with every picture and aid', async ({
  launch,
}) => {
  const kiosk = await launch(await cameraFor('PASSPORT'));
  const driver = driverOf(kiosk);
  const crashAt = async (screen: string): Promise<void> => {
    await driver.screen(screen);
    const next = kiosk.app.waitForEvent('window');
    await kiosk.app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
    });
    await next;
    await driver.screen(screen);
    await expect(driver.page.locator('html')).toHaveAttribute('data-text-size', '150');
  };
  await driver.screen('attract');
  await driver.page.locator('[data-aid="text-150"]').click();
  await driver.press('start');
  await driver.press('accept');
  await crashAt('document');
  await driver.chooseDocument({ country: 'LT', documentType: 'PASSPORT' });
  await driver.capture();
  const { steps } = await driver.session();
  await crashAt('review');
  expect((await driver.session()).steps).toEqual(steps);
  expect(await driver.submit()).toBe('receipt');
  const { receipt } = await driver.session();
  await crashAt('receipt');
  expect((await driver.session()).receipt).toEqual(receipt);
  // And nobody else's.
  await driver.press('done');
  await driver.screen('attract');
  await expect(driver.page.locator('html')).toHaveAttribute('data-text-size', '100');
});
