import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PinDoor, ROOM_LEFT_AFTER_MS } from '../../../../main/operators/pin-door.ts';
import { seededRandom } from '../../../support/fake-clock.ts';
import { failing } from '../../../support/memory-disk.ts';
import {
  FAST,
  failTimes,
  failure,
  lockedForMs,
  Machine,
  ENTERED,
  OK,
  PATH,
  PIN,
  withPin,
  WRONG,
} from './pin-machine.ts';

describe('PIN', () => {
  it('is not set on a new kiosk', async () => {
    const door = await new Machine().boot();
    expect(await door.view()).toEqual({
      ok: true,
      value: {
        isPinSet: false,
        pinRoles: [],
        isInside: false,
        role: null,
        lockedForMs: 0,
      },
    });
    expect(await door.enter(PIN)).toEqual(failure('PIN_NOT_SET'));
  });

  it('opens the door after a restart, and no other PIN does', async () => {
    const { machine } = await withPin();
    const door = await machine.boot();
    expect(await door.enter(WRONG)).toEqual(failure('PIN_WRONG'));
    expect(door.role() !== null).toBe(false);
    expect(await door.enter(PIN)).toEqual(ENTERED);
    expect(door.role() !== null).toBe(true);
  });

  it('is set once, from outside the room', async () => {
    const { machine, door } = await withPin();
    expect(door.role() !== null).toBe(false);
    expect(await door.createPin('738290')).toEqual(failure('PIN_ALREADY_SET'));
    expect(await (await machine.boot()).createPin('738290')).toEqual(failure('PIN_ALREADY_SET'));
    expect(await door.enter(PIN)).toEqual(ENTERED);
  });

  it('is set once when two want to set it at the same time', async () => {
    const door = await new Machine().boot();
    const outcomes = await Promise.all([door.createPin(PIN), door.createPin('738290')]);
    expect(outcomes).toEqual([OK, failure('PIN_ALREADY_SET')]);
    expect(await door.enter(PIN)).toEqual(ENTERED);
  });

  it('SEC-34: is refused when it is weak, and nothing is written', async () => {
    const machine = new Machine();
    const door = await machine.boot();
    for (const pin of ['111111', '123456', '12345', 'letters'])
      expect(await door.createPin(pin)).toEqual(failure('PIN_TOO_WEAK'));
    expect(machine.disk.written).toEqual([]);
  });

  it('is not set when the disk refuses', async () => {
    const machine = new Machine();
    const door = await machine.boot();
    machine.disk.fault = failing('EROFS', 'replace');
    expect(await door.createPin(PIN)).toEqual(failure('STORAGE_FAILED'));
    expect(await door.enter(PIN)).toEqual(failure('PIN_NOT_SET'));
  });

  it('SEC-34: is stored as scrypt at full strength with a salt of its own', async () => {
    const machine = new Machine();
    const door = new PinDoor(machine.ports());
    expect(await door.createPin(PIN)).toEqual(OK);
    expect(machine.disk.everHeld(PIN)).toBe(false);
    const file: unknown = JSON.parse(machine.disk.text(PATH) ?? '');
    expect(file).toMatchObject({ scrypt: { N: 131_072, r: 8, p: 1 }, failedTries: 0 });
  });

  it('SEC-34: has another salt on every kiosk', async () => {
    const { machine } = await withPin();
    const other = new PinDoor({
      ...machine.ports(),
      folder: '/other',
      random: seededRandom(35),
      scryptCost: FAST,
    });
    await other.createPin(PIN);
    const read = (path: string): { scrypt: { salt: string }; hashes: { administrator: string } } =>
      JSON.parse(machine.disk.text(path) ?? '');
    const [one, two] = [read(PATH), read('/other/operators.json')];
    expect(two.scrypt.salt).not.toBe(one.scrypt.salt);
    expect(two.hashes.administrator).not.toBe(one.hashes.administrator);
  });
});

