/** Spelling: what layouts, lists, the order of names and check digits make of what was seen. */
import { describe, expect, it } from 'vitest';
import { LAYOUTS, type MrzFormat } from '../../../../../renderer/vision/mrz/formats.ts';
import { MRZ_ALPHABET } from '../../../../../renderer/vision/mrz/line-network.ts';
import { spell } from '../../../../../renderer/vision/mrz/spell.ts';
import { voteMrz } from '../../../../../renderer/vision/mrz/vote.ts';
import { type MrzFields, mrvA, mrvB, td1, td2, td3 } from '../../../../specimens/mrz.ts';

const FIELDS: MrzFields = {
  documentCode: 'P',
  issuer: 'UTO',
  nationality: 'UTO',
  documentNumber: 'L0O8902C3',
  surname: 'Eriksson',
  givenNames: 'Anna Maria',
  birthDate: '1974-08-12',
  sex: 'F',
  expiryDate: '2012-04-15',
  optionalData: 'ZE184226B',
};

const layoutOf = (format: MrzFormat) => {
  const layout = LAYOUTS.find((each) => each.format === format);
  if (layout === undefined) throw new Error('No such format.');
  return layout;
};

/** Lines seen with certainty: every other character is 9 (natural logarithm) less likely. */
const seen = (lines: readonly string[]): Float64Array[] =>
  lines.map((line) => {
    const likelihoods = new Float64Array(line.length * MRZ_ALPHABET.length).fill(-9);
    for (const [place, character] of Array.from(line).entries()) {
      likelihoods[place * MRZ_ALPHABET.length + MRZ_ALPHABET.indexOf(character)] = -0.01;
    }
    return likelihoods;
  });

/** Makes `looksLike` the likelier character at a place, and the true one a second by `lead`. */
const blurred = (
  lines: Float64Array[],
  line: number,
  place: number,
  looksLike: string,
  truth: string,
  lead: number,
): void => {
  const likelihoods = lines[line] ?? new Float64Array();
  const start = place * MRZ_ALPHABET.length;
  likelihoods[start + MRZ_ALPHABET.indexOf(looksLike)] = -0.1;
  likelihoods[start + MRZ_ALPHABET.indexOf(truth)] = -0.1 - lead;
};

const WRITTEN: readonly (readonly [MrzFormat, readonly string[]])[] = [
  ['TD3', td3(FIELDS)],
  ['TD1', td1({ ...FIELDS, documentCode: 'I' })],
  ['TD1', td1({ ...FIELDS, documentCode: 'I', documentNumber: 'D231458907AB1' })],
  ['TD2', td2({ ...FIELDS, documentCode: 'I', optionalData: '' })],
  ['MRV-A', mrvA({ ...FIELDS, documentCode: 'V' })],
  ['MRV-B', mrvB({ ...FIELDS, documentCode: 'V', optionalData: '' })],
];

describe('spelling', () => {
  it.each(WRITTEN)('gives back what was written as %s, its check digits right', (format, lines) => {
    const spelling = spell(layoutOf(format), seen(lines));
    expect(spelling.lines).toEqual(lines);
    expect(spelling.areCheckDigitsRight).toBe(true);
  });

  it('knows the French card of 1995, whose last digit covers both lines', () => {
    const lines = ['IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<', '8806923102858CORINNE<<<<<<<6512068F6'];
    const spelling = spell(layoutOf('ID-FR'), seen(lines));
    expect(spelling).toMatchObject({ lines, areCheckDigitsRight: true });
  });

  it('leaves out what is not known of a date', () => {
    const [first, second] = td3(FIELDS);
    const lines = [first, `${second.slice(0, 21)}<<<<<<0${second.slice(28)}`];
    expect(spell(layoutOf('TD3'), seen(lines)).lines).toEqual(lines);
  });

  it('mends a close call in the document number by its check digit', () => {
    const lines = td3(FIELDS);
    const doubtful = seen(lines);
    blurred(doubtful, 1, 1, 'O', '0', 1.5);
    expect(spell(layoutOf('TD3'), doubtful).lines).toEqual(lines);
  });

  it('mends two close calls in one field', () => {
    const lines = td3(FIELDS);
    const doubtful = seen(lines);
    blurred(doubtful, 1, 1, 'O', '0', 1);
    blurred(doubtful, 1, 3, 'B', '8', 1);
    expect(spell(layoutOf('TD3'), doubtful).lines).toEqual(lines);
  });

  it('leaves clear print as it is where a check digit does not fit, and says so', () => {
    const [first, second] = td3(FIELDS);
    const misprinted = `${second.slice(0, 9)}${second.at(9) === '1' ? '2' : '1'}${second.slice(10)}`;
    const spelling = spell(layoutOf('TD3'), seen([first, misprinted]));
    expect(spelling.lines).toEqual([first, misprinted]);
    expect(spelling.areCheckDigitsRight).toBe(false);
  });

  it('reads a lone letter among the fillers after the names as a filler', () => {
    const lines = td3(FIELDS);
    const doubtful = seen(lines);
    for (const [place, letter] of [
      [28, 'K'],
      [33, 'S'],
      [43, 'E'],
    ] as const) {
      blurred(doubtful, 0, place, letter, '<', 4);
    }
    expect(spell(layoutOf('TD3'), doubtful).lines).toEqual(lines);
  });

  it('prefers a listed state to a likelier one that is none', () => {
    const lines = td3(FIELDS);
    const doubtful = seen(lines);
    blurred(doubtful, 0, 2, 'D', 'U', 2);
    blurred(doubtful, 1, 12, 'Q', 'O', 2);
    expect(spell(layoutOf('TD3'), doubtful).lines).toEqual(lines);
  });

  it('keeps a state that is not listed where it is printed clearly', () => {
    const lines = td3({ ...FIELDS, issuer: 'BDR' });
    expect(spell(layoutOf('TD3'), seen(lines)).lines).toEqual(lines);
  });
});

describe('voting', () => {
  const lines = td3(FIELDS);
  const reading = (likelihoods: Float64Array[]) => ({
    format: 'TD3' as const,
    quarterTurns: 0 as const,
    seen: likelihoods,
    ...spell(layoutOf('TD3'), likelihoods),
  });

  it('gives the text that frames with different faults have in common', () => {
    const frames = [7, 8, 9].map((place) => {
      const likelihoods = seen(lines);
      blurred(likelihoods, 0, place, 'X', lines[0].charAt(place), 6);
      return reading(likelihoods);
    });
    for (const frame of frames) expect(frame.lines).not.toEqual(lines);
    expect(voteMrz(frames)?.lines).toEqual(lines);
  });

  it('leaves out a frame of another format', () => {
    const other = td1({ ...FIELDS, documentCode: 'I' });
    const stray = {
      format: 'TD1' as const,
      quarterTurns: 0 as const,
      seen: seen(other),
      ...spell(layoutOf('TD1'), seen(other)),
    };
    const good = reading(seen(lines));
    expect(voteMrz([stray, good, good])?.lines).toEqual(lines);
  });

  it('has nothing to say without a reading', () => {
    expect(voteMrz([])).toBeNull();
  });
});
