/**
 * `npm test`: build, check, unit tests, some chaos, and the real app in the chosen runtime. Every
 * stage runs even when an earlier one failed; the last line counts all of them. `--long`: more chaos, and
 * the rules of WCAG in every language.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findCommand } from '../build/runtime.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const REPORTS = join(ROOT, 'out', 'reports');
/** Compiled once for the hundreds of processes the tests start. */
const COMPILE_CACHE = join(ROOT, 'out', 'compile-cache');

const isLong = process.argv.includes('--long');

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

const NOTHING: Count = { passed: 0, failed: 0, skipped: 0 };

/** Runs a command with its output shown; true when it exits 0. */
const runs = async (
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<boolean> => {
  const child = spawn(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      NO_COLOR: '1',
      FORCE_COLOR: '0',
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      ...env,
    },
    shell: process.platform === 'win32',
  });
  const [status] = await once(child, 'exit').catch(() => [null]);
  return status === 0;
};

/** A stage that either works or does not. */
const single = (isGood: boolean): Count =>
  isGood ? { ...NOTHING, passed: 1 } : { ...NOTHING, failed: 1 };

/** A runner that fails without a counted failure (a crash, an unreadable report) is one failure. */
const honest = (count: Count, isGood: boolean): Count =>
  !isGood && count.failed === 0 ? { ...count, failed: 1 } : count;

const readReport = (name: string): unknown => {
  try {
    return JSON.parse(readFileSync(join(REPORTS, name), 'utf8'));
  } catch {
    return null;
  }
};

const numberIn = (report: unknown, ...path: readonly string[]): number => {
  let value: unknown = report;
  for (const key of path)
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return typeof value === 'number' ? value : 0;
};

const unitTests = async (): Promise<Count> => {
  const isGood = await runs('vitest', [
    'run',
    '--config=test/vitest.config.ts',
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${join(REPORTS, 'vitest.json')}`,
  ]);
  const report = readReport('vitest.json');
  const count = {
    passed: numberIn(report, 'numPassedTests'),
    failed: numberIn(report, 'numFailedTests'),
    skipped: numberIn(report, 'numPendingTests') + numberIn(report, 'numTodoTests'),
  };
  return honest(count, isGood);
};

const endToEndTests = async (): Promise<Count> => {
  const isGood = await runs('playwright', ['test', '--config=test/playwright.config.ts'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: join(REPORTS, 'playwright.json'),
    ...(isLong ? { KIOSK_LONG: '1' } : {}),
  });
  const report = readReport('playwright.json');
  const count = {
    passed: numberIn(report, 'stats', 'expected'),
    // A test that passed only on a second try is a failure: flaky is failing.
    failed: numberIn(report, 'stats', 'unexpected') + numberIn(report, 'stats', 'flaky'),
    skipped: numberIn(report, 'stats', 'skipped'),
  };
  return honest(count, isGood);
};

/** What is broken on purpose in every run, and what only a long one has the time for. */
const CHAOS: readonly string[] = [
  '--kills 6',
  '--wire-faults',
  '--power-cut --customers 2',
  '--scans 11',
];
const LONG_CHAOS: readonly string[] = [
  '--kills 200',
  '--wire-faults',
  '--power-cut',
  '--control no-fsync',
  '--control no-dirsync',
  '--control sync-normal',
  '--disk-faults',
  '--scans 100',
];

/** What is read from the kernel, where strace tells of it. */
const TRACED = /^--(?:power-cut|control|disk-faults)/;

const chaos = async (modes: readonly string[]): Promise<Count> => {
  const total = { ...NOTHING };
  const canTrace = findCommand('strace') !== null;
  for (const mode of modes) {
    if (TRACED.test(mode) && !canTrace) {
      console.log(`chaos ${mode} SKIPPED: strace is not here`);
      total.skipped += 1;
      continue;
    }
    const isGood = await runs(process.execPath, ['test/chaos/run.ts', ...mode.split(' ')]);
    if (!isGood) console.log(`chaos ${mode} FAILED`);
    total.passed += isGood ? 1 : 0;
    total.failed += isGood ? 0 : 1;
  }
  return total;
};

rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });

interface Stage {
  readonly name: string;
  readonly run: () => Promise<Count>;
}

const command = (name: string): Stage => ({
  name,
  run: async () => single(await runs('npm', ['run', '--silent', name])),
});

const breaking: Stage = { name: 'chaos', run: () => chaos(isLong ? LONG_CHAOS : CHAOS) };
const windows: Stage = { name: 'end to end', run: endToEndTests };

/**
 * One group after the other. Some unit tests wait for timers, and chaos mostly for the disk, so they
 * share the processor; windows have it for themselves, as do the figures of a long chaos.
 */
const groups: readonly (readonly Stage[])[] = [
  [command('build')],
  [command('check'), { name: 'unit', run: unitTests }, ...(isLong ? [] : [breaking])],
  ...(isLong ? [[breaking]] : []),
  [windows],
];

const total = { ...NOTHING };
const pass = async ({ name, run }: Stage): Promise<void> => {
  const startedAt = performance.now();
  const count = await run();
  total.passed += count.passed;
  total.failed += count.failed;
  total.skipped += count.skipped;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  console.log(`${name}: ${count.passed} passed, ${count.failed} failed (${seconds} s)`);
};
for (const group of groups) await Promise.all(group.map(pass));
console.log(`${total.skipped} skipped`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
