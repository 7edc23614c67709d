/**
 * Owns what a document says about itself that a session can use: its kind, its country, its expiry,
 * and whether its check digits are right.
 * Never decides and never blocks: official specimens and worn cards are wrong at times, so a difference
 * is told, and staff decide. Nothing else of the holder is passed on.
 */
import { parse as parseLicence } from 'aamva-parser';
import { parse as parseMrz } from 'mrz';
import type { DocumentType } from '../../preload/contract/vocabulary.ts';
import type { MrzReading } from './mrz/read-mrz.ts';
import { COUNTRY_OF_STATE } from './mrz/states.ts';

/** Null where the document does not say, or says what is no country or date. */
export interface DocumentFacts {
  readonly documentType: DocumentType | null;
  /** ISO 3166-1 alpha-2 of the issuer. */
  readonly country: string | null;
  /** ISO 8601 calendar date: the last day it is valid. */
  readonly expiresOn: string | null;
  /** Of its machine-readable zone; null where there is none. */
  readonly areCheckDigitsRight: boolean | null;
}

/** Expiry years from here on are of the last century: the first machine-readable passports are of 1980. */
const FIRST_YEAR_OF_LAST_CENTURY = 80;

/** YYMMDD of an expiry; null for what is no day of the calendar. */
const expiryOf = (date: string | null | undefined): string | null => {
  const match = /^(\d\d)(\d\d)(\d\d)$/.exec(date ?? '');
  if (match === null) return null;
  const [, year = '', month = '', day = ''] = match;
  const century = Number(year) >= FIRST_YEAR_OF_LAST_CENTURY ? '19' : '20';
  const iso = `${century}${year}-${month}-${day}`;
  const time = Date.parse(`${iso}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso) ? iso : null;
};

/**
 * Kind of document by the size of its zone and its code. Doc 9303 leaves the second letter to the
 * issuer; R is what residence permits of the European Union and its neighbours bear (AR, CR, IR, RP).
 */
const documentTypeOf = (format: MrzReading['format'], code: string): DocumentType => {
  if (format === 'TD3') return 'PASSPORT';
  if (format === 'MRV-A' || format === 'MRV-B') return 'OTHER';
  return code.charAt(1) === 'R' ? 'RESIDENCE_PERMIT' : 'ID_CARD';
};

/** What an MRZ says. */
export const mrzFacts = ({
  format,
  lines,
}: Pick<MrzReading, 'format' | 'lines'>): DocumentFacts => {
  const { fields, details } = parseMrz(lines, { autocorrect: false });
  const code = lines[0]?.slice(0, 2) ?? '';
  const state = lines[0]?.slice(2, 5).replaceAll('<', '') ?? '';
  return {
    documentType: documentTypeOf(format, code),
    country: COUNTRY_OF_STATE.get(state) ?? null,
    expiresOn: expiryOf(fields.expirationDate),
    areCheckDigitsRight: details
      .filter(({ field }) => field?.endsWith('CheckDigit') === true)
      .every(({ valid }) => valid),
  };
};

/** The calendar date of midnight where this machine stands: the licence parser makes such. */
const localDate = (date: Date): string =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');

/** What the PDF417 of a North American licence says; null for a text of another kind. */
export const licenceFacts = (text: string): DocumentFacts | null => {
  if (!/^@[\s\S]{0,4}(ANSI|AAMVA) ?\d{6}/.test(text)) return null;
  const { countryCode, expirationDate } = parseLicence(text);
  return {
    documentType: 'DRIVER_LICENSE',
    country: COUNTRY_OF_STATE.get(countryCode ?? '') ?? null,
    expiresOn: expirationDate ? localDate(expirationDate) : null,
    areCheckDigitsRight: null,
  };
};
