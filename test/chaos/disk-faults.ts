/**
 * Lets the n-th call to the disk fail, for every n, once and for good, with every error a disk has;
 * then starts again on a sound disk and looks for what had been acknowledged. Our own file calls
 * fail inside the process; SQLite's are made to fail by the kernel.
 */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { itemDigest, SCRATCH, startRig, type Rig } from './rig.ts';
import type { ChaosOutcome } from './outcome.ts';
import type { WorkerLine } from './protocol.ts';
import { work } from './work.ts';

const CODES = ['ENOSPC', 'EIO', 'EROFS', 'EACCES', 'EMFILE'] as const;
/** What the kernel can answer to a call on a file that is open already. */
const DATABASE_CODES = ['ENOSPC', 'EIO'] as const;
const DATABASE_CALLS = ['pwrite64', 'fsync', 'ftruncate'] as const;
const CUSTOMERS = 2;
/** What waits for a sound disk waits longer than this. */
const PATIENCE_MS = 300;
/** A run that is not over by then stands before a screen with no way on. */
const TIMEOUT_MS = 30_000;

interface Tally {
  runs: number;
  acknowledged: number;
  refused: number;
  lost: number;
  stuck: number;
  damaged: number;
}

/** Runs on a sound disk until nothing is under way, and counts. */
const settle = async (rig: Rig, tally: Tally, lines: readonly WorkerLine[]): Promise<void> => {
  const after: WorkerLine[] = [];
  await work(rig.order({}), (line) => after.push(line));
  const left = after.flatMap((line) => (line.says === 'done' ? line.items : []));
  const isLeft = new Set(left.map(({ reference }) => reference));
  tally.runs += 1;
  tally.damaged += left.filter(({ state }) => state === 'DAMAGED').length;
  for (const line of lines) {
    if (line.says === 'refused' || line.says === 'closed') tally.refused += 1;
    if (line.says !== 'saved') continue;
    tally.acknowledged += 1;
    const isThere = rig.accepted.has(itemDigest(line.digests)) || isLeft.has(line.reference);
    if (!isThere) tally.lost += 1;
  }
};

const withinTime = async (running: Promise<unknown>): Promise<boolean> => {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), TIMEOUT_MS);
  void running.then(() => resolve(true));
  const isOver = await promise;
  clearTimeout(timer);
  return isOver;
};

/** Our own calls, counted and made to fail in this process. */
const failFiles = async (rig: Rig, tally: Tally, stride: number): Promise<number> => {
  const healthy: WorkerLine[] = [];
  await work(rig.order({ customers: CUSTOMERS }), (line) => healthy.push(line));
  const done = healthy.find((line) => line.says === 'done');
  const calls = done?.says === 'done' ? done.fileCalls : 0;
  for (const code of CODES)
    for (const isLasting of [false, true])
      for (let at = 1; at <= calls; at += stride) {
        await rig.renew();
        const lines: WorkerLine[] = [];
        const order = rig.order({
          customers: CUSTOMERS,
          patienceMs: PATIENCE_MS,
          fileFault: { at, code, isLasting },
        });
        if (!(await withinTime(work(order, (line) => lines.push(line))))) tally.stuck += 1;
        await settle(rig, tally, lines);
      }
  return calls;
};

/** How often a healthy run makes each call on its main thread, where SQLite runs and nothing else writes. */
const countCalls = async (rig: Rig): Promise<ReadonlyMap<string, number>> => {
  await rig.renew();
  const log = join(rig.folder, 'trace');
  const prefix = ['strace', '-f', '-e', `trace=${DATABASE_CALLS.join(',')}`, '-o', log];
  await rig.work({ customers: CUSTOMERS }, prefix).ended;
  const lines = (await readFile(log, 'latin1')).split('\n');
  await rm(log);
  const main = lines.find((line) => line.includes('pwrite64('))?.split(' ', 1)[0] ?? '';
  return new Map(
    DATABASE_CALLS.map((call) => [
      call,
      lines.filter((line) => line.startsWith(`${main} `) && line.includes(`${call}(`)).length,
    ]),
  );
};

/** SQLite's calls, made to fail by the kernel on its way back to a worker. */
const failDatabase = async (rig: Rig, tally: Tally, stride: number): Promise<number> => {
  let total = 0;
  for (const [call, calls] of await countCalls(rig)) {
    total += calls;
    for (const code of DATABASE_CODES)
      for (const times of ['', '+'])
        for (let at = 1; at <= calls; at += stride) {
          await rig.renew();
          const inject = `inject=${call}:error=${code}:when=${at}${times}`;
          const prefix = ['strace', '-f', '-qq', '-e', `trace=${call}`, '-e', inject];
          const order = { customers: CUSTOMERS, patienceMs: PATIENCE_MS };
          const worker = rig.work(order, [...prefix, '-o', '/dev/null']);
          if (!(await withinTime(worker.ended))) {
            tally.stuck += 1;
            worker.child.kill('SIGKILL');
          }
          await settle(rig, tally, await worker.ended);
        }
  }
  return total;
};

/** @param stride 1: every call fails once; more: every so many. */
export const runDiskFaults = async (
  stride: number,
  tell: (line: string) => void,
): Promise<ChaosOutcome> => {
  const rig = await startRig(undefined, SCRATCH);
  const tally = { runs: 0, acknowledged: 0, refused: 0, lost: 0, stuck: 0, damaged: 0 };
  try {
    const fileCalls = await failFiles(rig, tally, stride);
    tell(`${fileCalls} file calls failed in turn: ${tally.runs} runs`);
    const databaseCalls = await failDatabase(rig, tally, stride);
    tell(`${databaseCalls} database calls failed in turn: ${tally.runs} runs in all`);
    const posts = [...rig.simulator.journal.submissions().values()];
    const duplicatePosts = posts.filter(({ posted }) => posted > 1).length;
    const { lost, stuck, damaged, acknowledged, refused } = tally;
    const isGood = lost + stuck + damaged + duplicatePosts === 0;
    return {
      figures: { fileCalls, databaseCalls, ...tally, duplicatePosts },
      isGood: isGood && acknowledged > 0 && refused > 0,
    };
  } finally {
    await rig.stop();
  }
};
