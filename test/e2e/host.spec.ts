/** The host gives the probe app (test/host/probe) the pages and events Electron would give it. */
import { expect } from 'playwright/test';
import { chosenRuntime, pageUrl } from './support/launch.ts';
import { expectEvent, PROBE_URL, test } from './support/probe.ts';

test.skip(chosenRuntime() !== 'host', 'Electron itself is here: nothing stands in for it.');

test('values cross the bridge with their types', async ({ page }) => {
  const kinds = await page.evaluate(async () => {
    const sent = {
      date: new Date(5),
      map: new Map([[1, { nothing: undefined }]]),
      set: new Set([Number.NaN]),
      zero: -0,
      big: 2n ** 70n,
      error: new TypeError('of its own kind'),
      floats: new Float32Array([1.5]),
      buffer: new Uint8Array([1, 2]).buffer,
      pattern: /a/g,
      $: 'no tag',
    };
    const got = await window.probe.echo(sent);
    return [
      got.date.getTime(),
      'nothing' in (got.map.get(1) ?? {}),
      [[...got.set].map(String), Object.is(got.zero, -0)],
      String(got.big),
      [got.error instanceof Error, got.error.name, got.error.message],
      [got.floats.constructor.name, got.floats[0]],
      [...new Uint8Array(got.buffer)],
      [got.pattern.source, got.pattern.flags],
      got.$,
    ];
  });
  expect(kinds).toEqual([
    5,
    true,
    [['NaN'], true],
    String(2n ** 70n),
    [true, 'TypeError', 'of its own kind'],
    ['Float32Array', 1.5],
    [1, 2],
    ['a', 'g'],
    'no tag',
  ]);
});

test('what is exposed is frozen, callable at once, and takes callbacks', async ({ page }) => {
  const seen = await page.evaluate(async () => ({
    frozen: [window.probe, window.probe.list, window.probe.list[1]].map((value) =>
      Object.isFrozen(value),
    ),
    isWritable: Object.getOwnPropertyDescriptor(window, 'probe')?.writable,
    sum: window.probe.add(2, 3),
    called: await window.probe.callBack((text) => Promise.resolve(`${text} pong`)),
    copied: (() => {
      const given = { inner: [1] };
      return window.probe.echoLocally(given) !== given;
    })(),
  }));
  expect(seen).toEqual({
    frozen: [true, true, true],
    isWritable: false,
    sum: 5,
    called: 'ping pong!',
    copied: true,
  });
});

test('errors cross the bridge with their message', async ({ page }) => {
  const messages = await page.evaluate(async () => {
    const messageOf = async (act: () => unknown): Promise<string> => {
      try {
        await act();
        return 'no error';
      } catch (error) {
        return error instanceof Error ? error.message : 'no Error of this page';
      }
    };
    return {
      thrown: await messageOf(() => window.probe.failLocally()),
      invoked: await messageOf(() => window.probe.fail()),
      unhandled: await messageOf(() => window.probe.missing()),
      function: await messageOf(() => window.probe.echo(() => 1)),
      node: await messageOf(() => window.probe.echo(document.body)),
      notEmulated: await messageOf(() => window.probe.useNotEmulated()),
    };
  });
  expect(messages).toEqual({
    thrown: 'refused here',
    invoked: "Error invoking remote method 'fail': RangeError: refused",
    unhandled: "Error invoking remote method 'missing': Error: No handler registered for 'missing'",
    function: 'An object could not be cloned.',
    node: expect.stringContaining('could not be cloned'),
    notEmulated: 'electron host: ipcRenderer.sendSync is not emulated',
  });
});

test('the page sees nothing of the host but what the preload exposes', async ({ page }) => {
  const names = await page.evaluate(() => [
    ...Object.getOwnPropertyNames(window).filter((name) => /electron|host/i.test(name)),
    ...['require', 'process', 'module', 'exports', 'ipcRenderer'].filter((name) => name in window),
  ]);
  expect(names).toEqual([]);
});

test('five megabytes cross to main whole', async ({ page }) => {
  const { size, ms } = await page.evaluate(async () => {
    const bytes = new Uint8Array(5_000_000).fill(7);
    await window.probe.size(bytes.subarray(0, 1));
    const startMs = performance.now();
    return { size: await window.probe.size(bytes), ms: Math.round(performance.now() - startMs) };
  });
  console.log(`5 MB from page to main: ${ms} ms`);
  expect(size).toBe(5_000_000);
});

