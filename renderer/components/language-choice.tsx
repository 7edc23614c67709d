/** The languages a kiosk offers; each is named in itself. */
import type { ReactNode } from 'react';
import { nameOfLanguage } from '../i18n/create-i18n.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { Icon } from './icon.tsx';

interface LanguageChoiceProps {
  readonly languages: readonly string[];
  readonly language: string;
  readonly onLanguage: (tag: string) => void;
}

/** One button per language; nothing where there is no choice. */
export const LanguageChoice = ({
  languages,
  language,
  onLanguage,
}: LanguageChoiceProps): ReactNode => {
  const { t } = useI18n();
  if (languages.length < 2) return null;
  return (
    <div className="languages" role="group" aria-label={t('attract.languages')}>
      {languages.map((tag) => (
        <button
          key={tag}
          type="button"
          className="language"
          lang={tag}
          data-language={tag}
          aria-pressed={tag === language}
          onClick={() => onLanguage(tag)}
        >
          {tag === language && <Icon name="check" />}
          {nameOfLanguage(tag)}
        </button>
      ))}
    </div>
  );
};
