/**
 * `npm start`: builds, then runs the kiosk in the chosen runtime. Without a display it says so and
 * runs the demo instead, which drives the same app from attract to receipt by itself.
 */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chooseRuntime, electronBinary, hasDisplay } from './runtime.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const say = (message: string): void => {
  process.stderr.write(`start: ${message}\n`);
};

/** Builds the app; its output goes to stderr. */
const build = (): number =>
  spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  }).status ?? 1;

/** Runs a program in our place and ends with its exit code. */
const become = (command: string, args: readonly string[], env: NodeJS.ProcessEnv): void => {
  const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      child.kill(signal);
    });
  child.on('exit', (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 1;
  });
};

const start = (): void => {
  const runtime = chooseRuntime(ROOT);
  if (!runtime.ok) {
    say(runtime.reason);
    process.exitCode = 69;
    return;
  }
  if (!hasDisplay()) {
    say('there is no display here: running the demo, which photographs its screens');
    become(
      process.execPath,
      [join(ROOT, 'test/commands/demo.ts'), ...process.argv.slice(2)],
      process.env,
    );
    return;
  }
  if (build() !== 0) {
    process.exitCode = 1;
    return;
  }
  const program =
    runtime.runtime === 'electron' ? electronBinary(ROOT) : join(ROOT, 'test/host/electron');
  if (program === null) throw new Error('the chosen runtime has no program');
  become(program, ['.', ...process.argv.slice(2)], { ...process.env, KIOSK_HEADED: '1' });
};

start();