test('messages name the frame they come from, and reach the page', async ({ kiosk, page }) => {
  const noted = await page.evaluate(async () => {
    await window.probe.echo(1);
    return new Promise((resolve) => {
      const stop = window.probe.onNoted((text) => {
        stop();
        resolve(text);
      });
      window.probe.note('hé');
    });
  });
  expect(noted).toBe('hé');
  expect(await kiosk.app.evaluate('probe.senders')).toEqual(['app://kiosk']);
});

test('a frame inside the page has no bridge, and is asked about', async ({ kiosk, page }) => {
  await kiosk.app.evaluate('probe.isNavigationAllowed = true');
  const bridge = await page.evaluate(async () => {
    const frame = document.createElement('iframe');
    frame.src = 'frame.html';
    document.body.append(frame);
    await new Promise((resolve) => {
      frame.addEventListener('load', resolve);
    });
    return [frame.contentDocument?.title, typeof frame.contentWindow?.probe];
  });
  expect(bridge).toEqual(['frame', 'undefined']);
  await expectEvent(kiosk, 'will-frame-navigate app://kiosk/frame.html');
});

test('a navigation the app prevents does not happen, whatever begins it', async ({
  kiosk,
  page,
}) => {
  const begin = {
    'app://kiosk/other.html': "location.href = 'other.html'",
    'https://elsewhere.invalid/': "location.assign('https://elsewhere.invalid/')",
    'about:blank': "location.href = 'about:blank'",
    'app://kiosk/frame.html':
      "document.head.insertAdjacentHTML('beforeend', '<meta http-equiv=refresh content=\"0;frame.html\">')",
    'app://kiosk/index.html': 'location.reload()',
  };
  for (const [url, script] of Object.entries(begin)) {
    await page.evaluate(script);
    await expectEvent(kiosk, `will-navigate ${url}`);
  }
  await page.evaluate('history.back()');
  await page.click('#here');
  expect(await page.evaluate('history.length')).toBe(1);
  expect(page.url()).toBe(PROBE_URL);
});

test('a navigation the app allows happens, and one it begins itself is not asked about', async ({
  kiosk,
  page,
}) => {
  await page.reload();
  expect(await kiosk.app.evaluate('probe.events')).toEqual([]);
  await kiosk.app.evaluate('probe.isNavigationAllowed = true');
  await page.evaluate("location.href = '/redirect'");
  await page.waitForURL(pageUrl('host', 'app://kiosk/other.html'));
  await expectEvent(kiosk, 'will-redirect app://kiosk/other.html');
});

test('every way to a new window is put to the app', async ({ kiosk, page }) => {
  expect(await page.evaluate("String(window.open('https://elsewhere.invalid/'))")).toBe('null');
  await page.click('#elsewhere');
  await page.click('#named');
  await page.click('#here', { button: 'middle' });
  await page.click('#here', { modifiers: ['Shift'] });
  await page.click('#submit');
  await expect
    .poll(() => kiosk.app.evaluate<string[]>('probe.events'))
    .toEqual([
      'window-open https://elsewhere.invalid/',
      'window-open app://kiosk/other.html',
      'window-open app://kiosk/other.html',
      'window-open app://kiosk/other.html',
      'key Shift ShiftLeft',
      'window-open app://kiosk/other.html',
      'window-open app://kiosk/other.html',
    ]);
  expect(kiosk.app.windows()).toHaveLength(1);
});

test('a window Chromium opens by itself is put to the app and closed', async ({ kiosk, page }) => {
  await page.evaluate(() => {
    document.addEventListener('click', (event) => event.stopImmediatePropagation(), true);
  });
  await page.click('#elsewhere');
  await expect
    .poll(() => kiosk.app.evaluate<string[]>('probe.events'))
    .toEqual([expect.stringMatching(/^window-open /)]);
  await expect.poll(() => kiosk.app.windows().length).toBe(1);
});

test('a window the app allows is opened', async ({ kiosk, page }) => {
  await kiosk.app.evaluate("probe.windowOpen = 'allow'");
  const [child] = await Promise.all([kiosk.app.waitForEvent('window'), page.click('#elsewhere')]);
  await child.waitForURL(pageUrl('host', 'app://kiosk/other.html'));
  expect(
    await kiosk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length),
  ).toBe(2);
});
