/** The fields of a verification token the bank hands over, and how they are read. Keeps nothing. */
import type { ReactNode } from 'react';
import type { HandedToken } from '../../preload/contract/handed-token.ts';
import { LIMITS } from '../../preload/contract/limits.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { formText } from './form-text.ts';
import { TextField } from './text-field.tsx';

/** As the contract checks it again in main: printable ASCII without spaces. */
const TOKEN_FORM = new RegExp(
  `^[\\x21-\\x7e]{${LIMITS.authTokenMinChars},${LIMITS.authTokenMaxChars}}$`,
);
/** Whether a text can be a token. */
export const isToken = (text: string): boolean => TOKEN_FORM.test(text);

const LENGTHS = { min: LIMITS.authTokenMinChars, max: LIMITS.authTokenMaxChars };

/** Longest reference the contract takes (handed-token.ts). */
const SCAN_REF_MAX_CHARS = 64;

/** The token in the fields of this form; null when what was typed is none. */
export const readToken = (form: HTMLFormElement): HandedToken | null => {
  const authToken = formText(form, 'auth-token').trim();
  const scanRef = formText(form, 'scan-ref').trim();
  if (!isToken(authToken)) return null;
  return { authToken, ...(scanRef === '' ? {} : { scanRef }) };
};

/** One field for the token, one for the reference that some banks hand over with it. */
export const TokenFields = ({ isInvalid }: { readonly isInvalid: boolean }): ReactNode => {
  const { t } = useI18n();
  return (
    <>
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
    </>
  );
};
