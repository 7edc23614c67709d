import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readlinkSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'playwright/test';
import { APP_DIR, driverOf, test } from './support/fixtures.ts';
import { chosenRuntime } from './support/launch.ts';

const ADMINISTRATOR = '739158';
const OPERATOR = '504817';

/** The verifier as anybody would run it. */
const verify = (path: string): { code: number | null; outcome: { verdict: string } } => {
  const run = spawnSync(process.execPath, ['test/commands/events.ts', 'verify', path, '--json'], {
    cwd: APP_DIR,
    encoding: 'utf8',
  });
  return { code: run.status, outcome: JSON.parse(run.stdout) };
};

test('SEC-34 an operator tests the kiosk and sees no secrets; an administrator gave the PIN', async ({
  launch,
}) => {
  const driver = driverOf(await launch());
  await driver.screen('attract');
  await driver.enterRoom(ADMINISTRATOR);
  await driver.fill('role-pin', OPERATOR);
  await driver.fill('role-pin-again', OPERATOR);
  await driver.press('set-pin');
  await driver.page.locator('[data-role="operator"][data-pin="true"]').waitFor();
  await driver.press('leave');
  await driver.screen('attract');

  await driver.enterRoom(OPERATOR);
  await expect(
    driver.page.locator('[data-action="restart"], [data-action="exit"], [data-vault]'),
  ).toHaveCount(0);
  await expect(driver.page.locator('[data-room-view="events"]')).toHaveCount(0);
  await driver.page.locator('[data-room-view="checks"]').click();
  await driver.press('self-test');
  await driver.page.locator('[data-check="disk"][data-verdict="good"]').waitFor();
  await driver.page.locator('[data-check="event-log"][data-verdict="good"]').waitFor();
  const isLinux = process.platform === 'linux';
  await driver.page
    .locator(`[data-check="core-dumps"][data-verdict="${isLinux ? 'good' : 'skipped'}"]`)
    .waitFor();
  await driver.page.locator('[data-check="mark-id"][data-verdict="skipped"]').waitFor();
  // A machine that is busy with other specs may draw the fake camera's frames slowly.
  await driver.page
    .locator('[data-check="camera-frame-rate"]:is([data-verdict="good"], [data-verdict="warning"])')
    .waitFor();
  await driver.page.locator('[data-check="scanner"][data-verdict="skipped"]').waitFor();
});

test('SEC-35 the event log is read, exported and verified, and names a kill and a change', async ({
  launch,
  folder,
}) => {
  const exportFolder = join(folder, 'exports');
  await mkdir(exportFolder);
  await writeFile(join(folder, 'policy.json'), JSON.stringify({ diagnostics: { exportFolder } }));
  const events = join(folder, 'user-data', 'events');
  const kiosk = await launch();
  const driver = driverOf(kiosk);
  await driver.screen('attract');
  await driver.enterRoom(ADMINISTRATOR);
  await driver.page.locator('[data-room-view="events"]').click();
  await driver.page.locator('[data-event="app.start-finished"]').waitFor();
  await driver.page.locator('[data-event="operator.room-entered"]').waitFor();
  await driver.page.locator('[data-room-view="checks"]').click();
  await driver.press('export');
  await driver.page.locator('.notice').first().waitFor();
  const [exported = ''] = await readdir(exportFolder);
  expect(exported).toMatch(/^mark-id-kiosk-\d{8}-\d{6}$/);
  expect(await readdir(join(exportFolder, exported))).toContain('summary.json');
  expect(verify(join(exportFolder, exported)).outcome.verdict).toBe('intact');

  kiosk.app.process().kill('SIGKILL');
  await kiosk.close();
  const path = join(events, 'events-000001.jsonl');
  await writeFile(path, `${await readFile(path, 'latin1')}{"sequence":`, 'latin1');
  expect(verify(path)).toMatchObject({ code: 2, outcome: { verdict: 'unproven' } });

  const next = await launch();
  await driverOf(next).screen('attract');
  await next.close();
  expect(verify(events)).toMatchObject({ code: 0, outcome: { verdict: 'intact' } });
  const text = await readFile(path, 'latin1');
  expect(text).toContain('"found":"TORN"');
  await writeFile(path, text.replace('"isSet":true', '"isSet":false'), 'latin1');
  expect(verify(path)).toMatchObject({
    code: 1,
    outcome: { verdict: 'broken', findings: [{ kind: 'RECORD_CHANGED' }] },
  });
});

