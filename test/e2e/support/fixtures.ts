/** Playwright fixtures: the built app in a fresh folder, ended and wiped after each test. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test as base } from 'playwright/test';
import type { CaptureStep, DocumentType } from '../../../preload/contract/vocabulary.ts';
import { belongingsOf, handsBefore, type Belongings } from './hands.ts';
import { KioskDriver } from './kiosk-driver.ts';
import { launchKiosk, type LaunchOptions, type RunningKiosk } from './launch.ts';

/** The repository: its package.json names the bundles in out/app. */
export const APP_DIR = fileURLToPath(new URL('../../..', import.meta.url));

export interface KioskFixtures {
  /** A private folder, removed after the test. */
  readonly folder: string;
  /** Whether a spec breaks the page's policy on purpose; any other fails when something does. */
  readonly breaksPolicy: boolean;
  /** Starts the app; several times in one test if need be. User data stay in `folder`. */
  readonly launch: (options?: LaunchChoices) => Promise<RunningKiosk>;
}

export interface LaunchChoices {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly screen?: LaunchOptions['screen'];
  /** What hands lay before the camera when the screen asks for it. */
  readonly belongings?: Belongings;
  /** Another app than the built one. */
  readonly appDir?: string;
}

/** How Chromium tells of a violation of the content security policy, Trusted Types included. */
const VIOLATION = /Content Security Policy|Trusted ?(?:Types?|HTML|Script)/i;

export const test = base.extend<KioskFixtures>({
  breaksPolicy: [false, { option: true }],
  // Playwright reads the names of a fixture's parts from this very pattern, also when it needs none.
  // oxlint-disable-next-line eslint/no-empty-pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'kiosk-e2e-'));
    await writeFile(join(folder, 'policy.json'), '{}', { mode: 0o600 });
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  // SECURITY: SEC-05
  launch: async ({ folder, breaksPolicy }, use) => {
    const violations: string[] = [];
    const running: RunningKiosk[] = [];
    const serving: Promise<void>[] = [];
    await use(async (choices = {}) => {
      const hands =
        choices.belongings === undefined
          ? null
          : await handsBefore(join(folder, `camera-${running.length}.y4m`), choices.belongings);
      const kiosk = await launchKiosk({
        appDir: choices.appDir ?? APP_DIR,
        userDataDir: join(folder, 'user-data'),
        args: [
          // Where it shows no document, nobody waits for what it sees.
          '--use-fake-device-for-media-stream=fps=5',
          ...(hands?.args ?? []),
          ...(choices.args ?? []),
        ],
        // An empty policy in place of the machine's own; a test may write another before it launches.
        env: { MARKID_KIOSK_POLICY: join(folder, 'policy.json'), ...choices.env },
        ...(choices.screen === undefined ? {} : { screen: choices.screen }),
      });
      running.push(kiosk);
      kiosk.app.context().on('console', (message) => {
        if (VIOLATION.test(message.text())) violations.push(message.text());
      });
      if (hands !== null) serving.push(hands.serve(kiosk));
      return kiosk;
    });
    for (const kiosk of running) await kiosk.close();
    await Promise.all(serving);
    if (!breaksPolicy) expect(violations).toEqual([]);
  },
});

/** A camera before which hands lay what an identity check asks for. */
export const cameraFor = async (
  documentType: DocumentType,
  steps?: readonly CaptureStep[],
): Promise<LaunchChoices> => ({ belongings: await belongingsOf(documentType, steps) });

/** A driver that photographs nothing. */
export const driverOf = (kiosk: RunningKiosk): KioskDriver => new KioskDriver(kiosk.page, null);

/** Starts the app and waits for its first screen. */
export const atAttract = async (launch: KioskFixtures['launch']): Promise<RunningKiosk> => {
  const kiosk = await launch();
  await driverOf(kiosk).screen('attract');
  return kiosk;
};
