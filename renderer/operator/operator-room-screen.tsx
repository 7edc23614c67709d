/** The operator's room: from a kiosk with nothing configured to one that serves customers. */
import { useState, type ReactNode } from 'react';
import type { AppStatus } from '../../preload/contract/app-channels.ts';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import type { OperatorDoor } from '../../preload/contract/operator-channels.ts';
import type { OutboxView } from '../../preload/contract/outbox-channels.ts';
import { Button } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { ErrorNotice, Notice } from '../components/notice.tsx';
import { Screen } from '../components/screen.tsx';
import type { OutboxTask } from '../flow/room-tasks.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { CredentialsPanel, type EnteredCredentials } from './credentials-panel.tsx';
import { AttentionPanel, KioskPanel } from './kiosk-panel.tsx';
import { OutboxPanel } from './outbox-panel.tsx';
import { SetupChecklist } from './setup-checklist.tsx';
import { VaultPanel } from './vault-panel.tsx';

/** The two halves of the room: what waits to be sent, and the kiosk itself. */
const ROOM_VIEWS = ['kiosk', 'outbox'] as const;
type RoomView = (typeof ROOM_VIEWS)[number];

interface OperatorRoomScreenProps {
  readonly door: OperatorDoor;
  readonly status: AppStatus;
  /** How the last action ended. */
  readonly notice: { readonly kind: 'done' | 'error'; readonly code: ErrorCode | null } | null;
  readonly isBusy: boolean;
  /** Null until it was read once. */
  readonly outbox: OutboxView | null;
  /** Why it could not be read now. */
  readonly outboxError: ErrorCode | null;
  readonly onOutboxTask: (task: OutboxTask) => void;
  readonly onStoreCredentials: (credentials: EnteredCredentials) => void;
  readonly onTestCredentials: () => void;
  readonly onRemoveCredentials: () => void;
  readonly onCreateVault: (passphrase: string) => void;
  readonly onRetryStart: () => void;
  readonly onExitKiosk: () => void;
  readonly onLeave: () => void;
}

const RoomViews = ({
  view,
  needsPerson,
  onView,
}: {
  readonly view: RoomView;
  readonly needsPerson: number;
  readonly onView: (view: RoomView) => void;
}): ReactNode => {
  const { t } = useI18n();
  return (
    <div className="room-views" role="group" aria-label={t('room.title')}>
      {ROOM_VIEWS.map((each) => (
        <button
          key={each}
          type="button"
          className="room-view"
          data-room-view={each}
          aria-pressed={each === view}
          onClick={() => onView(each)}
        >
          <Icon name={each === 'outbox' ? 'outbox' : 'staff'} />
          {t(`room.view.${each}`)}
          {each === 'outbox' && needsPerson > 0 && (
            <span className="tag">{t('badge.needsPerson', { count: needsPerson })}</span>
          )}
        </button>
      ))}
    </div>
  );
};

/** The room; it opens at the outbox when something there needs a person. */
export const OperatorRoomScreen = ({
  door,
  status,
  notice,
  isBusy,
  outbox,
  outboxError,
  onOutboxTask,
  onStoreCredentials,
  onTestCredentials,
  onRemoveCredentials,
  onCreateVault,
  onRetryStart,
  onExitKiosk,
  onLeave,
}: OperatorRoomScreenProps): ReactNode => {
  const { t } = useI18n();
  const [view, setView] = useState<RoomView>(status.outbox.needsPerson > 0 ? 'outbox' : 'kiosk');
  return (
    <Screen
      name="operator-room"
      title={t('room.title')}
      aside={<RoomViews view={view} needsPerson={status.outbox.needsPerson} onView={setView} />}
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
      {view === 'outbox' && (
        <OutboxPanel
          view={outbox}
          error={outboxError}
          isHandoff={status.tokenSource === 'handoff'}
          isBusy={isBusy}
          onTask={onOutboxTask}
        />
      )}
      {view === 'kiosk' && (
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
      )}
    </Screen>
  );
};
