/** Work that was acknowledged survives what a branch does to it: no network, no power, no answer. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'playwright/test';
import { findCommand } from '../../build/runtime.mjs';
import { CREDENTIALS, openBank, OPERATOR } from './support/bank.ts';
import { outboxOf, PAGE_ALONE, PASSPORT, sleepFor } from './support/branch-day.ts';
import { cameraFor, driverOf, test } from './support/fixtures.ts';
import type { KioskDriver } from './support/kiosk-driver.ts';
import type { RunningKiosk } from './support/launch.ts';

/** One customer from attract to the receipt, and what it says. */
const serve = async (driver: KioskDriver, kiosk: RunningKiosk): Promise<string | null> => {
  await driver.begin(PASSPORT);
  await driver.capture();
  expect(await driver.submit()).toBe('receipt');
  const receipt = kiosk.page.locator('[data-screen="receipt"]');
  const outcome = await receipt.getAttribute('data-outcome');
  await driver.press('done');
  await driver.screen('attract');
  return outcome;
};

test('REC-01 three customers served offline are delivered after a kill -9, each token posted once', async ({
  launch,
  folder,
}) => {
  const bank = await openBank(folder, PAGE_ALONE);
  try {
    const first = await launch(await cameraFor('PASSPORT', ['FRONT']));
    const driver = driverOf(first);
    await driver.screen('attract');
    await driver.provision({ ...OPERATOR, ...CREDENTIALS });
    await bank.goOffline();
    for (let customer = 0; customer < 3; customer += 1)
      expect(await serve(driver, first)).toBe('saved');
    expect(await outboxOf(driver)).toMatchObject({ waiting: 3, deliveredToday: 0 });
    expect(bank.posts()).toEqual([]);

    const gone = once(first.app.process(), 'exit');
    first.app.process().kill('SIGKILL');
    await gone;
    await bank.goOnline();

    const second = await launch();
    const after = driverOf(second);
    await after.screen('attract');
    await sleepFor(second, 0);
    await expect
      .poll(() => outboxOf(after))
      .toMatchObject({
        waiting: 0,
        sending: 0,
        checking: 0,
        needsPerson: 0,
        deliveredToday: 3,
      });
    const tokens = bank.posts().map(({ authToken }) => authToken);
    expect(tokens).toHaveLength(3);
    expect(new Set(tokens).size).toBe(3);
  } finally {
    await bank.stop();
  }
});

test('REC-06 an answer that was lost is settled by the status, and nothing is sent a second time', async ({
  launch,
  folder,
}) => {
  const bank = await openBank(folder, PAGE_ALONE);
  try {
    const kiosk = await launch(await cameraFor('PASSPORT', ['FRONT']));
    const driver = driverOf(kiosk);
    await driver.screen('attract');
    await driver.provision({ ...OPERATOR, ...CREDENTIALS });
    bank.server().answers = [{ status: 502, body: '<html>Bad Gateway</html>' }];
    bank.server().status = 'REVIEWING';
    expect(await serve(driver, kiosk)).toBe('saved');
    expect(await outboxOf(driver)).toMatchObject({ checking: 1, deliveredToday: 0 });

    await sleepFor(kiosk, 61_000);
    await expect.poll(() => outboxOf(driver)).toMatchObject({ checking: 0, deliveredToday: 1 });
    const paths = bank.server().requests.map(({ path }) => path);
    expect(paths.filter((path) => path === '/api/v2/status')).toHaveLength(1);
    expect(bank.posts()).toHaveLength(1);
  } finally {
    await bank.stop();
  }
});

test('a refused account stops sending, keeps every item, and goes on when an operator says so', async ({
  launch,
  folder,
}) => {
  const bank = await openBank(folder, PAGE_ALONE);
  try {
    const kiosk = await launch(await cameraFor('PASSPORT', ['FRONT']));
    const driver = driverOf(kiosk);
    await driver.screen('attract');
    await driver.provision({ ...OPERATOR, ...CREDENTIALS });
    bank.server().answers = [{ status: 402 }, { status: 200 }];
    expect(await serve(driver, kiosk)).toBe('saved');
    expect(await outboxOf(driver)).toMatchObject({
      waiting: 1,
      condition: { state: 'paused', code: 'MARKID_PAYMENT_REQUIRED' },
    });

    await driver.enterRoom(OPERATOR.pin);
    await kiosk.page.locator('[data-room-view="outbox"]').click();
    await driver.press('resume');
    await expect
      .poll(() => outboxOf(driver))
      .toMatchObject({ waiting: 0, deliveredToday: 1, condition: { state: 'running' } });
    const tokens = bank.posts().map(({ authToken }) => authToken);
    expect(new Set(tokens).size, 'a refused token is not used again').toBe(2);
  } finally {
    await bank.stop();
  }
});

const strace = findCommand('strace');

test('SEC-21 no JPEG is written outside sealed files in a whole session', async ({
  launch,
  folder,
}) => {
  test.skip(strace === null, 'strace is not here: what reaches the disk is not shown');
  const kiosk = await launch(await cameraFor('PASSPORT'));
  const driver = driverOf(kiosk);
  await driver.screen('attract');
  const log = join(folder, 'trace');
  const calls = ['-e', 'trace=write,pwrite64,writev,pwritev,pwritev2'];
  const tracer = spawn(
    strace ?? '',
    ['-f', '-y', '-x', '-s', '400000', ...calls, '-o', log, '-p', String(kiosk.app.process().pid)],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  await once(tracer.stderr, 'data');
  expect(await serve(driver, kiosk)).toBe('delivered');
  // One that must be found, so that finding none means something.
  const planted = join(folder, 'planted.jpg');
  await kiosk.app.evaluate((_electron, path) => {
    process.getBuiltinModule('node:fs').writeFileSync(path, Buffer.from('ffd8ffe000104a46', 'hex'));
  }, planted);
  const ended = once(tracer, 'exit');
  tracer.kill('SIGINT');
  await ended;

  const writes = (await readFile(log, 'latin1')).split('\n');
  const toFiles = writes.filter((line) => /\((\d+)<\//.test(line) && !/<\/dev\//.test(line));
  const sealed = toFiles.filter((line) => line.includes('.sealed'));
  const magic = String.raw`\xff\xd8\xff`;
  expect(sealed.length, 'the pictures were written, sealed').toBeGreaterThan(0);
  const found = toFiles.filter((line) => !sealed.includes(line) && line.includes(magic));
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(planted);
});
