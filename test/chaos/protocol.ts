/** What a worker is told, and the lines it says. A line is written with one system call, so a kill never halves it. */
import { z } from 'zod';

/** Of the environment: where a worker finds its order. */
export const ORDER_VARIABLE = 'KIOSK_CHAOS_ORDER';

export const workerOrder = z.strictObject({
  /** Holds the policy and the kiosk's data. */
  folder: z.string(),
  apiKey: z.string(),
  apiSecret: z.string(),
  /** How many customers come; after them the worker waits until nothing is under way. */
  customers: z.int().nonnegative(),
  /** Longest pause between two customers. */
  pauseMs: z.number().nonnegative(),
  pictureBytes: z.int().positive(),
  /** How long the worker waits for its deliveries. */
  patienceMs: z.int().nonnegative(),
  /** Taken out to see whether a run can tell; never in the product. */
  without: z.enum(['fsync', 'dirsync', 'full-sync']).nullable(),
  /** The n-th file call fails so. */
  fileFault: z.strictObject({ at: z.int(), code: z.string(), isLasting: z.boolean() }).nullable(),
});
export type WorkerOrder = z.infer<typeof workerOrder>;

const reference = z.string();

export const workerLine = z.discriminatedUnion('says', [
  /** The kiosk takes customers; what it found. */
  z.strictObject({
    says: z.literal('ready'),
    items: z.array(z.strictObject({ reference, state: z.string() })),
  }),
  /** The kiosk takes no customers. */
  z.strictObject({ says: z.literal('closed'), code: z.string() }),
  /** Acknowledged: the digest of each picture by step. */
  z.strictObject({
    says: z.literal('saved'),
    reference,
    digests: z.record(z.string(), z.string()),
  }),
  /** Not acknowledged. */
  z.strictObject({ says: z.literal('refused'), code: z.string() }),
  /** The next thing that happens is the first byte of `/process`. */
  z.strictObject({ says: z.literal('posting'), reference }),
  /** No longer in the outbox, durably. */
  z.strictObject({ says: z.literal('ended'), reference, outcome: z.string() }),
  z.strictObject({
    says: z.literal('done'),
    items: z.array(z.strictObject({ reference, state: z.string(), code: z.string().nullable() })),
    /** File calls made so far, by which a fault can be placed. */
    fileCalls: z.int(),
  }),
]);
export type WorkerLine = z.infer<typeof workerLine>;

export const parseLine = (text: string): WorkerLine => workerLine.parse(JSON.parse(text));
