/**
 * English as a language with long words would be: each letter accented, each word longer by two
 * fifths, placeholders and plural forms as they are. Made for tests, never shipped.
 */
import { IntlMessageFormat } from 'intl-messageformat';
import { ENGLISH, type Messages } from '../../../../renderer/i18n/catalogues.ts';

const ACCENTED: Readonly<Record<string, string>> = {
  a: 'ä',
  e: 'ë',
  i: 'ï',
  o: 'ö',
  u: 'ü',
  y: 'ý',
  c: 'ç',
  n: 'ñ',
  s: 'š',
  z: 'ž',
  A: 'Ä',
  E: 'Ë',
  I: 'Ï',
  O: 'Ö',
  U: 'Ü',
  C: 'Ç',
  N: 'Ñ',
  S: 'Š',
};
const GROWTH = 0.4;

const longerWord = (word: string): string => {
  const more = Math.ceil(word.length * GROWTH);
  const at = Math.ceil(word.length / 2);
  const grown = word.slice(0, at) + word.slice(at - more).slice(0, more) + word.slice(at);
  return Array.from(grown, (letter) => ACCENTED[letter] ?? letter).join('');
};

const longer = (text: string): string =>
  text.replaceAll(/\p{L}+/gu, (word) => (word.length < 2 ? word : longerWord(word)));

/** What is read of a part of a parsed message; kind 0 is plain text, others may have forms with parts. */
interface Part {
  readonly type: number;
  readonly location?: {
    readonly start: { readonly offset: number };
    readonly end: { readonly offset: number };
  };
  readonly options?: Readonly<Record<string, { readonly value: readonly Part[] }>>;
}

/** The plain texts of a message in their order, also those inside plurals and selections. */
const plainTexts = (parts: readonly Part[]): readonly (readonly [start: number, end: number])[] =>
  parts.flatMap(({ type, location, options = {} }) =>
    type === 0 && location !== undefined
      ? [[location.start.offset, location.end.offset] as const]
      : Object.values(options).flatMap(({ value }) => plainTexts(value)),
  );

const longerMessage = (message: string): string => {
  const options = { captureLocation: true };
  let result = '';
  let at = 0;
  for (const [start, end] of plainTexts(
    new IntlMessageFormat(message, 'en', undefined, options).getAst(),
  )) {
    result += message.slice(at, start) + longer(message.slice(start, end));
    at = end;
  }
  return result + message.slice(at);
};

/** The messages of the pseudo-locale. */
export const pseudoMessages = (): Messages => {
  const entries = Object.entries(ENGLISH).map(([key, message]) => [key, longerMessage(message)]);
  return Object.fromEntries(entries) as Messages;
};
