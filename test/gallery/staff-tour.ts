/** What staff sees: a kiosk that serves nobody, the operator's door and every part of the room. */
import { ITEM_STATES } from '../../preload/contract/outbox-words.ts';
import { FAKE_PIN, fakeItem, SCAN_REF } from '../support/fake-kiosk-values.ts';
import type { Station } from './station.ts';

const TODAY_MS = Date.UTC(2026, 0, 15, 8, 12);
const HELD_CODE = 'DELIVERY_UNCONFIRMED';

const notServing = async (at: Station): Promise<void> => {
  at.prepare({ service: { state: 'out-of-service', code: 'POLICY_INVALID' } });
  await at.start('out-of-service');
  await at.look('policy invalid');
  at.prepare({ service: { state: 'locked' } });
  at.kiosk.failNext('operator:unlock-vault', 'VAULT_PASSPHRASE_WRONG');
  await at.start('locked');
  await at.look('passphrase wanted');
  await at.fill('passphrase', 'not the one');
  await at.press('unlock');
  await at.has('.notice');
  await at.look('wrong passphrase');
};

const toDoor = async (at: Station): Promise<void> => {
  await at.page.keyboard.press('Control+Alt+KeyO');
  await at.screen('operator-door');
};

const door = async (at: Station): Promise<void> => {
  at.prepare();
  at.kiosk.door = { ...at.kiosk.door, isPinSet: false, pinRoles: [], hasCredentials: false };
  await at.start('attract');
  await toDoor(at);
  await at.look('first start');
  at.prepare();
  await at.start('attract');
  await toDoor(at);
  at.kiosk.failNext('operator:enter-room', 'PIN_WRONG');
  await at.fill('pin', FAKE_PIN);
  await at.press('enter');
  await at.has('.notice');
  await at.look('wrong PIN');
};

const enterRoom = async (at: Station): Promise<void> => {
  await at.start('attract');
  await toDoor(at);
  await at.fill('pin', FAKE_PIN);
  await at.press('enter');
  await at.screen('operator-room');
};

const room = async (at: Station): Promise<void> => {
  at.prepare({ environment: 'training', warnings: ['SETTINGS_DAMAGED'] });
  at.kiosk.door = { ...at.kiosk.door, vault: 'empty', hasCredentials: false };
  await enterRoom(at);
  await at.look('nothing set up, training');
  at.prepare();
  await enterRoom(at);
  await at.look('the kiosk');
  await at.click('[data-room-view="checks"]');
  await at.press('self-test');
  await at.has('[data-verdict]');
  await at.look('checks');
  await at.click('[data-room-view="settings"]');
  await at.has('[data-policy]');
  await at.look('settings');
  at.kiosk.changeStatus({ outbox: { ...at.kiosk.status.outbox, sending: 1 } });
  await at.press('restart');
  await at.has('[data-dialog="leave-kiosk"] .notice');
  await at.look('restart while sending');
  await at.press('keep');
  at.kiosk.changeStatus({ outbox: { ...at.kiosk.status.outbox, sending: 0 } });
  await at.press('exit');
  await at.has('[data-dialog="leave-kiosk"]');
  await at.look('exit');
  await at.press('keep');
  await at.click('[data-room-view="events"]');
  await at.has('.events li');
  await at.look('events');
  await at.click('[data-room-view="outbox"]');
  await at.has('.outbox');
  await at.look('outbox, empty');
};

const outbox = async (at: Station): Promise<void> => {
  at.prepare();
  at.kiosk.outbox = {
    ...at.kiosk.outbox,
    summary: { ...at.kiosk.outbox.summary, deliveredToday: 2 },
    delivered: [
      {
        reference: '0A1B-00FF',
        customerReference: 'LT-4711',
        scanRef: SCAN_REF,
        deliveredAtMs: TODAY_MS,
        reconciled: true,
      },
      {
        reference: '0A1B-00FE',
        customerReference: null,
        scanRef: null,
        deliveredAtMs: TODAY_MS,
        reconciled: false,
      },
    ],
  };
  at.kiosk.changeOutbox(
    ITEM_STATES.map((state, index) =>
      fakeItem(index + 1, state, state === 'HELD' ? HELD_CODE : null),
    ),
    { state: 'unreachable', code: 'NETWORK_UNREACHABLE' },
  );
  await enterRoom(at);
  await at.has('.item');
  await at.look('outbox, an item of each state');
  await at.press('discard');
  await at.has('[data-dialog="item-action"]');
  await at.look('discard');
  await at.press('keep');
  await at.click('[data-item][data-state="HELD"] [data-action="resend"]');
  await at.has('[data-dialog="item-action"]');
  await at.look('send again what may have arrived');
};

export const staffTour = async (at: Station): Promise<void> => {
  await notServing(at);
  await door(at);
  await room(at);
  await outbox(at);
};
