/**
 * Kills the worker at random moments, again and again, and at the end counts what became of every
 * acknowledged submission: accepted by the server, picture by picture as it was taken, or lost.
 */
import { seededRandom } from '../support/fake-clock.ts';
import { itemDigest, startRig, type Rig } from './rig.ts';
import type { ChaosOutcome } from './outcome.ts';
import type { WorkerLine } from './protocol.ts';

/** Share of kills that come while the worker is still starting. */
const EARLY_SHARE = 0.2;
const LATEST_KILL_MS = 400;
const EARLIEST_READY_MS = 600;
const PICTURE_BYTES = [4_000, 40_000, 250_000] as const;
/** Runs without kills at the end, until nothing is left under way. */
const MAX_DRAINS = 5;

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

/** @param kills how often the worker is killed. */
export const runKills = async (
  kills: number,
  seed: number,
  tell: (line: string) => void,
): Promise<ChaosOutcome> => {
  const random = seededRandom(seed);
  const fraction = (): number => Buffer.from(random.bytes(4)).readUInt32BE() / 2 ** 32;
  const rig = await startRig();
  const tally: Tally = { acknowledged: new Map(), states: new Set(), recoveryMsMax: 0 };
  try {
    for (let kill = 1; kill <= kills; kill += 1) {
      await killOnce(rig, tally, fraction);
      if (kill % 50 === 0) tell(`${kill} kills, ${tally.acknowledged.size} acknowledged`);
    }
    let left: readonly { reference: string; state: string }[] = [];
    for (let drain = 0; drain < MAX_DRAINS; drain += 1) {
      const lines = await rig.work({}).ended;
      listen(tally, lines);
      left = lines.flatMap((line) => (line.says === 'done' ? line.items : []));
      if (left.length === 0) break;
    }
    const leftReferences = new Set(left.map(({ reference }) => reference));
    const isThere = ([reference, digest]: readonly [string, string]): boolean =>
      rig.accepted.has(digest) || leftReferences.has(reference);
    const acknowledged = [...tally.acknowledged];
    const known = new Set(tally.acknowledged.values());
    const posts = [...rig.simulator.journal.submissions().values()];
    const figures = {
      kills,
      acknowledged: acknowledged.length,
      delivered: acknowledged.filter(([, digest]) => rig.accepted.has(digest)).length,
      lost: acknowledged.filter((entry) => !isThere(entry)).length,
      // Accepted and never acknowledged, although its pictures are complete: the kill came between.
      unacknowledged: [...rig.accepted.keys()].filter((digest) => !known.has(digest)).length,
      torn: left.filter(({ state }) => state === 'DAMAGED').length,
      unreadable: tally.states.has('DAMAGED') ? 1 : 0,
      duplicatePosts: posts.filter(({ posted }) => posted > 1).length,
      duplicateDeliveries: [...rig.accepted.values()].filter((times) => times > 1).length,
      recoveryMsMax: Math.round(tally.recoveryMsMax),
    };
    const { lost, torn, unreadable, duplicatePosts, duplicateDeliveries } = figures;
    const isGood = lost + torn + unreadable + duplicatePosts + duplicateDeliveries === 0;
    return { figures, isGood: isGood && figures.acknowledged > 0 && left.length === 0 };
  } finally {
    await rig.stop();
  }
};
