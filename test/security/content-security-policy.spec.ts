import type { Page } from 'playwright';
import { expect } from 'playwright/test';
import { atAttract, driverOf, test } from '../e2e/support/fixtures.ts';

// The first spec counts its violations by itself.
test.use({ breaksPolicy: true });

/** Longest wait for a violation to be told. */
const TOLD_MS = 10_000;

/** Violations of the content security policy while `act` runs in the page, until one is as expected. */
const violationsOf = (page: Page, act: () => unknown, expected: RegExp): Promise<string[]> =>
  page.evaluate(`(async () => {
    const seen = [];
    document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
    try { await (${act.toString()})(); } catch (error) { seen.push('threw:' + error.name); }
    const untilMs = performance.now() + ${TOLD_MS};
    while (!${expected.toString()}.test(seen.join(' ')) && performance.now() < untilMs)
      await new Promise((resolve) => setTimeout(resolve, 20));
    return seen;
  })()`);

test('SEC-05 the real app runs from attract to the document without one violation', async ({
  launch,
}) => {
  const kiosk = await launch();
  const problems: string[] = [];
  kiosk.page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await kiosk.page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`violation of ${event.effectiveDirective}`);
    });
  });
  await kiosk.page.reload();
  const driver = driverOf(kiosk);
  await driver.screen('attract');
  await driver.press('start');
  await driver.screen('consent');
  await driver.press('accept');
  await driver.screen('document');
  expect(problems).toEqual([]);
});

const PROBES: readonly [name: string, act: () => unknown, expected: RegExp][] = [
  [
    'an inline script',
    () => {
      const script = document.createElement('script');
      script.append('globalThis.probed = true');
      document.head.append(script);
    },
    /script-src|threw:TypeError|require-trusted-types-for/,
  ],
  [
    'an inline handler',
    () => document.body.setAttribute('onclick', 'globalThis.probed = true'),
    /script-src|trusted|threw:TypeError/,
  ],
  [
    'eval',
    () =>
      new Promise((resolve, reject) =>
        setTimeout(() => {
          try {
            resolve((0, eval)('globalThis.probed = true'));
          } catch (error) {
            reject(error);
          }
        }),
      ),
    /threw:EvalError/,
  ],
  [
    'new Function',
    () =>
      new Promise((resolve, reject) =>
        setTimeout(() => {
          try {
            const Code = Function;
            resolve(new Code('globalThis.probed = true')());
          } catch (error) {
            reject(error);
          }
        }),
      ),
    /threw:EvalError/,
  ],
  [
    'innerHTML',
    () => {
      document.body.innerHTML = '<b>x</b>';
    },
    /threw:TypeError/,
  ],
  [
    'a Trusted Types policy',
    () =>
      (
        window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): void } }
      ).trustedTypes.createPolicy('p', {}),
    /threw:TypeError/,
  ],
  [
    'the policy of the worker, made a second time',
    () =>
      (
        window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): void } }
      ).trustedTypes.createPolicy('vision-worker', {}),
    /threw:TypeError/,
  ],
  [
    'a worker from a plain address',
    () => new Worker('./index.html'),
    /require-trusted-types-for|threw:TypeError/,
  ],
  [
    'an inline style',
    () => {
      const style = document.createElement('style');
      style.append('body{color:red}');
      document.head.append(style);
    },
    /style-src/,
  ],
  [
    'a style sheet of our own origin',
    () => {
      const link = document.createElement('link');
      link.rel = 'stylesheet';
      link.href = './assets/more.css';
      document.head.append(link);
    },
    /style-src/,
  ],
  [
    'a frame',
    () => {
      const frame = document.createElement('iframe');
      frame.src = 'https://evil.example/';
      document.body.append(frame);
    },
    /frame-src|default-src/,
  ],
  [
    'a frame of our own origin',
    () => {
      const frame = document.createElement('iframe');
      frame.src = './index.html';
      document.body.append(frame);
    },
    /frame-src|default-src/,
  ],
  ['a fetch to the outside', () => fetch('https://evil.example/'), /connect-src/],
  ['a web socket', () => new WebSocket('wss://evil.example/'), /connect-src/],
  ['a beacon', () => navigator.sendBeacon('https://evil.example/', 'x'), /connect-src/],
  [
    'a picture from the outside',
    () => {
      new Image().src = 'https://evil.example/x.png';
    },
    /img-src/,
  ],
  [
    'a data: picture',
    () => {
      new Image().src = 'data:image/png;base64,AAAA';
    },
    /img-src/,
  ],
  [
    'a blob worker',
    () => new Worker(URL.createObjectURL(new Blob(['globalThis.probed = true']))),
    /worker-src|threw:/,
  ],
  [
    'an object',
    () => {
      const object = document.createElement('object');
      object.data = 'https://evil.example/';
      document.body.append(object);
    },
    /object-src|threw:TypeError/,
  ],
  [
    'a base element',
    () => {
      const element = document.createElement('base');
      element.href = 'https://evil.example/';
      document.head.append(element);
    },
    /base-uri/,
  ],
];

test('SEC-05 every probe of the content security policy is blocked', async ({ launch }) => {
  const { page } = await atAttract(launch);
  for (const [name, act, expected] of PROBES)
    expect((await violationsOf(page, act, expected)).join(' '), name).toMatch(expected);
  expect(await page.evaluate(() => 'probed' in globalThis)).toBe(false);
});
