import { expect } from 'playwright/test';
import { atAttract, test } from '../e2e/support/fixtures.ts';

test.use({ breaksPolicy: true });

test('SEC-02 the page stays where it is, however it is asked to leave', async ({ launch }) => {
  const kiosk = await atAttract(launch);
  const { page } = kiosk;
  const url = page.url();
  const ways: (() => void)[] = [
    () => {
      location.href = 'https://evil.example/';
    },
    () => {
      location.assign('/other.html');
    },
    () => {
      location.replace('file:///etc/hostname');
    },
    () => {
      const form = document.createElement('form');
      form.action = 'https://evil.example/';
      form.method = 'POST';
      document.body.append(form);
      form.submit();
    },
    () => {
      const link = document.createElement('a');
      link.href = 'https://evil.example/';
      document.body.append(link);
      link.click();
    },
    () => {
      const meta = document.createElement('meta');
      meta.httpEquiv = 'refresh';
      meta.content = '0;url=https://evil.example/';
      document.head.append(meta);
    },
    () => {
      history.back();
    },
    () => {
      history.go(-5);
    },
  ];
  for (const way of ways) {
    await page.evaluate(way).catch(() => undefined);
    await page.waitForTimeout(150);
    expect(page.url(), way.toString()).toBe(url);
  }
  expect(await page.locator('[data-screen="attract"]').count()).toBe(1);
});

test('SEC-03 no second window opens', async ({ launch }) => {
  const kiosk = await atAttract(launch);
  const { page, app } = kiosk;
  await page.evaluate(() => window.open('https://evil.example/', '_blank'));
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = './index.html';
    link.target = '_blank';
    link.id = 'way-out';
    link.append('out');
    link.style.cssText = 'position:fixed;inset:0;z-index:99';
    document.body.append(link);
  });
  await page.locator('#way-out').click();
  await page.locator('#way-out').click({ button: 'middle' });
  await page.waitForTimeout(300);
  expect(app.windows().length).toBe(1);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('SEC-07 no other scheme loads in the page', async ({ launch }) => {
  const { page } = await atAttract(launch);
  for (const url of [
    'http://127.0.0.1:9/',
    'https://example.com/',
    'file:///etc/hostname',
    'data:text/plain,x',
    'app://other/index.html',
    'blob:https://example.com/x',
  ])
    expect(
      await page.evaluate(
        (address) =>
          fetch(address).then(
            () => 'loaded',
            () => 'dead',
          ),
        url,
      ),
      url,
    ).toBe('dead');
});

test('SEC-04 the page gets the camera and no other permission', async ({ launch }) => {
  const { page } = await atAttract(launch);
  const got = await page.evaluate(async () => {
    const ask = async (constraints: MediaStreamConstraints): Promise<string> => {
      try {
        const stream = await navigator.mediaDevices.getUserMedia(constraints);
        for (const track of stream.getTracks()) track.stop();
        return 'granted';
      } catch (error) {
        return (error as Error).name;
      }
    };
    const states: Record<string, string> = {
      camera: await ask({ video: true }),
      microphone: await ask({ audio: true }),
    };
    for (const name of ['geolocation', 'notifications', 'midi'])
      states[name] = (await navigator.permissions.query({ name: name as PermissionName })).state;
    return states;
  });
  expect(got).toEqual({
    camera: 'granted',
    microphone: 'NotAllowedError',
    geolocation: 'denied',
    notifications: 'denied',
    midi: 'denied',
  });
});

test('SEC-10 the page sees the frozen bridge and nothing of Electron or Node', async ({
  launch,
}) => {
  const { page } = await atAttract(launch);
  const seen = await page.evaluate(() => {
    const kiosk = Reflect.get(window, 'kiosk') as Record<string, Record<string, unknown>>;
    const isFrozen =
      Object.isFrozen(kiosk) && Object.values(kiosk).every((area) => Object.isFrozen(area));
    return {
      isFrozen,
      isReplaceable: Reflect.set(window, 'kiosk', {}) && Reflect.get(window, 'kiosk') !== kiosk,
      globals: [
        'require',
        'process',
        'module',
        'Buffer',
        'ipcRenderer',
        'electron',
        '__dirname',
      ].filter((name) => name in window),
    };
  });
  expect(seen).toEqual({ isFrozen: true, isReplaceable: false, globals: [] });
});

