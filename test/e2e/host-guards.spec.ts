/** What the host stops, asks about and survives: policy, permissions, keys, crashes, keyrings. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'playwright/test';
import { chosenRuntime, electronExecutable, launchKiosk } from './support/launch.ts';
import { expectEvent, PROBE_DIR, test } from './support/probe.ts';

test.skip(chosenRuntime() !== 'host', 'Electron itself is here: nothing stands in for it.');

test('the content security policy of the app is enforced', async ({ page }) => {
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.append('window.isInjected = true');
    document.head.append(script);
  });
  await page.evaluate("fetch('https://elsewhere.invalid/').catch(() => undefined)");
  expect(await page.evaluate(() => [window.violations, 'isInjected' in window])).toEqual([
    ['script-src-elem', 'connect-src'],
    false,
  ]);
});

test('nothing but the own scheme is reached, and what was refused is recorded', async ({
  kiosk,
  page,
}) => {
  expect(await kiosk.blockedUrls()).toEqual([]);
  await kiosk.app.evaluate(async ({ BrowserWindow }) => {
    await BrowserWindow.getAllWindows()[0]?.loadURL('app://kiosk/unguarded.html');
  });
  // Playwright hears of the navigation on a connection of its own.
  await page.waitForURL('**/unguarded.html');
  const answers = await page.evaluate(() =>
    Promise.all(
      ['https://elsewhere.invalid/a', 'http://127.0.0.1:9/b'].map((url) =>
        fetch(url).then(
          () => 'reached',
          () => 'refused',
        ),
      ),
    ),
  );
  expect(answers).toEqual(['refused', 'refused']);
  expect(await kiosk.blockedUrls()).toEqual([
    'https://elsewhere.invalid/a',
    'http://127.0.0.1:9/b',
  ]);
});

test('what a page stored is gone when the app clears it', async ({ kiosk, page }) => {
  await page.evaluate("localStorage.setItem('left', 'behind')");
  await kiosk.app.evaluate(({ session }) => session.fromPartition('probe').clearStorageData());
  await page.reload();
  expect(await page.evaluate("localStorage.getItem('left')")).toBe(null);
});

test('a worker is served by the app as well', async ({ page }) => {
  const statuses = await page.evaluate(
    () =>
      new Promise((resolve) => {
        new Worker('worker.js').addEventListener('message', ({ data }) => {
          resolve(data);
        });
      }),
  );
  expect(statuses).toEqual([200, 'refused']);
});

test('permissions are what the handlers of the app say', async ({ kiosk, page }) => {
  const seen = await page.evaluate(async () => {
    const states: string[] = [];
    const names: PermissionName[] = ['camera', 'microphone', 'geolocation', 'notifications'];
    for (const name of names) states.push((await navigator.permissions.query({ name })).state);
    const media = async (constraints: MediaStreamConstraints): Promise<string> => {
      try {
        return (await navigator.mediaDevices.getUserMedia(constraints)).active ? 'live' : 'dead';
      } catch (error) {
        return error instanceof Error ? error.name : 'unknown';
      }
    };
    return [...states, await media({ video: true }), await media({ audio: true })];
  });
  expect(seen).toEqual(['granted', 'denied', 'denied', 'denied', 'live', 'NotAllowedError']);
  expect(await kiosk.app.evaluate('probe.permissions')).toEqual(['media app://kiosk/index.html']);
});

test('keys pass the app before they reach the page', async ({ kiosk, page }) => {
  await page.focus('#field');
  await page.keyboard.type('axb');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('F5');
  expect(await page.inputValue('#field')).toBe('ab');
  expect(await page.evaluate(() => window.keys)).toEqual(['a', 'b', 'F5']);
  expect(await kiosk.app.evaluate('probe.events')).toEqual([
    'key a KeyA',
    'key x KeyX',
    'key b KeyB',
    'key Control ControlLeft',
    'key a KeyA',
    'key F5 F5',
  ]);
});

test('the context menu and Ctrl+wheel are told to the app', async ({ kiosk, page }) => {
  await page.click('#here', { button: 'right' });
  await expectEvent(kiosk, 'context-menu');
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -100);
  await page.keyboard.up('Control');
  await expectEvent(kiosk, 'zoom in');
  expect(await page.evaluate('visualViewport.scale * devicePixelRatio')).toBe(1);
});

test('a kiosk window fills the screen it is given', async ({ launchProbe }) => {
  const { page, app } = await launchProbe({ screen: { widthPx: 1080, heightPx: 1920 } });
  expect(await page.evaluate('[innerWidth, innerHeight]')).toEqual([1080, 1920]);
  expect(
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isKiosk()),
  ).toBe(true);
});

