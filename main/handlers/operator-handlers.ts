/** The operator's channels → PIN, vault and credentials. All but the door's own need an entered room. */
import type { ChannelHandlers } from '../../preload/contract/channels.ts';
import type { LeavingWay } from '../../preload/contract/event-words.ts';
import type { OperatorDoor } from '../../preload/contract/operator-channels.ts';
import { ok, type Result } from '../../preload/contract/result.ts';
import type { EventSink } from '../diagnostics/events.ts';
import type { Kiosk } from '../kiosk.ts';
import { roomGuard } from './room-guard.ts';

type OperatorChannel = Extract<keyof ChannelHandlers, `operator:${string}`>;

export const operatorHandlers = (
  kiosk: Kiosk,
  events: EventSink,
  leaveKiosk: (way: LeavingWay) => void,
): Pick<ChannelHandlers, OperatorChannel> => {
  const { door, vault, credentials } = kiosk;
  const inRoom = roomGuard(kiosk);

  const doorNow = async (): Promise<Result<OperatorDoor>> => {
    const view = await door.view();
    return view.ok
      ? ok({
          ...view.value,
          pinRoles: [...view.value.pinRoles],
          vault: vault.state,
          hasCredentials: await credentials.isStored(),
        })
      : view;
  };

  /** The door as it is after `act`, or why `act` failed. */
  const thenDoor = async (act: () => Promise<Result<unknown>>): Promise<Result<OperatorDoor>> => {
    const done = await act();
    return done.ok ? doorNow() : done;
  };

  const enter = async (pin: string): ReturnType<typeof door.enter> => {
    const entered = await door.enter(pin);
    if (entered.ok) events({ event: 'operator.room-entered', role: entered.value });
    else if (entered.error.code === 'PIN_WRONG') {
      const view = await door.view();
      events({
        event: 'operator.pin-refused',
        failedTries: door.failedTries,
        lockedForMs: view.ok ? view.value.lockedForMs : 0,
      });
    }
    return entered;
  };

  /** Credentials or vault changed: the kiosk begins anew with them. */
  const restart = async (): Promise<Result<OperatorDoor>> => {
    await kiosk.start();
    events({ event: 'operator.credentials-changed', isPresent: await credentials.isStored() });
    return doorNow();
  };

  const leave = async (way: LeavingWay): Promise<Result<null>> => {
    events({ event: 'operator.kiosk-left', way });
    leaveKiosk(way);
    return ok(null);
  };

  return {
    'operator:get-door': doorNow,
    // Whoever sets the first PIN has just typed it twice: the room opens without a third time.
    'operator:create-pin': ({ pin }) =>
      thenDoor(async () => {
        const created = await door.createPin(pin);
        if (!created.ok) return created;
        events({ event: 'operator.pin-changed', role: 'administrator', isSet: true });
        return enter(pin);
      }),
    'operator:enter-room': ({ pin }) => thenDoor(() => enter(pin)),
    'operator:set-pin': ({ role, pin }) =>
      inRoom('operator:set-pin', () =>
        thenDoor(async () => {
          const set = await door.setPin(role, pin);
          if (set.ok) events({ event: 'operator.pin-changed', role, isSet: true });
          return set;
        }),
      ),
    'operator:remove-pin': ({ role }) =>
      inRoom('operator:remove-pin', () =>
        thenDoor(async () => {
          const removed = await door.removePin(role);
          if (removed.ok) events({ event: 'operator.pin-changed', role, isSet: false });
          return removed;
        }),
      ),
    'operator:leave-room': () => {
      door.leave();
      return ok(null);
    },
    'operator:unlock-vault': async ({ passphrase }) => {
      const unlocked = await vault.unlock(passphrase);
      if (!unlocked.ok) return unlocked;
      await kiosk.start();
      return doorNow();
    },
    'operator:create-vault': ({ passphrase }) =>
      inRoom('operator:create-vault', async () => {
        const created = await vault.createWithPassphrase(passphrase);
        return created.ok ? restart() : created;
      }),
    'operator:store-credentials': (request) =>
      inRoom('operator:store-credentials', async () => {
        const stored = await credentials.set(request);
        return stored.ok ? restart() : stored;
      }),
    'operator:test-credentials': () =>
      inRoom('operator:test-credentials', () => kiosk.testCredentials()),
    'operator:remove-credentials': () =>
      inRoom('operator:remove-credentials', async () => {
        const removed = await credentials.remove();
        return removed.ok ? restart() : removed;
      }),
    'operator:restart-kiosk': () => inRoom('operator:restart-kiosk', () => leave('restart')),
    'operator:exit-kiosk': () => inRoom('operator:exit-kiosk', () => leave('exit')),
  };
};
