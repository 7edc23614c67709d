/**
 * First code of the main process: makes Node look like Electron's, loads the app's own main bundle,
 * then starts Chromium and tells the app that it is ready.
 */
import inspector from 'node:inspector';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startBrowser } from './browser.ts';
import { blockedUrls, hostState } from './host-state.ts';
import { hostOptions } from './host-options.ts';
import { announceReady, app, isAppExiting } from './shim/app.ts';
import { askPopup } from './shim/browser-window.ts';
import { appSwitches } from './shim/command-line.ts';

const launcher = join(import.meta.dirname, 'electron');
const require = createRequire(import.meta.url);
const { version }: { readonly version: string } = require('electron/package.json');
const { main } = JSON.parse(readFileSync(join(hostOptions.appDir, 'package.json'), 'utf8')) as {
  readonly main: string;
};

const define = (target: object, name: string, value: unknown): void => {
  Object.defineProperty(target, name, { value, enumerable: true });
};
define(process.versions, 'electron', version);
define(process, 'type', 'browser');
define(process, 'defaultApp', true);
define(process, 'resourcesPath', hostOptions.appDir);
process.argv = [launcher, ...hostOptions.args];
/** Read by tests: every URL a page asked for and did not get. */
define(globalThis, 'electronHostBlockedUrls', blockedUrls);

// Prints "Debugger listening on", which Playwright waits for.
const inspectPort = hostOptions.switches.get('inspect');
if (inspectPort !== undefined) inspector.open(Number(inspectPort), '127.0.0.1');

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => app.quit());

// As in Electron, `ready` waits until the entry has been evaluated with all it imports.
await import(pathToFileURL(join(hostOptions.appDir, main)).href);
if (!isAppExiting()) {
  const browser = await startBrowser(
    hostOptions,
    appSwitches,
    ({ url, openerId }) => {
      askPopup(url, openerId);
    },
    () => {
      if (isAppExiting()) return;
      process.stderr.write('electron host: Chromium ended by itself\n');
      app.exit(1);
    },
  );
  process.on('exit', () => {
    browser.kill();
  });
  const { product } = await browser.cdp.browser.send('Browser.getVersion');
  define(process.versions, 'chrome', product.split('/')[1]);
  hostState.browser = browser;
  announceReady();
}
