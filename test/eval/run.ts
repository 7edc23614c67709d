/**
 * `npm run -s eval -- SUITE MANIFEST.json|FOLDER [--json] [--peers]`: measures one suite on the pictures of a
 * manifest (manifest.ts). Lines for people go to stderr. With --json the last line of stdout is one
 * object: the suite's figures with its name and the machine.
 * Exit code: 0 measured, 1 nothing to measure, 64 a suite or option that is not known.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { barcodesSuite } from './barcodes.ts';
import { documentsSuite } from './documents.ts';
import { facesSuite } from './faces.ts';
import { readManifest } from './manifest.ts';
import { mrzSuite } from './mrz.ts';
import { qualitySuite } from './quality.ts';
import { scansSuite } from './scans.ts';
import type { Suite } from './suite.ts';
import { visibilitySuite } from './visibility.ts';

const SUITES: readonly Suite[] = [
  documentsSuite,
  qualitySuite,
  visibilitySuite,
  facesSuite,
  mrzSuite,
  barcodesSuite,
  scansSuite,
];

/** EX_USAGE of sysexits.h. */
const EXIT_USAGE = 64;

interface Choice {
  readonly suite: Suite;
  readonly manifest: string;
  readonly isJson: boolean;
  readonly peers: boolean;
}

const readArguments = (): Choice | undefined => {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        peers: { type: 'boolean', default: false },
      },
    });
    const [name, manifest, ...rest] = positionals;
    const suite = SUITES.find((one) => one.name === name);
    if (suite === undefined || manifest === undefined || rest.length > 0) return undefined;
    return { suite, manifest, isJson: values.json, peers: values.peers };
  } catch {
    return undefined;
  }
};

const main = async (): Promise<number> => {
  const choice = readArguments();
  if (choice === undefined) {
    console.error(
      'Usage: npm run -s eval -- SUITE MANIFEST.json|FOLDER [--json] [--peers]\nSuites:',
    );
    for (const { name, measures } of SUITES) console.error(`  ${name.padEnd(11)} ${measures}`);
    return EXIT_USAGE;
  }
  const { suite, manifest, isJson, peers } = choice;
  console.error(`${suite.name}: ${suite.measures}`);
  const pictures = await readManifest(manifest);
  const figures = await suite.run(pictures, (line) => console.error(`  ${line}`), { peers });
  for (const [name, value] of Object.entries(figures))
    console.error(`  ${name.padEnd(24)} ${JSON.stringify(value)}`);
  if (isJson) {
    const machine = { cores: availableParallelism(), node: process.versions.node };
    console.log(JSON.stringify({ suite: suite.name, ...figures, machine }));
  }
  return figures['n'] === 0 ? 1 : 0;
};

process.exitCode = await main();
