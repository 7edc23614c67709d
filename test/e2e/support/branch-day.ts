/** What a day at a branch is made of, for specs of more than one customer: a passport, a sleep, the counts. */
import type { AppStatus } from '../../../preload/contract/app-channels.ts';
import type { Identity, KioskDriver } from './kiosk-driver.ts';
import type { RunningKiosk } from './launch.ts';

export const PASSPORT: Identity = { country: 'LT', documentType: 'PASSPORT' };

/** The policy of a bank that asks for its page alone, for specs of what comes after the pictures. */
export const PAGE_ALONE = { documents: { steps: { PASSPORT: { required: ['FRONT'] } } } };

/** The machine slept for so long: its clocks went on and the system says that it is awake. */
export const sleepFor = (kiosk: RunningKiosk, ms: number): Promise<void> =>
  kiosk.app.evaluate(({ powerMonitor }, sleptMs) => {
    const now = performance.now.bind(performance);
    performance.now = () => now() + sleptMs;
    powerMonitor.emit('resume');
  }, ms);

export const outboxOf = async (driver: KioskDriver): Promise<AppStatus['outbox']> =>
  (await driver.status()).outbox;
