/**
 * The eSCL simulator is proven by other people's clients: sane-airscan and sane-escl scan from it,
 * through Debian's scanimage and the kiosk's sane driver. What they accept, our own client may trust.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ScanJob } from '../../main/devices/scanner-driver.ts';
import { runSystemProcess, type RunProcess } from '../../main/ports/child-process.ts';
import type { ScanSource } from '../../preload/contract/scanner-words.ts';
import { EsclMachine } from './escl-machine.ts';
import { serveEscl, type EsclServer } from './escl-server.ts';
import { hasPrograms, saneRig, writeConfig, type SaneRig } from './sane-rig.ts';

const GLASS: ScanJob = { source: 'platen', dpi: 75, colour: 'colour', area: null };

/**
 * A feeder that pulls a sheet when the one before has come out at the client's other end: none is as
 * slow as paper. sane-airscan fetches ahead, and a whole stack that is there before it has opened its
 * first page is an empty feeder to it.
 */
const inStep = (pages: number): Pick<EsclMachine, 'pull'> & { onPage: () => void } => {
  const steps = Array.from({ length: pages + 1 }, () => Promise.withResolvers<void>());
  let step = 0;
  const next = (): void => {
    steps[step]?.resolve();
    step += 1;
  };
  next();
  return { pull: async (pageIndex) => steps[pageIndex]?.promise, onPage: next };
};

let folder: string;
let machine: EsclMachine;
let server: EsclServer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mark-id-clients-'));
  machine = new EsclMachine();
  server = await serveEscl(machine);
});
afterEach(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const airscan = async (): Promise<SaneRig> => {
  await writeConfig(join(folder, 'sane.d'), {
    'dll.conf': 'airscan\n',
    'airscan.conf': `[devices]\n"Simulator" = ${server.origin}/eSCL\n[options]\ndiscovery = disable\n`,
  });
  return saneRig(folder);
};

/** Without an Avahi daemon sane-escl lists nothing, but opens what it is told to. */
const saneEscl = async (): Promise<SaneRig> => {
  await writeConfig(join(folder, 'sane.d'), { 'dll.conf': 'escl\n', 'escl.conf': '' });
  const name = `escl:${server.origin}`;
  const run: RunProcess = async (request, signal) =>
    request.args.some((arg) => arg.startsWith('--formatted-device-list'))
      ? {
          kind: 'ended',
          exitCode: 0,
          killedBy: null,
          stdout: `${name}\u001fSimulated\u001fScanner\u001fflatbed\u001e`,
          stderr: '',
          endedBy: null,
        }
      : runSystemProcess(request, signal);
  return saneRig(folder, run);
};

describe.runIf(hasPrograms('scanimage', 'airscan')).each([
  ['sane-airscan', airscan],
  ['sane-escl', saneEscl],
])('%s on the simulator', (_client, makeRig) => {
  it('scans the glass', async () => {
    const rig = await makeRig();
    const { code, pages } = await rig.scanFirst(GLASS);
    expect(code).toBeNull();
    expect(pages).toHaveLength(1);
    expect(pages[0]?.widthPx).toBeGreaterThan(600);
    expect(pages[0]?.isGrey).toBe(false);
    expect(machine.openJobs).toBe(0);
  });

  it.each<[sheets: number, source: ScanSource, pageCount: number]>([
    [1, 'feeder', 1],
    [3, 'feeder', 3],
    [3, 'duplex', 6],
  ])('scans a stack of %i from the %s as %i pages', async (sheets, source, pageCount) => {
    const { pull, onPage } = inStep(pageCount);
    Object.assign(machine, { sheets, pull });
    const rig = await makeRig();
    const { code, pages } = await rig.scanFirst({ ...GLASS, source }, { onPage });
    expect([code, pages.length]).toEqual([null, pageCount]);
    expect(machine.sheets).toBe(0);
    expect(await rig.leftovers()).toEqual([]);
  });

  it('understands that the feeder is empty', async () => {
    const rig = await makeRig();
    const { code, pages } = await rig.scanFirst({ ...GLASS, source: 'feeder' });
    expect(pages).toEqual([]);
    expect(code).toBe('SCANNER_FEEDER_EMPTY');
  });

  it('understands a jam', async () => {
    machine.sheets = 2;
    machine.feederTrouble = 'ScannerAdfJam';
    const rig = await makeRig();
    expect((await rig.scanFirst({ ...GLASS, source: 'feeder' })).code).toBe('SCANNER_JAMMED');
  });
});
