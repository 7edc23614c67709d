/** Programs for scanners, run for real: Node itself is the program. */
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  runSystemProcess,
  scannerEnvironment,
  type ProcessEnd,
  type ProcessRequest,
} from '../../../../main/ports/child-process.ts';

const node = (script: string, rest: Partial<ProcessRequest> = {}): ProcessRequest => ({
  command: process.execPath,
  args: ['-e', script],
  env: {},
  maxOutputBytes: 100_000,
  timeoutMs: 60_000,
  ...rest,
});

const never = new AbortController().signal;

const run = (request: ProcessRequest, signal = never): Promise<ProcessEnd> =>
  runSystemProcess(request, signal);

/** A dead program whose parent never asked for its exit code is dead too. */
const isAlive = (pid: number): boolean => {
  try {
    return !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

describe('SEC-31 a scanner’s program', () => {
  it('gets each argument as it is, whatever characters it has', async () => {
    const printed = 'process.stdout.write(JSON.stringify(process.argv.slice(1)))';
    // An argument ends at NUL, which Node refuses: no driver lets such a name through.
    const argument = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'));
    await fc.assert(
      fc.asyncProperty(fc.array(argument, { maxLength: 4 }), async (args) => {
        const end = await run(node('', { args: ['-e', printed, '--', ...args] }));
        expect(end).toMatchObject({ exitCode: 0, stdout: JSON.stringify(args) });
      }),
      { numRuns: 12, seed: 7 },
    );
    const nasty = [`"; touch /tmp/x #`, '$(id)', '`id`', '| cat', 'a\nb', '*', '', '%PATH%'];
    const end = await run(node('', { args: ['-e', printed, '--', ...nasty] }));
    expect(end).toMatchObject({ stdout: JSON.stringify(nasty) });
  });

  it('sees the given environment and nothing of the kiosk’s', async () => {
    process.env['KIOSK_TEST_SECRET'] = 'secret';
    const script = 'process.stdout.write(JSON.stringify(process.env))';
    const end = await run(node(script, { env: { LC_ALL: 'C' } }));
    delete process.env['KIOSK_TEST_SECRET'];
    expect(end).toMatchObject({ stdout: JSON.stringify({ LC_ALL: 'C' }) });
  });

  it('may see a handful of variables, none of which loads code', () => {
    const inherited = {
      HOME: '/home/kiosk',
      SANE_CONFIG_DIR: '/etc/sane.d',
      LD_PRELOAD: '/tmp/evil.so',
      LD_LIBRARY_PATH: '/tmp',
      NODE_OPTIONS: '--require=/tmp/evil.js',
      PATH: '/tmp',
      HTTPS_PROXY: 'http://evil.example',
      MARKID_KIOSK_POLICY: '/tmp/policy.json',
    };
    expect(scannerEnvironment(inherited)).toEqual({
      HOME: '/home/kiosk',
      SANE_CONFIG_DIR: '/etc/sane.d',
    });
  });

  it('is named by its absolute path, or there is none', async () => {
    await expect(run(node('', { command: 'node' }))).rejects.toThrow('absolute path');
    expect(await run(node('', { command: '/nonexistent/scanimage' }))).toEqual({ kind: 'missing' });
    expect(await run(node('', { command: import.meta.filename }))).toEqual({ kind: 'missing' });
  });

  it('is interrupted when its caller gives up, and says so', async () => {
    const stop = new AbortController();
    const script = `process.on('SIGINT', () => process.exit(9)); setInterval(() => {}, 1000); console.log('up')`;
    const end = await run(
      node(script, {
        onOutput: () => {
          stop.abort();
        },
      }),
      stop.signal,
    );
    expect(end).toMatchObject({ kind: 'ended', exitCode: 9, endedBy: 'caller' });
  });

  it('never starts for a caller that has given up', async () => {
    expect(await run(node('process.exit(3)'), AbortSignal.abort())).toMatchObject({
      exitCode: null,
      endedBy: 'caller',
    });
  });

  it('is ended when it says more than it may, and when its time is over', async () => {
    const flood = `setInterval(() => process.stdout.write('x'.repeat(10000)), 1)`;
    expect(await run(node(flood))).toMatchObject({ endedBy: 'overflow' });
    const slow = 'setInterval(() => {}, 1000)';
    expect(await run(node(slow, { timeoutMs: 300 }))).toMatchObject({ endedBy: 'timeout' });
  });
});

describe.runIf(process.platform === 'linux')('SEC-31 the kill timer', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mark-id-kill-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('ends a program that ignores the interruption, with what it started', async () => {
    const pids = join(folder, 'pids');
    const stubborn = `process.on('SIGINT', () => {}); setInterval(() => {}, 1000);`;
    const script = `
      ${stubborn}
      const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, ['-e', ${JSON.stringify(stubborn)}], { stdio: 'inherit' });
      require('node:fs').writeFileSync(${JSON.stringify(pids)}, process.pid + ' ' + child.pid);
      console.log('up');`;
    const stop = new AbortController();
    const end = await run(
      node(script, {
        onOutput: () => {
          stop.abort();
        },
      }),
      stop.signal,
    );
    expect(end).toMatchObject({ killedBy: 'SIGKILL', endedBy: 'caller' });
    const [own = 0, started = 0] = (await readFile(pids, 'utf8')).split(' ').map(Number);
    await expect.poll(() => [isAlive(own), isAlive(started)]).toEqual([false, false]);
  });

  it('does not wait for what a finished program left running', async () => {
    const script = `
      const { spawn } = require('node:child_process');
      spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' }).unref();
      process.exit(0);`;
    expect(await run(node(script))).toMatchObject({ exitCode: 0, endedBy: null });
  });
});
