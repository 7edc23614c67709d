/**
 * `npm run scan`: the kiosk's own scanner service without a kiosk, to check a desk. The pages are
 * written as plain files, which the kiosk itself never does.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lookAt } from '../../main/capture/page/page.ts';
import { openScanners } from '../../main/devices/open-scanners.ts';
import type { ScannedPage } from '../../main/devices/scanner-driver.ts';
import type { ScannerService } from '../../main/devices/scanner-service.ts';
import { runSystemProcess, scannerEnvironment } from '../../main/ports/child-process.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { systemDisk } from '../../main/ports/disk.ts';
import { memoryFolder } from '../../main/ports/memory-folder.ts';
import { createNodeDeviceHttp } from '../../main/ports/node-device-http.ts';
import { systemRandom } from '../../main/ports/random.ts';
import { discoverByMulticast } from '../../main/ports/service-discovery.ts';
import type { ScannerErrorCode } from '../../preload/contract/error-codes.ts';
import { parseScanArguments, USAGE, type ScanChoices } from './scan-arguments.ts';

/** Exit code of sysexits.h. */
const EX_USAGE = 64;

const say = (text: string): void => {
  process.stderr.write(`scan: ${text}\n`);
};

/** The last line of stdout; the exit code follows from it. */
const conclude = (
  answer: Readonly<Record<string, unknown>>,
  code: ScannerErrorCode | null,
): void => {
  process.stdout.write(`${JSON.stringify({ ...answer, code })}\n`);
  process.exitCode = code === null ? 0 : 1;
};

/** Waits for the search that `start` began. */
const searched = async (
  service: ScannerService,
): Promise<ReturnType<ScannerService['scanners']>> => {
  while (service.scanners().isSearching) await systemClock.sleep(50);
  return service.scanners();
};

const savePage = async (out: string, page: ScannedPage, index: number): Promise<object> => {
  const ending = page.format === 'jpeg' ? 'jpg' : 'png';
  const file = join(out, `page-${String(index + 1).padStart(3, '0')}.${ending}`);
  await writeFile(file, page.bytes);
  const { widthPx, heightPx, dpi, isGrey, side } = page;
  const finds = await lookAt(page);
  const cards = finds.ok ? finds.value.cards : [];
  return { file, widthPx, heightPx, dpi, isGrey, side, cards };
};

const scan = async (
  service: ScannerService,
  { device, job, out }: NonNullable<ScanChoices['scan']>,
): Promise<void> => {
  const { scanners, code: noScanner } = await searched(service);
  const id = device ?? scanners[0]?.id;
  if (id === undefined || (device === null && scanners.length > 1)) {
    if (id !== undefined) say(`which of ${scanners.map((each) => each.id).join(', ')}?`);
    conclude({ pages: [] }, noScanner ?? 'SCANNER_UNREACHABLE');
    return;
  }
  await mkdir(out, { recursive: true });
  const cancel = new AbortController();
  process.once('SIGINT', () => {
    cancel.abort();
  });
  let told = '';
  const outcome = await service.scan(id, job, {
    signal: cancel.signal,
    onProgress: (progress) => {
      const share = progress.phase === 'scanning' ? progress.share : null;
      const percent = share === null ? '' : ` ${Math.floor(share * 10) * 10} %`;
      const line = `${progress.phase}${percent}`;
      if (line !== told) say(line);
      told = line;
    },
    onPage: ({ widthPx, heightPx, dpi }) => {
      say(`page of ${widthPx} × ${heightPx} px at ${dpi} dpi`);
    },
  });
  const pages = await Promise.all(outcome.pages.map((page, index) => savePage(out, page, index)));
  conclude({ pages }, outcome.code);
};

const run = async (choices: ScanChoices): Promise<void> => {
  const service = await openScanners({
    kinds: choices.kinds,
    policy: choices.policy,
    run: runSystemProcess,
    deviceHttp: createNodeDeviceHttp,
    discover: discoverByMulticast,
    memoryFolder,
    env: scannerEnvironment(process.env),
    disk: systemDisk,
    clock: systemClock,
    random: systemRandom,
    events: () => undefined,
    folder: tmpdir(),
    // One at a time: a second run would take the first one's leftovers for its own.
    scratchName: 'mark-id-kiosk-scan',
    onChange: () => undefined,
  });
  await service.start();
  try {
    if (choices.scan === null) {
      const { scanners, code } = await searched(service);
      conclude({ scanners }, code);
    } else await scan(service, choices.scan);
  } finally {
    await service.stop();
  }
};

const parsed = parseScanArguments(process.argv.slice(2), process.platform);
switch (parsed.kind) {
  case 'help':
    process.stdout.write(USAGE);
    break;
  case 'wrong':
    say(`${parsed.reason} (--help explains)`);
    process.exitCode = EX_USAGE;
    break;
  case 'run':
    await run(parsed);
    break;
}
