/** A day at a front desk: the network goes, customers come, the network returns. */
import { expect } from 'playwright/test';
import { outboxOf, PASSPORT, sleepFor } from './support/branch-day.ts';
import { CREDENTIALS, openBank, OPERATOR } from './support/bank.ts';
import { cameraFor, driverOf, test } from './support/fixtures.ts';
import type { KioskDriver } from './support/kiosk-driver.ts';

const CUSTOMERS = ['LT-4711-ONE', 'LT-4712-TWO', 'LT-4713-SIX'];

/** Everything the page holds: words, values of fields and addresses of pictures. */
const heldBy = ({ page }: KioskDriver): Promise<string> =>
  page.evaluate(() => {
    const fields = Array.from(document.querySelectorAll('input'), ({ value }) => value);
    return [document.documentElement.outerHTML, ...fields].join('\n');
  });

test('a front desk serves three customers offline, shows none of them to the next, and delivers each once', async ({
  launch,
  folder,
}) => {
  const bank = await openBank(folder, { mode: 'front-desk' });
  try {
    const kiosk = await launch(await cameraFor('PASSPORT'));
    const driver = driverOf(kiosk);
    await driver.screen('desk');
    await driver.provision({ ...OPERATOR, ...CREDENTIALS });
    await bank.goOffline();

    /** What must not be seen any more: references of customers, receipts, addresses of pictures. */
    const gone: string[] = [];
    const expectNobody = async (): Promise<void> => {
      const held = await heldBy(driver);
      for (const trace of gone) expect(held).not.toContain(trace);
    };
    for (const [served, customer] of CUSTOMERS.entries()) {
      expect(await outboxOf(driver)).toMatchObject({ waiting: served, deliveredToday: 0 });
      await expectNobody();
      expect((await driver.session()).customerReference).toBeNull();
      await driver.fill('customer-reference', customer);
      await driver.press('start');
      await driver.screen('consent');
      await expectNobody();
      await driver.press('accept');
      await driver.screen('document');
      await expectNobody();
      await expect(driver.page.locator('[aria-pressed="true"][data-country]')).toHaveCount(0);
      await driver.chooseDocument(PASSPORT);
      await driver.capture();
      await expectNobody();
      const pictures = await driver.page
        .locator('[data-screen="review"] img[src^="blob:"]')
        .evaluateAll((images) => images.map((image) => image.getAttribute('src') ?? ''));
      expect(pictures.length).toBeGreaterThanOrEqual(2);
      expect(await heldBy(driver)).toContain(customer);
      expect(await driver.submit()).toBe('receipt');
      await expect(driver.page.locator('[data-screen="receipt"]')).toHaveAttribute(
        'data-outcome',
        'saved',
      );
      const { receipt } = await driver.session();
      gone.push(customer, receipt?.reference ?? 'no receipt', ...pictures);
      await driver.press('done');
      await driver.screen('desk');
    }
    await expectNobody();
    expect(await outboxOf(driver)).toMatchObject({ waiting: 3, deliveredToday: 0 });
    expect(bank.posts()).toEqual([]);

    await bank.goOnline();
    await sleepFor(kiosk, 0);
    await expect
      .poll(() => outboxOf(driver), { timeout: 60_000 })
      .toMatchObject({
        condition: { state: 'running' },
        waiting: 0,
        sending: 0,
        checking: 0,
        needsPerson: 0,
        deliveredToday: 3,
      });
    const posts = bank.posts();
    expect(new Set(posts.map(({ authToken }) => authToken)).size).toBe(3);
    expect(posts).toHaveLength(3);
    for (const post of posts) {
      for (const customer of CUSTOMERS) expect(JSON.stringify(post)).not.toContain(customer);
    }
    // Behind the PIN alone it is told which of them was delivered.
    await expectNobody();
    await driver.enterRoom(OPERATOR.pin);
    await driver.page.locator('[data-room-view="outbox"]').click();
    await expect(driver.page.locator('[data-delivered]')).toHaveCount(3);
    for (const customer of CUSTOMERS)
      await expect(driver.page.locator('[data-delivered]', { hasText: customer })).toHaveCount(1);
  } finally {
    await bank.stop();
  }
});
