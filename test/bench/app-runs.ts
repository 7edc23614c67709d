/** Starts of built apps for benches: each in a folder of its own, closed again whatever happens. */
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { describeApp } from '../../build/describe-app.ts';
import { launchKiosk } from '../e2e/support/launch.ts';

export const KIOSK_DIR = fileURLToPath(new URL('../..', import.meta.url));
const EMPTY_PAGE = '<!doctype html><html lang="en"><title>empty</title><h1>empty</h1></html>';
export const BARE_APP_DIR = fileURLToPath(new URL('empty-app', import.meta.url));

/** Builds the kiosk, so that a bench never measures an old one. */
export const buildKiosk = (): void => {
  const built = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: KIOSK_DIR,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (built.status !== 0) throw new Error('the build failed');
};

/** The built kiosk with an empty page in place of its own: same main process, same guards. */
export const withEmptyKiosk = async <Value>(
  work: (appDir: string) => Promise<Value>,
): Promise<Value> => {
  const folder = await mkdtemp(join(tmpdir(), 'kiosk-empty-'));
  try {
    await cp(join(KIOSK_DIR, 'package.json'), join(folder, 'package.json'));
    await cp(join(KIOSK_DIR, 'out', 'app'), join(folder, 'out', 'app'), { recursive: true });
    await symlink(join(KIOSK_DIR, 'node_modules'), join(folder, 'node_modules'));
    await writeFile(join(folder, 'out', 'app', 'renderer', 'index.html'), EMPTY_PAGE);
    await describeApp(join(folder, 'out', 'app'));
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Starts the app in `appDir`, hands its page to `measure`, and ends it. `args`: more of its command line. */
export const withApp = async <Value>(
  appDir: string,
  measure: (page: Page) => Promise<Value>,
  args: readonly string[] = [],
): Promise<Value> => {
  const folder = await mkdtemp(join(tmpdir(), 'kiosk-bench-'));
  const policy = join(folder, 'policy.json');
  await writeFile(policy, '{}', { mode: 0o600 });
  try {
    const running = await launchKiosk({
      appDir,
      userDataDir: join(folder, 'user-data'),
      args,
      env: { MARKID_KIOSK_POLICY: policy },
    });
    try {
      return await measure(running.page);
    } finally {
      await running.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