test('SEC-14 keys that lead out of the page do nothing', async ({ launch }) => {
  const kiosk = await atAttract(launch);
  const { page } = kiosk;
  const url = page.url();
  await page.evaluate(() => {
    Reflect.set(window, 'seenKeys', []);
    window.addEventListener(
      'keydown',
      (event) => Reflect.get(window, 'seenKeys').push(event.key),
      true,
    );
  });
  for (const key of [
    'F5',
    'F11',
    'F12',
    'Control+r',
    'Control+w',
    'Control+p',
    'Alt+ArrowLeft',
    'Control+Shift+i',
    'Meta+q',
  ])
    await page.keyboard.press(key);
  await page.keyboard.press('Tab');
  const seen: string[] = await page.evaluate(() => Reflect.get(window, 'seenKeys'));
  expect(seen).toEqual(['Tab']);
  expect(page.url()).toBe(url);
});

test('SEC-15 the page can not be zoomed or swiped away', async ({ launch }) => {
  const { page } = await atAttract(launch);
  const scale = (): Promise<number[]> =>
    page.evaluate(() => [window.visualViewport?.scale ?? 0, window.devicePixelRatio]);
  const before = await scale();
  await page.mouse.move(400, 300);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -600);
  await page.keyboard.press('Equal');
  await page.keyboard.up('Control');
  expect(await scale()).toEqual(before);
  const touch = await page.evaluate(() => {
    const { touchAction, overscrollBehaviorX } = getComputedStyle(document.documentElement);
    return { touchAction, overscrollBehaviorX };
  });
  expect(touch.touchAction).not.toContain('pinch-zoom');
  expect(touch.touchAction).not.toBe('auto');
  expect(touch.overscrollBehaviorX).toBe('none');
});

test('SEC-16 no menu opens, nothing is dragged or dropped, and only a text field is selected from', async ({
  launch,
}) => {
  const { page } = await atAttract(launch);
  await page.evaluate(() => {
    const field = Object.assign(document.createElement('input'), { id: 'field', value: 'typed' });
    const link = Object.assign(document.createElement('a'), { id: 'link', href: './index.html' });
    link.append('a link');
    const corner = document.createElement('div');
    corner.style.cssText = 'position:fixed;inset:20% auto auto 20%;z-index:99';
    corner.append(link, field);
    document.body.append(corner);
    const answered: Record<string, boolean> = {};
    Object.assign(globalThis, { answered });
    // Registered after the page's own, so that it sees what those decided.
    for (const type of ['contextmenu', 'dragstart', 'dragover', 'drop'])
      window.addEventListener(type, (event) => (answered[type] = event.defaultPrevented), true);
  });
  const answers = (): Promise<unknown> => page.evaluate(() => Reflect.get(globalThis, 'answered'));
  await page
    .locator('[data-screen="attract"]')
    .click({ button: 'right', position: { x: 9, y: 9 } });
  await page.locator('#link').hover();
  await page.mouse.down();
  await page.mouse.move(400, 400, { steps: 8 });
  await page.mouse.up();
  expect(await answers()).toEqual({ contextmenu: true, dragstart: true });
  await page.evaluate(() => {
    for (const type of ['dragover', 'drop'])
      document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true }));
  });
  expect(await answers()).toMatchObject({ dragover: true, drop: true });

  const selected = (): Promise<string> => page.evaluate(() => getSelection()?.toString() ?? '');
  const { width, height } = page.viewportSize() ?? { width: 1280, height: 800 };
  await page.mouse.move(2, 2);
  await page.mouse.down();
  await page.mouse.move(width - 2, height - 2, { steps: 8 });
  await page.mouse.up();
  await page.mouse.dblclick(width / 2, height / 2);
  expect(await selected()).toBe('');
  await page.locator('#field').dblclick();
  expect(await selected()).toBe('typed');
});

test('SEC-17 no dialog opens, nothing is printed and no file is picked', async ({ launch }) => {
  const { page } = await atAttract(launch);
  const opened: string[] = [];
  page.on('dialog', (dialog) => {
    opened.push(dialog.type());
    void dialog.dismiss();
  });
  page.on('filechooser', () => opened.push('files'));
  const left = await page.evaluate(() => {
    const field = Object.assign(document.createElement('input'), { id: 'files', type: 'file' });
    field.style.cssText = 'position:fixed;inset:20% auto auto 20%;z-index:99';
    document.body.append(field);
    const dialogs = ['alert', 'confirm', 'prompt', 'print'];
    const pickers = ['showOpenFilePicker', 'showSaveFilePicker', 'showDirectoryPicker'];
    const named = [...dialogs, ...pickers].filter(
      (name) => typeof Reflect.get(window, name) === 'function',
    );
    return typeof Reflect.get(field, 'showPicker') === 'function'
      ? [...named, 'showPicker']
      : named;
  });
  expect(left).toEqual([]);
  await page.locator('#files').click();
  await page.locator('#files').press('Enter');
  // A chooser is told before the page answers again.
  await page.evaluate(() => new Promise(requestAnimationFrame));
  expect(opened).toEqual([]);
});
