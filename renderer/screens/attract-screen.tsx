/** The invitation everybody sees first. Must show nothing of the customer before. */
import type { ReactNode } from 'react';
import { Button } from '../components/button.tsx';
import { InvitationArt } from '../components/invitation-art.tsx';
import { Icon } from '../components/icon.tsx';
import { LanguageChoice } from '../components/language-choice.tsx';
import { ScreenTitle } from '../components/screen.tsx';
import { useI18n } from '../i18n/i18n.tsx';
import { useSpokenScreen } from '../speech/spoken.tsx';

interface AttractScreenProps {
  readonly bankName: string;
  readonly languages: readonly string[];
  readonly language: string;
  readonly onLanguage: (tag: string) => void;
  readonly onStart: () => void;
}

/** Welcome, choice of language, start. */
export const AttractScreen = ({
  bankName,
  languages,
  language,
  onLanguage,
  onStart,
}: AttractScreenProps): ReactNode => {
  const { t } = useI18n();
  useSpokenScreen([t('attract.title'), t('attract.lead')]);
  return (
    <section className="attract" data-screen="attract">
      <div className="attract-picture">
        <InvitationArt />
      </div>
      <div className="attract-words">
        <p className="attract-welcome">{t('attract.welcome', { bank: bankName })}</p>
        <ScreenTitle>{t('attract.title')}</ScreenTitle>
        <p className="attract-lead">{t('attract.lead')}</p>
        <Button action="start" look="primary" icon={<Icon name="forward" />} onClick={onStart}>
          {t('attract.start')}
        </Button>
        <LanguageChoice languages={languages} language={language} onLanguage={onLanguage} />
      </div>
    </section>
  );
};
