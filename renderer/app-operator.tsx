/** The operator's door and room over the operator machine. */
import { useSelector } from '@xstate/react';
import type { ReactNode } from 'react';
import type { AppStatus } from '../preload/contract/app-channels.ts';
import type { OperatorActor } from './flow/operator-machine.ts';
import type { RoomTask } from './flow/room-tasks.ts';
import { OperatorDoorScreen } from './operator/operator-door-screen.tsx';
import { OperatorRoomScreen } from './operator/operator-room-screen.tsx';

interface AppOperatorProps {
  readonly operator: OperatorActor;
  /** Null while main could not say it. */
  readonly status: AppStatus | null;
  /** Whoever comes in wants the outbox. */
  readonly isForOutbox: boolean;
}

/** Door first, room once main says that somebody is inside. */
export const AppOperator = ({ operator, status, isForOutbox }: AppOperatorProps): ReactNode => {
  const snapshot = useSelector(operator, (state) => state);
  const { door, error, notice, outbox, outboxError, ...found } = snapshot.context;
  const ask = (request: RoomTask): void => {
    operator.send({ type: 'ROOM.ASKED', request });
  };
  const leave = (): void => {
    operator.send({ type: 'LEAVE' });
  };

  if (door === null) return null;
  if (snapshot.matches('room') && status !== null) {
    return (
      <OperatorRoomScreen
        door={door}
        status={status}
        notice={notice}
        isForOutbox={isForOutbox}
        isBusy={snapshot.matches({ room: 'busy' })}
        outbox={outbox}
        outboxError={outboxError}
        found={found}
        onTask={ask}
        onStoreCredentials={({ apiKey, apiSecret }) => {
          ask({ task: 'store-credentials', apiKey, apiSecret });
        }}
        onTestCredentials={() => {
          ask({ task: 'test-credentials' });
        }}
        onRemoveCredentials={() => {
          ask({ task: 'remove-credentials' });
        }}
        onCreateVault={(passphrase) => {
          ask({ task: 'create-vault', passphrase });
        }}
        onRetryStart={() => {
          ask({ task: 'retry-start' });
        }}
        onLeave={leave}
      />
    );
  }
  return (
    <OperatorDoorScreen
      door={door}
      error={error}
      isBusy={snapshot.matches({ door: 'busy' })}
      onCreatePin={(pin) => {
        operator.send({ type: 'PIN.CREATED', pin });
      }}
      onEnter={(pin) => {
        operator.send({ type: 'PIN.ENTERED', pin });
      }}
      onCancel={leave}
    />
  );
};
