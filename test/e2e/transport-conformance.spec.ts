/**
 * The product's transport over Electron's `net` in the running app, case by case as the transport
 * over node:https (test/conformance). Where the host stands in for Electron, this proves what the
 * transport makes of Chromium's errors and events, not Chromium's network stack itself.
 */
import { expect, test as base } from 'playwright/test';
import { DIRECT_CASES } from '../conformance/all-cases.ts';
import { PROXY_CASES } from '../conformance/cases/proxy-cases.ts';
import { expectationOf, titleOf, type End } from '../conformance/differences.ts';
import { makeIdentities, type Identities } from '../conformance/identities.ts';
import { playCase } from '../conformance/play-case.ts';
import { startProxy, type Proxy } from '../conformance/proxy.ts';
import { chosenRuntime } from './support/launch.ts';
import { launchWireApp, type WireApp } from './support/wire-app.ts';

const END: End = chosenRuntime() === 'electron' ? 'net in Electron' : 'net in the host';

interface SharedFixtures {
  readonly identities: Identities;
  readonly wireApp: WireApp;
  readonly httpProxy: Proxy;
  /** An app whose command line names the proxy, for loopback as well. */
  readonly proxiedApp: WireApp;
}

const test = base.extend<object, SharedFixtures>({
  identities: [
    // oxlint-disable-next-line eslint/no-empty-pattern
    async ({}, use) => {
      await use(await makeIdentities());
    },
    { scope: 'worker' },
  ],
  wireApp: [
    // oxlint-disable-next-line eslint/no-empty-pattern
    async ({}, use) => {
      const wireApp = await launchWireApp();
      await use(wireApp);
      await wireApp.close();
    },
    { scope: 'worker' },
  ],
  httpProxy: [
    // oxlint-disable-next-line eslint/no-empty-pattern
    async ({}, use) => {
      const proxy = await startProxy();
      await use(proxy);
      await proxy.stop();
    },
    { scope: 'worker' },
  ],
  proxiedApp: [
    async ({ httpProxy }, use) => {
      const proxiedApp = await launchWireApp([
        `--proxy-server=127.0.0.1:${httpProxy.port}`,
        '--proxy-bypass-list=<-loopback>',
      ]);
      await use(proxiedApp);
      await proxiedApp.close();
    },
    { scope: 'worker' },
  ],
});

test.describe('SEC-25 the net transport conforms', () => {
  for (const subject of DIRECT_CASES)
    test(titleOf(subject, END), async ({ identities, wireApp }) => {
      const { seen } = expectationOf(subject, END);
      expect(await playCase(subject, wireApp.end, identities)).toEqual({ ...seen, violations: [] });
    });
});

test.describe('SEC-25 the net transport behind a proxy', () => {
  for (const subject of PROXY_CASES)
    test(titleOf(subject, END), async ({ identities, proxiedApp, httpProxy }) => {
      const { seen } = expectationOf(subject, END);
      const played = await playCase(subject, proxiedApp.end, identities, httpProxy);
      expect(played).toEqual({ ...seen, violations: [] });
    });
});
