/**
 * Owns the invented people specimens are issued to, and the states that issue them.
 * Never holds a real person: names are paired by seed, numbers begin with letters that mark them as drawn.
 */
import type { Sex } from '../mrz.ts';
import { createPrng } from '../prng.ts';

/** A state that issues specimens. */
export interface Issuer {
  /** As in MRZs: ISO 3166-1 alpha-3, or Doc 9303-3 §5 where it differs. */
  readonly mrzCode: string;
  /** Two letters for the distinguishing sign. */
  readonly sign: string;
  readonly name: string;
  readonly localName: string;
  /** Two inks of the security print. */
  readonly inks: readonly [string, string];
}

/** UTO is ICAO's own example state; the others are real codes on invented designs. */
const ISSUERS = {
  UTO: {
    mrzCode: 'UTO',
    sign: 'UT',
    name: 'UTOPIA',
    localName: 'UTOPIA',
    inks: ['#2f7f86', '#b8743a'],
  },
  LT: {
    mrzCode: 'LTU',
    sign: 'LT',
    name: 'LITHUANIA',
    localName: 'LIETUVA',
    inks: ['#3c7a4e', '#b58a2e'],
  },
  LV: {
    mrzCode: 'LVA',
    sign: 'LV',
    name: 'LATVIA',
    localName: 'LATVIJA',
    inks: ['#8a3a4a', '#7d7468'],
  },
  EE: {
    mrzCode: 'EST',
    sign: 'EST',
    name: 'ESTONIA',
    localName: 'EESTI',
    inks: ['#33679b', '#5c6b78'],
  },
  PL: {
    mrzCode: 'POL',
    sign: 'PL',
    name: 'POLAND',
    localName: 'POLSKA',
    inks: ['#a8485a', '#6a7f8c'],
  },
  DE: {
    mrzCode: 'D',
    sign: 'D',
    name: 'GERMANY',
    localName: 'DEUTSCHLAND',
    inks: ['#4c7f78', '#8b6f9a'],
  },
} as const satisfies Record<string, Issuer>;

export type IssuerKey = keyof typeof ISSUERS;

/** One invented holder with all numbers their documents carry. Dates are ISO 8601. */
export interface Person {
  readonly seed: number;
  readonly issuer: Issuer;
  readonly surname: string;
  readonly givenNames: string;
  readonly sex: Sex;
  readonly birthDate: string;
  readonly birthPlace: string;
  readonly street: string;
  readonly city: string;
  readonly postcode: string;
  readonly heightCm: number;
  readonly cardNumber: string;
  readonly passportNumber: string;
  readonly permitNumber: string;
  readonly licenceNumber: string;
  readonly personalNumber: string;
  readonly customerNumber: string;
}

const SURNAMES = [
  'Specimen-Rasa',
  'Vaizdaitė',
  'Mustermann',
  'Näidis',
  'Pavyzdys',
  'Wzorek',
  'Paraudziņš',
  'Eriksson',
] as const;
const GIVEN = {
  F: ['Anna Maria', 'Živilė', 'Liisa', 'Katarzyna', 'Elza'],
  M: ['Jonas', 'Øyvind', 'Marek', 'Toomas', 'Jürgen'],
} as const;
const CITIES = ['Amaurote', 'Zenith', 'Nowhere', 'Anyder'] as const;
const STREETS = ['Lantern Street', 'Harbour Lane', 'Orchard Road', 'Mill Hill'] as const;

/** The person of a seed. Born between 1958 and 2001. */
export function personOf(seed: number, issuerKey: IssuerKey): Person {
  const random = createPrng(seed, 'person');
  const digits = (count: number) => Array.from({ length: count }, () => random.int(0, 9)).join('');
  const sex = random.pick(['F', 'M'] as const);
  const two = (value: number) => String(value).padStart(2, '0');
  const birthDate = `${random.int(1958, 2001)}-${two(random.int(1, 12))}-${two(random.int(1, 28))}`;
  return {
    seed,
    issuer: ISSUERS[issuerKey],
    surname: random.pick(SURNAMES),
    givenNames: random.pick(GIVEN[sex]),
    sex,
    birthDate,
    birthPlace: random.pick(CITIES),
    street: `${random.pick(STREETS)} ${random.int(1, 98)}`,
    city: random.pick(CITIES),
    postcode: `UT-${digits(5)}`,
    heightCm: random.int(158, 192),
    cardNumber: `SP${digits(7)}`,
    passportNumber: `XS${digits(7)}`,
    permitNumber: `RP${digits(7)}`,
    licenceNumber: `SPC${digits(8)}`,
    personalNumber: `${birthDate.slice(2).replaceAll('-', '')}${digits(4)}`,
    customerNumber: `C-${digits(4)}-${digits(4)}`,
  };
}

/** `isoDate` moved by whole years; 29 February becomes 28. */
export function addYears(isoDate: string, years: number): string {
  const [year = '', month = '', day = ''] = isoDate.split('-');
  const moved = month === '02' && day === '29' ? '28' : day;
  return `${Number(year) + years}-${month}-${moved}`;
}

/** `31 12 2030`: as documents print it. */
export function printedDate(isoDate: string): string {
  return isoDate.split('-').toReversed().join(' ');
}
