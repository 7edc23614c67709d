/**
 * Kills the worker at random moments, again and again, and at the end counts what became of every
 * acknowledged submission: accepted by the server, picture by picture as it was taken, or lost.
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../support/fake-clock.ts';
import { inspect, type Found } from './inspect.ts';
import { itemDigest, startRig, type Rig } from './rig.ts';
import type { ChaosOutcome } from './outcome.ts';
import type { WorkerLine } from './protocol.ts';

/** Share of kills that come while the worker is still starting. */
const EARLY_SHARE = 0.2;
const LATEST_KILL_MS = 400;
const EARLIEST_READY_MS = 600;
const PICTURE_BYTES = [4_000, 40_000, 250_000] as const;
/** How long a run without kills at the end may deliver; it is repeated while it makes progress. */
const DRAIN_MS = 60_000;

const NOTHING = {
  kills: 0,
  acknowledged: 0,
  delivered: 0,
  held: 0,
  undelivered: 0,
  lost: 0,
  unacknowledged: 0,
  torn: 0,
  unreadable: 0,
  duplicatePosts: 0,
  duplicateDeliveries: 0,
  recoveryMsMax: 0,
};

interface Tally {
  readonly acknowledged: Map<string, string>;
  readonly states: Set<string>;
  recoveryMsMax: number;
}

const listen = (tally: Tally, lines: readonly WorkerLine[]): void => {
  for (const line of lines) {
    if (line.says === 'saved') tally.acknowledged.set(line.reference, itemDigest(line.digests));
    if (line.says === 'ready' || line.says === 'done')
      for (const { state } of line.items) tally.states.add(state);
    if (line.says === 'closed') throw new Error(`The kiosk did not open: ${line.code}`);
  }
};

const killOnce = async (rig: Rig, tally: Tally, fraction: () => number): Promise<void> => {
  const startedAtMs = performance.now();
  const pictureBytes = PICTURE_BYTES[Math.floor(fraction() * PICTURE_BYTES.length)] ?? 4_000;
  const worker = rig.work({ customers: 1_000, pauseMs: 20, pictureBytes });
  if (fraction() < EARLY_SHARE)
    await new Promise((resolve) => {
      setTimeout(resolve, fraction() * EARLIEST_READY_MS);
    });
  else {
    const ready = await worker.waitFor('ready');
    if (ready !== null)
      tally.recoveryMsMax = Math.max(tally.recoveryMsMax, performance.now() - startedAtMs);
    await new Promise((resolve) => {
      setTimeout(resolve, fraction() * LATEST_KILL_MS);
    });
  }
  worker.child.kill('SIGKILL');
  listen(tally, await worker.ended);
};

/** Delivers what is left, on and on while there is less of it each time. */
const drain = async (rig: Rig, tally: Tally): Promise<Found> => {
  const data = join(rig.folder, 'data');
  let left = await inspect(data);
  for (let before = Infinity; left.items.size > 0 && left.items.size < before;) {
    before = left.items.size;
    listen(tally, await rig.work({ patienceMs: DRAIN_MS }).ended);
    left = await inspect(data);
  }
  return left;
};

/** What became of everything that was acknowledged in one rig. */
const runRig = async (
  kills: number,
  seed: number,
  tell: (line: string) => void,
): Promise<Record<keyof typeof NOTHING, number>> => {
  const random = seededRandom(seed);
  const fraction = (): number => Buffer.from(random.bytes(4)).readUInt32BE() / 2 ** 32;
  const rig = await startRig();
  const tally: Tally = { acknowledged: new Map(), states: new Set(), recoveryMsMax: 0 };
  try {
    for (let kill = 1; kill <= kills; kill += 1) {
      await killOnce(rig, tally, fraction);
      if (kill % 50 === 0) tell(`${kill} kills, ${tally.acknowledged.size} acknowledged`);
    }
    const { items } = await drain(rig, tally);
    const acknowledged = [...tally.acknowledged];
    const known = new Set(tally.acknowledged.values());
    const posts = [...rig.simulator.journal.submissions().values()];
    return {
      kills,
      acknowledged: acknowledged.length,
      delivered: acknowledged.filter(([, digest]) => rig.accepted.has(digest)).length,
      // Killed while Mark ID was asked, three times over: a person decides, and is told so.
      held: [...items.values()].filter(({ state }) => state === 'HELD').length,
      undelivered: [...items.values()].filter(({ state }) => state !== 'HELD').length,
      lost: acknowledged.filter(
        ([reference, digest]) => !rig.accepted.has(digest) && !items.has(reference),
      ).length,
      // Accepted and never acknowledged, although its pictures are complete: the kill came between.
      unacknowledged: [...rig.accepted.keys()].filter((digest) => !known.has(digest)).length,
      torn: acknowledged.filter(
        ([reference, digest]) => items.has(reference) && items.get(reference)?.digest !== digest,
      ).length,
      unreadable: tally.states.has('DAMAGED') ? 1 : 0,
      duplicatePosts: posts.filter(({ posted }) => posted > 1).length,
      duplicateDeliveries: [...rig.accepted.values()].filter((times) => times > 1).length,
      recoveryMsMax: Math.round(tally.recoveryMsMax),
    };
  } finally {
    await rig.stop();
  }
};

/**
 * Runs as many rigs at once as there are cores, each with its share.
 *
 * @param kills how often a worker is killed, in all.
 */
export const runKills = async (
  kills: number,
  seed: number,
  tell: (line: string) => void,
): Promise<ChaosOutcome> => {
  const rigs = Math.min(kills, availableParallelism());
  const runs = await Promise.all(
    Array.from({ length: rigs }, (_, rig) => {
      const share = Math.floor((kills + rig) / rigs);
      return runRig(share, seed + rig, (line) => tell(`rig ${rig + 1}: ${line}`));
    }),
  );
  const figures = { ...NOTHING };
  for (const run of runs)
    for (const name of Object.keys(NOTHING) as (keyof typeof NOTHING)[])
      figures[name] =
        name === 'recoveryMsMax' ? Math.max(figures[name], run[name]) : figures[name] + run[name];
  const { lost, torn, unreadable, duplicatePosts, duplicateDeliveries, undelivered } = figures;
  const bad = lost + torn + unreadable + duplicatePosts + duplicateDeliveries + undelivered;
  return { figures, isGood: bad === 0 && figures.acknowledged > 0 };
};
