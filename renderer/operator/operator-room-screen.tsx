/** The operator's room: from a kiosk with nothing configured to one that serves customers. */
import type { ReactNode } from 'react';
import type { AppStatus } from '../../preload/contract/app-channels.ts';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import type { OperatorDoor } from '../../preload/contract/operator-channels.ts';
import { Button } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { ErrorNotice, Notice } from '../components/notice.tsx';
import { Screen } from '../components/screen.tsx';
import { useI18n } from '../i18n/i18n.tsx';
import { CredentialsPanel, type EnteredCredentials } from './credentials-panel.tsx';
import { AttentionPanel, KioskPanel } from './kiosk-panel.tsx';
import { SetupChecklist } from './setup-checklist.tsx';
import { VaultPanel } from './vault-panel.tsx';

interface OperatorRoomScreenProps {
  readonly door: OperatorDoor;
  readonly status: AppStatus;
  /** How the last action ended. */
  readonly notice: { readonly kind: 'done' | 'error'; readonly code: ErrorCode | null } | null;
  readonly isBusy: boolean;
  readonly onStoreCredentials: (credentials: EnteredCredentials) => void;
  readonly onTestCredentials: () => void;
  readonly onRemoveCredentials: () => void;
  readonly onCreateVault: (passphrase: string) => void;
  readonly onRetryStart: () => void;
  readonly onExitKiosk: () => void;
  readonly onLeave: () => void;
}

/** All panels; the checklist first. */
export const OperatorRoomScreen = ({
  door,
  status,
  notice,
  isBusy,
  onStoreCredentials,
  onTestCredentials,
  onRemoveCredentials,
  onCreateVault,
  onRetryStart,
  onExitKiosk,
  onLeave,
}: OperatorRoomScreenProps): ReactNode => {
  const { t } = useI18n();
  return (
    <Screen
      name="operator-room"
      title={t('room.title')}
      data={{ 'data-notice': notice === null ? undefined : (notice.code ?? notice.kind) }}
      actions={
        <>
          <Button action="leave" icon={<Icon name="back" />} disabled={isBusy} onClick={onLeave}>
            {t('room.leave')}
          </Button>
          <Button
            action="retry"
            icon={<Icon name="again" />}
            disabled={isBusy}
            onClick={onRetryStart}
          >
            {t('room.retryStart')}
          </Button>
          <Button action="exit" look="quiet" disabled={isBusy} onClick={onExitKiosk}>
            {t('room.exit')}
          </Button>
        </>
      }
    >
      {notice?.kind === 'done' && (
        <Notice tone="done">
          <p>{t('room.noticeDone')}</p>
        </Notice>
      )}
      {notice?.kind === 'error' && notice.code !== null && (
        <ErrorNotice code={notice.code} reader="staff" />
      )}
      <div className="panels">
        <div className="panel-column">
          <SetupChecklist door={door} status={status} />
          <AttentionPanel status={status} />
        </div>
        <div className="panel-column">
          <VaultPanel vault={door.vault} isBusy={isBusy} onCreateVault={onCreateVault} />
          <CredentialsPanel
            hasCredentials={door.hasCredentials}
            canStore={door.vault === 'open' || door.vault === 'empty'}
            isBusy={isBusy}
            onStore={onStoreCredentials}
            onTest={onTestCredentials}
            onRemove={onRemoveCredentials}
          />
        </div>
        <div className="panel-column">
          <KioskPanel status={status} />
        </div>
      </div>
    </Screen>
  );
};
