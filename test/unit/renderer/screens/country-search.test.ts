import { describe, expect, it } from 'vitest';
import {
  commonCountries,
  searchCountries,
  sortedCountries,
} from '../../../../renderer/components/country-search.ts';

const NAMES: Readonly<Record<string, string>> = {
  CZ: 'Čekija',
  DE: 'Vokietija',
  GB: 'Jungtinė Karalystė',
  LT: 'Lietuva',
  LV: 'Latvija',
};
const entries = sortedCountries(Object.keys(NAMES), (code) => NAMES[code] ?? code, 'lt');
const found = (query: string): string[] => searchCountries(entries, query).map(({ code }) => code);

describe('country search', () => {
  it('sorts as the language sorts', () => {
    expect(entries.map(({ code }) => code)).toEqual(['CZ', 'GB', 'LV', 'LT', 'DE']);
  });

  it('finds a country by the first letters of any of its words, without accents or case', () => {
    expect(found('cek')).toEqual(['CZ']);
    expect(found('KARAL')).toEqual(['GB']);
    expect(found(' la')).toEqual(['LV']);
    expect(found('tuva')).toEqual([]);
  });

  it('finds a country by the first letters after the Arabic article', () => {
    const arabic = [
      { code: 'DE', name: 'ألمانيا' },
      { code: 'MA', name: 'المغرب' },
    ];
    expect(searchCountries(arabic, 'مغر').map(({ code }) => code)).toEqual(['MA']);
    expect(searchCountries(arabic, 'الم').map(({ code }) => code)).toEqual(['DE', 'MA']);
  });

  it('finds a country by its code', () => {
    expect(found('lt')).toEqual(['LT']);
  });

  it('takes a query for text, not for a pattern', () => {
    expect(found('.*')).toEqual([]);
  });

  it('shows everything when nothing is asked', () => {
    expect(found('  ')).toHaveLength(5);
  });

  it('offers as common only what the kiosk takes', () => {
    expect(commonCountries(['DE', 'LT', 'ZZ'])).toEqual(['LT', 'DE']);
  });
});
