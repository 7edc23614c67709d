/**
 * `node test/device/record.ts`: records sessions of SANE's test device and of the eSCL simulator into
 * test/device/recordings, to be replayed by recordings.test.ts. Needs Debian's sane-utils.
 */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { EsclDriver } from '../../main/devices/escl/escl-driver.ts';
import type { ScanJob, ScannerDriver } from '../../main/devices/scanner-driver.ts';
import { ScannerService } from '../../main/devices/scanner-service.ts';
import { Scratch } from '../../main/devices/scratch.ts';
import { runSystemProcess, type RunProcess } from '../../main/ports/child-process.ts';
import { systemClock } from '../../main/ports/clock.ts';
import type { DeviceHttp } from '../../main/ports/device-http.ts';
import { systemDisk } from '../../main/ports/disk.ts';
import { createNodeDeviceHttp } from '../../main/ports/node-device-http.ts';
import { systemRandom } from '../../main/ports/random.ts';
import { answer, EsclMachine, type Interference } from './escl-machine.ts';
import { serveEscl } from './escl-server.ts';
import { saneRig, testBackend, writeConfig } from './sane-rig.ts';
import {
  outlineOf,
  plainArgs,
  plainText,
  type Exchange,
  type ProcessRun,
  type Transcript,
} from './transcripts.ts';

const RECORDINGS = join(import.meta.dirname, 'recordings');

/** A card's worth of the glass: recordings stay small. */
const GLASS: ScanJob = {
  source: 'platen',
  dpi: 75,
  colour: 'colour',
  area: { leftMm: 5, topMm: 5, widthMm: 60, heightMm: 40 },
};
const STACK: ScanJob = { ...GLASS, source: 'feeder' };

const save = async (kind: string, transcript: Transcript): Promise<void> => {
  const file = join(RECORDINGS, `${kind}-${transcript.scenario}.json`);
  await writeFile(file, `${JSON.stringify(transcript, null, 1)}\n`);
  console.log(`${transcript.scenario}: ${transcript.outcome.code ?? 'good'}`);
};

const recordProcesses =
  (runs: ProcessRun[]): RunProcess =>
  async (request, signal) => {
    const said: ProcessRun['said'][number][] = [];
    const taken = new Set<string>();
    const batch = request.args.find((arg) => arg.startsWith('--batch='));
    const folder = batch === undefined ? null : dirname(batch.slice('--batch='.length));
    const look = async (): Promise<void> => {
      if (folder === null) return;
      for (const name of (await readdir(folder)).toSorted()) {
        if (taken.has(name) || !name.endsWith('.png')) continue;
        taken.add(name);
        const bytes = await readFile(join(folder, name));
        said.push({ file: name, base64: bytes.toString('base64') });
      }
    };
    // The driver is told only afterwards, so that each file is recorded before it is taken.
    const heard: [stream: 'stdout' | 'stderr', text: string][] = [];
    const { onOutput: _later, ...plain } = request;
    const end = await runSystemProcess(
      { ...plain, onOutput: (stream, text) => heard.push([stream, text]) },
      signal,
    );
    await look();
    for (const [stream, text] of heard) {
      said.push({ stream, text: plainText(text, request.args) });
      request.onOutput?.(stream, text);
    }
    const plainEnd =
      end.kind === 'ended'
        ? {
            ...end,
            stdout: plainText(end.stdout, request.args),
            stderr: plainText(end.stderr, request.args),
          }
        : end;
    runs.push({ args: plainArgs(request.args), said, end: plainEnd });
    return end;
  };

const recordSane = async (
  scenario: string,
  job: ScanJob,
  different: Readonly<Record<string, string>>,
): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'mark-id-record-'));
  const runs: ProcessRun[] = [];
  await writeConfig(join(folder, 'sane.d'), testBackend(different));
  const rig = await saneRig(folder, recordProcesses(runs));
  const outcome = outlineOf(await rig.scanFirst(job));
  await save('sane', { scenario, job, outcome, runs, exchanges: [] });
  await rm(folder, { recursive: true });
};

const recordWire = (exchanges: Exchange[], http: DeviceHttp): DeviceHttp => ({
  send: async (request, signal) => {
    const got = await http.send(request, signal);
    const { method, path } = request;
    exchanges.push({
      method,
      path,
      answer: got.ok
        ? {
            status: got.value.status,
            location: got.value.location,
            base64: Buffer.from(got.value.body).toString('base64'),
          }
        : { failure: got.error.code },
    });
    return got;
  },
});

const recordEscl = async (
  scenario: string,
  job: ScanJob,
  sheets: number,
  interferenceWith: (machine: EsclMachine) => Interference = () => () => null,
): Promise<void> => {
  const machine = new EsclMachine();
  machine.sheets = sheets;
  const server = await serveEscl(machine);
  const exchanges: Exchange[] = [];
  const http = recordWire(
    exchanges,
    createNodeDeviceHttp(() => false),
  );
  const driver: ScannerDriver = new EsclDriver({
    http,
    clock: systemClock,
    discover: null,
    addresses: [server.origin],
    hasIppUsb: false,
  });
  const scratch = new Scratch({ disk: systemDisk, random: systemRandom, folder: '/nowhere' });
  const events = (): void => undefined;
  const service = new ScannerService({
    drivers: [driver],
    scratch,
    clock: systemClock,
    events,
    onChange: events,
  });
  const found = await driver.list(new AbortController().signal);
  machine.interfere = interferenceWith(machine);
  const id = found.ok ? (found.value[0]?.id ?? '') : '';
  const outcome = await service.scan(id, job, {
    signal: new AbortController().signal,
    onProgress: events,
    onPage: events,
  });
  await save('escl', { scenario, job, outcome: outlineOf(outcome), runs: [], exchanges });
  await server.stop();
};

await mkdir(RECORDINGS, { recursive: true });
await recordSane('glass', GLASS, {});
await recordSane('grey', { ...GLASS, colour: 'grey' }, {});
await recordSane('stack', STACK, {});
await recordSane('jam', STACK, { 'read-status-code': 'SANE_STATUS_JAMMED' });
await recordSane('cover-open', GLASS, { 'read-status-code': 'SANE_STATUS_COVER_OPEN' });
await recordSane('access-denied', GLASS, { 'read-status-code': 'SANE_STATUS_ACCESS_DENIED' });
await recordEscl('glass', GLASS, 0);
await recordEscl('duplex', { ...STACK, source: 'duplex' }, 2);
await recordEscl('feeder-empty', STACK, 0);
await recordEscl('jam', STACK, 3, (machine) => (route, count) => {
  if (route === 'document' && count === 2) machine.feederTrouble = 'ScannerAdfJam';
  return null;
});
await recordEscl(
  'busy',
  GLASS,
  0,
  () => (route, count) => (route === 'jobs' && count < 2 ? answer(503) : null),
);
await recordEscl(
  'cut',
  GLASS,
  0,
  () => (route) =>
    route === 'document' ? answer(200, { body: Buffer.alloc(4000, 1), cutAfter: 1000 }) : null,
);
await recordEscl(
  'no-http',
  GLASS,
  0,
  () => (route) => (route === 'document' ? { kind: 'garbage' } : null),
);
