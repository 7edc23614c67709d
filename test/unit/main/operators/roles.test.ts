import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CHANNEL_NAMES } from '../../../../preload/contract/channel-names.ts';
import {
  LEAST_ROLE,
  mayUse,
  ROLES,
  type Role,
  type RoomChannel,
} from '../../../../preload/contract/operator-roles.ts';
import type { ChannelHandlers } from '../../../../preload/contract/channels.ts';
import { makeKiosk } from '../../../support/kiosk.ts';
import { failing } from '../../../support/memory-disk.ts';
import {
  FAST,
  failure,
  lockedForMs,
  Machine,
  OK,
  PATH,
  PIN,
  withPin,
  WRONG,
} from './pin-machine.ts';
import { failTimes } from './pin-machine.ts';
import { PinDoor } from '../../../../main/operators/pin-door.ts';

const SUPERVISOR_PIN = '738291';
const OPERATOR_PIN = '504817';

const withRoles = async () => {
  const { machine, door } = await withPin();
  await door.setPin('supervisor', SUPERVISOR_PIN);
  await door.setPin('operator', OPERATOR_PIN);
  return { machine, door };
};

describe('SEC-34 roles', () => {
  it('are told by the PIN, also after a restart', async () => {
    const { machine } = await withRoles();
    const door = await machine.boot();
    for (const [pin, role] of [
      [OPERATOR_PIN, 'operator'],
      [SUPERVISOR_PIN, 'supervisor'],
      [PIN, 'administrator'],
    ]) {
      expect(await door.enter(pin ?? '')).toEqual({ ok: true, value: role });
      expect(door.role()).toBe(role);
    }
    expect(await door.enter(WRONG)).toEqual(failure('PIN_WRONG'));
  });

  it('share one lock-out, so that no role can be guessed beside another', async () => {
    const { machine, door } = await withRoles();
    await failTimes(door, 5);
    expect(await door.enter(OPERATOR_PIN)).toEqual(failure('PIN_LOCKED'));
    expect(await lockedForMs(await machine.boot())).toBe(30_000);
  });

  it('never share a PIN, and may be given the one they have', async () => {
    const { door } = await withRoles();
    expect(await door.setPin('operator', SUPERVISOR_PIN)).toEqual(failure('PIN_TAKEN'));
    expect(await door.setPin('administrator', OPERATOR_PIN)).toEqual(failure('PIN_TAKEN'));
    expect(await door.setPin('operator', OPERATOR_PIN)).toEqual(OK);
    expect(await door.setPin('operator', '111111')).toEqual(failure('PIN_TOO_WEAK'));
  });

  it('lose their PIN when it is taken away or replaced', async () => {
    const { machine, door } = await withRoles();
    expect(await door.removePin('operator')).toEqual(OK);
    expect(await door.setPin('supervisor', '940163')).toEqual(OK);
    const later = await machine.boot();
    expect(await later.enter(OPERATOR_PIN)).toEqual(failure('PIN_WRONG'));
    expect(await later.enter(SUPERVISOR_PIN)).toEqual(failure('PIN_WRONG'));
    expect(await later.enter('940163')).toEqual({ ok: true, value: 'supervisor' });
    const view = await later.view();
    expect(view.ok && view.value.pinRoles).toEqual(['supervisor', 'administrator']);
  });

  it('keep the PINs they had when the disk refuses a new one', async () => {
    const { machine, door } = await withRoles();
    machine.disk.fault = failing('ENOSPC', 'replace');
    expect(await door.setPin('operator', '940163')).toEqual(failure('STORAGE_FAILED'));
    expect(await door.removePin('operator')).toEqual(failure('STORAGE_FAILED'));
    machine.disk.fault = () => undefined;
    expect(await (await machine.boot()).enter(OPERATOR_PIN)).toMatchObject({ ok: true });
  });

  it('do not clear the count of wrong tries by giving a PIN', async () => {
    const { machine, door } = await withRoles();
    await failTimes(door, 4);
    await door.setPin('operator', '940163');
    expect(JSON.parse(machine.disk.text(PATH) ?? '')).toMatchObject({ failedTries: 4 });
  });

  it('no PIN is ever written', async () => {
    const { machine } = await withRoles();
    for (const pin of [PIN, SUPERVISOR_PIN, OPERATOR_PIN])
      expect(machine.disk.everHeld(pin)).toBe(false);
  });

  it('the PIN of a kiosk from before roles is the administrator’s', async () => {
    const { machine } = await withPin();
    const { sha256: _sum, ...file } = JSON.parse(machine.disk.text(PATH) ?? '');
    const old = {
      version: 1,
      pin: { scrypt: file.scrypt, hash: file.hashes.administrator },
      failedTries: 2,
    };
    const sha256 = createHash('sha256').update(JSON.stringify(old)).digest('hex');
    machine.disk.put(PATH, JSON.stringify({ ...old, sha256 }));
    expect(await (await machine.boot()).enter(PIN)).toEqual({ ok: true, value: 'administrator' });
  });
});

