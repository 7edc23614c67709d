/** A desk without a scanner: nothing answers, whatever a policy allows. */
import { ScannerDesk } from '../../main/devices/scanner-desk.ts';
import { systemClock } from '../../main/ports/clock.ts';
import type { Disk } from '../../main/ports/disk.ts';
import { systemRandom } from '../../main/ports/random.ts';
import { fail } from '../../preload/contract/result.ts';

export const emptyDesk = (disk: Disk): ScannerDesk =>
  new ScannerDesk({
    clock: systemClock,
    random: systemRandom,
    disk,
    events: () => undefined,
    run: () => Promise.resolve({ kind: 'missing' }),
    deviceHttp: () => ({ send: () => Promise.resolve(fail('REFUSED')) }),
    discover: () => Promise.resolve([]),
    memoryFolder: () => Promise.resolve(null),
    env: {},
    platform: 'linux',
    folder: '/data',
    scratchName: 'scratch',
    onChange: () => undefined,
  });
