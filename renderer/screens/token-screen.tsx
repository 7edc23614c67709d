/** Takes the verification token the bank handed over, typed or from a barcode scanner that types. */
import { useState, type FormEvent, type ReactNode } from 'react';
import type { HandedToken } from '../../preload/contract/handed-token.ts';
import { Button } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { Screen } from '../components/screen.tsx';
import { readToken, TokenFields } from '../components/token-fields.tsx';
import { useI18n } from '../i18n/i18n.tsx';

interface TokenScreenProps {
  readonly onSubmit: (token: HandedToken) => void;
  readonly onCancel: () => void;
}

/** The token, before the session or for one whose token is spent. */
export const TokenScreen = ({ onSubmit, onCancel }: TokenScreenProps): ReactNode => {
  const { t } = useI18n();
  const [isInvalid, setIsInvalid] = useState(false);
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const token = readToken(event.currentTarget);
    setIsInvalid(token === null);
    if (token !== null) onSubmit(token);
  };
  return (
    <form onSubmit={send} noValidate>
      <Screen
        name="token"
        title={t('token.title')}
        lead={t('token.lead')}
        actions={
          <>
            <Button action="continue" look="primary" type="submit">
              {t('action.continue')}
            </Button>
            <Button action="back" look="quiet" icon={<Icon name="back" />} onClick={onCancel}>
              {t('action.back')}
            </Button>
          </>
        }
      >
        <div className="form-narrow">
          <TokenFields isInvalid={isInvalid} />
        </div>
      </Screen>
    </form>
  );
};