/** A request of each channel of the room that its schema takes. */
const REQUESTS: { readonly [Name in RoomChannel]: Parameters<ChannelHandlers[Name]>[0] } = {
  'outbox:get-outbox': undefined,
  'outbox:retake-item': { itemId: crypto.randomUUID(), reason: 'TEST' },
  'outbox:resume-delivery': undefined,
  'outbox:resend-item': { itemId: crypto.randomUUID(), reason: 'TEST' },
  'outbox:discard-item': { itemId: crypto.randomUUID(), reason: 'TEST' },
  'diagnostics:run-self-test': {
    camera: { isOpen: false, widthPx: 0, heightPx: 0, framesPerSecond: 0, focus: null },
  },
  'diagnostics:list-events': { before: null },
  'diagnostics:export-diagnostics': undefined,
  'settings:get-settings': undefined,
  'settings:change-setting': { setting: 'mode', value: 'teller' },
  'settings:reset-settings': undefined,
  'operator:test-credentials': undefined,
  'operator:set-pin': { role: 'operator', pin: '940163' },
  'operator:remove-pin': { role: 'operator' },
  'operator:create-vault': { passphrase: 'too short' },
  'operator:store-credentials': { apiKey: 'key', apiSecret: 'secret' },
  'operator:remove-credentials': undefined,
  'operator:restart-kiosk': undefined,
  'operator:exit-kiosk': undefined,
};
const ROOM_CHANNELS = CHANNEL_NAMES.filter((name): name is RoomChannel =>
  Object.hasOwn(LEAST_ROLE, name),
);
/** What is asked before anybody is inside, and what belongs to the customer. */
const WITHOUT_ROOM =
  /^(app|session|capture|camera|scanner):|^operator:(get-door|create-pin|enter-room|leave-room|unlock-vault)$/;

describe('SEC-34 each channel of the room', () => {
  it('stands in the table of roles, or needs no room', () => {
    const unclear = CHANNEL_NAMES.filter(
      (name) => Object.hasOwn(LEAST_ROLE, name) === WITHOUT_ROOM.test(name),
    );
    expect(unclear).toEqual([]);
    expect(ROOM_CHANNELS.length).toBeGreaterThan(10);
  });

  it.each(ROOM_CHANNELS)(
    '%s is refused to nobody inside and to every lesser role',
    async (name) => {
      const asked = async (role: Role | null): Promise<string> => {
        const made = makeKiosk();
        const { random, clock } = new Machine();
        const door = new PinDoor({
          disk: made.disk,
          random,
          clock,
          folder: '/data',
          scryptCost: FAST,
        });
        await door.createPin(PIN);
        await door.setPin('supervisor', SUPERVISOR_PIN);
        await door.setPin('operator', OPERATOR_PIN);
        Object.defineProperty(made.kiosk, 'door', { value: door });
        const pins = { operator: OPERATOR_PIN, supervisor: SUPERVISOR_PIN, administrator: PIN };
        if (role !== null) await door.enter(pins[role]);
        const handler = made.handlers[name] as (request: unknown) => Promise<unknown>;
        const answer = (await handler(REQUESTS[name])) as { ok: boolean; error?: { code: string } };
        await made.kiosk.stop();
        return answer.error?.code ?? 'OK';
      };
      expect(await asked(null)).toBe('OPERATOR_REQUIRED');
      for (const role of ROLES) {
        const answer = await asked(role);
        if (mayUse(role, name)) expect(`${role} ${answer}`).not.toMatch(/_REQUIRED$/);
        else expect(`${role} ${answer}`).toBe(`${role} ROLE_REQUIRED`);
      }
    },
  );
});
