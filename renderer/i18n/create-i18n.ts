/**
 * Turns the messages of one language into the functions screens speak with.
 * Pure: knows no React and no storage. Must never hold a sentence of its own.
 */
import { IntlMessageFormat } from 'intl-messageformat';
import type { DocumentType } from '../../preload/contract/vocabulary.ts';
import type { Messages, MessageKey } from './catalogues.ts';

/** Values for the placeholders of a message. */
type MessageValues = Readonly<Record<string, string | number>>;

/** The words of one language. */
export interface I18n {
  /** BCP 47 tag of the language these words are in. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  /** The message of a key with its placeholders filled in. Throws when a placeholder gets no value. */
  readonly t: (key: MessageKey, values?: MessageValues) => string;
  /** Name of a country. `code`: ISO 3166-1 alpha-2. */
  readonly country: (code: string) => string;
  /** Name of a kind of document. */
  readonly document: (type: DocumentType) => string;
  /** A size for people, in kB or MB (10^3, 10^6). */
  readonly bytes: (sizeBytes: number) => string;
  /** A time of many days or seconds in words. */
  readonly measure: (count: number, unit: 'day' | 'second') => string;
  /** Date and time of day. `atMs`: milliseconds since 1970. */
  readonly dateTime: (atMs: number) => string;
  /** Day, month and time of day, short, for lists. `atMs`: as above. */
  readonly dayTime: (atMs: number) => string;
  /** Time of day alone. `atMs`: as above. */
  readonly time: (atMs: number) => string;
}

/** Languages written from right to left, of those that Intl knows well (Unicode CLDR). */
const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(['ar', 'fa', 'he', 'ur']);

/** A language's name in itself, its first letter in upper case: `Lietuvių`, `English`. */
export const nameOfLanguage = (tag: string): string => {
  const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
};

/** Unicode's first strong isolate, and its end: what stands between them does not reorder the rest. */
const ISOLATE = ['\u2068', '\u2069'] as const;

/**
 * A message whose plain values (`{reference}`, not those with a format) stand isolated: numbers and names in
 * Latin letters would else be torn apart, or take the words beside them along.
 */
const isolated = (message: string): string =>
  message.replaceAll(/\{\w+\}/g, (value) => ISOLATE.join(value));

/** Makes the words of `language` out of its messages. */
export const createI18n = (language: string, messages: Messages): I18n => {
  const direction = RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr';
  // Latin digits in every language: those of documents, PIN pad, references and receipts.
  const locale = `${language}-u-nu-latn`;
  const formats = new Map<MessageKey, IntlMessageFormat>();
  const countries = new Intl.DisplayNames([language], { type: 'region' });
  const dateTimes = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' });
  const dayTimes = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
  });
  const times = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const sizeFormat = (unit: string, maximumFractionDigits: number): Intl.NumberFormat =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits });
  const kilobytes = sizeFormat('kilobyte', 0);
  const megabytes = sizeFormat('megabyte', 1);

  const t: I18n['t'] = (key, values) => {
    let format = formats.get(key);
    if (format === undefined) {
      const message = messages[key];
      format = new IntlMessageFormat(direction === 'rtl' ? isolated(message) : message, locale);
      formats.set(key, format);
    }
    return String(format.format(values));
  };

  return {
    language,
    direction,
    t,
    country: (code) => countries.of(code) ?? code,
    document: (type) => t(`documentType.${type}`),
    bytes: (sizeBytes) =>
      sizeBytes < 1_000_000 ? kilobytes.format(sizeBytes / 1e3) : megabytes.format(sizeBytes / 1e6),
    measure: (count, unit) =>
      new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count),
    dateTime: (atMs) => dateTimes.format(atMs),
    dayTime: (atMs) => dayTimes.format(atMs),
    time: (atMs) => times.format(atMs),
  };
};
