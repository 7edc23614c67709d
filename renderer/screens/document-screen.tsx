/** Asks for the document: who issued it and what it is. Both on one screen, both always correctable. */
import { useState, type ReactNode } from 'react';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import type { DocumentType } from '../../preload/contract/vocabulary.ts';
import { Button } from '../components/button.tsx';
import { CountryChoice } from '../components/country-choice.tsx';
import { DocumentChoice } from '../components/document-choice.tsx';
import { Icon } from '../components/icon.tsx';
import { ErrorNotice, Notice } from '../components/notice.tsx';
import { Screen } from '../components/screen.tsx';
import { useI18n } from '../i18n/i18n.tsx';

/** A document as the session takes it. `country`: ISO 3166-1 alpha-2. */
interface DocumentChosen {
  readonly country: string;
  readonly documentType: DocumentType;
}

interface DocumentScreenProps {
  /** ISO 3166-1 alpha-2; every country the kiosk takes. */
  readonly countries: readonly string[];
  readonly types: readonly DocumentType[];
  readonly chosen: DocumentChosen | null;
  readonly isBusy: boolean;
  readonly error: ErrorCode | null;
  readonly onChoose: (document: DocumentChosen) => void;
  readonly onBack: () => void;
}

/** The only one of a list, where there is no choice. */
const onlyOne = <Item,>(items: readonly Item[]): Item | null =>
  items.length === 1 ? (items[0] ?? null) : null;

/** Country and kind of document. What has no alternative is chosen already. */
export const DocumentScreen = ({
  countries,
  types,
  chosen,
  isBusy,
  error,
  onChoose,
  onBack,
}: DocumentScreenProps): ReactNode => {
  const { t, country: nameOf, document: nameOfDocument } = useI18n();
  const [country, setCountry] = useState(chosen?.country ?? onlyOne(countries));
  const [documentType, setDocumentType] = useState(chosen?.documentType ?? onlyOne(types));
  const [wasAsked, setWasAsked] = useState(false);
  const isComplete = country !== null && documentType !== null;

  const goOn = (): void => {
    setWasAsked(true);
    if (country !== null && documentType !== null) onChoose({ country, documentType });
  };

  return (
    <Screen
      name="document"
      title={t('document.title')}
      actions={
        <>
          <Button action="choose" look="primary" disabled={isBusy} onClick={goOn}>
            {t('action.continue')}
          </Button>
          <Button
            action="back"
            look="quiet"
            icon={<Icon name="back" />}
            disabled={isBusy}
            onClick={onBack}
          >
            {t('action.back')}
          </Button>
          <p className="actions-summary" role="status">
            {isComplete &&
              t('document.ready', {
                document: nameOfDocument(documentType),
                country: nameOf(country),
              })}
          </p>
        </>
      }
    >
      {error !== null && <ErrorNotice code={error} reader="customer" />}
      {wasAsked && !isComplete && (
        <Notice
          tone="error"
          says={[t(country === null ? 'document.missingCountry' : 'document.missingType')]}
        />
      )}
      <div className="document-choices">
        <CountryChoice
          countries={countries}
          chosen={country}
          onChoose={setCountry}
          disabled={isBusy}
        />
        <DocumentChoice
          types={types}
          chosen={documentType}
          onChoose={setDocumentType}
          disabled={isBusy}
        />
      </div>
    </Screen>
  );
};
