/** The sane driver on Debian's real scanimage and SANE's own test device, with injected statuses. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runSystemProcess, type RunProcess } from '../../main/ports/child-process.ts';
import type { ScanJob } from '../../main/devices/scanner-driver.ts';
import type { ScannerErrorCode } from '../../preload/contract/error-codes.ts';
import {
  hasPrograms,
  saneRig,
  searched,
  testBackend,
  writeConfig,
  type SaneRig,
} from './sane-rig.ts';

const GLASS: ScanJob = { source: 'platen', dpi: 75, colour: 'colour', area: null };
const STACK: ScanJob = { ...GLASS, source: 'feeder' };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mark-id-sane-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const rigWith = async (
  different: Readonly<Record<string, string>> = {},
  run?: RunProcess,
): Promise<SaneRig> => {
  await writeConfig(join(folder, 'sane.d'), testBackend(different));
  return saneRig(folder, run);
};

describe.runIf(hasPrograms('scanimage'))('SANE’s test device', () => {
  it('is found by vendor and model, and says what it can', async () => {
    const { service } = await rigWith();
    const { scanners } = await searched(service);
    expect(scanners).toEqual([
      { id: expect.any(String), kind: 'sane', name: 'Noname frontend-tester' },
    ]);
    expect(await service.capabilities(scanners[0]?.id ?? '')).toMatchObject({
      value: {
        sources: [
          { source: 'platen', widthMm: 200, heightMm: 200 },
          { source: 'feeder', widthMm: 200, heightMm: 200 },
        ],
        colours: ['grey', 'colour'],
      },
    });
  });

  it('gives the whole glass in colour at the wanted resolution, and leaves no file', async () => {
    const rig = await rigWith();
    const { code, pages } = await rig.scanFirst(GLASS);
    expect(code).toBeNull();
    expect(pages).toMatchObject([{ widthPx: 590, heightPx: 590, dpi: 75, isGrey: false }]);
    expect(await rig.leftovers()).toEqual([]);
  });

  it('gives a part of the glass', async () => {
    const rig = await rigWith();
    const area = { leftMm: 10, topMm: 20, widthMm: 100, heightMm: 50 };
    const { pages } = await rig.scanFirst({ ...GLASS, area });
    expect(pages).toMatchObject([{ widthPx: 295, heightPx: 147 }]);
  });

  it('gives a stack of ten pages, and then an empty feeder is its end', async () => {
    const rig = await rigWith();
    const { code, pages } = await rig.scanFirst(STACK);
    expect([code, pages.length]).toEqual([null, 10]);
    expect(await rig.leftovers()).toEqual([]);
  });

  it.each<[status: string, code: ScannerErrorCode]>([
    ['JAMMED', 'SCANNER_JAMMED'],
    ['NO_DOCS', 'SCANNER_FEEDER_EMPTY'],
    ['COVER_OPEN', 'SCANNER_COVER_OPEN'],
    ['ACCESS_DENIED', 'SCANNER_ACCESS_DENIED'],
    ['IO_ERROR', 'SCANNER_INTERRUPTED'],
    ['NO_MEM', 'SCANNER_INTERRUPTED'],
    ['INVAL', 'SCANNER_UNSUPPORTED'],
    // libpng aborts over a page without a line.
    ['EOF', 'SCANNER_INTERRUPTED'],
  ])(
    'that reports %s ends in %s, and leaves no file',
    async (status, code) => {
      const rig = await rigWith({ 'read-status-code': `SANE_STATUS_${status}` });
      const { code: told, pages } = await rig.scanFirst(GLASS);
      expect([told, pages]).toEqual([code, []]);
      expect(await rig.leftovers()).toEqual([]);
    },
    // It may hang after it has said so.
    30_000,
  );

  it('is not asked what scanimage was never told: other backends stay silent', async () => {
    await writeConfig(join(folder, 'sane.d'), { 'dll.conf': '' });
    const { service } = await saneRig(folder);
    expect(await searched(service)).toMatchObject({ scanners: [], code: 'SCANNER_NONE_FOUND' });
  });

  it('is let go when its scan is cancelled in the middle, and scans again', async () => {
    const rig = await rigWith({ 'read-delay': 'true', 'read-delay-duration': '20000' });
    const cancel = new AbortController();
    const running = searched(rig.service).then(({ scanners }) =>
      rig.service.scan(
        scanners[0]?.id ?? '',
        { ...GLASS, dpi: 300 },
        {
          signal: cancel.signal,
          onProgress: ({ phase }) => {
            if (phase === 'scanning') cancel.abort();
          },
          onPage: () => undefined,
        },
      ),
    );
    expect((await running).code).toBe('SCANNER_CANCELLED');
    await rig.service.stop();
    expect(await rig.leftovers()).toEqual([]);
    const again = await rigWith();
    expect((await again.scanFirst(GLASS)).code).toBeNull();
  });

  it('that was unplugged since is told so', async () => {
    const rig = await rigWith({ number_of_devices: '2' });
    const { scanners } = await searched(rig.service);
    await writeConfig(join(folder, 'sane.d'), testBackend());
    const { code } = await rig.service.scan(scanners[1]?.id ?? '', GLASS, {
      signal: new AbortController().signal,
      onProgress: () => undefined,
      onPage: () => undefined,
    });
    expect(code).toBe('SCANNER_UNREACHABLE');
  });

  it('runs with an environment in which nothing of this process is', async () => {
    const seen: Readonly<Record<string, string>>[] = [];
    const rig = await rigWith({}, (request, signal) => {
      seen.push(request.env);
      return runSystemProcess(request, signal);
    });
    await rig.scanFirst(GLASS);
    for (const env of seen)
      expect(Object.keys(env).toSorted()).toEqual(['HOME', 'LC_ALL', 'SANE_CONFIG_DIR']);
  });
});