test('what is not emulated throws and says its name', async ({ kiosk }) => {
  const messages = await kiosk.app.evaluate(({ app, BrowserWindow }) => {
    const messageOf = (act: () => unknown): string => {
      try {
        act();
        return 'no error';
      } catch (error) {
        return error instanceof Error ? error.message : '';
      }
    };
    return [
      messageOf(() => app.dock),
      messageOf(() => BrowserWindow.getAllWindows()[0]?.webContents.debugger),
      messageOf(() => new BrowserWindow({ webPreferences: { sandbox: false } })),
      messageOf(() => new BrowserWindow({ webPreferences: { contextIsolation: false } })),
      messageOf(() => new BrowserWindow({ webPreferences: { nodeIntegration: true } })),
    ];
  });
  const refused =
    'electron host: a window that is not sandboxed and context-isolated is not emulated';
  expect(messages).toEqual([
    'electron host: app.dock is not emulated',
    'electron host: webContents.debugger is not emulated',
    refused,
    refused,
    refused,
  ]);
});

test('a second start tells the first and ends', async ({ launchProbe, folder }) => {
  const kiosk = await launchProbe();
  const second = spawnSync(electronExecutable('host'), [
    PROBE_DIR,
    `--user-data-dir=${folder}`,
    '--from-second',
  ]);
  expect(second.status).toBe(3);
  await expectEvent(kiosk, 'second --from-second');
});

test('the app learns of a crash and can bring the page back in a new process', async ({
  launchProbe,
}) => {
  const kiosk = await launchProbe();
  const pid = (): Promise<number> =>
    kiosk.app.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
    );
  const before = await pid();
  await kiosk.app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const isBack = new Promise<void>((resolve) => {
      contents?.once('did-finish-load', () => {
        resolve();
      });
    });
    contents?.forcefullyCrashRenderer();
    await isBack;
  });
  // Chromium's inspector may call the target crashed for a moment longer than it is.
  const bridgeType = (): Promise<unknown> =>
    kiosk.app
      .evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('typeof probe'),
      )
      .catch(() => 'not yet');
  await expect.poll(bridgeType).toBe('object');
  await expectEvent(kiosk, 'gone crashed');
  await expect.poll(pid).not.toBe(before);
});

/** Pids of Chromium processes whose profile is named on their command line. */
const chromiumPids = (profile: string): number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(profile);
      } catch {
        return false;
      }
    });

test('a host that is killed leaves no Chromium behind', async ({ folder }) => {
  const { app } = await launchKiosk({ appDir: PROBE_DIR, userDataDir: folder });
  const pid = app.process().pid ?? 0;
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim().split(' ');
  const profile = /--user-data-dir=([^\0]+)/.exec(
    readFileSync(`/proc/${children[0]}/cmdline`, 'latin1'),
  )?.[1];
  expect(profile).toContain('kiosk-host-');
  expect(chromiumPids(profile ?? '').length).toBeGreaterThan(1);
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => chromiumPids(profile ?? '')).toEqual([]);
});

test('a host that ends takes its profile with it', async ({ launchProbe }) => {
  const kiosk = await launchProbe();
  const pid = kiosk.app.process().pid ?? 0;
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim().split(' ');
  const profile =
    /--user-data-dir=([^\0]+)/.exec(
      readFileSync(join('/proc', children[0] ?? '', 'cmdline'), 'latin1'),
    )?.[1] ?? '';
  expect(existsSync(profile)).toBe(true);
  await kiosk.close();
  expect(existsSync(profile)).toBe(false);
});

const KEYRINGS = [
  ['keyring', 'gnome_libsecret', true],
  ['basic_text', 'basic_text', true],
  ['unknown', 'unknown', true],
  ['unavailable', 'gnome_libsecret', false],
] as const;

for (const [mode, backend, isAvailable] of KEYRINGS)
  test(`safeStorage with a keyring in mode ${mode} answers as Electron would`, async ({
    launchProbe,
  }) => {
    const { app } = await launchProbe({ env: { KIOSK_HOST_KEYRING: mode } });
    const seen = await app.evaluate(async ({ safeStorage }) => {
      const seal = async (): Promise<string> => {
        try {
          const sealed = await safeStorage.encryptStringAsync('hé');
          if (sealed.includes('hé')) return 'plain';
          return (await safeStorage.decryptStringAsync(sealed)).result;
        } catch {
          return 'refused';
        }
      };
      return [
        safeStorage.getSelectedStorageBackend(),
        await safeStorage.isAsyncEncryptionAvailable(),
        await seal(),
      ];
    });
    expect(seen).toEqual([backend, isAvailable, isAvailable ? 'hé' : 'refused']);
  });
