/** A folder, a simulator and workers for one chaos run. Everything ends with `stop`. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { systemClock } from '../../main/ports/clock.ts';
import { systemRandom } from '../../main/ports/random.ts';
import type { FaultPlan } from '../../main/training/fault-plan.ts';
import { startSimulator, type Simulator } from '../../main/training/simulator.ts';
import { ORDER_VARIABLE, parseLine, type WorkerLine, type WorkerOrder } from './protocol.ts';

export interface Worker {
  readonly child: ChildProcess;
  readonly lines: WorkerLine[];
  /** Resolves with the line once it was said, null when the worker ended without it. */
  waitFor(says: WorkerLine['says']): Promise<WorkerLine | null>;
  /** All lines, once the worker is gone. */
  readonly ended: Promise<readonly WorkerLine[]>;
}

export interface Rig {
  readonly folder: string;
  readonly simulator: Simulator;
  /** Digest of every picture set that was accepted, and how often. */
  readonly accepted: Map<string, number>;
  /** A whole order for this rig. */
  order(part: Partial<WorkerOrder>): WorkerOrder;
  /** A worker in a process of its own. `prefix`: a command the worker is run under. */
  work(order: Partial<WorkerOrder>, prefix?: readonly string[]): Worker;
  /** A fresh data folder; the simulator stays. */
  renew(): Promise<void>;
  stop(): Promise<void>;
}

const WORKER = join(import.meta.dirname, 'worker.ts');

/** One digest for the digests of an item's pictures. */
export const itemDigest = (digests: Readonly<Record<string, string>>): string =>
  Object.keys(digests)
    .toSorted()
    .map((step) => `${step}:${String(digests[step])}`)
    .join(' ');

const digestsOf = (images: Readonly<Partial<Record<string, Uint8Array>>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(images).map(([step, image]) => [
      step,
      createHash('sha256')
        .update(image ?? '')
        .digest('hex'),
    ]),
  );

const startWorker = (order: WorkerOrder, prefix: readonly string[]): Worker => {
  const own = [process.execPath, WORKER];
  const [command, ...args] = [...prefix, ...own];
  const child = spawn(command ?? '', args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      // Not an argument: it holds credentials, and arguments are for everybody to read.
      [ORDER_VARIABLE]: JSON.stringify(order),
      // One thread for files: their order is the order in which they were asked for.
      UV_THREADPOOL_SIZE: '1',
      // Compiled once and not in every run: the product's start reads one bundle.
      NODE_COMPILE_CACHE: join(order.folder, 'compiled'),
    },
  });
  const lines: WorkerLine[] = [];
  const waiting = new Set<() => void>();
  const tell = (): void => {
    for (const wake of waiting) wake();
  };
  let isOver = false;
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (text) => {
    lines.push(parseLine(text));
    tell();
  });
  const ended = Promise.all([once(child, 'exit'), once(reader, 'close')]).then(() => {
    isOver = true;
    tell();
    return lines;
  });
  return {
    child,
    lines,
    ended,
    waitFor: (says) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = lines.find((line) => line.says === says);
          if (found === undefined && !isOver) return;
          waiting.delete(look);
          resolve(found ?? null);
        };
        waiting.add(look);
        look();
      }),
  };
};

/** Memory, where the system has a file system in it: for runs in which no power is cut. */
export const SCRATCH = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** Starts a rig. `faults`: how the simulator misbehaves; `parent`: where its folder is made. */
export const startRig = async (faults?: FaultPlan, parent = tmpdir()): Promise<Rig> => {
  const folder = await mkdtemp(join(parent, 'kiosk-chaos-'));
  const accepted = new Map<string, number>();
  const started = await startSimulator({
    clock: systemClock,
    random: systemRandom,
    ...(faults === undefined ? {} : { faults }),
    onSubmission: ({ images }) => {
      const digest = itemDigest(digestsOf(images));
      accepted.set(digest, (accepted.get(digest) ?? 0) + 1);
    },
  });
  if (!started.ok) throw new Error(started.error.code);
  const simulator = started.value;
  const data = join(folder, 'data');
  const renew = async (): Promise<void> => {
    await rm(data, { recursive: true, force: true });
    await mkdir(data, { mode: 0o700 });
  };
  await writeFile(join(folder, 'ca.pem'), simulator.certificatePem, { mode: 0o600 });
  const policy = {
    endpoint: { origin: simulator.origin, extraCaFile: join(folder, 'ca.pem') },
    // Time runs fast in a worker: a token must outlive the hours that pass.
    tokens: { expirySeconds: 2_592_000 },
    delivery: { itemsPerMinute: 60 },
    outbox: { maxItems: 50_000 },
  };
  await writeFile(join(folder, 'policy.json'), JSON.stringify(policy), { mode: 0o600 });
  await renew();
  const order = (part: Partial<WorkerOrder>): WorkerOrder => ({
    folder,
    apiKey: simulator.credentials.apiKey,
    apiSecret: simulator.credentials.apiSecret,
    customers: 0,
    pauseMs: 0,
    pictureBytes: 4_000,
    patienceMs: 10_000,
    without: null,
    fileFault: null,
    ...part,
  });
  const workers = new Set<Worker>();
  return {
    folder,
    simulator,
    accepted,
    renew,
    order,
    work: (part, prefix = []) => {
      const worker = startWorker(order(part), prefix);
      workers.add(worker);
      void worker.ended.finally(() => workers.delete(worker));
      return worker;
    },
    stop: async () => {
      for (const { child } of workers) child.kill('SIGKILL');
      await Promise.all([...workers].map(({ ended }) => ended));
      await simulator.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
