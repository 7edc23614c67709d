/** Says kindly how the document differs from what was chosen. A word, never an obstacle: all goes on. */
import type { ReactNode } from 'react';
import type { Doubt } from '../flow/document-doubt.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

/** That it differs, said aloud too; what was read, for the eye alone; and the way back to the choice. */
export const DoubtNotice = ({
  doubt: { facts, warnings },
  onChange,
}: {
  readonly doubt: Doubt;
  readonly onChange: () => void;
}): ReactNode => {
  const { t, country, document } = useI18n();
  const read = [
    ...(warnings.includes('DOCUMENT_TYPE_DIFFERS') && facts.documentType !== null
      ? [document(facts.documentType)]
      : []),
    ...(warnings.includes('COUNTRY_DIFFERS') && facts.country !== null
      ? [country(facts.country)]
      : []),
  ];
  return (
    <Notice tone="warning" says={[warnings.map((warning) => t(`doubt.${warning}`)).join(' ')]}>
      {read.length > 0 && <p>{t('doubt.read', { document: read.join(' · ') })}</p>}
      <Button action="change-document" data-doubt={warnings.join(' ')} onClick={onChange}>
        {t('doubt.change')}
      </Button>
    </Notice>
  );
};
