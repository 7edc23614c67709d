/**
 * Owns check digits: whether a text fulfils them, and which close second thought would. Never changes
 * what is clearly printed: some documents bear check digits that do not fit, and are read as they are.
 */
import type { Alphabet } from './align.ts';
import { type Check, checkDigitOf, type Span } from './formats.ts';
import { MRZ_ALPHABET } from './line-network.ts';

export const FILLER = MRZ_ALPHABET.indexOf('<');
/** How much less likely (natural logarithm) a text may be that fulfils a check digit which the likeliest breaks. */
const CHECK_LEEWAY = 5;
/** Closest rivals tried for each place. */
const RIVALS = 3;
/** Cheapest rivals of all places of a check that are paired: where print is poor, all are in doubt. */
const MAX_RIVALS = 30;

/** Likelihoods of each line: `[place][character]`, natural logarithms. */
export type SeenLines = readonly Float64Array[];

export const likelihoodAt = (seen: SeenLines, line: number, place: number, klass: number): number =>
  seen[line]?.[place * MRZ_ALPHABET.length + klass] ?? -30;

/** Text as indices of `MRZ_ALPHABET`: `[line][place]`. */
export type Spelt = number[][];

const valuesOf = (spelt: Spelt, spans: readonly Span[]): number[] =>
  spans.flatMap(({ line, from, to }) =>
    (spelt[line] ?? []).slice(from, to).map((klass) => (klass === FILLER ? 0 : klass)),
  );

/**
 * Whether a check digit fits. A filler in its place fits where the field is empty, and where a document
 * number goes on in the optional data, check digit last (Doc 9303-5 and -6 §4.2.2 note j).
 */
export const isFulfilled = (spelt: Spelt, { spans, line, at }: Check): boolean => {
  const digit = spelt[line]?.[at] ?? FILLER;
  const values = valuesOf(spelt, spans);
  if (digit !== FILLER) return checkDigitOf(values) === digit;
  if (values.every((value) => value === 0)) return true;
  const rest = (spelt[line] ?? []).slice(at + 1);
  const end = rest.indexOf(FILLER);
  return end > 1 && checkDigitOf([...values, ...rest.slice(0, end - 1)]) === rest[end - 1];
};

interface Change {
  readonly line: number;
  readonly place: number;
  readonly klass: number;
  readonly cost: number;
}

/** Second thoughts about one place, cheapest first. */
const rivalsAt = (
  seen: SeenLines,
  spelt: Spelt,
  places: readonly (readonly Alphabet[])[],
  line: number,
  place: number,
): readonly Change[] => {
  const chosen = spelt[line]?.[place] ?? FILLER;
  const own = likelihoodAt(seen, line, place, chosen);
  return (places[line]?.[place] ?? [])
    .filter((klass) => klass !== chosen)
    .map((klass) => ({ line, place, klass, cost: own - likelihoodAt(seen, line, place, klass) }))
    .filter(({ cost }) => cost < CHECK_LEEWAY)
    .toSorted((one, other) => one.cost - other.cost)
    .slice(0, RIVALS);
};

const withChanges = (spelt: Spelt, changes: readonly Change[]): Spelt =>
  spelt.map((line, index) =>
    line.map(
      (klass, place) =>
        changes.find((change) => change.line === index && change.place === place)?.klass ?? klass,
    ),
  );

const costOf = (changes: readonly Change[]): number =>
  changes.reduce((sum, { cost }) => sum + cost, 0);

/** The cheapest one or two changes that fulfil a check and break none that held. */
export const mend = (
  seen: SeenLines,
  spelt: Spelt,
  places: readonly (readonly Alphabet[])[],
  check: Check,
  others: readonly Check[],
): Spelt => {
  const spots = [
    ...check.spans.flatMap(({ line, from, to }) =>
      Array.from({ length: to - from }, (_, index) => ({ line, place: from + index })),
    ),
    { line: check.line, place: check.at },
  ];
  const rivals = spots
    .flatMap(({ line, place }) => rivalsAt(seen, spelt, places, line, place))
    .toSorted((one, other) => one.cost - other.cost)
    .slice(0, MAX_RIVALS);
  const held = others.filter((other) => isFulfilled(spelt, other));
  const pairs = rivals.flatMap((one, index) =>
    rivals
      .slice(index + 1)
      .filter((other) => other.line !== one.line || other.place !== one.place)
      .map((other) => [one, other]),
  );
  const tries = [...rivals.map((one) => [one]), ...pairs]
    .filter((changes) => costOf(changes) < CHECK_LEEWAY)
    .toSorted((one, other) => costOf(one) - costOf(other));
  for (const changes of tries) {
    const tried = withChanges(spelt, changes);
    if (isFulfilled(tried, check) && held.every((other) => isFulfilled(tried, other))) return tried;
  }
  return spelt;
};
