/**
 * Owns the one source of variety in specimens: a small seeded generator.
 * Never cryptographic, never seeded by time: the same seed draws the same picture everywhere.
 */

/** Numbers that follow from a seed alone. */
export interface Prng {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Uniform integer, both ends included. */
  int(low: number, high: number): number;
  /** One of `choices`, which must not be empty. */
  pick<T>(choices: readonly T[]): T;
  /** Approximately normal, mean 0, standard deviation 1 (sum of four uniforms: no tails, no transcendental functions). */
  gaussian(): number;
}

/** FNV-1a, 32 bits: makes unlike streams of one seed, so that a new draw in one place changes no other. */
function hash(seed: number, purpose: string): number {
  let state = 0x811c9dc5 ^ (seed | 0);
  for (let index = 0; index < purpose.length; index += 1) {
    state = Math.imul(state ^ purpose.charCodeAt(index), 0x01000193);
  }
  return state >>> 0;
}

/** A generator for one purpose of one seed. Algorithm: mulberry32 (Tommy Ettinger, public domain). */
export function createPrng(seed: number, purpose: string): Prng {
  let state = hash(seed, purpose);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    int: (low, high) => low + Math.floor((high - low + 1) * next()),
    pick: (choices) => {
      const choice = choices[Math.floor(next() * choices.length)];
      if (choice === undefined) throw new RangeError('Nothing to pick from.');
      return choice;
    },
    /** A uniform has variance 1/12, four of them 1/3. */
    gaussian: () => (next() + next() + next() + next() - 2) * Math.sqrt(3),
  };
}
