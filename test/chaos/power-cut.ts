/**
 * Records what a whole run asks of the disk, then cuts the power after every single operation in
 * several ways, opens the outbox from what is left, and compares it with what had been promised.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { seededRandom } from '../support/fake-clock.ts';
import { CrashingDisk, type Survival } from './crash-states.ts';
import { itemDigest, SCRATCH, startRig } from './rig.ts';
import { inspect } from './inspect.ts';
import type { ChaosOutcome } from './outcome.ts';
import { parseLine, type WorkerLine, type WorkerOrder } from './protocol.ts';
import { readTrace, straced } from './trace.ts';

/** How many different out-of-order crashes are tried at each operation. */
const REORDERINGS = 3;

const survivals = (fraction: () => number): readonly Survival[] => {
  const coin = (): boolean => fraction() < 0.5;
  return [
    { name: 'dropped', keepsName: () => false, keepsData: () => 'none' },
    { name: 'kept', keepsName: () => true, keepsData: () => 'all' },
    { name: 'names', keepsName: () => true, keepsData: () => 'none' },
    { name: 'data', keepsName: () => false, keepsData: () => 'all' },
    { name: 'torn', keepsName: () => true, keepsData: (isLast) => (isLast ? 'half' : 'all') },
    ...Array.from({ length: REORDERINGS }, () => ({
      name: 'reordered',
      keepsName: coin,
      keepsData: () => (coin() ? ('all' as const) : coin() ? ('half' as const) : ('none' as const)),
    })),
  ];
};

/** What had been promised when the power went. */
interface Promises {
  readonly saved: Map<string, string>;
  readonly ended: Set<string>;
  /** References whose first byte may have left. */
  readonly posted: Set<string>;
}

const note = (promises: Promises, line: WorkerLine): void => {
  if (line.says === 'saved') promises.saved.set(line.reference, itemDigest(line.digests));
  if (line.says === 'ended') promises.ended.add(line.reference);
  if (line.says === 'posting') promises.posted.add(line.reference);
};

export interface PowerCut {
  /** The safeguard that is taken out; null for the product as it is. */
  readonly without: WorkerOrder['without'];
  readonly customers: number;
  readonly seed: number;
}

/** Fails where something is lost, or, without a safeguard, where nothing is. */
export const runPowerCut = async (
  { without, customers, seed }: PowerCut,
  tell: (line: string) => void,
): Promise<ChaosOutcome> => {
  const random = seededRandom(seed);
  const fraction = (): number => Buffer.from(random.bytes(4)).readUInt32BE() / 2 ** 32;
  const scratch = await mkdtemp(join(SCRATCH, 'kiosk-power-'));
  const rig = await startRig();
  const figures = { operations: 0, states: 0, acknowledged: 0, lost: 0, torn: 0, resurrected: 0 };
  try {
    const log = join(scratch, 'trace');
    await rig.work({ customers, pauseMs: 60, without }, straced(log)).ended;
    const root = join(rig.folder, 'data');
    const operations = await readTrace(log, root);
    figures.operations = operations.filter(({ op }) => op !== 'said').length;
    tell(`${figures.operations} operations recorded`);

    const disk = new CrashingDisk();
    const promises: Promises = { saved: new Map(), ended: new Set(), posted: new Set() };
    const crashed = join(scratch, 'crashed');
    for (const operation of operations) {
      disk.apply(operation);
      if (operation.op === 'said') note(promises, parseLine(operation.text));
      for (const survival of survivals(fraction)) {
        await disk.crashInto(root, crashed, survival);
        const found = await inspect(crashed);
        figures.states += 1;
        for (const [reference, digest] of promises.saved) {
          const item = found.items.get(reference);
          const isDelivered = found.receipts.has(reference);
          if (item === undefined && !isDelivered && !promises.ended.has(reference))
            figures.lost += 1;
          if (item !== undefined && item.digest !== digest) figures.torn += 1;
        }
        for (const [reference, { isSendable }] of found.items) {
          const isOver = promises.ended.has(reference);
          if (isOver || (isSendable && promises.posted.has(reference))) figures.resurrected += 1;
        }
      }
    }
    figures.acknowledged = promises.saved.size;
    const { lost, torn, resurrected, states, acknowledged } = figures;
    const isClean = lost + torn + resurrected === 0;
    const isMeaningful = states > 0 && acknowledged === customers;
    // A safeguard whose absence nobody notices is not proven by this run.
    return { figures, isGood: isMeaningful && (without === null ? isClean : !isClean) };
  } finally {
    await rig.stop();
    await rm(scratch, { recursive: true, force: true });
  }
};
