/**
 * `npm run -s bench -- [NAME...] [--json]`: runs the named benches, or all.
 *
 * Lines for people go to stderr. With --json the last line of stdout is one object:
 * `{benches: [{name, target, reached, figures}], machine: {cores, node}}`.
 * Exit code: 0 all targets reached, 1 one missed, 64 a name or option that is not known.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import type { Bench } from './bench.ts';
import { bridgeBench } from './bridge.ts';
import { frameBench } from './frame.ts';
import { imageBench } from './image.ts';
import { outboxBench } from './outbox.ts';
import { scanBench } from './scan.ts';
import { screensBench } from './screens.ts';
import { startBench } from './start.ts';
import { submitBench } from './submit.ts';

const BENCHES: readonly Bench[] = [
  startBench,
  imageBench,
  bridgeBench,
  outboxBench,
  submitBench,
  frameBench,
  screensBench,
  scanBench,
];

/** EX_USAGE of sysexits.h. */
const EXIT_USAGE = 64;

const readArguments = (): { chosen: readonly Bench[]; isJson: boolean } | undefined => {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    });
    const isKnown = (name: string): boolean => BENCHES.some((bench) => bench.name === name);
    if (!positionals.every(isKnown)) return undefined;
    const chosen = BENCHES.filter(
      ({ name }) => positionals.length === 0 || positionals.includes(name),
    );
    return { chosen, isJson: values.json };
  } catch {
    return undefined;
  }
};

const main = async (): Promise<number> => {
  const choice = readArguments();
  if (choice === undefined) {
    console.error('Usage: npm run -s bench -- [NAME...] [--json]\nBenches:');
    for (const { name, target } of BENCHES) console.error(`  ${name.padEnd(8)} ${target}`);
    return EXIT_USAGE;
  }
  const results = [];
  for (const bench of choice.chosen) {
    const { name, target } = bench;
    console.error(`${name}: ${target}`);
    const { reached, figures } = await bench.run((line) => console.error(`  ${line}`));
    for (const [figure, value] of Object.entries(figures)) {
      console.error(`  ${figure.padEnd(24)} ${value}`);
    }
    console.error(`  ${reached ? 'reached' : 'MISSED'}`);
    results.push({ name, target, reached, figures });
  }
  if (choice.isJson) {
    const machine = { cores: availableParallelism(), node: process.versions.node };
    console.log(JSON.stringify({ benches: results, machine }));
  }
  return results.every(({ reached }) => reached) ? 0 : 1;
};

process.exitCode = await main();
