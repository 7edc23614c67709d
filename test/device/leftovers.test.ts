/** A hundred scans with every fault in between, on a real disk: not one file stays. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runSystemProcess, type RunProcess } from '../../main/ports/child-process.ts';
import type { ScanJob } from '../../main/devices/scanner-driver.ts';
import { createPrng } from '../specimens/prng.ts';
import { hasPrograms, saneRig, searched, testBackend, writeConfig } from './sane-rig.ts';

const SCANS = 100;

const GLASS: ScanJob = { source: 'platen', dpi: 75, colour: 'colour', area: null };

const STATUSES = [
  'JAMMED',
  'NO_DOCS',
  'COVER_OPEN',
  'IO_ERROR',
  'EOF',
  'NO_MEM',
  'ACCESS_DENIED',
  'INVAL',
] as const;

/** What happens to a scan; the last two are done to the program itself. */
const FATES = [...STATUSES, 'good', 'stack', 'cancelled', 'killed'] as const;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mark-id-leftovers-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it.runIf(hasPrograms('scanimage'))(
  `leaves no file after ${SCANS} scans with faults`,
  { timeout: 120_000 },
  async () => {
    await writeConfig(join(folder, 'sane.d'), testBackend());
    let isKilling = false;
    const run: RunProcess = (request, signal) =>
      runSystemProcess(
        isKilling && request.args.includes('--progress') ? { ...request, timeoutMs: 1 } : request,
        signal,
      );
    const rig = await saneRig(folder, run);
    const { scanners } = await searched(rig.service);
    const prng = createPrng(11, 'leftovers');
    const codes = new Map<string | null, number>();
    for (let scan = 0; scan < SCANS; scan += 1) {
      const fate = FATES[Math.floor(prng.next() * FATES.length)] ?? 'good';
      const isStatus = STATUSES.some((status) => status === fate);
      const slow = { 'read-delay': 'true', 'read-delay-duration': '5000' };
      await writeConfig(join(folder, 'sane.d'), {
        ...testBackend({
          ...(isStatus ? { 'read-status-code': `SANE_STATUS_${fate}` } : {}),
          ...(fate === 'cancelled' || fate === 'killed' ? slow : {}),
        }),
      });
      isKilling = fate === 'killed';
      const cancel = new AbortController();
      const job: ScanJob = fate === 'stack' ? { ...GLASS, source: 'feeder', dpi: 50 } : GLASS;
      const { code } = await rig.service.scan(scanners[0]?.id ?? '', job, {
        signal: cancel.signal,
        onProgress: ({ phase }) => {
          if (fate === 'cancelled' && phase === 'scanning') cancel.abort();
        },
        onPage: () => undefined,
      });
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    await rig.service.stop();
    expect(await rig.leftovers()).toEqual([]);
    // The faults were there: a hundred good scans would prove nothing.
    expect([...codes.keys()]).toEqual(
      expect.arrayContaining([null, 'SCANNER_JAMMED', 'SCANNER_COVER_OPEN', 'SCANNER_CANCELLED']),
    );
    expect([...codes.values()].reduce((sum, count) => sum + count, 0)).toBe(SCANS);
  },
);
