/** A desk under a test's control: drivers over machines in memory, one service, time on demand. */
import sharp, { type Metadata, type Sharp } from 'sharp';
import { EsclDriver } from '../../../../main/devices/escl/escl-driver.ts';
import { SaneDriver } from '../../../../main/devices/sane/sane-driver.ts';
import type {
  ScanJob,
  ScannedPage,
  ScannerDriver,
  ScanProgress,
} from '../../../../main/devices/scanner-driver.ts';
import { ScannerService, type ScanOutcome } from '../../../../main/devices/scanner-service.ts';
import { Scratch } from '../../../../main/devices/scratch.ts';
import type { KioskEvent } from '../../../../preload/contract/event-catalogue.ts';
import { fail, ok } from '../../../../preload/contract/result.ts';
import { EsclMachine } from '../../../device/escl-machine.ts';
import { MACHINE_ORIGIN, machineHttp } from '../../../device/machine-http.ts';
import { FakeClock, seededRandom } from '../../../support/fake-clock.ts';
import { MemoryDisk } from '../../../support/memory-disk.ts';
import { pngPage } from '../../../support/scan-pages.ts';
import { ScriptedScanimage } from '../../../support/scripted-scanimage.ts';

export const SCRATCH = '/scratch';

/** A stack at the lowest resolution: what is tested is not how large pages are. */
export const STACK: ScanJob = { source: 'feeder', dpi: 75, colour: 'colour', area: null };
export const GLASS: ScanJob = { ...STACK, source: 'platen' };

/** Fake time between two looks at what has happened. */
const STEP_MS = 250;

/** Headers that the library reads now: its own counters leave them out. */
let headers = 0;
const library = sharp.prototype as { metadata: (this: Sharp) => Promise<Metadata> };
const readHeader = library.metadata;
library.metadata = async function counted() {
  headers += 1;
  try {
    return await readHeader.call(this);
  } finally {
    headers -= 1;
  }
};

/** Lets everything that can run now run, the library's own work included. */
const settle = async (): Promise<void> => {
  for (;;) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    const { queue, process } = sharp.counters();
    if (headers + queue + process === 0) return;
  }
};

/** Lets fake time pass until the work is done; the library's own work takes none of it. */
export const untilDone = async <Value>(clock: FakeClock, work: Promise<Value>): Promise<Value> => {
  let isDone = false;
  const mark = (): void => {
    isDone = true;
  };
  work.then(mark, mark);
  for (;;) {
    await settle();
    if (isDone) return work;
    await clock.advance(STEP_MS);
  }
};

export interface ScanBench {
  readonly clock: FakeClock;
  readonly disk: MemoryDisk;
  readonly service: ScannerService;
  readonly events: KioskEvent[];
  /** Begins a scan; `progress` and `pageCount` grow while it runs. */
  begin(id: string, job: ScanJob): RunningScan;
  /** Scans to the end, in fake time. */
  scan(id: string, job: ScanJob): Promise<ScanOutcome>;
  /** Searches to the end, and names what is there. */
  search(): Promise<readonly string[]>;
}

export interface RunningScan {
  readonly outcome: Promise<ScanOutcome>;
  readonly cancel: () => void;
  readonly progress: ScanProgress[];
  readonly pageCount: () => number;
}

export const makeBench = (
  makeDrivers: (parts: { clock: FakeClock; scratch: Scratch }) => readonly ScannerDriver[],
  disk = new MemoryDisk(),
): ScanBench => {
  const clock = new FakeClock();
  const scratch = new Scratch({ disk, random: seededRandom(), folder: SCRATCH });
  const events: KioskEvent[] = [];
  const service = new ScannerService({
    drivers: makeDrivers({ clock, scratch }),
    scratch,
    clock,
    events: (event) => {
      events.push(event);
    },
    onChange: () => undefined,
  });
  const begin = (id: string, job: ScanJob): RunningScan => {
    const cancel = new AbortController();
    const progress: ScanProgress[] = [];
    let pageCount = 0;
    const outcome = service.scan(id, job, {
      signal: cancel.signal,
      onProgress: (step) => {
        progress.push(step);
      },
      onPage: () => {
        pageCount += 1;
      },
    });
    return {
      outcome,
      progress,
      cancel: () => {
        cancel.abort();
      },
      pageCount: () => pageCount,
    };
  };
  return {
    clock,
    disk,
    service,
    events,
    begin,
    scan: (id, job) => untilDone(clock, begin(id, job).outcome),
    search: async () => {
      service.refresh();
      while (service.scanners().isSearching) {
        await settle();
        if (service.scanners().isSearching) await clock.advance(STEP_MS);
      }
      return service.scanners().scanners.map(({ id }) => id);
    },
  };
};

export interface EsclBench extends ScanBench {
  readonly machine: EsclMachine;
  readonly id: string;
}

/** One driverless scanner that was found. */
export const esclBench = async (sheets = 0): Promise<EsclBench> => {
  const machine = new EsclMachine();
  machine.sheets = sheets;
  const bench = makeBench(({ clock }) => [
    new EsclDriver({
      http: machineHttp(machine),
      clock,
      discover: null,
      addresses: [MACHINE_ORIGIN],
      hasIppUsb: false,
    }),
  ]);
  const [id = ''] = await bench.search();
  return { ...bench, machine, id };
};

export interface SaneBench extends ScanBench {
  readonly scanimage: ScriptedScanimage;
  readonly id: string;
}

/** The glass of the scripted device at 75 dpi. */
export const sanePage = (): Promise<Uint8Array> => pngPage({ widthPx: 266, heightPx: 177 });

/** One scanner of SANE that was found, with a stack of pages. */
export const saneBench = async (pageCount = 0): Promise<SaneBench> => {
  const disk = new MemoryDisk();
  const scanimage = new ScriptedScanimage(disk);
  const page = await sanePage();
  scanimage.pages = Array.from({ length: pageCount }, () => page);
  const bench = makeBench(
    ({ scratch, clock }) => [
      new SaneDriver({
        run: scanimage.run,
        clock,
        scratch,
        command: '/usr/bin/scanimage',
        env: {},
        hasEsclDriver: false,
      }),
    ],
    disk,
  );
  const [id = ''] = await bench.search();
  return { ...bench, scanimage, id };
};

export const PLAIN_ID = 'sane-0123456789abcdef';

export const plainPage = (byteLength = 10): ScannedPage => ({
  bytes: new Uint8Array(byteLength),
  format: 'png',
  widthPx: 100,
  heightPx: 100,
  dpi: 75,
  isGrey: false,
  side: 'front',
});

/** A driver that does what a test says, over one device. */
export const driverWith = (parts: Partial<ScannerDriver>): ScannerDriver => ({
  kind: 'sane',
  list: () => Promise.resolve(ok([{ id: PLAIN_ID, kind: 'sane', name: 'Acme' }])),
  capabilities: () => Promise.resolve(fail('SCANNER_UNREACHABLE')),
  async *scan() {
    yield ok(plainPage());
  },
  ...parts,
});
