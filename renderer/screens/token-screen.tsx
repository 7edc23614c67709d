/** Takes the verification token the bank handed over, typed or from a barcode scanner that types. */
import { useState, type FormEvent, type ReactNode } from 'react';
import { LIMITS } from '../../preload/contract/limits.ts';
import type { HandedToken } from '../../preload/contract/session-channels.ts';
import { Button } from '../components/button.tsx';
import { formText } from '../components/form-text.ts';
import { Icon } from '../components/icon.tsx';
import { Screen } from '../components/screen.tsx';
import { TextField } from '../components/text-field.tsx';
import { useI18n } from '../i18n/i18n.tsx';

/** As the contract checks it again in main: printable ASCII without spaces. */
const TOKEN_FORM = new RegExp(
  `^[\\x21-\\x7e]{${LIMITS.authTokenMinChars},${LIMITS.authTokenMaxChars}}$`,
);
const LENGTHS = { min: LIMITS.authTokenMinChars, max: LIMITS.authTokenMaxChars };

/** Longest reference the contract takes (session-channels.ts). */
const SCAN_REF_MAX_CHARS = 64;

interface TokenScreenProps {
  readonly onSubmit: (token: HandedToken) => void;
  readonly onCancel: () => void;
}

/** One field for the token, one for the reference that some banks hand over with it. */
export const TokenScreen = ({ onSubmit, onCancel }: TokenScreenProps): ReactNode => {
  const { t } = useI18n();
  const [isInvalid, setIsInvalid] = useState(false);
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const authToken = formText(event.currentTarget, 'auth-token').trim();
    const scanRef = formText(event.currentTarget, 'scan-ref').trim();
    const isToken = TOKEN_FORM.test(authToken);
    setIsInvalid(!isToken);
    if (isToken) onSubmit({ authToken, ...(scanRef === '' ? {} : { scanRef }) });
  };
  return (
    <form onSubmit={send} noValidate>
      <Screen
        name="token"
        title={t('token.title')}
        lead={<p>{t('token.lead')}</p>}
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
          <TextField
            name="auth-token"
            label={t('token.label')}
            hint={t('token.hint', LENGTHS)}
            error={isInvalid ? t('token.invalid', LENGTHS) : null}
            maxLength={LIMITS.authTokenMaxChars}
          />
          <TextField
            name="scan-ref"
            label={t('token.scanRef')}
            hint={t('token.scanRefHint')}
            maxLength={SCAN_REF_MAX_CHARS}
          />
        </div>
      </Screen>
    </form>
  );
};
