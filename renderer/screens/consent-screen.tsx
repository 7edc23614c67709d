/** Says what will happen and asks for consent. Nothing is captured before it is given. */
import type { ReactNode } from 'react';
import { Button } from '../components/button.tsx';
import { DocumentArt, SubjectArt } from '../components/document-art.tsx';
import { Screen } from '../components/screen.tsx';
import { SuccessArt } from '../components/state-art.tsx';
import { useI18n } from '../i18n/i18n.tsx';

interface ConsentScreenProps {
  /** The bank's own text, or null for the shipped one. Blank lines part paragraphs. */
  readonly text: string | null;
  readonly onAccept: () => void;
  readonly onDecline: () => void;
}

/** Three points and the consent text. */
export const ConsentScreen = ({ text, onAccept, onDecline }: ConsentScreenProps): ReactNode => {
  const { t } = useI18n();
  const consent = text ?? t('consent.text');
  const points = [
    {
      title: t('consent.point1.title'),
      text: t('consent.point1.text'),
      art: <DocumentArt type="PASSPORT" />,
    },
    {
      title: t('consent.point2.title'),
      text: t('consent.point2.text'),
      art: <SubjectArt subject="FACE" type="PASSPORT" />,
    },
    { title: t('consent.point3.title'), text: t('consent.point3.text'), art: <SuccessArt /> },
  ];
  return (
    <Screen
      name="consent"
      title={t('consent.title')}
      spoken={[
        ...points.flatMap((point) => [point.title, point.text]),
        t('consent.heading'),
        consent,
      ]}
      actions={
        <>
          <Button action="accept" look="primary" onClick={onAccept}>
            {t('consent.accept')}
          </Button>
          <Button action="decline" look="quiet" onClick={onDecline}>
            {t('consent.decline')}
          </Button>
        </>
      }
    >
      <ol className="points">
        {points.map((point) => (
          <li key={point.title}>
            {point.art}
            <h2>{point.title}</h2>
            <p>{point.text}</p>
          </li>
        ))}
      </ol>
      <section className="consent-text" aria-labelledby="consent-heading">
        <h2 id="consent-heading">{t('consent.heading')}</h2>
        {consent.split(/\n{2,}/).map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </section>
    </Screen>
  );
};
