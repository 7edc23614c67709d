/** The whole flow: drawn as it is, every transition of it walked, and a way on from every state. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AnyStateNode } from 'xstate';
import { edgesOf, flowDocument, flowMachines, statesOf } from '../../../support/flow-drawing.ts';
import { walkAtRandom } from './random-walk.ts';

const SEED = 15;
/** Enough by far: a walk of all transitions takes a tenth of it. */
const MAX_LIVES = 10_000;
const WALK_TIMEOUT_MS = 300_000;

const machines = flowMachines();
const written = readFileSync(new URL('../../../../renderer/flow/FLOW.md', import.meta.url), 'utf8');

/** The states that can be entered from a state, its parents' transitions among them. */
const nextOf = (state: AnyStateNode, edges: ReturnType<typeof edgesOf>): AnyStateNode[] =>
  edges.filter(({ source }) => isWithin(state, source)).flatMap(({ targets }) => targets);

const isWithin = (state: AnyStateNode, outer: AnyStateNode): boolean =>
  state === outer || (state.parent !== undefined && isWithin(state.parent, outer));

const enteredOf = (state: AnyStateNode): AnyStateNode => {
  const [initial] = Object.keys(state.states).length === 0 ? [] : (state.initial.target ?? []);
  return initial === undefined ? state : enteredOf(initial);
};

/** Leaves of a machine from which no transitions lead to `home`. */
const strandedIn = (name: keyof typeof machines, isHome: (state: AnyStateNode) => boolean) => {
  const edges = edgesOf(machines[name]);
  const leaves = statesOf(machines[name]).filter(({ states }) => Object.keys(states).length === 0);
  const leadsHome = (from: AnyStateNode): boolean => {
    const seen = new Set([from]);
    for (const state of seen) {
      if (isHome(state)) return true;
      for (const next of nextOf(state, edges)) seen.add(enteredOf(next));
    }
    return false;
  };
  return leaves.filter((state) => !leadsHome(state)).map(({ id }) => id);
};

describe('the flow', () => {
  it('is drawn as it is (renew: npm run -s flow > renderer/flow/FLOW.md)', () => {
    expect(written).toBe(flowDocument());
  });

  it('leads home from every state', () => {
    expect(strandedIn('kiosk', ({ id }) => id === 'kiosk.attract')).toEqual([]);
    expect(strandedIn('operator', ({ type }) => type === 'final')).toEqual([]);
    expect(strandedIn('scan', ({ type }) => type === 'final')).toEqual([]);
  });

  it(
    'SEC-27 can be walked on every transition, and rests without a customer wherever silence begins',
    { timeout: WALK_TIMEOUT_MS },
    async () => {
      const wanted = Object.values(machines).flatMap((machine) => edgesOf(machine));
      expect(wanted.length).toBeGreaterThan(150);
      const { left, ends } = await walkAtRandom(
        wanted.map(({ name }) => name),
        SEED,
        MAX_LIVES,
      );
      expect(left).toEqual([]);
      expect([...ends].toSorted()).toEqual(['attract', 'locked.idle', 'outOfService.idle']);
    },
  );
});
