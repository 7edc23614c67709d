import { describe, expect, it } from 'vitest';
import { diskError, failing } from '../../../support/memory-disk.ts';
import {
  ENTERED,
  failTimes,
  failure,
  lockedForMs,
  PATH,
  PIN,
  withPin,
  WRONG,
} from './pin-machine.ts';

describe('lock-out', () => {
  it('SEC-34: begins after five wrong PINs and looks at no PIN while it lasts', async () => {
    const { machine, door } = await withPin();
    await failTimes(door, 4);
    expect(await lockedForMs(door)).toBe(0);
    await failTimes(door, 1);
    expect(await lockedForMs(door)).toBe(30_000);
    await machine.clock.advance(29_999);
    expect(await door.enter(PIN)).toEqual(failure('PIN_LOCKED'));
    expect(await lockedForMs(door)).toBe(1);
    await machine.clock.advance(1);
    expect(await door.enter(PIN)).toEqual(ENTERED);
  });

  it('SEC-34: grows with each further wrong PIN and never beyond a quarter of an hour', async () => {
    const { machine, door } = await withPin();
    await failTimes(door, 5);
    const delays: number[] = [];
    for (let time = 0; time < 7; time += 1) {
      delays.push((await lockedForMs(door)) / 1000);
      await machine.clock.advance(await lockedForMs(door));
      await failTimes(door, 1);
    }
    expect(delays).toEqual([30, 60, 120, 240, 480, 900, 900]);
  });

  it('does not grow by trying while it lasts', async () => {
    const { machine, door } = await withPin();
    await failTimes(door, 5);
    for (let time = 0; time < 10; time += 1) await door.enter(WRONG);
    await machine.clock.advance(30_000);
    await failTimes(door, 1);
    expect(await lockedForMs(door)).toBe(60_000);
  });

  it('ends with the right PIN, and the count with it', async () => {
    const { machine, door } = await withPin();
    await failTimes(door, 4);
    expect(await door.enter(PIN)).toEqual(ENTERED);
    await failTimes(door, 4);
    expect(await lockedForMs(door)).toBe(0);
    expect(await lockedForMs(await machine.boot())).toBe(0);
  });

  it('SEC-34: survives a restart, with its whole delay', async () => {
    const { machine, door } = await withPin();
    await failTimes(door, 5);
    await machine.clock.advance(30_000);
    await failTimes(door, 1);
    await machine.clock.advance(59_000);
    const restarted = await machine.boot();
    expect(await lockedForMs(restarted)).toBe(60_000);
    expect(await restarted.enter(PIN)).toEqual(failure('PIN_LOCKED'));
    await machine.clock.advance(60_000);
    expect(await restarted.enter(PIN)).toEqual(ENTERED);
  });

  it('SEC-34: is not shortened by restarting before the lock begins', async () => {
    const { machine } = await withPin();
    for (let time = 0; time < 5; time += 1) await failTimes(await machine.boot(), 1);
    expect(await lockedForMs(await machine.boot())).toBe(30_000);
  });

  it('SEC-34: counts a try before it looks at it, so that pulling the plug buys none', async () => {
    const { machine } = await withPin();
    for (let time = 0; time < 5; time += 1) {
      const door = await machine.boot();
      // The plug: nothing that this process does after its first write ever reaches the disk.
      let writes = 0;
      machine.disk.fault = (operation) => {
        if (operation !== 'replace') return;
        writes += 1;
        if (writes > 1) throw diskError('EIO');
      };
      await door.enter(WRONG);
      expect(JSON.parse(machine.disk.text(PATH) ?? '')).toMatchObject({ failedTries: time + 1 });
    }
    machine.disk.fault = () => undefined;
    expect(await lockedForMs(await machine.boot())).toBe(30_000);
  });

  it('SEC-34: has a try on disk before its PIN is known to be wrong or right', async () => {
    const { machine, door } = await withPin();
    const counts: unknown[] = [];
    machine.disk.fault = (operation) => {
      if (operation === 'replace') counts.push(JSON.parse(machine.disk.text(PATH) ?? ''));
    };
    await door.enter(PIN);
    expect(counts).toMatchObject([{ failedTries: 0 }, { failedTries: 1 }]);
  });

  it('SEC-34: is not fooled by a clock that is set forwards or backwards', async () => {
    const { machine, door } = await withPin();
    await failTimes(door, 5);
    machine.clock.jumpWall(365 * 24 * 3_600_000);
    expect(await lockedForMs(door)).toBe(30_000);
    machine.clock.jumpWall(-2 * 365 * 24 * 3_600_000);
    expect(await lockedForMs(door)).toBe(30_000);
    expect(await lockedForMs(await machine.boot())).toBe(30_000);
  });

  it('SEC-34: is not begun anew, nor ended, by looking at the door', async () => {
    const { machine, door } = await withPin();
    await failTimes(door, 5);
    await machine.clock.advance(10_000);
    await door.view();
    expect(await lockedForMs(door)).toBe(20_000);
  });

  it('SEC-34: lets no more than five through when a hundred come at once', async () => {
    const { door } = await withPin();
    const tries = Array.from({ length: 100 }, () => door.enter(WRONG));
    const codes = (await Promise.all(tries)).map((try_) => (try_.ok ? 'IN' : try_.error.code));
    expect(codes.filter((code) => code === 'PIN_WRONG')).toHaveLength(5);
    expect(codes.filter((code) => code === 'PIN_LOCKED')).toHaveLength(95);
  });

  it('SEC-34: gives no free try while a try can’t be written down, and still lets staff in', async () => {
    const { machine, door } = await withPin();
    machine.disk.fault = failing('ENOSPC', 'replace');
    await failTimes(door, 1);
    expect(await lockedForMs(door)).toBe(30_000);
    await machine.clock.advance(30_000);
    expect(await door.enter(PIN)).toEqual(ENTERED);
  });
});
