/** Which countries a branch sees most, and how a list of countries is searched. Pure. */

/** Own decision: the home markets of the languages the product is made for first, and their neighbours. */
const COMMON = ['LT', 'LV', 'EE', 'PL', 'UA', 'DE', 'GB', 'BY'] as const;

/** A country as a list shows it. */
export interface CountryEntry {
  /** ISO 3166-1 alpha-2. */
  readonly code: string;
  readonly name: string;
}

/** Those of `codes` that are common, in a fixed order. */
export const commonCountries = (codes: readonly string[]): string[] =>
  COMMON.filter((code) => codes.includes(code));

/** Letters without accents and case: `Čekija` is found by `cek`, `Åland` by `aland`. */
const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase();

/** All countries by name, sorted as the language sorts. */
export const sortedCountries = (
  codes: readonly string[],
  nameOf: (code: string) => string,
  language: string,
): CountryEntry[] => {
  const collator = new Intl.Collator(language);
  return codes
    .map((code) => ({ code, name: nameOf(code) }))
    .toSorted((a, b) => collator.compare(a.name, b.name));
};

/** What a word may begin with that nobody types: the Arabic article, as in المغرب. */
const BEFORE_A_WORD = [' ', ' ال'];

/** Entries with a word that begins like `query`, or with that code; all when nothing is asked. */
export const searchCountries = (
  entries: readonly CountryEntry[],
  query: string,
): readonly CountryEntry[] => {
  const wanted = folded(query.trim());
  if (wanted === '') return entries;
  return entries.filter(
    ({ code, name }) =>
      code.toLowerCase() === wanted ||
      BEFORE_A_WORD.some((before) => ` ${folded(name)}`.includes(before + wanted)),
  );
};
