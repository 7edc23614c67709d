/**
 * `npm test`: check, build, unit tests, some chaos, then the real app in the chosen runtime. Every
 * stage runs even when an earlier one failed; the last line counts all of them. `--long`: more chaos.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const REPORTS = join(ROOT, 'out', 'reports');

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

const NOTHING: Count = { passed: 0, failed: 0, skipped: 0 };

/** Runs a command with its output shown; true when it exits 0. */
const runs = (command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): boolean =>
  spawnSync(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', ...env },
    shell: process.platform === 'win32',
  }).status === 0;

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

const unitTests = (): Count => {
  const isGood = runs('vitest', [
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

const endToEndTests = (): Count => {
  const isGood = runs('playwright', ['test', '--config=test/playwright.config.ts'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: join(REPORTS, 'playwright.json'),
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
const CHAOS: readonly string[] = ['--kills 6', '--wire-faults', '--power-cut --customers 2'];
const LONG_CHAOS: readonly string[] = [
  '--kills 200',
  '--wire-faults',
  '--power-cut',
  '--control no-fsync',
  '--control no-dirsync',
  '--control sync-normal',
  '--disk-faults',
];

const chaos = (modes: readonly string[]): Count => {
  const total = { ...NOTHING };
  for (const mode of modes) {
    const isGood = runs(process.execPath, ['test/chaos/run.ts', ...mode.split(' ')]);
    if (!isGood) console.log(`chaos ${mode} FAILED`);
    total.passed += isGood ? 1 : 0;
    total.failed += isGood ? 0 : 1;
  }
  return total;
};

rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });

const stages: readonly [name: string, stage: () => Count][] = [
  ['check', () => single(runs('npm', ['run', '--silent', 'check']))],
  ['build', () => single(runs('npm', ['run', '--silent', 'build']))],
  ['unit', unitTests],
  ['chaos', () => chaos(process.argv.includes('--long') ? LONG_CHAOS : CHAOS)],
  ['end to end', endToEndTests],
];

const total = { ...NOTHING };
for (const [name, stage] of stages) {
  const startedAt = performance.now();
  const count = stage();
  total.passed += count.passed;
  total.failed += count.failed;
  total.skipped += count.skipped;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  console.log(`${name}: ${count.passed} passed, ${count.failed} failed (${seconds} s)`);
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