test('what is set in the room holds after a restart, and never against the policy', async ({
  launch,
  folder,
}) => {
  const policy = join(folder, 'policy.json');
  await writeFile(policy, JSON.stringify({ onScreenKeyboard: 'never' }));
  const first = await launch();
  const driver = driverOf(first);
  await driver.screen('attract');
  await driver.enterRoom(ADMINISTRATOR);
  const choice = (name: string, value: string) =>
    driver.page.locator(`[data-choice="${name}"] [data-value="${value}"]`);
  await driver.page.locator('[data-room-view="settings"]').click();
  await driver.page.locator('[data-policy="in-force"]').waitFor();
  await expect(choice('onScreenKeyboard', 'always')).toBeDisabled();
  await choice('mode', 'teller').click();
  await driver.page.locator('[data-setting="mode"] [data-source="operator"]').waitFor();
  await choice('language', 'lt').click();
  await driver.page.locator('[data-setting="language"] [data-source="operator"]').waitFor();
  await driver.page.locator('[data-choice="camera"] [data-camera-id]').first().click();
  await driver.page.locator('[data-setting="camera"] [data-source="operator"]').waitFor();
  await driver.press('leave');
  await driver.screen('desk');
  await first.close();

  const second = await launch();
  await driverOf(second).screen('desk');
  await expect(second.page.locator('html')).toHaveAttribute('lang', 'lt');
  await second.close();

  await writeFile(policy, JSON.stringify({ mode: 'self-service' }));
  await driverOf(await launch()).screen('attract');
});

/** The process that holds the instance lock of the host's data folder; null while nobody does. */
const holderOf = (userData: string): number | null => {
  try {
    return Number(readlinkSync(join(userData, 'HostSingleton')).split('-')[0]);
  } catch {
    return null;
  }
};

test('a restart asks first, ends in an orderly way, and the kiosk is there again', async ({
  launch,
  folder,
}) => {
  test.skip(chosenRuntime() !== 'host', 'the restarted process is found by the host’s lock');
  const userData = join(folder, 'user-data');
  const kiosk = await launch();
  const driver = driverOf(kiosk);
  await driver.screen('attract');
  await driver.enterRoom(ADMINISTRATOR);
  await driver.press('restart');
  await driver.press('keep');
  await expect(driver.page.locator('[data-dialog]')).toHaveCount(0);
  const first = kiosk.app.process();
  const gone = once(first, 'exit');
  await driver.press('restart');
  // The page goes with the press, which may not be told any more that it was one.
  await driver.press('confirm').catch(() => undefined);
  expect((await gone)[0]).toBe(0);

  await expect.poll(() => holderOf(userData), { timeout: 30_000 }).not.toBeNull();
  const pid = holderOf(userData) ?? 0;
  expect(pid).not.toBe(first.pid);
  try {
    const log = () => readFile(join(userData, 'events', 'events-000001.jsonl'), 'utf8');
    await expect
      .poll(async () => (await log()).split('"app.start-finished"').length - 1, { timeout: 30_000 })
      .toBe(2);
    expect(await log()).toMatch(/"operator\.kiosk-left"[^]*"app\.stop-finished"/);
  } finally {
    process.kill(pid);
    await expect.poll(() => holderOf(userData), { timeout: 30_000 }).toBeNull();
  }
});
