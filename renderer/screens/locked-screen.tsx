/** Asks for the vault's passphrase after a start. Must never show or keep what was typed. */
import type { FormEvent, ReactNode } from 'react';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import { LIMITS } from '../../preload/contract/limits.ts';
import { Button } from '../components/button.tsx';
import { formText } from '../components/form-text.ts';
import { Icon } from '../components/icon.tsx';
import { ErrorNotice } from '../components/notice.tsx';
import { Screen } from '../components/screen.tsx';
import { LockedArt } from '../components/state-art.tsx';
import { TextField } from '../components/text-field.tsx';
import { useI18n } from '../i18n/i18n.tsx';

interface LockedScreenProps {
  readonly error: ErrorCode | null;
  readonly isBusy: boolean;
  readonly onUnlock: (passphrase: string) => void;
  readonly onOperator: () => void;
}

/** One field; it is emptied at each try. */
export const LockedScreen = ({
  error,
  isBusy,
  onUnlock,
  onOperator,
}: LockedScreenProps): ReactNode => {
  const { t } = useI18n();
  const unlock = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const passphrase = formText(event.currentTarget, 'passphrase');
    event.currentTarget.reset();
    if (passphrase !== '') onUnlock(passphrase);
  };
  return (
    <form onSubmit={unlock} noValidate>
      <Screen
        name="locked"
        title={t('locked.title')}
        lead={t('locked.lead')}
        art={<LockedArt />}
        actions={
          <>
            <Button action="unlock" look="primary" type="submit" disabled={isBusy}>
              {t('locked.unlock')}
            </Button>
            <Button
              action="operator"
              look="quiet"
              icon={<Icon name="staff" />}
              onClick={onOperator}
            >
              {t('outOfService.operator')}
            </Button>
          </>
        }
      >
        {error !== null && <ErrorNotice code={error} reader="staff" />}
        <div className="form-narrow">
          <TextField
            name="passphrase"
            type="password"
            label={t('locked.passphrase')}
            maxLength={LIMITS.passphraseMaxChars}
            disabled={isBusy}
          />
        </div>
      </Screen>
    </form>
  );
};
