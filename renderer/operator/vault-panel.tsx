/** The vault's state in words, and a passphrase for it where one is needed. Keeps no passphrase. */
import { useState, type FormEvent, type ReactNode } from 'react';
import { LIMITS } from '../../preload/contract/limits.ts';
import type { VaultState } from '../../preload/contract/vault-states.ts';
import { Button } from '../components/button.tsx';
import { formText } from '../components/form-text.ts';
import { TextField } from '../components/text-field.tsx';
import { useI18n } from '../i18n/i18n.tsx';

interface VaultPanelProps {
  readonly vault: VaultState;
  readonly isBusy: boolean;
  readonly onCreateVault: (passphrase: string) => void;
}

type Problem = 'room.passphraseShort' | 'room.passphraseMismatch';
const SHORTEST = { min: LIMITS.passphraseMinChars };

const PassphraseForm = ({ isBusy, onCreateVault }: Omit<VaultPanelProps, 'vault'>): ReactNode => {
  const { t } = useI18n();
  const [problem, setProblem] = useState<Problem | null>(null);
  const create = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const passphrase = formText(event.currentTarget, 'passphrase');
    if (passphrase.length < LIMITS.passphraseMinChars) {
      setProblem('room.passphraseShort');
    } else if (passphrase === formText(event.currentTarget, 'passphrase-again')) {
      setProblem(null);
      event.currentTarget.reset();
      onCreateVault(passphrase);
    } else {
      setProblem('room.passphraseMismatch');
    }
  };
  return (
    <form className="panel-form" onSubmit={create} noValidate>
      <TextField
        name="passphrase"
        type="password"
        label={t('room.passphrase')}
        hint={t('room.passphraseHint', SHORTEST)}
        error={problem === null ? null : t(problem, SHORTEST)}
        maxLength={LIMITS.passphraseMaxChars}
        disabled={isBusy}
      />
      <TextField
        name="passphrase-again"
        type="password"
        label={t('room.passphraseAgain')}
        maxLength={LIMITS.passphraseMaxChars}
        disabled={isBusy}
      />
      <Button action="create-vault" look="primary" type="submit" disabled={isBusy}>
        {t('room.createVault')}
      </Button>
    </form>
  );
};

/** The vault. */
export const VaultPanel = ({ vault, isBusy, onCreateVault }: VaultPanelProps): ReactNode => {
  const { t } = useI18n();
  return (
    <section className="panel" data-vault={vault}>
      <h2>{t('room.vault')}</h2>
      <p>{t(`vault.${vault}`)}</p>
      {(vault === 'passphrase-needed' || vault === 'damaged') && (
        <PassphraseForm isBusy={isBusy} onCreateVault={onCreateVault} />
      )}
    </section>
  );
};
