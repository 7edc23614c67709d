/**
 * `npm run -s soak -- [--sessions N] [--json]`: one customer after the other through the real app, by
 * a camera clip and without a pause, and what each leaves behind: memory of the main process, heap of
 * the page, blob URLs. Progress on stderr; the last line of stdout is one JSON object. Exit 0 only
 * when every session was delivered and nothing grew.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright';
import { KioskDriver } from '../e2e/support/kiosk-driver.ts';
import { launchKiosk, type RunningKiosk } from '../e2e/support/launch.ts';
import { medianOf, round } from '../bench/bench.ts';
import { sessionClip } from './session-clip.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const USAGE = 'npm run -s soak -- [--sessions N] [--json]   N: at least 12, 60 without it\n';
const EX_USAGE = 64;
const DEFAULT_SESSIONS = 60;
const MIN_SESSIONS = 12;
const MAX_GROWTH = 0.05;
const MIB = 1024 * 1024;

interface Left {
  readonly isDelivered: boolean;
  readonly mainRssBytes: number;
  readonly pageHeapBytes: number;
  readonly blobUrls: number;
}

const say = (message: string): void => {
  process.stderr.write(`soak: ${message}\n`);
};

/** Counts the blob URLs a page has made and not revoked, from now on. */
const watchBlobUrls = (page: Page) =>
  page.evaluateHandle(() => {
    const live = new Set<string>();
    const create = URL.createObjectURL.bind(URL);
    const revoke = URL.revokeObjectURL.bind(URL);
    URL.createObjectURL = (object) => {
      const url = create(object);
      live.add(url);
      return url;
    };
    URL.revokeObjectURL = (url) => {
      live.delete(url);
      revoke(url);
    };
    return live;
  });

/** Memory in use after a collection. */
const heapOf = async (page: Page): Promise<number> => {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
};

const serve = async (kiosk: RunningKiosk): Promise<Left> => {
  const driver = new KioskDriver(kiosk.page, null);
  await driver.screen('attract');
  const { page } = kiosk;
  const blobUrls = await watchBlobUrls(page);
  await driver.begin({ country: 'LT', documentType: 'PASSPORT' });
  await driver.capture();
  const isDelivered = (await driver.submit()) === 'receipt';
  const left = {
    blobUrls: await blobUrls.evaluate((live) => live.size),
    pageHeapBytes: await heapOf(page),
  };
  const next = kiosk.app.waitForEvent('window');
  await driver.press(isDelivered ? 'done' : 'start-over');
  await next;
  return {
    ...left,
    isDelivered,
    mainRssBytes: await kiosk.app.evaluate(() => process.memoryUsage().rss),
  };
};

/** How much more the last third holds than the second; the first fills caches. */
const growthOf = (values: readonly number[]): number => {
  const third = Math.floor(values.length / 3);
  const before = medianOf(values.slice(third, 2 * third));
  return medianOf(values.slice(2 * third)) / before - 1;
};

const run = async (sessions: number, folder: string): Promise<boolean> => {
  const built = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (built.status !== 0) throw new Error('the build failed');
  const policy = join(folder, 'policy.json');
  // As many a minute as there can be customers: what is measured is not the pacing.
  await writeFile(policy, JSON.stringify({ delivery: { itemsPerMinute: 60 } }), { mode: 0o600 });
  const kiosk = await launchKiosk({
    appDir: ROOT,
    userDataDir: join(folder, 'user-data'),
    args: [
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${await sessionClip('PASSPORT')}`,
    ],
    env: { MARKID_KIOSK_POLICY: policy },
  });
  const all: Left[] = [];
  try {
    while (all.length < sessions) {
      all.push(await serve(kiosk));
      if (all.length % 10 === 0) say(`${all.length} of ${sessions} sessions`);
    }
  } finally {
    await kiosk.close();
  }
  const mainRss = all.map(({ mainRssBytes }) => mainRssBytes);
  const pageHeap = all.map(({ pageHeapBytes }) => pageHeapBytes);
  const delivered = all.filter(({ isDelivered }) => isDelivered).length;
  const blobUrls = all.reduce((sum, left) => sum + left.blobUrls, 0);
  const mainGrowth = growthOf(mainRss);
  const pageGrowth = growthOf(pageHeap);
  const figures = {
    sessions,
    delivered,
    mainRssMiB: round(medianOf(mainRss) / MIB, 1),
    mainRssGrowthPct: round(mainGrowth * 100, 1),
    pageHeapMiB: round(medianOf(pageHeap) / MIB, 1),
    pageHeapGrowthPct: round(pageGrowth * 100, 1),
    blobUrls,
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  const hasGrown = mainGrowth >= MAX_GROWTH || pageGrowth >= MAX_GROWTH;
  return delivered === sessions && !hasGrown && blobUrls === 0;
};

const readSessions = (): number | null => {
  try {
    const { values } = parseArgs({
      options: {
        sessions: { type: 'string', default: String(DEFAULT_SESSIONS) },
        json: { type: 'boolean', default: false },
      },
    });
    const sessions = Number(values.sessions);
    return Number.isInteger(sessions) && sessions >= MIN_SESSIONS ? sessions : null;
  } catch {
    return null;
  }
};

const sessions = readSessions();
if (sessions === null) {
  process.stderr.write(USAGE);
  process.exitCode = EX_USAGE;
} else {
  const folder = await mkdtemp(join(tmpdir(), 'kiosk-soak-'));
  try {
    process.exitCode = (await run(sessions, folder)) ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
