/** Plays one case at one end of the wire. */
import type { ConformanceCase, Seen } from './conformance-case.ts';
import type { Identities } from './identities.ts';
import type { Proxy } from './proxy.ts';
import { Stage } from './stage.ts';
import type { WireEnd } from './wire-end.ts';

export interface Played extends Seen {
  /** What no case may show; empty when all is well. */
  readonly violations: readonly string[];
}

export const playCase = async (
  { play }: ConformanceCase,
  end: WireEnd,
  identities: Identities,
  proxy: Proxy | null = null,
): Promise<Played> => {
  const stage = new Stage(end, identities, proxy);
  try {
    const outcomes = await play(stage);
    return { outcomes, ...(await stage.counts()), violations: stage.violations };
  } finally {
    await stage.stop();
  }
};
