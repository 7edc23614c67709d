/** One installation of the kiosk as the PIN's tests need it: a disk that outlives a start, a clock that does not. */
import { PinDoor, type PinDoorPorts } from '../../../../main/operators/pin-door.ts';
import { FakeClock, seededRandom } from '../../../support/fake-clock.ts';
import { MemoryDisk } from '../../../support/memory-disk.ts';

const FOLDER = '/data';
export const PATH = '/data/operators.json';
export const PIN = '829401';
export const WRONG = '829402';
export const OK = { ok: true, value: null };
export const ENTERED = { ok: true, value: 'administrator' };
export const FAST = { N: 16, r: 1, p: 1 };

export const failure = (code: string) => ({ ok: false, error: { code } });

export class Machine {
  readonly disk = new MemoryDisk();
  readonly random = seededRandom(34);
  clock = new FakeClock();

  ports(): PinDoorPorts {
    const { disk, random, clock } = this;
    return { disk, random, clock, folder: FOLDER };
  }

  /** A start of the kiosk: the monotonic clock begins anew. */
  async boot(): Promise<PinDoor> {
    this.clock = new FakeClock(this.clock.wallMs());
    const door = new PinDoor({ ...this.ports(), scryptCost: FAST });
    await door.view();
    return door;
  }
}

/** A machine with a PIN, started. */
export const withPin = async () => {
  const machine = new Machine();
  const door = await machine.boot();
  await door.createPin(PIN);
  return { machine, door };
};

export const lockedForMs = async (door: PinDoor): Promise<number> => {
  const view = await door.view();
  if (!view.ok) throw new Error(view.error.code);
  return view.value.lockedForMs;
};

export const failTimes = async (door: PinDoor, times: number): Promise<void> => {
  for (let time = 0; time < times; time += 1) {
    const entered = await door.enter(WRONG);
    if (entered.ok || entered.error.code !== 'PIN_WRONG')
      throw new Error('the try was not looked at');
  }
};
