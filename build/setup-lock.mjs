/**
 * A lock that survives being killed: a file with the holder's pid in it. A lock whose holder is
 * gone is taken over; two who take over at once are told apart by an exclusive create.
 */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

const POLL_MS = 250;
const GIVE_UP_MS = 15 * 60_000;

/**
 * Whether the process that wrote this pid lives. One with our own is gone: in a fresh container the
 * same first pids are given again.
 * @param {number} pid
 */
const isAlive = (pid) => {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** @param {number} ms */
const pause = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

/** True when the lock is ours now. @param {string} path */
const tryTake = (path) => {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
};

/** The pid in the lock; null when it is gone or not yet written. @param {string} path */
const holderOf = (path) => {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
};

/**
 * Takes a dead holder's lock away. Renamed first and looked at again: if another waiter was
 * quicker, the lock in hand is its live one and goes back.
 * @param {string} path
 */
const clear = (path) => {
  const mine = `${path}.${process.pid}`;
  try {
    renameSync(path, mine);
  } catch {
    return;
  }
  const holder = holderOf(mine);
  if (holder !== null && isAlive(holder)) linkSync(mine, path);
  rmSync(mine, { force: true });
};

/**
 * Runs `work` while holding the lock at `path`; waits at most 15 minutes for another holder.
 * @param {string} path
 * @param {() => void} work
 */
export const withLock = (path, work) => {
  const giveUpAt = Date.now() + GIVE_UP_MS;
  let emptySince = 0;
  while (!tryTake(path)) {
    const holder = holderOf(path);
    if (holder === null) {
      // Killed between create and write: an empty lock that stays empty belongs to nobody.
      emptySince ||= Date.now();
      if (Date.now() - emptySince > 2_000) clear(path);
    } else {
      emptySince = 0;
      if (!isAlive(holder)) clear(path);
    }
    if (Date.now() > giveUpAt)
      throw new Error(`another set-up holds ${path}; remove it if none runs`);
    pause(POLL_MS);
  }
  try {
    work();
  } finally {
    rmSync(path, { force: true });
  }
};
