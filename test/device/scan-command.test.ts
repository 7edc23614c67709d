/** `npm run scan`, as a bank's technician runs it. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseScanArguments } from '../commands/scan-arguments.ts';
import { intersectionOverUnion, type Quad } from '../../renderer/vision/geometry.ts';
import { scanGlass, specimenOf } from '../support/glass.ts';
import { answer, EsclMachine } from './escl-machine.ts';
import { serveEscl, type EsclServer } from './escl-server.ts';

const COMMAND = fileURLToPath(new URL('../commands/scan.ts', import.meta.url));

interface Ended {
  readonly exitCode: number | null;
  readonly last: unknown;
  readonly stderr: string;
}

const scan = async (...args: readonly string[]): Promise<Ended> => {
  const child = spawn(process.execPath, [COMMAND, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const exitCode = await new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });
  const line = stdout.trim().split('\n').at(-1) ?? '';
  return { exitCode, last: line.startsWith('{') ? JSON.parse(line) : null, stderr };
};

let folder: string;
let machine: EsclMachine;
let server: EsclServer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mark-id-scan-'));
  machine = new EsclMachine();
  server = await serveEscl(machine);
});
afterEach(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const desk = (): string[] => ['--driver', 'escl', '--no-discovery', '--address', server.origin];

describe('the scan command', () => {
  it('lists scanners with id, kind and name, and nothing of their addresses', async () => {
    const { exitCode, last } = await scan('--list', ...desk(), '--json');
    expect(exitCode).toBe(0);
    expect(last).toEqual({
      scanners: [
        {
          id: expect.stringMatching(/^escl-[0-9a-f]{16}$/),
          kind: 'escl',
          name: 'Simulated Scanner 100',
        },
      ],
      code: null,
    });
  });

  it('scans a duplex stack into files, and says of each what it is', async () => {
    machine.sheets = 1;
    const out = join(folder, 'pages');
    const args = ['--source', 'duplex', '--dpi', '300', '--out', out, '--json'];
    const { exitCode, last } = await scan(...desk(), ...args);
    expect(exitCode).toBe(0);
    expect(last).toMatchObject({
      code: null,
      pages: [
        { file: join(out, 'page-001.jpg'), widthPx: 2550, heightPx: 3508, dpi: 300, side: 'front' },
        { file: join(out, 'page-002.jpg'), side: 'back' },
      ],
    });
    const page = await readFile(join(out, 'page-002.jpg'));
    expect(await sharp(page).metadata()).toMatchObject({ width: 2550, height: 3508 });
  });

  it('says where on a page each card lies, corner by corner', async () => {
    const laid = [
      { specimen: await specimenOf('identity-card-front'), xMm: 75, yMm: 60, turnDeg: 4 },
      { specimen: await specimenOf('identity-card-back'), xMm: 80, yMm: 150, turnDeg: -2 },
    ];
    const { jpeg, quads } = await scanGlass({ lid: 248, laid }, 100);
    machine.interfere = (route) =>
      route === 'document' ? answer(200, { type: 'image/jpeg', body: jpeg }) : null;
    const { last } = await scan(...desk(), '--dpi', '100', '--out', folder, '--json');
    const corner = { x: expect.any(Number), y: expect.any(Number) };
    const card = { quad: [corner, corner, corner, corner], format: 'ID-1', isCertain: true };
    expect(last).toMatchObject({ code: null, pages: [{ dpi: 100, cards: [card, card] }] });
    const { pages } = last as { pages: { cards: { quad: Quad }[] }[] };
    for (const [index, quad] of quads.entries()) {
      const found = pages[0]?.cards[index]?.quad;
      if (found === undefined) throw new Error('The card is missing.');
      expect(intersectionOverUnion(found, quad)).toBeGreaterThan(0.95);
    }
  });

  it('ends with 1 and the code of what went wrong', async () => {
    const empty = await scan(...desk(), '--source', 'feeder', '--out', folder);
    expect(empty).toMatchObject({
      exitCode: 1,
      last: { pages: [], code: 'SCANNER_FEEDER_EMPTY' },
    });
    await server.stop();
    const none = await scan(...desk(), '--out', folder);
    expect(none).toMatchObject({ exitCode: 1, last: { pages: [], code: 'SCANNER_NONE_FOUND' } });
    server = await serveEscl(machine);
  });

  it.each([
    [],
    ['--list', '--driver', 'wia'],
    ['--out', 'x', '--dpi', '12000'],
    ['--out', 'x', '--source', 'tray'],
    ['--list', '--address', 'ftp://x'],
    ['--list', '--driver', 'folder'],
    ['--nonsense'],
  ])('refuses a wrong command line: %j', (...args) => {
    expect(parseScanArguments(args, 'linux').kind).toBe('wrong');
  });

  it('ends with 64 at a wrong command line', async () => {
    expect(await scan('--nonsense')).toMatchObject({ exitCode: 64, last: null });
  });
});
