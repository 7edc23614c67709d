/** The operator's door and room with sample props, as samples.tsx has the other screens. */
import type { ReactElement } from 'react';
import { Screen } from '../../../../renderer/components/screen.tsx';
import { LEAVING_WAYS } from '../../../../preload/contract/event-words.ts';
import { ITEM_ACTIONS } from '../../../../preload/contract/outbox-words.ts';
import { VAULT_STATES } from '../../../../preload/contract/vault-states.ts';
import { ItemActionDialog } from '../../../../renderer/operator/item-action-dialog.tsx';
import { LeaveKioskDialog } from '../../../../renderer/operator/leave-kiosk-dialog.tsx';
import { OperatorDoorScreen } from '../../../../renderer/operator/operator-door-screen.tsx';
import { OperatorRoomScreen } from '../../../../renderer/operator/operator-room-screen.tsx';
import { SettingsPanels } from '../../../../renderer/operator/settings-panels.tsx';
import { FAKE_SETTINGS } from '../../../support/fake-kiosk-values.ts';
import { CONDITIONS, door, outboxIn, status } from './sample-status.ts';
import { sample, type Sample } from './sample.ts';

const ignore = (): void => {};

const REFUSED = {
  state: 'last-good',
  place: 'none',
  isSigned: false,
  refused: 'POLICY_NOT_JSON',
} as const;

const doors = [true, false].map((isPinSet) =>
  sample(
    'operator-door',
    isPinSet ? 'locked out' : 'first start',
    <OperatorDoorScreen
      door={{ ...door, isPinSet, lockedForMs: isPinSet ? 1500 : 0 }}
      error={isPinSet ? 'PIN_LOCKED' : 'PIN_TOO_WEAK'}
      isBusy={false}
      onCreatePin={ignore}
      onEnter={ignore}
      onCancel={ignore}
    />,
  ),
);

/** The room, at rest unless told otherwise. */
export const room = (props: Partial<Parameters<typeof OperatorRoomScreen>[0]>): ReactElement => (
  <OperatorRoomScreen
    door={door}
    status={status}
    notice={null}
    isForOutbox={false}
    isBusy={false}
    outbox={null}
    outboxError={null}
    found={{ selfTest: null, events: null, exported: null, settings: null }}
    onTask={ignore}
    onStoreCredentials={ignore}
    onTestCredentials={ignore}
    onRemoveCredentials={ignore}
    onCreateVault={ignore}
    onRetryStart={ignore}
    onLeave={ignore}
    {...props}
  />
);

const rooms = VAULT_STATES.map((vault) =>
  sample(
    'operator-room',
    `vault ${vault}`,
    room({
      door: { ...door, vault, hasCredentials: vault === 'open' },
      notice:
        vault === 'open' ? { kind: 'done', code: null } : { kind: 'error', code: 'VAULT_DAMAGED' },
    }),
  ),
);

const staffWanted = { ...status, outbox: { ...status.outbox, needsPerson: 4 } };

const outboxes = [
  ...CONDITIONS.map((condition) =>
    sample(
      'operator-room',
      `outbox ${condition.state}`,
      room({ status: staffWanted, outbox: outboxIn(condition) }),
    ),
  ),
  sample(
    'operator-room',
    'outbox unread',
    room({ status: staffWanted, outboxError: 'INTERNAL_FAULT' }),
  ),
  sample(
    'operator-room',
    'outbox empty',
    room({
      status: staffWanted,
      outbox: { ...outboxIn({ state: 'running' }), items: [], itemCount: 0, delivered: [] },
    }),
  ),
];

const CAMERAS = [{ deviceId: '1', label: 'Document camera' }];

/** As the room shows them once they were asked for. */
const settings = [true, false].map((isGood) =>
  sample(
    'operator-room',
    isGood ? 'settings' : 'settings, damaged and refused',
    <Screen name="operator-room" title="⟦⟧">
      <SettingsPanels
        settings={{
          ...FAKE_SETTINGS,
          ...(isGood ? {} : { isDamaged: true, policy: REFUSED }),
          cameras: isGood ? CAMERAS : [],
        }}
        status={{ ...status, scanner: { isOffered: isGood, remembered: null } }}
        isAdministrator
        isBusy={false}
        onTask={ignore}
      />
    </Screen>,
  ),
);

/** The question before the kiosk is left, with and without something on its way. */
export const LEAVING_DIALOGS = LEAVING_WAYS.flatMap((way) =>
  [true, false].map((isSending) => (
    <LeaveKioskDialog
      key={`${way} ${isSending}`}
      way={way}
      isSending={isSending}
      onConfirm={ignore}
      onCancel={ignore}
    />
  )),
);

/** The question before each action at an item, with and without a token to be given. */
export const ITEM_DIALOGS = ITEM_ACTIONS.flatMap((action) =>
  outboxIn({ state: 'running' }).items.map((item) => (
    <ItemActionDialog
      key={`${action} ${item.state}`}
      item={item}
      action={action}
      isHandoff={false}
      onConfirm={ignore}
      onCancel={ignore}
    />
  )),
);

/** Door and room in all states that differ in words. */
export const OPERATOR_SAMPLES: readonly Sample[] = [...doors, ...rooms, ...outboxes, ...settings];
