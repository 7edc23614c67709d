/** Simulators with one fault, and what a submission meets under it. */
import type { RequestRecord } from '../../../../main/training/exchange.ts';
import { faultsInOrder } from '../../../../main/training/fault-plan.ts';
import type { FaultName } from '../../../../main/training/faults.ts';
import type { Route } from '../../../../main/training/routes.ts';
import {
  mint,
  send,
  start,
  statusOf,
  submission,
  type Answered,
  type Broken,
  type Minted,
  type Running,
} from './client.ts';

export interface Faulty extends Running {
  /** What this simulator told of its requests. */
  readonly records: readonly RequestRecord[];
}

const running: Faulty[] = [];

/** Ends what a test started. */
export const stopAll = async (): Promise<void> => {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()));
};

/** A simulator that misbehaves once. */
export const startWith = async (name: FaultName, route?: Route): Promise<Faulty> => {
  const records: RequestRecord[] = [];
  const started = await start({
    faults: faultsInOrder([{ name, ...(route === undefined ? {} : { route }) }]),
    onRequest: (record) => records.push(record),
  });
  const simulator = { ...started, records };
  running.push(simulator);
  return simulator;
};

export const post = (simulator: Running, token: Minted): Promise<Answered | Broken> =>
  send(simulator, '/api/v2/process', JSON.stringify(submission(token.authToken)));

export interface Seen {
  readonly outcome: Answered | Broken;
  /** What the server then says of the session. */
  readonly status: unknown;
  readonly posted: number;
  readonly accepted: number;
}

/** One submission under a fault, and what is left behind. */
export const submitUnder = async (name: FaultName): Promise<Seen> => {
  const simulator = await startWith(name);
  const token = await mint(simulator);
  const outcome = await post(simulator, token);
  const counts = simulator.journal.submissionsOf(token.authToken);
  return { outcome, status: await statusOf(simulator, token.scanRef), ...counts };
};

/** How many submissions a session that ends in this status has taken. */
export const acceptedAt = (status: string): number => (status === 'REVIEWING' ? 1 : 0);
