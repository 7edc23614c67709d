import { describe, expect, it } from 'vitest';
import { COUNTRY_CODES } from '../../../../preload/contract/countries.ts';
import { countryCode } from '../../../../preload/contract/vocabulary.ts';

const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** Two-letter codes CLDR names although ISO 3166-1 does not assign them: reserved, withdrawn, private use. */
const NOT_ASSIGNED = new Set(
  'AC AN BU CP CQ CS DD DG DY EA EU EZ FX HV IC NH NT QO RH SU TA TP UK UN VD XA XB YD YU ZR ZZ'.split(
    ' ',
  ),
);

describe('country codes', () => {
  it('are the 249 assigned codes and Kosovo, each once, in order', () => {
    expect(COUNTRY_CODES).toHaveLength(250);
    expect(new Set(COUNTRY_CODES).size).toBe(250);
    expect([...COUNTRY_CODES].toSorted()).toEqual([...COUNTRY_CODES]);
    expect(COUNTRY_CODES).toContain('XK');
  });

  it('have the form the border expects', () => {
    for (const code of COUNTRY_CODES) expect(countryCode.safeParse(code).success).toBe(true);
  });

  it('are exactly the current countries and territories that Unicode knows', () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
    const known = letters
      .flatMap((first) => letters.map((second) => first + second))
      .filter((code) => names.of(code) !== undefined && !NOT_ASSIGNED.has(code));
    expect([...COUNTRY_CODES]).toEqual(known);
  });
});
