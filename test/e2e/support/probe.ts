/** Starts the host's probe app (test/host/probe) and reads what it noted. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test as base } from 'playwright/test';
import { launchKiosk, pageUrl, type LaunchOptions, type RunningKiosk } from './launch.ts';

export const PROBE_DIR = join(import.meta.dirname, '..', '..', 'host', 'probe');
/** What the probe's page is called in Chromium. */
export const PROBE_URL = pageUrl('host', 'app://kiosk/index.html');

/** `window.probe` as test/host/probe/preload.cjs exposes it; pages also keep `keys` and `violations`. */
export interface ProbeWindow {
  readonly probe: {
    readonly list: readonly unknown[];
    readonly versions: Readonly<Record<string, string>>;
    add(a: number, b: number): number;
    echo<T>(value: T): Promise<T>;
    echoLocally(value: unknown): unknown;
    size(bytes: Uint8Array): Promise<number>;
    fail(): Promise<never>;
    failLocally(): never;
    missing(): Promise<never>;
    callBack(callback: (text: string) => Promise<string>): Promise<string>;
    note(text: string): void;
    onNoted(listener: (text: string) => void): () => void;
    useNotEmulated(): never;
  };
  readonly keys: string[];
  readonly violations: string[];
}

declare global {
  // The members of the probe's page; other pages do not have them.
  interface Window extends ProbeWindow {}
}

/** Shared by the tests of a worker: starting a browser takes longer than most of them. */
interface SharedFixtures {
  readonly probeApp: RunningKiosk;
}

interface ProbeFixtures {
  readonly folderPrefix: string;
  /** Fresh user data folder. */
  readonly folder: string;
  readonly launchProbe: (options?: Partial<LaunchOptions>) => Promise<RunningKiosk>;
  /** The shared app with a window that nobody used before, and nothing noted. */
  readonly kiosk: RunningKiosk;
  readonly page: Page;
}

export const test = base.extend<ProbeFixtures, SharedFixtures>({
  probeApp: [
    // oxlint-disable-next-line eslint/no-empty-pattern
    async ({}, use) => {
      const userDataDir = await mkdtemp(join(tmpdir(), 'host-probe-shared-'));
      const args = ['--use-fake-device-for-media-stream'];
      const kiosk = await launchKiosk({ appDir: PROBE_DIR, userDataDir, args });
      await use(kiosk);
      await kiosk.close();
      await rm(userDataDir, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  folderPrefix: ['host-probe-', { option: true }],
  folder: async ({ folderPrefix }, use) => {
    const folder = await mkdtemp(join(tmpdir(), folderPrefix));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  launchProbe: async ({ folder }, use) => {
    const running: RunningKiosk[] = [];
    await use(async (options = {}) => {
      const kiosk = await launchKiosk({ appDir: PROBE_DIR, userDataDir: folder, ...options });
      running.push(kiosk);
      await kiosk.page.waitForURL(PROBE_URL);
      return kiosk;
    });
    for (const kiosk of running) await kiosk.close();
  },
  kiosk: async ({ probeApp }, use) => {
    const { app } = probeApp;
    const before = app.windows();
    await app.evaluate('probe.renew(); electronHostBlockedUrls.length = 0');
    // What an earlier test opened may still be on its way out.
    const fresh = (): string[] =>
      app.windows().map((page) => (before.includes(page) ? 'old' : page.url()));
    await expect.poll(fresh).toEqual([PROBE_URL]);
    await probeApp.page.waitForLoadState();
    await use(probeApp);
  },
  page: async ({ kiosk }, use) => {
    await use(kiosk.page);
  },
});

/** Waits until the probe has noted an event. */
export const expectEvent = async ({ app }: RunningKiosk, wanted: string): Promise<void> => {
  await expect.poll(() => app.evaluate<string[]>('probe.events')).toContain(wanted);
};
