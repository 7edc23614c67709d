/** Chooses the kind of document from drawn cards. */
import type { ReactNode } from 'react';
import type { DocumentType } from '../../preload/contract/vocabulary.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { DocumentArt } from './document-art.tsx';
import { KeyHint, keyName, useShortcut } from './key-hint.tsx';

interface DocumentChoiceProps {
  readonly types: readonly DocumentType[];
  readonly chosen: DocumentType | null;
  readonly onChoose: (type: DocumentType) => void;
  readonly disabled: boolean;
}

/** One radio button per kind of document, drawn as a card. */
export const DocumentChoice = ({
  types,
  chosen,
  onChoose,
  disabled,
}: DocumentChoiceProps): ReactNode => {
  const { t, document } = useI18n();
  const shortcut = useShortcut('choose-type', false);
  return (
    <fieldset className="choice document-choice">
      <legend>{t('document.type')}</legend>
      <div className="document-cards">
        {types.map((type, index) => (
          <label
            key={type}
            className="document-card"
            data-document-type={type}
            data-action="choose-type"
          >
            <input
              type="radio"
              name="document-type"
              value={type}
              aria-keyshortcuts={shortcut === null ? undefined : keyName(shortcut, index + 1)}
              checked={chosen === type}
              disabled={disabled}
              onChange={() => onChoose(type)}
            />
            <DocumentArt type={type} />
            <span className="document-name">
              {document(type)}
              {shortcut !== null && <KeyHint shortcut={shortcut} number={index + 1} />}
            </span>
            <span className="document-hint">{t(`documentHint.${type}`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
};
