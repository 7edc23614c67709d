import { describe, expect, it } from 'vitest';
import {
  faultsBySeed,
  faultsInOrder,
  noFaults,
  parseFaultOrder,
} from '../../../../main/training/fault-plan.ts';
import { FAULT_NAMES, FAULTS, type Fault } from '../../../../main/training/faults.ts';
import { ROUTES } from '../../../../main/training/routes.ts';

const routesOf = (fault: Fault): readonly string[] => fault.routes;

describe('a list of faults', () => {
  it('is worked off in order, each on its own route and as often as ordered', () => {
    const plan = faultsInOrder([
      { name: 'INTERNAL_ERROR', times: 2 },
      { name: 'SILENCE', route: 'token' },
      { name: 'DRIP' },
    ]);
    expect(['process', 'token', 'process', 'token', 'process', 'process'].map(asked(plan))).toEqual(
      ['INTERNAL_ERROR', 'SILENCE', 'INTERNAL_ERROR', null, 'DRIP', null],
    );
  });

  it('can last for ever', () => {
    const plan = faultsInOrder([{ name: 'UNAUTHORIZED', times: Number.POSITIVE_INFINITY }]);
    for (let n = 0; n < 100; n += 1) expect(plan.next('process')).toBe('UNAUTHORIZED');
    expect(plan.next('status')).toBeNull();
  });
});

const asked =
  (plan: { next: (route: 'process' | 'token') => string | null }) =>
  (route: string): string | null =>
    plan.next(route === 'token' ? 'token' : 'process');

describe('a seeded sequence of faults', () => {
  const draw = (seed: number): (string | null)[] => {
    const plan = faultsBySeed(seed);
    return Array.from({ length: 200 }, (_, n) => plan.next(ROUTES[n % 4] ?? 'process'));
  };

  it('is the same for the same seed and another for another', () => {
    expect(draw(42)).toEqual(draw(42));
    expect(draw(42)).not.toEqual(draw(43));
  });

  it('leaves about every second request in peace', () => {
    const healthy = draw(42).filter((name) => name === null).length;
    expect(healthy).toBeGreaterThan(70);
    expect(healthy).toBeLessThan(130);
  });

  it('reaches every fault, and only where it can happen', () => {
    const plan = faultsBySeed(1);
    const seen = new Set<string>();
    const misplaced: string[] = [];
    for (let n = 0; n < 8_000; n += 1) {
      const route = ROUTES[n % 4] ?? 'process';
      const name = plan.next(route);
      if (name === null) continue;
      seen.add(name);
      if (!routesOf(FAULTS[name]).includes(route)) misplaced.push(name);
    }
    expect(misplaced).toEqual([]);
    expect([...seen].toSorted()).toEqual([...FAULT_NAMES].toSorted());
  });
});

describe('a fault written on a command line', () => {
  it('has a name, perhaps a route, perhaps a number of times', () => {
    expect(parseFaultOrder('DRIP')).toEqual({ name: 'DRIP', times: 1 });
    expect(parseFaultOrder('INTERNAL_ERROR@token:3')).toEqual({
      name: 'INTERNAL_ERROR',
      route: 'token',
      times: 3,
    });
    expect(parseFaultOrder('SILENCE:always')).toEqual({ name: 'SILENCE', times: Infinity });
  });

  it('is refused when it is none, or can not happen there', () => {
    for (const text of [
      '',
      'drip',
      'NOPE',
      'toString',
      'DRIP@nowhere',
      'DRIP:0',
      'DRIP:-1',
      'DRIP:x',
      'DRIP@token:1:1',
      ' DRIP',
      'CLIENT_BUSY@process',
      'ACCEPTED_WITH_ERROR@status',
    ]) {
      expect([text, parseFaultOrder(text)]).toEqual([text, null]);
    }
  });
});

it('is no plan at all that never has a fault', () => {
  expect(ROUTES.map((route) => noFaults.next(route))).toEqual([null, null, null, null]);
});
