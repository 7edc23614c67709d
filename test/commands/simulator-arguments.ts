/** The simulator's command line, checked before anything starts. */
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  faultsBySeed,
  faultsInOrder,
  noFaults,
  parseFaultOrder,
  type FaultOrder,
  type FaultPlan,
} from '../../main/training/fault-plan.ts';
import { FAULT_NAMES, FAULTS } from '../../main/training/faults.ts';

const DEFAULT_CERTIFICATE = relative(
  process.cwd(),
  fileURLToPath(new URL('../../out/simulator/certificate.pem', import.meta.url)),
);

const faultList = FAULT_NAMES.map(
  (name) => `  ${name.padEnd(30)} ${FAULTS[name].routes.join(', ')}\n`,
).join('');

export const USAGE = `Usage: npm run simulator -- [options]
  --port N             listen on this port of 127.0.0.1; default: any free one
  --fault FAULT[,…]    misbehave, in this order; FAULT is NAME[@ROUTE][:TIMES], TIMES a number or
                       "always", e.g. INTERNAL_ERROR@token:3
  --seed N             misbehave as a sequence drawn from this number says, on about every second request
  --certificate FILE   where to write the certificate to trust; default ${DEFAULT_CERTIFICATE}
  --json               one JSON object per line
  --help               this text and the faults

Ends on SIGINT or SIGTERM.

Faults, and the routes they can happen at (the first one, unless @ROUTE says otherwise):
${faultList}`;

export interface SimulatorChoices {
  readonly kind: 'run';
  readonly port: number;
  readonly faults: FaultPlan;
  readonly certificate: string;
  readonly isJson: boolean;
}

type Parsed =
  | SimulatorChoices
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly reason: string };

const wrong = (reason: string): Parsed => ({ kind: 'wrong', reason });

/** A decimal number up to `max`, null for anything else. */
const numberUpTo = (max: number, text: string): number | null =>
  /^\d{1,10}$/.test(text) && Number(text) <= max ? Number(text) : null;

const planOf = (
  faultText: string | undefined,
  seedText: string | undefined,
): FaultPlan | { readonly wrong: string } => {
  if (faultText !== undefined && seedText !== undefined) {
    return { wrong: '--fault and --seed exclude each other' };
  }
  if (seedText !== undefined) {
    const seed = numberUpTo(2 ** 32 - 1, seedText);
    return seed === null ? { wrong: '--seed is a number below 2^32' } : faultsBySeed(seed);
  }
  if (faultText === undefined) return noFaults;
  const orders: FaultOrder[] = [];
  for (const text of faultText.split(',')) {
    const order = parseFaultOrder(text);
    if (order === null) return { wrong: `--fault: "${text}" is no fault` };
    orders.push(order);
  }
  return faultsInOrder(orders);
};

/** Reads and checks the command line. */
export const parseSimulatorArguments = (argv: readonly string[]): Parsed => {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        port: { type: 'string', default: '0' },
        fault: { type: 'string' },
        seed: { type: 'string' },
        certificate: { type: 'string', default: DEFAULT_CERTIFICATE },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    return wrong(error instanceof Error ? error.message : 'unknown argument');
  }
  if (values.help) return { kind: 'help' };
  const port = numberUpTo(65_535, values.port);
  if (port === null) return wrong('--port is a number from 0 to 65535');
  const plan = planOf(values.fault, values.seed);
  if ('wrong' in plan) return wrong(plan.wrong);
  return {
    kind: 'run',
    port,
    faults: plan,
    certificate: values.certificate,
    isJson: values.json,
  };
};
