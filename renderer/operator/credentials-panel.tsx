/** Mark ID's API key and secret: entered, tested, replaced, removed. Never shown and never kept here. */
import { useState, type FormEvent, type ReactNode } from 'react';
import { LIMITS } from '../../preload/contract/limits.ts';
import { Button } from '../components/button.tsx';
import { formText } from '../components/form-text.ts';
import { TextField } from '../components/text-field.tsx';
import { useI18n } from '../i18n/i18n.tsx';

/** Mark ID's credentials as they are entered. */
export interface EnteredCredentials {
  readonly apiKey: string;
  readonly apiSecret: string;
}

interface CredentialsPanelProps {
  readonly hasCredentials: boolean;
  /** Whether the vault can seal secrets now. */
  readonly canStore: boolean;
  readonly isBusy: boolean;
  readonly onStore: (credentials: EnteredCredentials) => void;
  readonly onTest: () => void;
  readonly onRemove: () => void;
}

/** Asks once more before the credentials are gone. */
const Removal = ({
  isBusy,
  onRemove,
}: {
  readonly isBusy: boolean;
  readonly onRemove: () => void;
}): ReactNode => {
  const { t } = useI18n();
  const [isAsking, setIsAsking] = useState(false);
  if (!isAsking) {
    return (
      <Button action="remove" disabled={isBusy} onClick={() => setIsAsking(true)}>
        {t('room.remove')}
      </Button>
    );
  }
  return (
    <div className="question" role="alertdialog" aria-label={t('room.removeQuestion')}>
      <p>{t('room.removeQuestion')}</p>
      <Button action="keep" look="primary" autoFocus onClick={() => setIsAsking(false)}>
        {t('room.keep')}
      </Button>
      <Button
        action="remove"
        look="danger"
        disabled={isBusy}
        onClick={() => {
          setIsAsking(false);
          onRemove();
        }}
      >
        {t('room.removeConfirm')}
      </Button>
    </div>
  );
};

/** The credentials. Fields are emptied as soon as they are sent. */
export const CredentialsPanel = ({
  hasCredentials,
  canStore,
  isBusy,
  onStore,
  onTest,
  onRemove,
}: CredentialsPanelProps): ReactNode => {
  const { t } = useI18n();
  const store = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const apiKey = formText(event.currentTarget, 'api-key').trim();
    const apiSecret = formText(event.currentTarget, 'api-secret').trim();
    if (apiKey === '' || apiSecret === '') return;
    event.currentTarget.reset();
    onStore({ apiKey, apiSecret });
  };
  return (
    <section className="panel" data-has-credentials={hasCredentials}>
      <h2>{t('room.credentials')}</h2>
      <p>{t(hasCredentials ? 'room.credentialsStored' : 'room.credentialsNone')}</p>
      {hasCredentials && (
        <div className="panel-row">
          <Button action="test" look="primary" disabled={isBusy} onClick={onTest}>
            {t('room.test')}
          </Button>
          <Removal isBusy={isBusy} onRemove={onRemove} />
          <p className="small">{t('room.testHint')}</p>
        </div>
      )}
      {canStore ? (
        <form className="panel-form" onSubmit={store}>
          <TextField
            name="api-key"
            label={t('room.apiKey')}
            maxLength={LIMITS.credentialMaxChars}
            disabled={isBusy}
            required
          />
          <TextField
            name="api-secret"
            type="password"
            label={t('room.apiSecret')}
            maxLength={LIMITS.credentialMaxChars}
            disabled={isBusy}
            required
          />
          <Button
            action="store"
            look={hasCredentials ? 'secondary' : 'primary'}
            type="submit"
            disabled={isBusy}
          >
            {t(hasCredentials ? 'room.replace' : 'room.store')}
          </Button>
        </form>
      ) : (
        <p className="small">{t('room.credentialsBlocked')}</p>
      )}
    </section>
  );
};
