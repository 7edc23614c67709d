/**
 * Owns the layouts of machine-readable zones: which characters may stand where, and which check digits
 * guard what. Never reads a picture.
 * Source: ICAO Doc 9303, 8th edition, parts 4 (TD3), 5 (TD1), 6 (TD2) and 7 (MRV-A, MRV-B). ID-FR is the
 * French national identity card of 1995 to 2021, whose zone has the size of TD2 and a layout of its own.
 */

export type MrzFormat = 'TD1' | 'TD2' | 'TD3' | 'MRV-A' | 'MRV-B' | 'ID-FR';

/** What a run of characters may be made of. */
export type FieldKind =
  /** First letter of the document code; the second letter, or filler. */
  | 'code'
  | 'subcode'
  /** Three letters of the list of states. */
  | 'state'
  /** Letters and fillers in the order that names have. */
  | 'names'
  /** Six digits, or fillers for what is not known. */
  | 'date'
  | 'sex'
  /** One digit. */
  | 'check'
  /** One digit, or filler where its field is empty or goes on elsewhere. */
  | 'optional-check'
  /** Letters, digits and fillers. */
  | 'free'
  | 'digits';

export interface Field {
  readonly line: number;
  readonly from: number;
  readonly length: number;
  readonly kind: FieldKind;
}

/** Characters of a line, `from` inclusive, `to` exclusive. */
export interface Span {
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

/** A check digit and what it is computed over, in this order. */
export interface Check {
  readonly spans: readonly Span[];
  readonly line: number;
  readonly at: number;
}

export interface Layout {
  readonly format: MrzFormat;
  readonly lines: number;
  readonly length: number;
  /** First letters that a document code of this format may have. */
  readonly codes: string;
  readonly fields: readonly Field[];
  readonly checks: readonly Check[];
}

const field = (line: number, from: number, length: number, kind: FieldKind): Field => ({
  line,
  from,
  length,
  kind,
});
const span = (line: number, from: number, to: number): Span => ({ line, from, to });
const check = (line: number, at: number, ...spans: readonly Span[]): Check => ({ spans, line, at });

/** First line of all formats of two lines. */
const firstLine = (length: number): readonly Field[] => [
  field(0, 0, 1, 'code'),
  field(0, 1, 1, 'subcode'),
  field(0, 2, 3, 'state'),
  field(0, 5, length - 5, 'names'),
];

/** The part of the second line that all formats of two lines share. */
const secondLine: readonly Field[] = [
  field(1, 0, 9, 'free'),
  field(1, 9, 1, 'optional-check'),
  field(1, 10, 3, 'state'),
  field(1, 13, 6, 'date'),
  field(1, 19, 1, 'optional-check'),
  field(1, 20, 1, 'sex'),
  field(1, 21, 6, 'date'),
  field(1, 27, 1, 'optional-check'),
];
const secondLineChecks: readonly Check[] = [
  check(1, 9, span(1, 0, 9)),
  check(1, 19, span(1, 13, 19)),
  check(1, 27, span(1, 21, 27)),
];

const TD3: Layout = {
  format: 'TD3',
  lines: 2,
  length: 44,
  codes: 'P',
  fields: [
    ...firstLine(44),
    ...secondLine,
    field(1, 28, 14, 'free'),
    field(1, 42, 1, 'optional-check'),
    field(1, 43, 1, 'check'),
  ],
  checks: [
    ...secondLineChecks,
    check(1, 42, span(1, 28, 42)),
    check(1, 43, span(1, 0, 10), span(1, 13, 20), span(1, 21, 43)),
  ],
};

const TD2: Layout = {
  format: 'TD2',
  lines: 2,
  length: 36,
  codes: 'IACP',
  fields: [...firstLine(36), ...secondLine, field(1, 28, 7, 'free'), field(1, 35, 1, 'check')],
  checks: [...secondLineChecks, check(1, 35, span(1, 0, 10), span(1, 13, 20), span(1, 21, 35))],
};

const visa = (format: MrzFormat, length: number): Layout => ({
  format,
  lines: 2,
  length,
  codes: 'V',
  fields: [...firstLine(length), ...secondLine, field(1, 28, length - 28, 'free')],
  checks: secondLineChecks,
});

const TD1: Layout = {
  format: 'TD1',
  lines: 3,
  length: 30,
  codes: 'IAC',
  fields: [
    field(0, 0, 1, 'code'),
    field(0, 1, 1, 'subcode'),
    field(0, 2, 3, 'state'),
    field(0, 5, 9, 'free'),
    field(0, 14, 1, 'optional-check'),
    field(0, 15, 15, 'free'),
    field(1, 0, 6, 'date'),
    field(1, 6, 1, 'optional-check'),
    field(1, 7, 1, 'sex'),
    field(1, 8, 6, 'date'),
    field(1, 14, 1, 'optional-check'),
    field(1, 15, 3, 'state'),
    field(1, 18, 11, 'free'),
    field(1, 29, 1, 'check'),
    field(2, 0, 30, 'names'),
  ],
  checks: [
    check(0, 14, span(0, 5, 14)),
    check(1, 6, span(1, 0, 6)),
    check(1, 14, span(1, 8, 14)),
    check(1, 29, span(0, 5, 30), span(1, 0, 7), span(1, 8, 15), span(1, 18, 29)),
  ],
};

const ID_FR: Layout = {
  format: 'ID-FR',
  lines: 2,
  length: 36,
  codes: 'I',
  fields: [
    field(0, 0, 1, 'code'),
    field(0, 1, 1, 'subcode'),
    field(0, 2, 3, 'state'),
    field(0, 5, 25, 'names'),
    field(0, 30, 6, 'free'),
    field(1, 0, 4, 'digits'),
    field(1, 4, 3, 'free'),
    field(1, 7, 5, 'digits'),
    field(1, 12, 1, 'check'),
    field(1, 13, 14, 'names'),
    field(1, 27, 6, 'date'),
    field(1, 33, 1, 'check'),
    field(1, 34, 1, 'sex'),
    field(1, 35, 1, 'check'),
  ],
  checks: [
    check(1, 12, span(1, 0, 12)),
    check(1, 33, span(1, 27, 33)),
    check(1, 35, span(0, 0, 36), span(1, 0, 35)),
  ],
};

export const LAYOUTS: readonly Layout[] = [
  TD3,
  TD1,
  TD2,
  visa('MRV-A', 44),
  visa('MRV-B', 36),
  ID_FR,
];

const WEIGHTS = [7, 3, 1] as const;

/**
 * Check digit over characters of the MRZ: weights 7-3-1, modulo 10, A = 10 … Z = 35, filler 0
 * (Doc 9303-3 §4.9).
 *
 * @param values of the characters, 0…35.
 */
export const checkDigitOf = (values: readonly number[]): number =>
  values.reduce((sum, value, index) => sum + value * (WEIGHTS[index % 3] ?? 0), 0) % 10;
