/**
 * Owns what a bench is and how contenders are timed.
 * Never compares with a number from another machine or another run.
 */

/** One measured comparison. */
export interface Bench {
  /** As typed on the command line: kebab-case. */
  readonly name: string;
  /** What must hold for `reached`, for people. */
  readonly target: string;
  /** @param tell takes lines for people about what is going on. */
  run(tell: (line: string) => void): Promise<Outcome>;
}

interface Outcome {
  readonly reached: boolean;
  /** Names carry their unit; milliseconds are medians. */
  readonly figures: Readonly<Record<string, number>>;
}

/** Something to be timed. */
export type Contender = () => Promise<unknown>;

export const round = (value: number, decimals: number): number => Number(value.toFixed(decimals));

export const medianOf = (values: readonly number[]): number => {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
};

/**
 * Median milliseconds of two contenders, taking turns and changing who begins, so that a busy spell of
 * the machine hits both alike. Warm them up before.
 *
 * @param rounds how often each runs.
 */
export const raceMs = async (
  rounds: number,
  ours: Contender,
  peer: Contender,
): Promise<{ oursMs: number; peerMs: number }> => {
  const oursMs: number[] = [];
  const peerMs: number[] = [];
  const time = async (contender: Contender, into: number[]): Promise<void> => {
    const startMs = performance.now();
    await contender();
    into.push(performance.now() - startMs);
  };
  for (let turn = 0; turn < rounds; turn += 1) {
    if (turn % 2 === 0) await time(ours, oursMs);
    await time(peer, peerMs);
    if (turn % 2 === 1) await time(ours, oursMs);
  }
  return { oursMs: medianOf(oursMs), peerMs: medianOf(peerMs) };
};
