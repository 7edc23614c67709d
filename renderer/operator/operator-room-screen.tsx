/** The operator's room: from a kiosk with nothing configured to one that serves customers. */
import { useState, type ReactNode } from 'react';
import type { AppStatus } from '../../preload/contract/app-channels.ts';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import type { OperatorDoor } from '../../preload/contract/operator-channels.ts';
import { mayUse, type Role } from '../../preload/contract/operator-roles.ts';
import type { OutboxView } from '../../preload/contract/outbox-channels.ts';
import { Button } from '../components/button.tsx';
import { Icon, type IconName } from '../components/icon.tsx';
import { ErrorNotice, Notice } from '../components/notice.tsx';
import { Screen } from '../components/screen.tsx';
import type { Findings } from '../flow/operator-machine.ts';
import type { RoomTask } from '../flow/room-tasks.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { ChecksPanel } from './checks-panel.tsx';
import { CredentialsPanel, type EnteredCredentials } from './credentials-panel.tsx';
import { EventsPanel } from './events-panel.tsx';
import { AttentionPanel, KioskPanel } from './kiosk-panel.tsx';
import { OutboxPanel } from './outbox-panel.tsx';
import { RolesPanel } from './roles-panel.tsx';
import { SettingsPanels } from './settings-panels.tsx';
import { SetupChecklist } from './setup-checklist.tsx';
import { VaultPanel } from './vault-panel.tsx';
import { WaysOut } from './ways-out.tsx';

/** The parts of the room: the kiosk, what waits to be sent, whether all is well, what holds, what happened. */
const ROOM_VIEWS = ['kiosk', 'outbox', 'checks', 'settings', 'events'] as const;
type RoomView = (typeof ROOM_VIEWS)[number];

const VIEW_ICONS: Readonly<Record<RoomView, IconName>> = {
  kiosk: 'staff',
  outbox: 'outbox',
  checks: 'check',
  settings: 'settings',
  events: 'info',
};

/** The outbox with what this role may do about its items. */
const permitted = (outbox: OutboxView | null, role: Role): OutboxView | null =>
  outbox === null
    ? null
    : {
        ...outbox,
        items: outbox.items.map((item) => ({
          ...item,
          actions: item.actions.filter((action) => mayUse(role, `outbox:${action}-item`)),
        })),
      };

interface OperatorRoomScreenProps {
  readonly door: OperatorDoor;
  readonly status: AppStatus;
  /** How the last action ended. */
  readonly notice: { readonly kind: 'done' | 'error'; readonly code: ErrorCode | null } | null;
  /** Whoever came in wants the outbox. */
  readonly isForOutbox: boolean;
  readonly isBusy: boolean;
  /** Null until it was read once. */
  readonly outbox: OutboxView | null;
  /** Why it could not be read now. */
  readonly outboxError: ErrorCode | null;
  readonly found: Findings;
  readonly onTask: (task: RoomTask) => void;
  readonly onStoreCredentials: (credentials: EnteredCredentials) => void;
  readonly onTestCredentials: () => void;
  readonly onRemoveCredentials: () => void;
  readonly onCreateVault: (passphrase: string) => void;
  readonly onRetryStart: () => void;
  readonly onLeave: () => void;
}

const RoomViews = ({
  view,
  views,
  needsPerson,
  onView,
}: {
  readonly view: RoomView;
  readonly views: readonly RoomView[];
  readonly needsPerson: number;
  readonly onView: (view: RoomView) => void;
}): ReactNode => {
  const { t } = useI18n();
  return (
    <div className="room-views" role="group" aria-label={t('room.title')}>
      {views.map((each) => (
        <button
          key={each}
          type="button"
          className="room-view"
          data-room-view={each}
          aria-pressed={each === view}
          onClick={() => onView(each)}
        >
          <Icon name={VIEW_ICONS[each]} />
          {t(`room.view.${each}`)}
          {each === 'outbox' && needsPerson > 0 && (
            <span className="tag">{t('badge.needsPerson', { count: needsPerson })}</span>
          )}
        </button>
      ))}
    </div>
  );
};

/** The room; it opens at the outbox when something there needs a person, or somebody asked for it. */
export const OperatorRoomScreen = ({
  door,
  status,
  notice,
  isForOutbox,
  isBusy,
  outbox,
  outboxError,
  found,
  onTask,
  onStoreCredentials,
  onTestCredentials,
  onRemoveCredentials,
  onCreateVault,
  onRetryStart,
  onLeave,
}: OperatorRoomScreenProps): ReactNode => {
  const { t } = useI18n();
  const [view, setView] = useState<RoomView>(
    isForOutbox || status.outbox.needsPerson > 0 ? 'outbox' : 'kiosk',
  );
  const role = door.role ?? 'operator';
  const isAdministrator = mayUse(role, 'operator:set-pin');
  const views = ROOM_VIEWS.filter(
    (each) => each !== 'events' || mayUse(role, 'diagnostics:list-events'),
  );
  const open = (next: RoomView): void => {
    setView(next);
    if (next === 'events') onTask({ task: 'list-events', before: null });
    if (next === 'settings') onTask({ task: 'get-settings' });
  };
  return (
    <Screen
      name="operator-room"
      title={t('room.title')}
      lead={t('room.youAre', { role: t(`role.${role}`) })}
      aside={
        <RoomViews
          view={view}
          views={views}
          needsPerson={status.outbox.needsPerson}
          onView={open}
        />
      }
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
          <WaysOut
            role={role}
            isSending={status.outbox.sending > 0}
            isBusy={isBusy}
            onTask={onTask}
          />
        </>
      }
    >
      {notice?.kind === 'done' && <Notice tone="done" says={[t('room.noticeDone')]} />}
      {notice?.kind === 'error' && notice.code !== null && (
        <ErrorNotice code={notice.code} reader="staff" />
      )}
      {view === 'outbox' && (
        <OutboxPanel
          view={permitted(outbox, role)}
          error={outboxError}
          isHandoff={status.tokenSource === 'handoff'}
          isBusy={isBusy}
          onTask={onTask}
        />
      )}
      {view === 'checks' && (
        <ChecksPanel
          selfTest={found.selfTest}
          exported={found.exported}
          role={role}
          isBusy={isBusy}
          onTask={onTask}
        />
      )}
      {view === 'settings' && found.settings !== null && (
        <SettingsPanels
          settings={found.settings}
          status={status}
          isAdministrator={isAdministrator}
          isBusy={isBusy}
          onTask={onTask}
        />
      )}
      {view === 'events' && <EventsPanel page={found.events} isBusy={isBusy} onTask={onTask} />}
      {view === 'kiosk' && (
        <div className="panels">
          <div className="panel-column">
            <SetupChecklist door={door} status={status} />
            <AttentionPanel status={status} />
          </div>
          {isAdministrator && (
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
          )}
          <div className="panel-column">
            <KioskPanel status={status} />
            {isAdministrator && (
              <RolesPanel pinRoles={door.pinRoles} isBusy={isBusy} onTask={onTask} />
            )}
          </div>
        </div>
      )}
    </Screen>
  );
};
