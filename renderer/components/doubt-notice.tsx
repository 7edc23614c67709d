/** Says kindly how the document differs from what was chosen. A word, never an obstacle: all goes on. */
import type { ReactNode } from 'react';
import type { Doubt } from '../flow/document-doubt.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

/** What was read beside what was chosen, and the way back to the choice. */
export const DoubtNotice = ({
  doubt: { facts, warnings },
  onChange,
}: {
  readonly doubt: Doubt;
  readonly onChange: () => void;
}): ReactNode => {
  const { t, country } = useI18n();
  const names = {
    country: facts.country === null ? '' : country(facts.country),
    document: facts.documentType ?? 'OTHER',
  };
  return (
    <Notice tone="warning">
      {warnings.map((warning) => (
        <p key={warning} data-doubt={warning}>
          {t(`doubt.${warning}`, names)}
        </p>
      ))}
      <Button action="change-document" onClick={onChange}>
        {t('doubt.change')}
      </Button>
    </Notice>
  );
};
