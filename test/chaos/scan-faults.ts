/**
 * Scan after scan with a fault in each, over a real disk, a real wire and Debian's real scanimage: what
 * each is told as, whether the scanner gives a page right after its repair, and what is left behind.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScanJob } from '../../main/devices/scanner-driver.ts';
import type { ScanOutcome, ScannerService } from '../../main/devices/scanner-service.ts';
import { runSystemProcess, type RunProcess } from '../../main/ports/child-process.ts';
import { createNodeDeviceHttp } from '../../main/ports/node-device-http.ts';
import { parsePolicy } from '../../main/settings/policy.ts';
import type { ScannerErrorCode } from '../../preload/contract/error-codes.ts';
import { answer, EsclMachine, type EsclReply } from '../device/escl-machine.ts';
import { serveEscl } from '../device/escl-server.ts';
import {
  hasPrograms,
  saneRig,
  scannerRig,
  searched,
  testBackend,
  writeConfig,
  type TestBackend,
} from '../device/sane-rig.ts';
import type { ChaosOutcome } from './outcome.ts';

/** Source: REC-07. */
const RECOVERY_MS = 5000;

const GLASS: ScanJob = { source: 'platen', dpi: 75, colour: 'colour', area: null };
const STACK: ScanJob = { ...GLASS, source: 'feeder' };

/** What happens to one scan. */
interface Fate {
  readonly name: string;
  /** What the operator is told. */
  readonly code: ScannerErrorCode | null;
  readonly job: ScanJob;
  /** @param cancel what the operator's key does. */
  readonly strike: (cancel: () => void) => Promise<void> | void;
}

/** One scanner under a run's control. */
interface Desk {
  readonly name: string;
  readonly service: ScannerService;
  readonly fates: readonly Fate[];
  readonly job: ScanJob;
  readonly repair: () => Promise<void> | void;
  /** Files in the folder pages pass through, and jobs the scanner still holds. */
  readonly left: () => Promise<number>;
  readonly close: () => Promise<void>;
}

const esclFates = (machine: EsclMachine): readonly Fate[] => {
  const trouble = (name: string, feederTrouble: string, code: ScannerErrorCode): Fate => ({
    name,
    code,
    job: STACK,
    strike: () => {
      machine.feederTrouble = feederTrouble;
    },
  });
  const page = (name: string, reply: EsclReply, code: ScannerErrorCode): Fate => ({
    name,
    code,
    job: GLASS,
    strike: () => {
      machine.interfere = (route) => (route === 'document' ? reply : null);
    },
  });
  const body = Buffer.alloc(5000, 0xa5);
  return [
    trouble('jam', 'ScannerAdfJam', 'SCANNER_JAMMED'),
    trouble('cover', 'ScannerAdfHatchOpen', 'SCANNER_COVER_OPEN'),
    trouble('empty', 'ScannerAdfEmpty', 'SCANNER_FEEDER_EMPTY'),
    page('refused', answer(403), 'SCANNER_ACCESS_DENIED'),
    page('broken', answer(500), 'SCANNER_INTERRUPTED'),
    page('cut', answer(200, { body, cutAfter: 900 }), 'SCANNER_INTERRUPTED'),
    page('no picture', answer(200, { body }), 'SCANNER_NOT_UNDERSTOOD'),
    page('no HTTP', { kind: 'garbage' }, 'SCANNER_NOT_UNDERSTOOD'),
    page('endless', { kind: 'endless' }, 'SCANNER_TOO_LARGE'),
    {
      name: 'unplugged',
      code: 'SCANNER_INTERRUPTED',
      job: GLASS,
      strike: () => {
        machine.isPlugged = false;
      },
    },
    {
      name: 'silent, cancelled',
      code: 'SCANNER_CANCELLED',
      job: GLASS,
      strike: (cancel) => {
        machine.interfere = (route) => {
          if (route !== 'document') return null;
          cancel();
          return { kind: 'silence' };
        };
      },
    },
  ];
};

const openEscl = async (folder: string): Promise<Desk> => {
  const machine = new EsclMachine();
  const server = await serveEscl(machine);
  const policy = parsePolicy({
    scanner: { escl: { discovery: false, addresses: [{ origin: server.origin }] } },
  });
  if (!policy.ok) throw new Error('The policy of the run must be one.');
  const rig = await scannerRig(folder, {
    kinds: ['escl'],
    policy: policy.value.scanner,
    deviceHttp: createNodeDeviceHttp,
  });
  return {
    name: 'escl',
    service: rig.service,
    fates: esclFates(machine),
    job: GLASS,
    repair: () => {
      machine.interfere = () => null;
      machine.feederTrouble = null;
      machine.isPlugged = true;
      machine.sheets = 2;
      // A scanner whose connection was cut ends the job by itself, sooner or later.
      machine.forgetJobs();
    },
    left: async () => machine.openJobs + (await rig.leftovers()).length,
    close: () => server.stop(),
  };
};

/** As slow as a real one: there is time to press a key. */
const SLOW: TestBackend = { 'read-delay': 'true', 'read-delay-duration': '5000' };

