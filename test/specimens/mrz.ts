/**
 * Owns machine-readable zones: fields in, lines with check digits out.
 * Never reads one: a reader that shares code with its writer proves nothing.
 * Source of every rule: ICAO Doc 9303, 8th edition, part and section as named.
 */
import { mrzNames, mrzText } from './mrz-names.ts';

/** Sex as printed in the MRZ; X is written as filler (Doc 9303-4 §4.2.2). */
export type Sex = 'F' | 'M' | 'X';

/** What every MRZ says. Dates are ISO 8601 calendar dates. */
export interface MrzFields {
  /** One or two letters: `P`, `I`, `AR`, `V` … */
  readonly documentCode: string;
  /** Issuing state, ISO 3166-1 alpha-3 or Doc 9303-3 §5; Germany is `D`. */
  readonly issuer: string;
  readonly nationality: string;
  readonly documentNumber: string;
  readonly surname: string;
  readonly givenNames: string;
  readonly birthDate: string;
  readonly sex: Sex;
  readonly expiryDate: string;
  /** Personal number or whatever the issuer likes; A–Z, 0–9, filler. */
  readonly optionalData?: string;
  /** Second optional field of TD1 alone. */
  readonly optionalData2?: string;
}

const WEIGHTS = [7, 3, 1] as const;

function valueOf(character: string): number {
  if (character === '<') return 0;
  const value = Number.parseInt(character, 36);
  if (Number.isNaN(value)) throw new RangeError('Not a character of the MRZ.');
  return value;
}

/** Check digit over `text` (Doc 9303-3 §4.9: weights 7-3-1, modulo 10, A = 10 … Z = 35, filler 0). */
export function checkDigit(text: string): string {
  let sum = 0;
  for (let index = 0; index < text.length; index += 1) {
    sum += valueOf(text.charAt(index)) * (WEIGHTS[index % 3] ?? 0);
  }
  return String(sum % 10);
}

function field(text: string, width: number): string {
  const written = mrzText(text);
  if (written.length > width) throw new RangeError(`A field of ${width} characters overflows.`);
  return written.padEnd(width, '<');
}

function checked(text: string): string {
  return text + checkDigit(text);
}

function shortDate(isoDate: string): string {
  const match = /^\d\d(\d\d)-(\d\d)-(\d\d)$/.exec(isoDate);
  if (match === null) throw new RangeError('A date must be written YYYY-MM-DD.');
  return match.slice(1).join('');
}

function sexCode(sex: Sex): string {
  return sex === 'X' ? '<' : sex;
}

/**
 * Number, check digit and optional data of TD1 and TD2. A number longer than nine characters has a
 * filler in place of its check digit and goes on, check digit and filler after it, in the optional
 * data (Doc 9303-5 §4.2.2 note j, Doc 9303-6 §4.2.2 note j).
 */
function numberAndOptional(number: string, optional: string, optionalWidth: number): string {
  const written = mrzText(number);
  if (written.length <= 9) return checked(field(written, 9)) + field(optional, optionalWidth);
  const rest = `${written.slice(9)}${checkDigit(written)}<${optional}`;
  return `${written.slice(0, 9)}<${field(rest, optionalWidth)}`;
}

/** Three lines of 30: ID-1 cards (Doc 9303-5 §4.2). */
export function td1(fields: MrzFields): readonly [string, string, string] {
  const numbers = numberAndOptional(fields.documentNumber, fields.optionalData ?? '', 15);
  const line1 = field(fields.documentCode, 2) + field(fields.issuer, 3) + numbers;
  const dates = checked(shortDate(fields.birthDate));
  const expiry = checked(shortDate(fields.expiryDate));
  const optional2 = field(fields.optionalData2 ?? '', 11);
  const composite = checkDigit(line1.slice(5) + dates + expiry + optional2);
  const line2 =
    dates + sexCode(fields.sex) + expiry + field(fields.nationality, 3) + optional2 + composite;
  return [line1, line2, mrzNames(fields.surname, fields.givenNames, 30)];
}

/** Two lines of 36: ID-2 cards (Doc 9303-6 §4.2). */
export function td2(fields: MrzFields): readonly [string, string] {
  const line1 = firstLine(fields, 36);
  const numbers = numberAndOptional(fields.documentNumber, fields.optionalData ?? '', 7);
  const number = numbers.slice(0, 10);
  const optional = numbers.slice(10);
  const birth = checked(shortDate(fields.birthDate));
  const expiry = checked(shortDate(fields.expiryDate));
  const body =
    number + field(fields.nationality, 3) + birth + sexCode(fields.sex) + expiry + optional;
  return [line1, body + checkDigit(number + birth + expiry + optional)];
}

/** Two lines of 44: passports (Doc 9303-4 §4.2). */
export function td3(fields: MrzFields): readonly [string, string] {
  const number = checked(field(fields.documentNumber, 9));
  const birth = checked(shortDate(fields.birthDate));
  const expiry = checked(shortDate(fields.expiryDate));
  const optional = checked(field(fields.optionalData ?? '', 14));
  const body =
    number + field(fields.nationality, 3) + birth + sexCode(fields.sex) + expiry + optional;
  return [firstLine(fields, 44), body + checkDigit(number + birth + expiry + optional)];
}

/** Two lines of 44 without composite check digit: full-size visa (Doc 9303-7 §4.2). */
export function mrvA(fields: MrzFields): readonly [string, string] {
  return visa(fields, 44, 16);
}

/** Two lines of 36 without composite check digit: small visa (Doc 9303-7 §5.2). */
export function mrvB(fields: MrzFields): readonly [string, string] {
  return visa(fields, 36, 8);
}

function visa(fields: MrzFields, width: number, optionalWidth: number): readonly [string, string] {
  return [
    firstLine(fields, width),
    checked(field(fields.documentNumber, 9)) +
      field(fields.nationality, 3) +
      checked(shortDate(fields.birthDate)) +
      sexCode(fields.sex) +
      checked(shortDate(fields.expiryDate)) +
      field(fields.optionalData ?? '', optionalWidth),
  ];
}

function firstLine(fields: MrzFields, width: number): string {
  const head = field(fields.documentCode, 2) + field(fields.issuer, 3);
  return head + mrzNames(fields.surname, fields.givenNames, width - head.length);
}
