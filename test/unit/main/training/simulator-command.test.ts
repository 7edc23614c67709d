import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { faultsBySeed, type FaultPlan } from '../../../../main/training/fault-plan.ts';
import { FAULT_NAMES } from '../../../../main/training/faults.ts';
import { parseSimulatorArguments, USAGE } from '../../../commands/simulator-arguments.ts';
import { until, basic } from './client.ts';

const COMMAND = fileURLToPath(new URL('../../../commands/simulator.ts', import.meta.url));

const startedLine = z.object({
  event: z.literal('started'),
  origin: z.url(),
  certificate: z.string(),
  apiKey: z.string(),
  apiSecret: z.string(),
});

let folder: string;
let child: ChildProcess | null = null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulator-'));
});

afterEach(async () => {
  child?.kill('SIGKILL');
  child = null;
  await rm(folder, { recursive: true, force: true });
});

/** Runs the command; stdout comes line by line. */
const run = (...args: string[]) => {
  const running = spawn(process.execPath, [COMMAND, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = running;
  const lines: string[] = [];
  createInterface({ input: running.stdout }).on('line', (line) => lines.push(line));
  let errors = '';
  running.stderr.on('data', (part: Buffer) => {
    errors += part.toString();
  });
  const exit = once(running, 'close').then(([code]: unknown[]) => code);
  return { running, lines, exit, errors: () => errors };
};

const post = (
  started: z.infer<typeof startedLine>,
  ca: string,
  path: string,
  body: string,
): Promise<number> =>
  new Promise((resolve, reject) => {
    const outgoing = request(`${started.origin}${path}`, {
      method: 'POST',
      ca: [ca],
      agent: false,
      headers: {
        authorization: basic(started.apiKey, started.apiSecret),
        'content-type': 'application/json',
      },
    });
    outgoing.on('error', reject);
    outgoing.on('response', (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode ?? 0));
    });
    outgoing.end(body);
  });

/** A second on an idle machine: type stripping, zod and X.509 are loaded by a process of its own. */
const START_MS = 45_000;

describe('npm run simulator', { timeout: 60_000 }, () => {
  it('tells where it is and each request without its contents, and ends on SIGTERM', async () => {
    const certificate = join(folder, 'made', 'certificate.pem');
    const fault = 'INTERNAL_ERROR@token';
    const { running, lines, exit } = run('--json', '--fault', fault, '--certificate', certificate);
    await until(() => lines.length === 1, START_MS);
    const started = startedLine.parse(JSON.parse(lines[0] ?? ''));
    expect(started.certificate).toBe(certificate);
    const ca = await readFile(certificate, 'utf8');

    const body = '{"clientId":"canary"}';
    expect(await post(started, ca, '/api/v2/token?canary', body)).toBe(500);
    expect(await post(started, ca, '/api/v2/token', body)).toBe(200);
    expect(await post(started, ca, '/canary', '')).toBe(404);
    await until(() => lines.length === 4);
    running.kill('SIGTERM');
    expect(await exit).toBe(0);

    const facts = { event: 'request', method: 'POST', durationMs: expect.any(Number) };
    const path = '/api/v2/token';
    expect(lines.slice(1).map((line): unknown => JSON.parse(line))).toEqual([
      { ...facts, path, status: 500, receivedBytes: body.length, fault: 'INTERNAL_ERROR' },
      { ...facts, path, status: 200, receivedBytes: body.length, fault: null },
      { ...facts, path: null, status: 404, receivedBytes: 0, fault: null },
    ]);
    expect(lines.join()).not.toContain('canary');
  });

  it('prints for people what it prints for programs', async () => {
    const certificate = join(folder, 'certificate.pem');
    const { running, lines, exit } = run('--seed', '5', '--certificate', certificate);
    await until(() => lines.length === 4, START_MS);
    expect(lines.map((line) => line.split(/ {2,}/)[0])).toEqual([
      'origin',
      'certificate',
      'API key',
      'API secret',
    ]);
    running.kill('SIGINT');
    expect(await exit).toBe(0);
  });

  it('refuses an unknown argument with a reason and exit code 64', async () => {
    const { exit, errors } = run('--bogus');
    expect(await exit).toBe(64);
    expect(errors()).toContain('--bogus');
  });

  it('ends with exit code 73 when the certificate can not be written', async () => {
    const { exit, errors } = run('--certificate', folder);
    expect(await exit).toBe(73);
    expect(errors()).toContain("can't write");
  });
});

describe('the command line', () => {
  it('means any port, no faults, a place in out/ and lines for people unless it says otherwise', () => {
    const parsed = parseSimulatorArguments([]);
    expect(parsed).toMatchObject({ kind: 'run', port: 0, isJson: false });
    expect(parsed).toHaveProperty(
      'certificate',
      expect.stringMatching(/out.simulator.certificate\.pem$/),
    );
  });

  it('takes a port, and faults by list or by seed', () => {
    const list = parseSimulatorArguments(['--port', '8443', '--fault', 'DRIP,SILENCE@token:2']);
    const seed = parseSimulatorArguments(['--seed', '7']);
    if (list.kind !== 'run' || seed.kind !== 'run') throw new Error('refused');
    expect(list.port).toBe(8443);
    const asked = (['process', 'process', 'token', 'token', 'token'] as const).map((route) =>
      list.faults.next(route),
    );
    expect(asked).toEqual(['DRIP', null, 'SILENCE', 'SILENCE', null]);
    const draw = (plan: FaultPlan): (string | null)[] =>
      Array.from({ length: 9 }, () => plan.next('process'));
    expect(draw(seed.faults)).toEqual(draw(faultsBySeed(7)));
  });

  it('explains itself and lists every fault', () => {
    expect(parseSimulatorArguments(['--help'])).toEqual({ kind: 'help' });
    for (const name of FAULT_NAMES) expect(USAGE).toContain(`  ${name} `);
  });

  it.each([
    [['--bogus'], '--bogus'],
    [['extra'], 'extra'],
    [['--port'], '--port'],
    [['--port', '70000'], '--port'],
    [['--port', 'x'], '--port'],
    [['--fault', 'NOPE'], '"NOPE" is no fault'],
    [['--fault', 'DRIP,'], '"" is no fault'],
    [['--seed', '-1'], '--seed'],
    [['--seed', '4294967296'], '--seed'],
    [['--seed', '1', '--fault', 'DRIP'], 'exclude each other'],
  ])('refuses %j and says why', (args, reason) => {
    const parsed = parseSimulatorArguments(args);
    expect(parsed.kind === 'wrong' && parsed.reason).toContain(reason);
  });
});