const STATUSES: readonly (readonly [status: string, code: ScannerErrorCode])[] = [
  ['JAMMED', 'SCANNER_JAMMED'],
  ['NO_DOCS', 'SCANNER_FEEDER_EMPTY'],
  ['COVER_OPEN', 'SCANNER_COVER_OPEN'],
  ['ACCESS_DENIED', 'SCANNER_ACCESS_DENIED'],
  ['IO_ERROR', 'SCANNER_INTERRUPTED'],
  ['NO_MEM', 'SCANNER_INTERRUPTED'],
  ['INVAL', 'SCANNER_UNSUPPORTED'],
  ['EOF', 'SCANNER_INTERRUPTED'],
];

const openSane = async (folder: string): Promise<Desk> => {
  const isThere = (different: TestBackend = {}): Promise<void> =>
    writeConfig(join(folder, 'sane.d'), testBackend(different));
  await isThere();
  let isKilling = false;
  let cancel = (): void => undefined;
  const run: RunProcess = (request, signal) => {
    if (!request.args.includes('--progress')) return runSystemProcess(request, signal);
    const onOutput: typeof request.onOutput = (stream, text) => {
      if (text.includes('Progress')) cancel();
      request.onOutput?.(stream, text);
    };
    const timeoutMs = isKilling ? 1 : request.timeoutMs;
    return runSystemProcess({ ...request, onOutput, timeoutMs }, signal);
  };
  const rig = await saneRig(folder, run);
  const fates: readonly Fate[] = [
    ...STATUSES.map(([status, code]) => ({
      name: status,
      code,
      job: GLASS,
      strike: () => isThere({ 'read-status-code': `SANE_STATUS_${status}` }),
    })),
    {
      name: 'cancelled',
      code: 'SCANNER_CANCELLED',
      job: GLASS,
      strike: async (byOperator) => {
        cancel = byOperator;
        await isThere(SLOW);
      },
    },
    {
      name: 'killed',
      code: 'SCANNER_STOPPED_ANSWERING',
      job: GLASS,
      strike: async () => {
        isKilling = true;
        await isThere(SLOW);
      },
    },
    {
      name: 'crashed',
      code: 'SCANNER_INTERRUPTED',
      job: GLASS,
      // The backend reads from nowhere then.
      strike: () => isThere({ number_of_devices: '0' }),
    },
  ];
  return {
    name: 'sane',
    service: rig.service,
    fates,
    job: GLASS,
    repair: () => {
      isKilling = false;
      cancel = () => undefined;
      return isThere();
    },
    left: async () => (await rig.leftovers()).length,
    close: () => Promise.resolve(),
  };
};

interface Tally {
  told: number;
  readonly odd: string[];
  readonly recoveriesMs: number[];
}

const scanOnce = (
  { service }: Desk,
  id: string,
  job: ScanJob,
  signal: AbortSignal,
): Promise<ScanOutcome> =>
  service.scan(id, job, { signal, onProgress: () => undefined, onPage: () => undefined });

const breakOnce = async (desk: Desk, id: string, fate: Fate, tally: Tally): Promise<void> => {
  const operator = new AbortController();
  await fate.strike(() => {
    operator.abort();
  });
  const { code } = await scanOnce(desk, id, fate.job, operator.signal);
  if (fate.code === code) tally.told += 1;
  else tally.odd.push(`${desk.name}, ${fate.name}: ${code}`);
  await desk.repair();
  const startMs = performance.now();
  const again = await scanOnce(desk, id, desk.job, new AbortController().signal);
  tally.recoveriesMs.push(performance.now() - startMs);
  if (again.code !== null || again.pages.length !== 1)
    tally.odd.push(`${desk.name}, after ${fate.name}: ${again.code}`);
};

/** Scans so often with a fault, each followed by one without, on every scanner that is here. */
export const runScanFaults = async (
  scans: number,
  tell: (line: string) => void,
): Promise<ChaosOutcome> => {
  const folder = await mkdtemp(join(tmpdir(), 'mark-id-scans-'));
  const desks = [
    await openEscl(join(folder, 'escl')),
    ...(hasPrograms('scanimage') ? [await openSane(join(folder, 'sane'))] : []),
  ];
  const tally: Tally = { told: 0, odd: [], recoveriesMs: [] };
  let left = 0;
  try {
    for (const desk of desks) {
      const [scanner] = (await searched(desk.service)).scanners;
      if (scanner === undefined) throw new Error(`No scanner of ${desk.name} was found.`);
      await desk.repair();
      for (let scan = 0; scan < scans; scan += 1) {
        const fate = desk.fates[scan % desk.fates.length];
        if (fate !== undefined) await breakOnce(desk, scanner.id, fate, tally);
      }
      await desk.service.stop();
      left += await desk.left();
      tell(`${desk.name}: ${scans} faults of ${desk.fates.length} kinds`);
    }
  } finally {
    for (const desk of desks) await desk.close();
    await rm(folder, { recursive: true, force: true });
  }
  for (const line of tally.odd) tell(line);
  const slowestRecoveryMs = Math.round(Math.max(...tally.recoveriesMs));
  return {
    figures: {
      scanners: desks.map(({ name }) => name).join(', '),
      faults: scans * desks.length,
      toldRight: tally.told,
      odd: tally.odd.length,
      filesAndJobsLeft: left,
      slowestRecoveryMs,
    },
    isGood: tally.odd.length === 0 && left === 0 && slowestRecoveryMs <= RECOVERY_MS,
  };
};
