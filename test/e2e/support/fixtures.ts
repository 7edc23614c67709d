/** Playwright fixtures: the built app in a fresh folder, ended and wiped after each test. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base } from 'playwright/test';
import type { CaptureStep, DocumentType } from '../../../preload/contract/vocabulary.ts';
import { sessionClip } from '../../commands/session-clip.ts';
import { KioskDriver } from './kiosk-driver.ts';
import { launchKiosk, type LaunchOptions, type RunningKiosk } from './launch.ts';

/** The repository: its package.json names the bundles in out/app. */
export const APP_DIR = fileURLToPath(new URL('../../..', import.meta.url));

export interface KioskFixtures {
  /** A private folder, removed after the test. */
  readonly folder: string;
  /** Starts the app; several times in one test if need be. User data stay in `folder`. */
  readonly launch: (options?: LaunchChoices) => Promise<RunningKiosk>;
}

export interface LaunchChoices {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly screen?: LaunchOptions['screen'];
  /** Another app than the built one. */
  readonly appDir?: string;
}

export const test = base.extend<KioskFixtures>({
  // Playwright reads the names of a fixture's parts from this very pattern, also when it needs none.
  // oxlint-disable-next-line eslint/no-empty-pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'kiosk-e2e-'));
    await writeFile(join(folder, 'policy.json'), '{}', { mode: 0o600 });
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  launch: async ({ folder }, use) => {
    const running: RunningKiosk[] = [];
    await use(async (choices = {}) => {
      const kiosk = await launchKiosk({
        appDir: choices.appDir ?? APP_DIR,
        userDataDir: join(folder, 'user-data'),
        args: ['--use-fake-device-for-media-stream', ...(choices.args ?? [])],
        // An empty policy in place of the machine's own; a test may write another before it launches.
        env: { MARKID_KIOSK_POLICY: join(folder, 'policy.json'), ...choices.env },
        ...(choices.screen === undefined ? {} : { screen: choices.screen }),
      });
      running.push(kiosk);
      return kiosk;
    });
    for (const kiosk of running) await kiosk.close();
  },
});

/** A camera that shows what an identity check asks for, over and over. */
export const cameraFor = async (
  documentType: DocumentType,
  steps?: readonly CaptureStep[],
): Promise<LaunchChoices> => ({
  args: [`--use-file-for-fake-video-capture=${await sessionClip(documentType, steps)}`],
});

/** A driver that photographs nothing. */
export const driverOf = (kiosk: RunningKiosk): KioskDriver => new KioskDriver(kiosk.page, null);

/** Starts the app and waits for its first screen. */
export const atAttract = async (launch: KioskFixtures['launch']): Promise<RunningKiosk> => {
  const kiosk = await launch();
  await driverOf(kiosk).screen('attract');
  return kiosk;
};
