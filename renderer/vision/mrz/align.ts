/**
 * Owns laying a line of known length over what the network saw: which column each character stands in.
 * Dynamic programming over columns, with the pitch as a spring between neighbours. Never decides on a
 * text: it returns the likelihoods of every character in every place.
 */
import { BLANK, CLASSES, MRZ_ALPHABET } from './line-network.ts';

/** Characters that a place may hold, as indices of `MRZ_ALPHABET`. */
export type Alphabet = readonly number[];

/** Half columns from character to character when the pitch was measured rightly. */
const STEP = 8;
/** Steps that are possible, and what each costs: half a column is a matter of rounding. */
const STEPS = [
  { halves: 6, cost: 2.5 },
  { halves: 7, cost: 0.35 },
  { halves: 8, cost: 0 },
  { halves: 9, cost: 0.35 },
  { halves: 10, cost: 2.5 },
] as const;
/** Weight of the blank that must lie between two characters. */
const GAP_WEIGHT = 0.5;
const GAP_FLOOR = -4;
const GAP: Alphabet = [BLANK];
/** Outside the line should be nothing; but dirt, rules and edges are no proof against it. */
const OUTSIDE_WEIGHT = 0.15;
const OUTSIDE_FLOOR = -2.5;
/** A character may cover the column before or after its own. */
const OUTSIDE_MARGIN = 6;

export interface Alignment {
  /** Logarithm of how well all fits: comparable between alignments over the same columns. */
  readonly score: number;
  /** `[place][character of MRZ_ALPHABET]`: natural logarithms. */
  readonly likelihoods: Float64Array;
}

/** What the network saw of one line, at half columns, ready to be aligned with any layout. */
export interface SeenLine {
  readonly halves: number;
  /** `[half column][class]`: between two columns, the mean of both. */
  readonly likelihoods: Float64Array;
  /** Sums of what it costs that nothing is printed in the first half columns. */
  readonly outside: Float64Array;
  /** Likeliest of each alphabet in each half column, filled as alphabets are asked for. */
  readonly bestOf: Map<Alphabet, Float64Array>;
}

/** @param seen `[column][class]` from the line reader. */
export const seenLine = (seen: Float64Array): SeenLine => {
  const halves = 2 * (seen.length / CLASSES) - 1;
  const likelihoods = new Float64Array(halves * CLASSES);
  const outside = new Float64Array(halves + 1);
  for (let half = 0; half < halves; half += 1) {
    const here = (half >> 1) * CLASSES;
    const next = half % 2 === 0 ? here : here + CLASSES;
    for (let klass = 0; klass < CLASSES; klass += 1) {
      likelihoods[half * CLASSES + klass] =
        ((seen[here + klass] ?? 0) + (seen[next + klass] ?? 0)) / 2;
    }
    const blank = likelihoods[half * CLASSES + BLANK] ?? 0;
    outside[half + 1] = (outside[half] ?? 0) + OUTSIDE_WEIGHT * Math.max(OUTSIDE_FLOOR, blank);
  }
  return { halves, likelihoods, outside, bestOf: new Map() };
};

const bestOf = ({ halves, likelihoods, bestOf: known }: SeenLine, alphabet: Alphabet) => {
  const found = known.get(alphabet);
  if (found !== undefined) return found;
  const best = new Float64Array(halves).fill(-Infinity);
  for (let half = 0; half < halves; half += 1) {
    for (const klass of alphabet) {
      const likelihood = likelihoods[half * CLASSES + klass] ?? 0;
      if (likelihood > (best[half] ?? 0)) best[half] = likelihood;
    }
  }
  known.set(alphabet, best);
  return best;
};

/** Scores of the next place in every half column, and by which step each came from the place before. */
const advance = (
  scores: Float64Array,
  best: Float64Array,
  gaps: Float64Array,
  cameBy: Uint8Array,
): Float64Array => {
  const next = new Float64Array(scores.length).fill(-Infinity);
  for (let half = 0; half < scores.length; half += 1) {
    let top = -Infinity;
    for (let index = 0; index < STEPS.length; index += 1) {
      const { halves, cost } = STEPS[index] ?? STEPS[0];
      if (half < halves) break;
      const score = (scores[half - halves] ?? 0) - cost + (gaps[half - (halves >> 1)] ?? 0);
      if (score > top) {
        top = score;
        cameBy[half] = index;
      }
    }
    next[half] = top + (best[half] ?? 0);
  }
  return next;
};

/**
 * Lays a line over what the network saw.
 *
 * @param places the alphabet of each place of the line.
 * @returns null where the line is longer than what was seen.
 */
export const alignLine = (seen: SeenLine, places: readonly Alphabet[]): Alignment | null => {
  const { halves, likelihoods, outside } = seen;
  const count = places.length;
  if (halves < count * STEP) return null;
  const gaps = bestOf(seen, GAP).map((blank) => GAP_WEIGHT * Math.max(GAP_FLOOR, blank));
  const cameBy = Array.from({ length: count }, () => new Uint8Array(halves));
  let scores: Float64Array = new Float64Array(halves);
  for (const [place, alphabet] of places.entries()) {
    const best = bestOf(seen, alphabet);
    scores =
      place === 0
        ? best.map((score, half) => score + (outside[Math.max(0, half - OUTSIDE_MARGIN)] ?? 0))
        : advance(scores, best, gaps, cameBy[place] ?? new Uint8Array());
  }
  let last = 0;
  let score = -Infinity;
  for (let half = 0; half < halves; half += 1) {
    const after = Math.min(halves, half + 1 + OUTSIDE_MARGIN);
    const total = (scores[half] ?? 0) + (outside[halves] ?? 0) - (outside[after] ?? 0);
    if (total > score) {
      score = total;
      last = half;
    }
  }
  const found = new Float64Array(count * MRZ_ALPHABET.length);
  for (let place = count - 1; place >= 0; place -= 1) {
    const from = last * CLASSES;
    found.set(likelihoods.subarray(from, from + MRZ_ALPHABET.length), place * MRZ_ALPHABET.length);
    last -= STEPS[cameBy[place]?.[last] ?? 0]?.halves ?? 0;
  }
  return { score, likelihoods: found };
};
