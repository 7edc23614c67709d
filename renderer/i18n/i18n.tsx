/**
 * Gives the words of the chosen language to every screen, and tells the page its language.
 * Must never show two languages at once: the former one stays until the next is loaded.
 */
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react';
import { ENGLISH, loadCatalogue, type Catalogue } from './catalogues.ts';
import { createI18n, type I18n } from './create-i18n.ts';

/** The words of the language in use; tests put their own here. */
export const I18nContext = createContext<I18n>(createI18n('en', ENGLISH));

/** The words of the language in use. */
export const useI18n = (): I18n => use(I18nContext);

/**
 * Provides the words of `language` (BCP 47 tag without region). Renders nothing until the first
 * language is there, which English is at once, so that no other language flashes up.
 */
export const I18nProvider = ({
  language,
  children,
}: {
  readonly language: string;
  readonly children: ReactNode;
}): ReactNode => {
  const [catalogue, setCatalogue] = useState<Catalogue | null>(
    language === 'en' ? { language, messages: ENGLISH } : null,
  );

  useEffect(() => {
    let isWanted = true;
    const load = async (): Promise<void> => {
      const loaded = await loadCatalogue(language);
      if (isWanted) setCatalogue(loaded);
    };
    void load();
    return () => {
      isWanted = false;
    };
  }, [language]);

  const i18n = useMemo(
    () => (catalogue === null ? null : createI18n(catalogue.language, catalogue.messages)),
    [catalogue],
  );

  useEffect(() => {
    if (i18n === null) return;
    document.documentElement.lang = i18n.language;
    document.documentElement.dir = i18n.direction;
  }, [i18n]);

  return i18n === null ? null : <I18nContext value={i18n}>{children}</I18nContext>;
};
