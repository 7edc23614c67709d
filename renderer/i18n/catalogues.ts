/**
 * Which languages there are and how their messages are loaded: English with the app (it is also the
 * shape of all others), each other one when it is first chosen. Must never fetch from outside.
 *
 * A new language is a file in messages/, a line in LOADERS and one in preload/contract/languages.ts.
 */
import type { ShippedLanguage } from '../../preload/contract/languages.ts';
import en from './messages/en.json';

/** A key of messages/en.json. */
export type MessageKey = keyof typeof en;

/** All messages of one language, in ICU MessageFormat. */
export type Messages = Readonly<Record<MessageKey, string>>;

/** The messages that are always there. */
export const ENGLISH: Messages = en;

/** A language without a loader, or a key that a language lacks, is a type error here. */
const LOADERS: Readonly<Record<ShippedLanguage, () => Promise<Messages>>> = {
  en: async () => en,
  lt: async () => (await import('./messages/lt.json')).default,
  lv: async () => (await import('./messages/lv.json')).default,
  et: async () => (await import('./messages/et.json')).default,
  pl: async () => (await import('./messages/pl.json')).default,
  ru: async () => (await import('./messages/ru.json')).default,
  uk: async () => (await import('./messages/uk.json')).default,
  de: async () => (await import('./messages/de.json')).default,
  fr: async () => (await import('./messages/fr.json')).default,
  es: async () => (await import('./messages/es.json')).default,
  ro: async () => (await import('./messages/ro.json')).default,
  ar: async () => (await import('./messages/ar.json')).default,
};

const isShipped = (language: string): language is ShippedLanguage =>
  Object.hasOwn(LOADERS, language);

/** A language with its messages. */
export interface Catalogue {
  readonly language: string;
  readonly messages: Messages;
}

/** Loads the messages of `language`; English where it has none or they can't be loaded. Never rejects. */
export const loadCatalogue = async (language: string): Promise<Catalogue> => {
  try {
    if (isShipped(language)) return { language, messages: await LOADERS[language]() };
  } catch {
    // A screen in English is better than none.
  }
  return { language: 'en', messages: ENGLISH };
};
