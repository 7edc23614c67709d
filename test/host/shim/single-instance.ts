/**
 * The single instance lock: a symbolic link in the user data folder that names its holder, as
 * Chromium has it. A second process leaves its command line beside it and signals the holder.
 */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

type OnSecond = (argv: string[], cwd: string) => void;

const LOCK_NAME = 'HostSingleton';
const MESSAGE_PREFIX = 'HostSecond-';
/** A holder that has not read its message by then hangs. Own decision. */
const READ_WITHIN_MS = 5_000;

interface Holder {
  readonly pid: number;
  /** Clock ticks after boot, field 22 of /proc/<pid>/stat: tells a reused pid from its first owner. */
  readonly startedAt: string;
}

let heldLock: string | null = null;

const startOf = (pid: number): string | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
};

const readHolder = (lock: string): Holder | null => {
  try {
    const [pid, startedAt] = readlinkSync(lock).split('-');
    return { pid: Number(pid), startedAt: startedAt ?? '' };
  } catch {
    return null;
  }
};

const listen = (folder: string, onSecond: OnSecond): void => {
  process.on('SIGUSR2', () => {
    for (const name of readdirSync(folder)) {
      if (!name.startsWith(MESSAGE_PREFIX)) continue;
      const file = join(folder, name);
      const { argv, cwd } = JSON.parse(readFileSync(file, 'utf8')) as {
        argv: string[];
        cwd: string;
      };
      rmSync(file);
      onSecond(argv, cwd);
    }
  });
};

/** As in Chromium, the second process ends only when the first knows of it. */
const waitUntilRead = (message: string): void => {
  const endMs = performance.now() + READ_WITHIN_MS;
  const nothing = new Int32Array(new SharedArrayBuffer(4));
  while (existsSync(message) && performance.now() < endMs) Atomics.wait(nothing, 0, 0, 10);
};

/** True for the first process of a user data folder; `onSecond` is called for each later one. */
export const claimSingleInstance = (folder: string, onSecond: OnSecond): boolean => {
  if (heldLock !== null) return true;
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, LOCK_NAME);
  const holder = readHolder(lock);
  if (holder !== null && startOf(holder.pid) === holder.startedAt) {
    const message = join(folder, `${MESSAGE_PREFIX}${process.pid}.json`);
    writeFileSync(message, JSON.stringify({ argv: process.argv, cwd: process.cwd() }));
    process.kill(holder.pid, 'SIGUSR2');
    waitUntilRead(message);
    return false;
  }
  rmSync(lock, { force: true });
  symlinkSync(`${process.pid}-${startOf(process.pid) ?? ''}`, lock);
  heldLock = lock;
  listen(folder, onSecond);
  return true;
};

/** Lets the next process be the first. */
export const releaseSingleInstance = (): void => {
  if (heldLock !== null) rmSync(heldLock, { force: true });
  heldLock = null;
};

export const hasSingleInstance = (): boolean => heldLock !== null;
