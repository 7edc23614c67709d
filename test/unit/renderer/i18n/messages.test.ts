/** The messages of all languages against each other, against the codes and against the source. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../../../preload/contract/error-codes.ts';
import { SHIPPED_LANGUAGES } from '../../../../preload/contract/languages.ts';
import { loadCatalogue } from '../../../../renderer/i18n/catalogues.ts';
import { CAMERA_PROBLEMS } from '../screens/sample-status.ts';

const RENDERER = fileURLToPath(new URL('../../../../renderer', import.meta.url));
const languages = readdirSync(join(RENDERER, 'i18n/messages')).map((file) =>
  basename(file, '.json'),
);
const catalogues = await Promise.all(languages.map(loadCatalogue));
const english = await loadCatalogue('en');
const keys = Object.keys(english.messages);

/** What is read of a part of a parsed message; kind 0 is plain text, 6 a plural, 7 the # of one. */
interface Part {
  readonly type: number;
  readonly value?: string;
  readonly options?: Readonly<Record<string, { readonly value: readonly Part[] }>>;
}

const partsOf = (message: string, language: string): readonly Part[] =>
  new IntlMessageFormat(message, language).getAst();

/** Names of all placeholders of a message, also those inside plurals and selections. */
const placeholders = (parts: readonly Part[]): string[] =>
  parts.flatMap((part) => {
    if (part.type === 0 || part.type === 7 || part.value === undefined) return [];
    return [
      part.value,
      ...Object.values(part.options ?? {}).flatMap(({ value }) => placeholders(value)),
    ];
  });

const placeholdersOf = (message: string, language: string): string[] => [
  ...new Set(placeholders(partsOf(message, language))),
];

/** The forms each plural of a message has words for. */
const pluralForms = (parts: readonly Part[]): string[][] =>
  parts.flatMap(({ type, options = {} }) => [
    ...(type === 6 ? [Object.keys(options)] : []),
    ...Object.values(options).flatMap(({ value }) => pluralForms(value)),
  ]);

describe('messages', () => {
  it('exist for exactly the languages the contract says are shipped', () => {
    expect(languages.toSorted()).toEqual([...SHIPPED_LANGUAGES].toSorted());
    expect(catalogues.map(({ language }) => language)).toEqual(languages);
  });

  it.each(catalogues)('have the same keys in $language as in English', ({ messages }) => {
    expect(Object.keys(messages).toSorted()).toEqual(keys.toSorted());
  });

  it.each(catalogues)(
    'have the same placeholders in $language as in English',
    ({ language, messages }) => {
      const shapes = (of: object, tag: string): string[] =>
        Object.entries(of).map(
          ([key, message]) => `${key}: ${placeholdersOf(String(message), tag).toSorted().join()}`,
        );
      expect(shapes(messages, language).toSorted()).toEqual(
        shapes(english.messages, 'en').toSorted(),
      );
    },
  );

  it.each(catalogues)(
    'have every plural form that $language has, as CLDR counts them',
    ({ language, messages }) => {
      const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
      const plurals = Object.entries(messages).flatMap(([key, message]) =>
        pluralForms(partsOf(message, language)).map((forms) => ({ key, forms })),
      );
      expect(plurals.length).toBeGreaterThan(3);
      const isLacking = ({ forms }: { readonly forms: readonly string[] }): boolean =>
        pluralCategories.some((category) => !forms.includes(category));
      expect(plurals.filter(isLacking).map(({ key }) => key)).toEqual([]);
    },
  );

  it.each(catalogues)(
    'can be spoken in $language with every number of things',
    ({ language, messages }) => {
      for (const message of Object.values(messages)) {
        const format = new IntlMessageFormat(message, language);
        const names = placeholders(partsOf(message, language));
        for (const number of [0, 1, 2, 5, 11, 21, 102]) {
          const values = Object.fromEntries(names.map((name) => [name, number]));
          expect(String(format.format(values)).trim()).not.toBe('');
        }
      }
    },
  );

  it('have words for customer and staff for each error code, and for no other code', () => {
    const wanted = ERROR_CODES.flatMap((code) => [`error.${code}.customer`, `error.${code}.staff`]);
    expect(keys.filter((key) => key.startsWith('error.')).toSorted()).toEqual(wanted.toSorted());
  });

  it('have a title and words for customer and staff for each camera problem, and for no other', () => {
    const wanted = CAMERA_PROBLEMS.flatMap((problem) =>
      ['title', 'customer', 'staff'].map((part) => `camera.${problem}.${part}`),
    );
    expect(keys.filter((key) => key.startsWith('camera.CAMERA_')).toSorted()).toEqual(
      wanted.toSorted(),
    );
  });

  it('are all used by some screen', () => {
    const source = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => readFileSync(join(RENDERER, file), 'utf8'))
      .join('\n');
    const literals = new Set(
      Array.from(source.matchAll(/'([a-z][\w-]*(?:\.[\w-]+)+)'/gi), ([, key]) => key),
    );
    const templates = Array.from(
      source.matchAll(/`([a-z]\w*\.[^`\s]*\$\{[^`\s]*)`/gi),
      ([, template = '']) =>
        new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/g, '[\\w.-]+')}$`),
    );
    expect(templates.length).toBeGreaterThan(5);
    const unused = keys.filter(
      (key) => !literals.has(key) && !templates.some((template) => template.test(key)),
    );
    expect(unused).toEqual([]);
  });
});
