/**
 * When the simulator misbehaves: a list worked off in order, or a sequence drawn from a seed.
 * Never random without a seed: the same plan and the same requests give the same faults.
 */
import { FAULT_NAMES, FAULTS, isFaultName, type Fault, type FaultName } from './faults.ts';
import { ROUTES, type Route } from './routes.ts';

/** Chooses the fault of each request. Asked once per request of a known route, in order of arrival. */
export interface FaultPlan {
  next(route: Route): FaultName | null;
}

/** One entry of a list. */
export interface FaultOrder {
  readonly name: FaultName;
  /** Default: the fault's first route. */
  readonly route?: Route;
  /** Requests it lasts for; default 1, Infinity for all to come. */
  readonly times?: number;
}

/** A server without faults. */
export const noFaults: FaultPlan = { next: () => null };

/** Each request takes the first order left for its route. */
export const faultsInOrder = (orders: readonly FaultOrder[]): FaultPlan => {
  const pending = orders.map((order) => ({
    name: order.name,
    route: order.route ?? FAULTS[order.name].routes[0],
    timesLeft: order.times ?? 1,
  }));
  return {
    next(route) {
      const order = pending.find((order) => order.route === route && order.timesLeft > 0);
      if (order === undefined) return null;
      order.timesLeft -= 1;
      return order.name;
    },
  };
};

/** mulberry32 by Tommy Ettinger (public domain): 32 bits of state, good enough to spread faults. */
const seededFraction = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** How many requests of a seeded run are healthy: enough that work gets done. Own decision. */
const HEALTHY_SHARE = 0.5;

/** About every second request meets one of the faults that its route can have. */
export const faultsBySeed = (seed: number): FaultPlan => {
  const fraction = seededFraction(seed);
  return {
    next(route) {
      if (fraction() < HEALTHY_SHARE) return null;
      const candidates = FAULT_NAMES.filter((name) => canHappenAt(FAULTS[name], route));
      return candidates[Math.floor(fraction() * candidates.length)] ?? null;
    },
  };
};

const canHappenAt = (fault: Fault, route: Route): boolean => fault.routes.includes(route);

const ORDER = /^([A-Z0-9_]+)(?:@([a-z]+))?(?::([1-9][0-9]{0,5}|always))?$/;

/**
 * Reads `NAME[@ROUTE][:TIMES]`, e.g. `INTERNAL_ERROR@token:3` or `SILENCE:always`; null when it names
 * no fault, or a route that fault can't have.
 */
export const parseFaultOrder = (text: string): FaultOrder | null => {
  const [, name = '', routeText, timesText = '1'] = ORDER.exec(text) ?? [];
  if (!isFaultName(name)) return null;
  const times = timesText === 'always' ? Number.POSITIVE_INFINITY : Number(timesText);
  if (routeText === undefined) return { name, times };
  const route = ROUTES.find((route) => route === routeText);
  if (route === undefined || !canHappenAt(FAULTS[name], route)) return null;
  return { name, route, times };
};
