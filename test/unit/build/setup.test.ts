import { spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const BUILD = fileURLToPath(new URL('../../../build/', import.meta.url));
let root: string;

/** A clone with nothing but what set-up needs, a stand-in for npm, and an empty PATH beside it. */
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kiosk-setup-'));
  await mkdir(join(root, 'build'));
  await mkdir(join(root, 'bin'));
  for (const name of ['setup.mjs', 'setup-lock.mjs', 'runtime.mjs'])
    await cp(join(BUILD, name), join(root, 'build', name));
  await writeFile(join(root, 'package.json'), '{"name":"clone"}');
  await writeFile(join(root, 'package-lock.json'), '{}');
  await addCommand('npm', `echo run >> "${root}/npm-runs"; sleep 0.3; mkdir -p node_modules`);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const addCommand = async (name: string, script: string): Promise<void> => {
  const path = join(root, 'bin', name);
  await writeFile(path, `#!/bin/sh\nPATH=/usr/bin:/bin\n${script}\n`);
  await chmod(path, 0o755);
};

const environment = (extra: Readonly<Record<string, string>>): Record<string, string> => ({
  PATH: join(root, 'bin'),
  KIOSK_RUNTIME: 'host',
  ...extra,
});

const setUp = (extra: Readonly<Record<string, string>> = {}): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, ['build/setup.mjs'], {
    cwd: root,
    env: environment(extra),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const npmRuns = async (): Promise<number> =>
  (await readFile(join(root, 'npm-runs'), 'utf8').catch(() => '')).split('\n').length - 1;

describe('set-up', () => {
  it('installs packages once, says which runtime it chose in one line, and has nothing to do the next time', async () => {
    await addCommand('chromium', 'true');
    const first = setUp();
    expect(first.status).toBe(0);
    expect(first.stderr.match(/^setup: runtime: host .*$/gm)).toHaveLength(1);
    expect(setUp().status).toBe(0);
    expect(await npmRuns()).toBe(1);
  });

  it.runIf(process.platform === 'linux')(
    'goes on without scanner programs it may not install, and says once how to have them',
    async () => {
      await addCommand('chromium', 'true');
      const first = setUp();
      expect(first.status).toBe(0);
      expect(first.stderr).toContain('apt-get install -y --no-install-recommends sane-utils');
      await writeFile(join(root, 'package-lock.json'), '{"changed":true}');
      expect(setUp().status).toBe(0);
    },
  );

  it('installs again when the lockfile has changed', async () => {
    await addCommand('chromium', 'true');
    setUp();
    await writeFile(join(root, 'package-lock.json'), '{"changed":true}');
    expect(setUp().status).toBe(0);
    expect(await npmRuns()).toBe(2);
  });

  it('installs once when it is run twice at the same time', async () => {
    await addCommand('chromium', 'true');
    const exits = [0, 1].map(
      () =>
        new Promise((resolve) => {
          spawn(process.execPath, ['build/setup.mjs'], {
            cwd: root,
            env: environment({}),
            stdio: 'ignore',
          }).once('exit', resolve);
        }),
    );
    expect(await Promise.all(exits)).toEqual([0, 0]);
    expect(await npmRuns()).toBe(1);
  });

  it('takes over the lock of a set-up that was killed, and installs what that one left half done', async () => {
    await addCommand('chromium', 'true');
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    await writeFile(join(root, '.setup.lock'), String(dead));
    await mkdir(join(root, 'node_modules'));
    expect(setUp().status).toBe(0);
    expect(await npmRuns()).toBe(1);
    expect((await readdir(root)).filter((name) => name.startsWith('.setup.lock'))).toEqual([]);
  });

  it('takes over the lock of one that was killed with the very pid it has itself', async () => {
    await addCommand('chromium', 'true');
    const line = `echo $$ > .setup.lock; exec "${process.execPath}" build/setup.mjs`;
    const { status } = spawnSync('/bin/sh', ['-c', line], {
      cwd: root,
      env: environment({}),
      timeout: 30_000,
    });
    expect(status).toBe(0);
    expect(await npmRuns()).toBe(1);
  });

  it('names the one command that is missing and exits 69 where it may not install Chromium', () => {
    const asked = setUp();
    expect(asked.status).toBe(69);
    expect(asked.stderr).toContain('apt-get install -y --no-install-recommends chromium');
  });

  it.runIf(process.getuid?.() === 0)(
    'asks Debian for the shell of Chromium beside its browser, and goes on with the browser without it',
    async () => {
      await addCommand('chromium', 'true');
      await addCommand('apt-get', `echo "$@" >> "${root}/apt-runs"; exit 100`);
      expect(setUp().status).toBe(0);
      const asked = await readFile(join(root, 'apt-runs'), 'utf8');
      expect(asked).toMatch(/ install .* chromium-headless-shell strace$/m);
      expect(asked.match(/ update$/gm)).toHaveLength(1);
    },
  );

  it('installs no Chromium where one is named, and says so when it is not there', async () => {
    await addCommand('apt-get', `echo "$@" >> "${root}/apt-runs"; exit 100`);
    await addCommand('scanimage', 'true');
    await addCommand('another-chromium', 'true');
    const named = join(root, 'bin', 'another-chromium');
    expect(setUp({ KIOSK_CHROMIUM: named }).stderr).toContain(`test/host on ${named}`);
    expect(setUp({ KIOSK_CHROMIUM: `${named}-not` }).status).toBe(69);
    expect(await readdir(root)).not.toContain('apt-runs');
  });

  it('exits 1 and keeps no stamp when npm fails', async () => {
    await addCommand('npm', 'exit 7');
    expect(setUp().status).toBe(1);
    expect(await readdir(join(root, 'node_modules')).catch(() => [])).toEqual([]);
  });

  it('refuses a runtime it does not know, and Electron where its binary is not', async () => {
    await addCommand('chromium', 'true');
    expect(setUp({ KIOSK_RUNTIME: 'chrome' })).toMatchObject({ status: 69 });
    const packages = createHash('sha256')
      .update(readFileSync(join(root, 'package-lock.json')))
      .update(`${process.platform}-${process.arch}`)
      .digest('hex');
    await mkdir(join(root, 'node_modules'), { recursive: true });
    await writeFile(
      join(root, 'node_modules', '.kiosk-setup.json'),
      JSON.stringify({ packages, electronTried: true }),
    );
    const forced = setUp({ KIOSK_RUNTIME: 'electron' });
    expect(forced.status).toBe(69);
    expect(forced.stderr).toContain("Electron's binary is not here");
  });

  it.runIf(process.platform === 'linux')(
    'takes Electron where its binary is and a window can be seen, and the host without a display',
    async () => {
      await addCommand('chromium', 'true');
      const electron = join(root, 'node_modules', 'electron');
      await mkdir(join(electron, 'dist'), { recursive: true });
      await writeFile(join(electron, 'path.txt'), 'electron');
      await writeFile(join(electron, 'dist', 'electron'), '#!/bin/sh\n', { mode: 0o755 });
      const chosen = (display: Readonly<Record<string, string>>): string =>
        spawnSync(process.execPath, ['build/setup.mjs'], {
          cwd: root,
          env: { PATH: join(root, 'bin'), ...display },
          encoding: 'utf8',
        }).stderr;
      expect(chosen({ DISPLAY: ':0' })).toContain('runtime: electron');
      expect(chosen({})).toMatch(/runtime: host .*Electron needs a display/);
    },
  );
});
