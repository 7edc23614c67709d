/**
 * NAPS2's console, against a stand-in that says what the real one does (its English messages) and
 * writes files as it does. The real program needs Windows or macOS and a scanner.
 */
import { describe, expect, it } from 'vitest';
import { Naps2Driver } from '../../../../main/devices/naps2/naps2-driver.ts';
import type { ProcessRequest, RunProcess } from '../../../../main/ports/child-process.ts';
import type { ScannerErrorCode } from '../../../../preload/contract/error-codes.ts';
import { MemoryDisk } from '../../../support/memory-disk.ts';
import { half, pngPage } from '../../../support/scan-pages.ts';
import { GLASS, makeBench, STACK, type ScanBench } from './scan-bench.ts';

const CONSOLE = 'C:\\Program Files\\NAPS2\\NAPS2.Console.exe';
const page = await pngPage({ widthPx: 300, heightPx: 200 });

interface Naps2Bench extends ScanBench {
  readonly id: string;
  readonly requests: ProcessRequest[];
}

interface StandIn {
  readonly files?: readonly Uint8Array[];
  readonly says?: string;
  readonly exitCode?: number;
  readonly isMissing?: boolean;
}

const naps2Bench = async ({
  files = [],
  says = '',
  exitCode = 0,
  isMissing,
}: StandIn): Promise<Naps2Bench> => {
  const disk = new MemoryDisk();
  const requests: ProcessRequest[] = [];
  const run: RunProcess = (request) => {
    requests.push(request);
    const isListing = request.args.includes('--listdevices');
    if (isMissing === true && !isListing) return Promise.resolve({ kind: 'missing' });
    const output = request.args.find((arg) => arg.startsWith('--output='))?.slice(9) ?? '';
    if (!isListing)
      for (const [index, file] of files.entries())
        disk.put(output.replace('$(nnn)', String(index + 1).padStart(3, '0')), file);
    return Promise.resolve({
      kind: 'ended',
      exitCode: isListing ? 0 : exitCode,
      killedBy: null,
      stdout: isListing ? 'Canon LiDE 400\r\nfi-7160 "desk" & co\r\n' : says,
      stderr: '',
      endedBy: null,
    });
  };
  const bench = makeBench(
    ({ scratch }) => [new Naps2Driver({ run, scratch, command: CONSOLE, driver: 'wia', env: {} })],
    disk,
  );
  const [, id = ''] = await bench.search();
  return { ...bench, id, requests };
};

describe('NAPS2', () => {
  it('is asked for its devices and told one job in arguments of the kiosk’s own', async () => {
    const bench = await naps2Bench({ files: [page, page] });
    const { code, pages } = await bench.scan(bench.id, { ...STACK, source: 'duplex', dpi: 300 });
    expect([code, pages.map(({ side }) => side)]).toEqual([null, ['front', 'back']]);
    expect(bench.requests.map(({ command }) => command)).toEqual([CONSOLE, CONSOLE]);
    expect(bench.requests[0]?.args).toEqual(['--listdevices', '--driver=wia']);
    expect(bench.requests[1]?.args).toEqual([
      '--noprofile',
      '--driver=wia',
      '--device=fi-7160 "desk" & co',
      '--source=duplex',
      '--dpi=300',
      '--bitdepth=color',
      expect.stringMatching(/^--output=.*p\$\(nnn\)\.png$/),
      '--force',
      '--verbose',
    ]);
    expect(bench.disk.names()).toEqual([]);
  });

  it.each<[says: string, code: ScannerErrorCode]>([
    ['No pages are in the feeder.', 'SCANNER_FEEDER_EMPTY'],
    ['The scanner has a paper jam.', 'SCANNER_JAMMED'],
    ['The scanner\u2019s cover is open.', 'SCANNER_COVER_OPEN'],
    ['The selected scanner is busy.', 'SCANNER_BUSY'],
    ['The selected scanner is offline.\r\nNo scanned pages to export.', 'SCANNER_UNREACHABLE'],
    ['The selected scanner could not be found.', 'SCANNER_UNREACHABLE'],
    ['The selected scanner does not support using duplex.', 'SCANNER_UNSUPPORTED'],
    ['An error occurred when trying to save the file.', 'SCANNER_STORAGE_FULL'],
    ['Eine andere Sprache.', 'SCANNER_INTERRUPTED'],
  ])('that says “%s” and exits 0 did not scan', async (says, code) => {
    const bench = await naps2Bench({ says });
    expect(await bench.scan(bench.id, GLASS)).toEqual({ pages: [], code });
  });

  it('keeps the pages it wrote before it failed', async () => {
    const bench = await naps2Bench({ files: [page], says: 'The scanner has a paper jam.' });
    const { code, pages } = await bench.scan(bench.id, STACK);
    expect([code, pages.length]).toEqual(['SCANNER_JAMMED', 1]);
  });

  it('counts by its files: none in a feeder is an empty one, half a file is incomplete', async () => {
    const none = await naps2Bench({});
    expect((await none.scan(none.id, STACK)).code).toBe('SCANNER_FEEDER_EMPTY');
    const cut = await naps2Bench({ files: [half(page)] });
    expect((await cut.scan(cut.id, STACK)).code).toBe('SCANNER_PICTURE_INCOMPLETE');
    expect(cut.disk.names()).toEqual([]);
  });

  it('that is not installed is told so', async () => {
    const bench = await naps2Bench({ isMissing: true });
    expect((await bench.scan(bench.id, GLASS)).code).toBe('SCANNER_SOFTWARE_MISSING');
  });
});
