/** `npm run -s chaos`: breaks the outbox and the scanners on purpose, and counts what is lost or left. See USAGE. */
import { parseArgs } from 'node:util';
import { runDiskFaults } from './disk-faults.ts';
import { runKills } from './kills.ts';
import { runPowerCut } from './power-cut.ts';
import { runScanFaults } from './scan-faults.ts';
import { runWireFaults } from './wire-faults.ts';
import type { ChaosOutcome } from './outcome.ts';

const USAGE = `npm run -s chaos -- MODE [--seed N] [--json]
Modes:
  --kills N                 kill -9 at N random moments
  --power-cut [--customers N] every prefix of a recorded run, unsynced data dropped, kept, torn, reordered
  --disk-faults [--stride N] every call to the disk fails, once and for good
  --wire-faults             each fault of the simulator at each request, against the table of states
  --scans N                 N scans with a fault on each scanner, each followed by one without
  --control SAFEGUARD       the power cut without no-fsync, no-dirsync or sync-normal: must find losses
The last line of stdout is one JSON object. Exit 0: nothing was lost, torn, sent twice or left behind.
`;

/** EX_USAGE of sysexits.h. */
const EX_USAGE = 64;

const CONTROLS = new Map([
  ['no-fsync', 'fsync'],
  ['no-dirsync', 'dirsync'],
  ['sync-normal', 'full-sync'],
] as const);

const tell = (line: string): void => {
  process.stderr.write(`chaos: ${line}\n`);
};

const choose = (): (() => Promise<ChaosOutcome>) | null => {
  try {
    const { values } = parseArgs({
      options: {
        kills: { type: 'string' },
        scans: { type: 'string' },
        'power-cut': { type: 'boolean', default: false },
        control: { type: 'string' },
        'wire-faults': { type: 'boolean', default: false },
        'disk-faults': { type: 'boolean', default: false },
        stride: { type: 'string', default: '1' },
        customers: { type: 'string', default: '5' },
        seed: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
      },
    });
    const seed = Number(values.seed);
    const customers = Number(values.customers);
    if (values.kills !== undefined) return () => runKills(Number(values.kills), seed, tell);
    if (values.scans !== undefined) return () => runScanFaults(Number(values.scans), tell);
    if (values.control !== undefined) {
      const without = CONTROLS.get(values.control as 'no-fsync');
      return without === undefined ? null : () => runPowerCut({ without, customers, seed }, tell);
    }
    if (values['wire-faults']) return () => runWireFaults(tell);
    if (values['disk-faults']) return () => runDiskFaults(Number(values.stride), tell);
    if (values['power-cut']) return () => runPowerCut({ without: null, customers, seed }, tell);
    return null;
  } catch {
    return null;
  }
};

const chosen = choose();
if (chosen === null) {
  process.stderr.write(USAGE);
  process.exitCode = EX_USAGE;
} else {
  const { figures, isGood } = await chosen();
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  process.exitCode = isGood ? 0 : 1;
}
