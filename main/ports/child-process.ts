/**
 * Programs of the system as a port: run one, read what it says, end it for certain. Only scanner
 * drivers use it. Must never start a shell, nor hand a child anything of the kiosk's environment.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { isAbsolute } from 'node:path';

export interface ProcessRequest {
  /** Absolute path of a program. */
  readonly command: string;
  /** Each one argument, whatever characters it has. */
  readonly args: readonly string[];
  /** The whole environment of the child. */
  readonly env: Readonly<Record<string, string>>;
  /** Of stdout and of stderr, each; a child that says more is ended. */
  readonly maxOutputBytes: number;
  /** A child that runs longer is ended. */
  readonly timeoutMs: number;
  /** What it says while it says it, in pieces of any length. */
  readonly onOutput?: (stream: 'stdout' | 'stderr', text: string) => void;
}

export type ProcessEnd =
  /** There is no such program, or it may not be run. */
  | { readonly kind: 'missing' }
  | {
      readonly kind: 'ended';
      /** null where a signal ended it. */
      readonly exitCode: number | null;
      /** e.g. `SIGABRT`. */
      readonly killedBy: string | null;
      readonly stdout: string;
      readonly stderr: string;
      /** Why we ended it; null where it ended by itself. */
      readonly endedBy: 'caller' | 'timeout' | 'overflow' | null;
    };

/**
 * Runs a program to its end. Never rejects: what can't be started is missing. Aborting interrupts
 * it (SIGINT) and, two seconds later, kills it with whatever it started.
 */
export type RunProcess = (request: ProcessRequest, signal: AbortSignal) => Promise<ProcessEnd>;

/** Time to tidy up after SIGINT. Source: scanners.md, scanimage needs 10 ms; a real scanner stops its lamp. */
const KILL_AFTER_MS = 2000;
/** A grandchild may hold the pipes open after the child is gone. */
const PIPES_AFTER_MS = 500;

const kill = (child: ChildProcess, how: 'SIGINT' | 'SIGKILL'): void => {
  try {
    if (how === 'SIGKILL' && process.platform !== 'win32' && child.pid !== undefined)
      process.kill(-child.pid, how);
    else child.kill(how);
  } catch {
    // It is gone, which is what was asked for.
  }
};

/** The system's own programs. */
// SECURITY: SEC-31
export const runSystemProcess: RunProcess = (request, signal) =>
  new Promise((resolve) => {
    if (!isAbsolute(request.command)) throw new Error('A program is named by its absolute path.');
    if (signal.aborted) {
      resolve({ ...NOTHING_SAID, exitCode: null, killedBy: null, endedBy: 'caller' });
      return;
    }
    const child = spawn(request.command, [...request.args], {
      env: { ...request.env },
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: false,
      windowsHide: true,
      // A group of its own, so that everything it started ends with it.
      detached: process.platform !== 'win32',
    });
    let endedBy: 'caller' | 'timeout' | 'overflow' | null = null;
    const timers: NodeJS.Timeout[] = [];
    const after = (ms: number, work: () => void): void => {
      timers.push(setTimeout(work, ms));
    };
    const end = (why: 'caller' | 'timeout' | 'overflow'): void => {
      if (endedBy !== null) return;
      endedBy = why;
      kill(child, 'SIGINT');
      after(KILL_AFTER_MS, () => {
        kill(child, 'SIGKILL');
      });
    };
    const onAbort = (): void => {
      end('caller');
    };
    signal.addEventListener('abort', onAbort);
    after(request.timeoutMs, () => {
      end('timeout');
    });

    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8');
      child[name].on('data', (text: string) => {
        if (endedBy === 'overflow') return;
        said[name] += text;
        if (said[name].length > request.maxOutputBytes) end('overflow');
        else request.onOutput?.(name, text);
      });
    }
    const settle = (result: ProcessEnd): void => {
      for (const timer of timers) clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      resolve(result);
    };
    child.on('error', () => {
      if (child.pid === undefined) settle({ kind: 'missing' });
    });
    child.on('exit', () => {
      after(PIPES_AFTER_MS, () => {
        kill(child, 'SIGKILL');
        child.stdout.destroy();
        child.stderr.destroy();
      });
    });
    child.on('close', (exitCode, killedBy) => {
      if (child.pid !== undefined) settle({ kind: 'ended', ...said, exitCode, killedBy, endedBy });
    });
  });

/**
 * What of the kiosk's environment a scanner's program may see: where its own configuration and
 * libraries' data are. Nothing that loads code (LD_*, NODE_*), names a proxy, or is a secret.
 */
// SECURITY: SEC-31
export const scannerEnvironment = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    ENVIRONMENT.flatMap((name) => {
      const value = env[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );

/** HOME and SANE_CONFIG_DIR: SANE's backends; the others: Windows programs don't start without. */
const ENVIRONMENT = ['HOME', 'SANE_CONFIG_DIR', 'SystemRoot', 'TEMP', 'USERPROFILE', 'APPDATA'];

const NOTHING_SAID = { kind: 'ended', stdout: '', stderr: '' } as const;
