/** Renders a screen to markup with chosen words, and reads the markup back. */
import type { ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import type { I18n } from '../../../../renderer/i18n/create-i18n.ts';
import { I18nContext } from '../../../../renderer/i18n/i18n.tsx';

/** The markup of a screen in the words of `i18n`. */
export const markupOf = (i18n: I18n, children: ReactNode): string =>
  renderToString(<I18nContext value={i18n}>{children}</I18nContext>);

/** Words that can be told from all others: each is its key in brackets. */
export const BRACKETS: I18n = {
  language: 'en',
  direction: 'ltr',
  t: (key) => `⟦${key}⟧`,
  country: (code) => `⟦${code}⟧`,
  document: (type) => `⟦${type}⟧`,
  bytes: (sizeBytes) => `⟦${sizeBytes}⟧`,
  measure: (count, unit) => `⟦${count} ${unit}⟧`,
  dateTime: (atMs) => `⟦${atMs}⟧`,
  dayTime: (atMs) => `⟦${atMs}⟧`,
  time: (atMs) => `⟦${atMs}⟧`,
};

const SPOKEN_ATTRIBUTES = /\s(?:aria-label|alt|placeholder|title)="([^"]*)"/g;
const UNTRANSLATED = /<(\w+)[^>]*translate="no"[^>]*>[^<]*<\/\1>/g;

/** Everything a person reads or hears of the markup, except what is marked as not to be translated. */
export const spokenTextOf = (markup: string): string =>
  [
    ...Array.from(markup.matchAll(SPOKEN_ATTRIBUTES), ([, value]) => value),
    markup.replaceAll(UNTRANSLATED, '').replaceAll(/<[^>]*>/g, ' '),
  ]
    .join(' ')
    .replaceAll(/&#?\w+;/g, ' ');

/** All tags of `name` in the markup. */
export const tagsOf = (markup: string, name: string): string[] =>
  markup.match(new RegExp(`<${name}[\\s>][^>]*`, 'g')) ?? [];