describe('damaged operators file', () => {
  it('SEC-34: is named for any byte that changed, opens to nobody and is not written over', async () => {
    const { machine } = await withPin();
    const bytes = Buffer.from(machine.disk.text(PATH) ?? '');
    const writes = machine.disk.written.length;
    for (let index = 0; index < bytes.byteLength; index += 1) {
      const spoilt = Buffer.from(bytes);
      spoilt[index] = (spoilt[index] ?? 0) ^ 2;
      machine.disk.put(PATH, spoilt);
      const door = await machine.boot();
      expect(await door.view()).toEqual(failure('OPERATORS_DAMAGED'));
      expect(await door.createPin('738290')).toEqual(failure('OPERATORS_DAMAGED'));
      expect(await door.enter(PIN)).toEqual(failure('OPERATORS_DAMAGED'));
    }
    expect(machine.disk.written).toHaveLength(writes);
  });

  it('is looked at again once staff put a good one back, with its lock-out', async () => {
    const { machine, door } = await withPin();
    await failTimes(door, 5);
    const good = machine.disk.text(PATH) ?? '';
    machine.disk.put(PATH, '');
    const later = await machine.boot();
    expect(await later.view()).toEqual(failure('OPERATORS_DAMAGED'));
    machine.disk.put(PATH, good);
    expect(await lockedForMs(later)).toBe(30_000);
  });

  it('SEC-34: that appeared since the start is not written over by a new PIN', async () => {
    const machine = new Machine();
    const door = await machine.boot();
    machine.disk.put(PATH, 'something');
    expect(await door.createPin(PIN)).toEqual(failure('OPERATORS_DAMAGED'));
    expect(machine.disk.text(PATH)).toBe('something');
  });
});

describe('room', () => {
  it('lets nobody pass before somebody entered and after they left', async () => {
    const { door } = await withPin();
    expect(door.admit('outbox:get-outbox')).toEqual(failure('OPERATOR_REQUIRED'));
    await door.enter(PIN);
    expect(door.admit('outbox:get-outbox')).toEqual(OK);
    door.leave();
    expect(door.admit('outbox:get-outbox')).toEqual(failure('OPERATOR_REQUIRED'));
    expect(door.role() !== null).toBe(false);
  });

  it('is left by itself five minutes after the last call', async () => {
    const { machine, door } = await withPin();
    await door.enter(PIN);
    await machine.clock.advance(ROOM_LEFT_AFTER_MS - 1);
    expect(door.admit('outbox:get-outbox')).toEqual(OK);
    await machine.clock.advance(ROOM_LEFT_AFTER_MS - 1);
    expect(door.role() !== null).toBe(true);
    await machine.clock.advance(1);
    expect(door.role() !== null).toBe(false);
    expect(door.admit('outbox:get-outbox')).toEqual(failure('OPERATOR_REQUIRED'));
  });

  it('is not kept open by looking at it, nor by setting the clock back', async () => {
    const { machine, door } = await withPin();
    await door.enter(PIN);
    for (let minute = 0; minute < 5; minute += 1) {
      await machine.clock.advance(60_000);
      machine.clock.jumpWall(-60_000);
      await door.view();
      door.role();
    }
    expect(door.role() !== null).toBe(false);
  });

  it('stays closed to whoever comes with a wrong PIN, also while it is locked', async () => {
    const { door } = await withPin();
    await failTimes(door, 5);
    await door.enter(PIN);
    expect(door.role() !== null).toBe(false);
  });

  it('SEC-34: never opens to any other PIN', async () => {
    const { machine } = await withPin();
    const pin = fc.oneof(fc.string(), fc.stringMatching(/^[0-9]{6,12}$/)).filter((p) => p !== PIN);
    await fc.assert(
      fc.asyncProperty(pin, async (wrong) => {
        const door = await machine.boot();
        await machine.clock.advance(900_000);
        expect(await door.enter(wrong)).toEqual(failure('PIN_WRONG'));
        expect(door.role() !== null).toBe(false);
      }),
      { numRuns: 100, seed: 34 },
    );
  });
});
