/**
 * Starts the kiosk under Playwright: the one file that knows which runtime is there. Specs see the
 * same application either way.
 */
import type { ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { chooseRuntime } from '../../../build/runtime.mjs';

export type Runtime = 'electron' | 'host';

export interface LaunchOptions {
  /** Folder with the app's package.json; the repository without one. */
  readonly appDir?: string;
  /** Fresh folder of the test: settings, items and the instance lock live in it. */
  readonly userDataDir: string;
  /** More of the command line, e.g. `--use-fake-device-for-media-stream`. */
  readonly args?: readonly string[];
  /** Added to the environment of the test; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Screen and window of the host, CSS pixels. Real Electron has the screen it is given. */
  readonly screen?: { readonly widthPx: number; readonly heightPx: number };
}

export interface RunningApp {
  readonly app: ElectronApplication;
  readonly runtime: Runtime;
  /** Ends the app whatever its windows say, and waits until the process is gone. */
  close(): Promise<void>;
}

export interface RunningKiosk extends RunningApp {
  /** The window that stands now: a new one after each customer. */
  readonly page: Page;
  /** Every URL a page asked for and did not get. null where the runtime keeps no such list. */
  blockedUrls(): Promise<readonly string[] | null>;
}

const ROOT = join(import.meta.dirname, '..', '..', '..');
const HOST_DIR = join(ROOT, 'test', 'host');
const CLOSE_TIMEOUT_MS = 5_000;
/** Longest wait for anything on a page, also on a busy machine. */
const PAGE_TIMEOUT_MS = 60_000;

/** The runtime that the set-up chose. */
export const chosenRuntime = (): Runtime => {
  const chosen = chooseRuntime(ROOT);
  if (!chosen.ok) throw new Error(chosen.reason);
  return chosen.runtime;
};

/** What the npm package `electron` returns: the path of the executable. */
export const electronExecutable = (runtime: Runtime): string => {
  if (runtime === 'host') process.env['ELECTRON_OVERRIDE_DIST_PATH'] = HOST_DIR;
  const path: unknown = createRequire(import.meta.url)('electron');
  return String(path);
};

/** The URL a page of this runtime shows for an `app://` URL: the host serves it over https. */
export const pageUrl = (runtime: Runtime, appUrl: string): string =>
  runtime === 'electron'
    ? appUrl
    : appUrl.replace(
        /^([a-z]+):\/\/([^/?#]+)/,
        (_all, scheme, host) => `https://${host}.${scheme}.invalid`,
      );

const environment = (options: LaunchOptions): Record<string, string> => {
  const { screen } = options;
  const merged = {
    ...process.env,
    ...(screen === undefined ? {} : { KIOSK_WINDOW: `${screen.widthPx}x${screen.heightPx}` }),
    ...options.env,
  };
  return Object.fromEntries(
    Object.entries(merged).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
};

const closeApp = async (app: ElectronApplication, child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), CLOSE_TIMEOUT_MS);
  // The answer is lost with the process.
  await app
    .evaluate((electron) => {
      electron.app.exit(0);
    })
    .catch(() => undefined);
  await gone;
  clearTimeout(timer);
};

/** Starts an app and waits for nothing: it may have no window at all. */
export const launchApp = async (options: LaunchOptions): Promise<RunningApp> => {
  const runtime = chosenRuntime();
  const app = await _electron.launch({
    executablePath: electronExecutable(runtime),
    args: [
      options.appDir ?? ROOT,
      `--user-data-dir=${options.userDataDir}`,
      ...(options.args ?? []),
    ],
    env: environment(options),
    // Playwright takes the sandbox away otherwise; root can't have it.
    chromiumSandbox: process.getuid?.() !== 0,
  });
  // Playwright forgets it once the application has ended.
  const child = app.process();
  return { app, runtime, close: () => closeApp(app, child) };
};

/** Starts the app and waits until its first window has loaded. */
export const launchKiosk = async (options: LaunchOptions): Promise<RunningKiosk> => {
  const running = await launchApp(options);
  const { app, runtime } = running;
  app.context().setDefaultTimeout(PAGE_TIMEOUT_MS);
  const first = await app.firstWindow();
  await first.waitForURL(({ protocol }) => protocol !== 'about:');
  return {
    ...running,
    get page() {
      return app.windows().at(-1) ?? first;
    },
    blockedUrls: async () =>
      runtime === 'electron'
        ? null
        : app.evaluate<readonly string[]>('globalThis.electronHostBlockedUrls'),
  };
};
