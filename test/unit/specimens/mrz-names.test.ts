/** Names in an MRZ: transliteration and the truncations that Doc 9303-4 shows. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mrzNames, mrzText } from '../../specimens/mrz-names.ts';

/** Name field of a passport. */
const WIDTH = 39;

describe('transliteration', () => {
  it.each([
    ['Müller', 'MUELLER'],
    ['Ångström', 'AANGSTROEM'],
    ['Žemaitė', 'ZEMAITE'],
    ['Łukasz', 'LUKASZ'],
    ['Weiß', 'WEISS'],
    ['Þór', 'THOR'],
    ['Jean-Luc', 'JEAN<LUC'],
    ['O’Connor', 'OCONNOR'],
    ["D'Artagnan", 'DARTAGNAN'],
  ])('writes %s as %s', (name, written) => {
    expect(mrzText(name)).toBe(written);
  });

  it('refuses a letter that is not Latin instead of guessing', () => {
    expect(() => mrzText('Ω')).toThrow(RangeError);
  });
});

describe('truncation', () => {
  it.each([
    ['Nilavadhanananda', 'Chayapa Dejthamrong Krasuang', 'NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K'],
    ['Nilavadhanananda', 'Arnpol Petch Charonguang', 'NILAVADHANANANDA<<ARNPOL<PETCH<CHARONGU'],
    [
      'Bennelong Wooloomooloo Warrandyte Warnambool',
      'Dingo Potoroo',
      'BENNELONG<WOOLOOMOOLOO<WARRANDYTE<W<<DI',
    ],
  ])('cuts %s, %s as the standard does', (surname, givenNames, line) => {
    expect(mrzNames(surname, givenNames, WIDTH)).toBe(line);
  });

  it('pads a name that fits and leaves a person without given names alone', () => {
    expect(mrzNames('Arkfreith', '', 12)).toBe('ARKFREITH<<<');
  });

  it('never ends a name that was cut in filler, whatever the name', () => {
    const part = fc.stringMatching(/^[A-Z]{2,14}$/);
    const parts = fc.array(part, { minLength: 1, maxLength: 4 }).map((names) => names.join(' '));
    fc.assert(
      fc.property(parts, parts, fc.integer({ min: 25, max: WIDTH }), (surname, given, width) => {
        const line = mrzNames(surname, given, width);
        expect(line).toHaveLength(width);
        expect(line.replace(/<+$/, '').split('<<')).toHaveLength(2);
        const whole = `${surname} ${given}`.length + 1;
        expect(line.endsWith('<')).toBe(whole < width);
      }),
      { seed: 9303, numRuns: 400 },
    );
  });
});
