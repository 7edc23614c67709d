/** Debian's real SANE for tests: a configuration of its own, and the kiosk's own service on top. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openScanners, type OpenScanners } from '../../main/devices/open-scanners.ts';
import type { ScanJob } from '../../main/devices/scanner-driver.ts';
import type {
  ScanOutcome,
  ScannerService,
  ServiceRun,
} from '../../main/devices/scanner-service.ts';
import { runSystemProcess, type RunProcess } from '../../main/ports/child-process.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { systemDisk } from '../../main/ports/disk.ts';
import { systemRandom } from '../../main/ports/random.ts';
import { parsePolicy } from '../../main/settings/policy.ts';
import type { ScannerKind } from '../../preload/contract/scanner-words.ts';
import { fail } from '../../preload/contract/result.ts';

const HERE = {
  scanimage: existsSync('/usr/bin/scanimage'),
  airscan: ['x86_64', 'aarch64'].some((arch) =>
    existsSync(`/usr/lib/${arch}-linux-gnu/sane/libsane-airscan.so.1`),
  ),
};

/** Whether the programs are here; says loudly what is left out where they are not. */
export const hasPrograms = (...names: readonly (keyof typeof HERE)[]): boolean => {
  const missing = names.filter((name) => !HERE[name]);
  if (missing.length > 0)
    console.warn(
      `SKIPPED: no ${missing.join(', ')} here (apt-get install sane-utils sane-airscan)`,
    );
  return missing.length === 0;
};

/** What of the test backend differs from one that works well. */
export type TestBackend = Readonly<Record<string, string>>;

/** Writes a SANE configuration with these files and nothing else. */
export const writeConfig = async (
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<void> => {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
};

export const testBackend = (different: TestBackend = {}): Readonly<Record<string, string>> => {
  const options: TestBackend = {
    number_of_devices: '1',
    mode: 'Color',
    'test-picture': '"Color pattern"',
    ...different,
  };
  const lines = Object.entries(options).map(([name, value]) => `${name} ${value}\n`);
  return { 'dll.conf': 'test\n', 'test.conf': lines.join('') };
};

export interface SaneRig {
  readonly service: ScannerService;
  readonly folder: string;
  /** Searches and scans with the first scanner that is found. */
  scanFirst(job: ScanJob, run?: Partial<ServiceRun>): Promise<ScanOutcome>;
  /** Files and folders anywhere below the folder pages pass through. */
  leftovers(): Promise<readonly string[]>;
}

/** Searches until that is over. */
export const searched = async (
  service: ScannerService,
): Promise<ReturnType<ScannerService['scanners']>> => {
  service.refresh();
  while (service.scanners().isSearching) await systemClock.sleep(10);
  return service.scanners();
};

/** The kiosk's service below a folder of the test's own, with nothing that a test does not give it. */
export const scannerRig = async (
  folder: string,
  parts: Pick<OpenScanners, 'kinds'> & Partial<OpenScanners>,
): Promise<SaneRig> => {
  const policy = parsePolicy({});
  if (!policy.ok) throw new Error('an empty policy must be a policy');
  const service = await openScanners({
    policy: policy.value.scanner,
    run: () => Promise.resolve({ kind: 'missing' }),
    deviceHttp: () => ({ send: () => Promise.resolve(fail('REFUSED')) }),
    discover: () => Promise.resolve([]),
    memoryFolder: () => Promise.resolve(null),
    env: {},
    disk: systemDisk,
    clock: systemClock,
    random: systemRandom,
    events: () => undefined,
    folder,
    scratchName: 'pages',
    onChange: () => undefined,
    ...parts,
  });
  return {
    service,
    folder,
    scanFirst: async (job, run = {}) => {
      const { scanners, code } = await searched(service);
      const [scanner] = scanners;
      if (scanner === undefined) return { pages: [], code: code ?? 'SCANNER_NONE_FOUND' };
      return service.scan(scanner.id, job, {
        signal: new AbortController().signal,
        onProgress: () => undefined,
        onPage: () => undefined,
        ...run,
      });
    },
    leftovers: () => readdir(join(folder, 'pages'), { recursive: true }).catch(() => []),
  };
};

/** The same with the real scanimage. */
export const saneRig = (
  folder: string,
  run: RunProcess = runSystemProcess,
  kinds: readonly ScannerKind[] = ['sane'],
): Promise<SaneRig> =>
  scannerRig(folder, {
    kinds,
    run,
    env: { SANE_CONFIG_DIR: join(folder, 'sane.d'), HOME: folder },
  });
