/**
 * Owns the way from likelihoods to text: the likeliest text that a layout allows, names in their order,
 * states from their list, mended where a check digit shows that a close second was meant.
 * Never invents: what stands clearly against a rule stays as it is.
 */
import type { Alphabet } from './align.ts';
import type { FieldKind, Layout } from './formats.ts';
import { MRZ_ALPHABET } from './line-network.ts';
import { FILLER, isFulfilled, likelihoodAt, mend, type SeenLines, type Spelt } from './mend.ts';
import { STATE_CODES } from './states.ts';

const indices = (characters: string): Alphabet =>
  Array.from(characters, (character) => MRZ_ALPHABET.indexOf(character));
const LETTERS = MRZ_ALPHABET.slice(10, 36);
const DIGITS = MRZ_ALPHABET.slice(0, 10);

const ALPHABETS: Readonly<Record<Exclude<FieldKind, 'code'>, Alphabet>> = {
  subcode: indices(`${LETTERS}<`),
  state: indices(`${LETTERS}<`),
  names: indices(`${LETTERS}<`),
  date: indices(`${DIGITS}<`),
  sex: indices('MFX<'),
  check: indices(DIGITS),
  'optional-check': indices(`${DIGITS}<`),
  free: indices(MRZ_ALPHABET),
  digits: indices(DIGITS),
};

/** How much less likely (natural logarithm) a listed state may be than the letters themselves. */
const STATE_LEEWAY = 5;
/** What a letter among the fillers after the names costs: it is nearly always a misread filler. */
const LETTER_AFTER_NAMES = 7;

/** Alphabet of each place: `[line][place]`. */
export const placesOf = (layout: Layout): readonly (readonly Alphabet[])[] => {
  const codes = indices(layout.codes);
  const places = Array.from({ length: layout.lines }, () =>
    Array.from<Alphabet>({ length: layout.length }),
  );
  for (const { line, from, length, kind } of layout.fields) {
    places[line]?.fill(kind === 'code' ? codes : ALPHABETS[kind], from, from + length);
  }
  return places;
};

/** Order of names in an MRZ (Doc 9303-3 §4.6): from state by filler or letter to state. */
const NAME_STATES = [
  { letter: 0, filler: 1 }, // primary identifier
  { letter: 0, filler: 2 }, // one filler in it
  { letter: 3, filler: 5 }, // two fillers: the secondary follows, or nothing
  { letter: 3, filler: 4 }, // secondary identifier
  { letter: 3, filler: 5 }, // one filler in it
  { letter: 5, filler: 5 }, // nothing but fillers
] as const;

const spellNames = (seen: SeenLines, line: number, from: number, length: number): number[] => {
  let scores = [0, -Infinity, -Infinity, -Infinity, -Infinity, -Infinity];
  const paths: { state: number; klass: number }[][] = [];
  for (let place = from; place < from + length; place += 1) {
    let best = 10;
    for (let klass = 10; klass < FILLER; klass += 1) {
      if (likelihoodAt(seen, line, place, klass) > likelihoodAt(seen, line, place, best))
        best = klass;
    }
    const letter = likelihoodAt(seen, line, place, best);
    const filler = likelihoodAt(seen, line, place, FILLER);
    const next = scores.map(() => -Infinity);
    const path = scores.map(() => ({ state: 0, klass: FILLER }));
    for (const [state, to] of NAME_STATES.entries()) {
      const score = scores[state] ?? -Infinity;
      const asLetter = score + letter - (state === 5 ? LETTER_AFTER_NAMES : 0);
      const asFiller = place === from ? -Infinity : score + filler;
      if (asLetter > (next[to.letter] ?? 0)) {
        next[to.letter] = asLetter;
        path[to.letter] = { state, klass: best };
      }
      if (asFiller > (next[to.filler] ?? 0)) {
        next[to.filler] = asFiller;
        path[to.filler] = { state, klass: FILLER };
      }
    }
    scores = next;
    paths.push(path);
  }
  let state = scores.indexOf(Math.max(...scores));
  const spelt: number[] = [];
  for (const path of paths.toReversed()) {
    const step = path[state] ?? { state: 0, klass: FILLER };
    spelt.unshift(step.klass);
    state = step.state;
  }
  return spelt;
};

const likeliest = (seen: SeenLines, line: number, place: number, alphabet: Alphabet): number =>
  alphabet.reduce((best, klass) =>
    likelihoodAt(seen, line, place, klass) > likelihoodAt(seen, line, place, best) ? klass : best,
  );

const STATES = STATE_CODES.map((code) => indices(code));

const spellState = (seen: SeenLines, line: number, from: number): readonly number[] => {
  const free = [0, 1, 2].map((index) => likeliest(seen, line, from + index, ALPHABETS.state));
  const scoreOf = (code: readonly number[]): number =>
    code.reduce((sum, klass, index) => sum + likelihoodAt(seen, line, from + index, klass), 0);
  const listed = STATES.reduce((best, code) => (scoreOf(code) > scoreOf(best) ? code : best));
  return scoreOf(listed) >= scoreOf(free) - STATE_LEEWAY ? listed : free;
};

/** A text and how it stands with its check digits. */
export interface Spelling {
  readonly lines: readonly string[];
  readonly areCheckDigitsRight: boolean;
  /** Mean logarithm of the likelihood of its characters: 0 is certain. */
  readonly meanLikelihood: number;
}

/** The likeliest text of a layout. */
export const spell = (layout: Layout, seen: SeenLines): Spelling => {
  const places = placesOf(layout);
  let spelt: Spelt = places.map((line, index) =>
    line.map((alphabet, place) => likeliest(seen, index, place, alphabet)),
  );
  for (const { line, from, length, kind } of layout.fields) {
    if (kind === 'names')
      spelt[line]?.splice(from, length, ...spellNames(seen, line, from, length));
    if (kind === 'state') spelt[line]?.splice(from, length, ...spellState(seen, line, from));
  }
  for (const check of layout.checks) {
    const others = layout.checks.filter((other) => other !== check);
    if (!isFulfilled(spelt, check)) spelt = mend(seen, spelt, places, check, others);
  }
  let sum = 0;
  for (const [line, classes] of spelt.entries()) {
    for (const [place, klass] of classes.entries()) sum += likelihoodAt(seen, line, place, klass);
  }
  return {
    lines: spelt.map((line) => line.map((klass) => MRZ_ALPHABET.charAt(klass)).join('')),
    areCheckDigitsRight: layout.checks.every((check) => isFulfilled(spelt, check)),
    meanLikelihood: sum / (layout.lines * layout.length),
  };
};
