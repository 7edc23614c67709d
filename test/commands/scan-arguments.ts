/** The scan command's command line, checked before anything starts. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { NAPS2_DRIVERS } from '../../main/devices/naps2/naps2-console.ts';
import { SCAN_LIMITS, type ScanJob } from '../../main/devices/scanner-driver.ts';
import { parsePolicy, type Policy } from '../../main/settings/policy.ts';
import {
  scanColour,
  scannerKind,
  scanSource,
  type ScannerKind,
} from '../../preload/contract/scanner-words.ts';

export const USAGE = `Usage: npm run -s scan -- --list [options]
       npm run -s scan -- --device ID --out DIR [options]
  --list                look for scanners
  --device ID           scan from this one of the list; default: the only one
  --out DIR             where the pages go: plain files, so never with a customer's document
  --source SOURCE       platen (default), feeder, duplex
  --dpi N               ${SCAN_LIMITS.minDpi} to ${SCAN_LIMITS.maxDpi}, default 300
  --colour COLOUR       colour (default), grey
  --driver KIND         only this one: sane, escl, folder, naps2; default: escl and, on Linux, sane
  --address ORIGIN      a scanner that is not found by itself, e.g. http://10.0.0.7; repeatable
  --no-discovery        do not look for scanners on the network
  --folder DIR          the drop folder of --driver folder: every picture in it is destroyed
  --naps2 FILE          NAPS2's console, for --driver naps2
  --naps2-driver NAME   ${NAPS2_DRIVERS.join(', ')}; default wia
  --json                accepted for symmetry: the last line of stdout is always JSON

The last line: {"scanners": [{id, kind, name}], "code"} of a list, {"pages": [{file, widthPx,
heightPx, dpi, isGrey, side, cards: [{quad}]}], "code"} of a scan; code is null where all went well.
Exit code 0 then, 1 where there is a code, 64 for a wrong command line.
`;

export interface ScanChoices {
  readonly kind: 'run';
  readonly kinds: readonly ScannerKind[];
  readonly policy: Policy['scanner'];
  /** null: list. */
  readonly scan: {
    readonly device: string | null;
    readonly job: ScanJob;
    readonly out: string;
  } | null;
}

type Parsed =
  ScanChoices | { readonly kind: 'help' } | { readonly kind: 'wrong'; readonly reason: string };

const wrong = (reason: string): Parsed => ({ kind: 'wrong', reason });

/** Reads and checks the command line. */
export const parseScanArguments = (argv: readonly string[], platform: NodeJS.Platform): Parsed => {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        list: { type: 'boolean', default: false },
        device: { type: 'string' },
        out: { type: 'string' },
        source: { type: 'string', default: 'platen' },
        dpi: { type: 'string', default: '300' },
        colour: { type: 'string', default: 'colour' },
        driver: { type: 'string' },
        address: { type: 'string', multiple: true, default: [] },
        'no-discovery': { type: 'boolean', default: false },
        folder: { type: 'string' },
        naps2: { type: 'string' },
        'naps2-driver': { type: 'string', default: 'wia' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    return wrong(error instanceof Error ? error.message : 'unknown argument');
  }
  if (values.help) return { kind: 'help' };
  const driver = scannerKind.optional().safeParse(values.driver);
  if (!driver.success) return wrong('--driver is sane, escl, folder or naps2');
  const source = scanSource.safeParse(values.source);
  if (!source.success) return wrong('--source is platen, feeder or duplex');
  const colour = scanColour.safeParse(values.colour);
  if (!colour.success) return wrong('--colour is colour or grey');
  const dpi = /^\d{2,3}$/.test(values.dpi) ? Number(values.dpi) : 0;
  if (dpi < SCAN_LIMITS.minDpi || dpi > SCAN_LIMITS.maxDpi)
    return wrong(`--dpi is a number from ${SCAN_LIMITS.minDpi} to ${SCAN_LIMITS.maxDpi}`);
  const kinds: readonly ScannerKind[] =
    driver.data === undefined
      ? platform === 'linux'
        ? ['escl', 'sane']
        : ['escl']
      : [driver.data];
  const policy = parsePolicy({
    scanner: {
      drivers: kinds,
      escl: {
        discovery: !values['no-discovery'],
        addresses: values.address.map((origin) => ({ origin })),
      },
      ...(values.folder === undefined ? {} : { dropFolder: resolve(values.folder) }),
      ...(values.naps2 === undefined
        ? {}
        : { naps2: { console: resolve(values.naps2), driver: values['naps2-driver'] } }),
    },
  });
  if (!policy.ok) return wrong('--address, --folder or --naps2 is missing or not acceptable');
  if (values.list) return { kind: 'run', kinds, policy: policy.value.scanner, scan: null };
  if (values.out === undefined) return wrong('--list, or --out with a folder');
  const job: ScanJob = { source: source.data, dpi, colour: colour.data, area: null };
  return {
    kind: 'run',
    kinds,
    policy: policy.value.scanner,
    scan: { device: values.device ?? null, job, out: resolve(values.out) },
  };
};
