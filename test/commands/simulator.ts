/**
 * `npm run simulator`: the embedded Mark ID simulator alone, for whoever wants to try a client on it.
 * Tells of each request its method, path, status, bytes and time; never contents, tokens, references.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemClock } from '../../main/ports/clock.ts';
import { systemRandom } from '../../main/ports/random.ts';
import type { RequestRecord } from '../../main/training/exchange.ts';
import { pathOf } from '../../main/training/routes.ts';
import { startSimulator } from '../../main/training/simulator.ts';
import { parseSimulatorArguments, USAGE, type SimulatorChoices } from './simulator-arguments.ts';

/** Exit codes of sysexits.h. */
const EX_USAGE = 64;
const EX_UNAVAILABLE = 69;
const EX_CANTCREAT = 73;

/** One line about one request, for people. */
const lineOf = (record: RequestRecord): string => {
  const path = record.route === 'other' ? '(unknown path)' : pathOf(record.route);
  const fault = record.fault === null ? '' : ` ${record.fault}`;
  const facts = `${record.status ?? '-'} ${record.receivedBytes} B ${Math.round(record.durationMs)} ms`;
  return `${record.method} ${path} ${facts}${fault}`;
};

const tell = (isJson: boolean, event: Readonly<Record<string, unknown>>, line: string): void => {
  process.stdout.write(`${isJson ? JSON.stringify(event) : line}\n`);
};

/** Resolves at the first signal to end; a second one ends the process at once. */
const untilSignal = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });

const run = async ({ port, faults, certificate, isJson }: SimulatorChoices): Promise<number> => {
  const ended = untilSignal();
  const started = await startSimulator({
    clock: systemClock,
    random: systemRandom,
    port,
    faults,
    onRequest: (record) => {
      const path = record.route === 'other' ? null : pathOf(record.route);
      const { method, status, receivedBytes, durationMs, fault } = record;
      const event = { event: 'request', method, path, status, receivedBytes, durationMs, fault };
      tell(isJson, event, lineOf(record));
    },
  });
  if (!started.ok) {
    process.stderr.write(`simulator: port ${port} can't be had (${started.error.code})\n`);
    return EX_UNAVAILABLE;
  }
  const { origin, certificatePem, credentials, stop } = started.value;
  try {
    await mkdir(dirname(certificate), { recursive: true });
    await writeFile(certificate, certificatePem);
  } catch {
    process.stderr.write(`simulator: can't write ${certificate}\n`);
    await stop();
    return EX_CANTCREAT;
  }
  const { apiKey, apiSecret } = credentials;
  tell(
    isJson,
    { event: 'started', origin, certificate, apiKey, apiSecret },
    [
      `origin       ${origin}`,
      `certificate  ${certificate}`,
      `API key      ${apiKey}`,
      `API secret   ${apiSecret}`,
    ].join('\n'),
  );
  await ended;
  await stop();
  return 0;
};

const parsed = parseSimulatorArguments(process.argv.slice(2));
switch (parsed.kind) {
  case 'help':
    process.stdout.write(USAGE);
    break;
  case 'wrong':
    process.stderr.write(`simulator: ${parsed.reason} (--help explains)\n`);
    process.exitCode = EX_USAGE;
    break;
  case 'run':
    process.exitCode = await run(parsed);
    break;
}
