/**
 * What NAPS2's console is told and what it says. Source: the options of NAPS2 8 (`naps2.console
 * --help`) and its English messages; in another language a failure is told less exactly.
 */
import type { ScannerErrorCode } from '../../../preload/contract/error-codes.ts';
import type { ScanSource } from '../../../preload/contract/scanner-words.ts';
import type { ProcessEnd } from '../../ports/child-process.ts';
import type { ChosenJob } from '../choose.ts';
import type { ScannerIdentity } from '../scanner-id.ts';

/** How NAPS2 itself reaches scanners. */
export const NAPS2_DRIVERS = ['wia', 'twain', 'apple', 'sane', 'escl'] as const;
export type Naps2Driver = (typeof NAPS2_DRIVERS)[number];

const SOURCE_WORDS: Readonly<Record<ScanSource, string>> = {
  platen: 'glass',
  feeder: 'feeder',
  duplex: 'duplex',
};

const MAX_NAME_CHARS = 256;

export const listingArguments = (driver: Naps2Driver): string[] => [
  '--listdevices',
  `--driver=${driver}`,
];

/** One name a line. */
export const parseDevices = (
  text: string,
): { readonly identity: ScannerIdentity; readonly handle: string }[] =>
  text.split(/\r?\n/).flatMap((line) => {
    const name = line.trim();
    if (name === '' || name.length > MAX_NAME_CHARS) return [];
    return [{ identity: { vendor: '', model: name, serial: null }, handle: name }];
  });

/** Pages become `p001.png`, `p002.png` … in the folder. */
export const jobArguments = (
  driver: Naps2Driver,
  name: string,
  { source, dpi, colour }: ChosenJob,
  output: string,
): string[] => [
  '--noprofile',
  `--driver=${driver}`,
  `--device=${name}`,
  `--source=${SOURCE_WORDS[source.source]}`,
  `--dpi=${dpi}`,
  `--bitdepth=${colour === 'colour' ? 'color' : 'gray'}`,
  `--output=${output}`,
  '--force',
  '--verbose',
];

const BY_MESSAGE: readonly [message: string, code: ScannerErrorCode][] = [
  ['No pages are in the feeder', 'SCANNER_FEEDER_EMPTY'],
  ['has a paper jam', 'SCANNER_JAMMED'],
  ['cover is open', 'SCANNER_COVER_OPEN'],
  ['scanner is busy', 'SCANNER_BUSY'],
  ['scanner is warming up', 'SCANNER_BUSY'],
  ['scanner is offline', 'SCANNER_UNREACHABLE'],
  ['scanner could not be found', 'SCANNER_UNREACHABLE'],
  ['No scanning device was found', 'SCANNER_UNREACHABLE'],
  ['does not support using', 'SCANNER_UNSUPPORTED'],
  ['driver is not supported on this system', 'SCANNER_UNSUPPORTED'],
  ['when trying to save the file', 'SCANNER_STORAGE_FULL'],
];

/** The failure a run ended in; null where nothing is said against it. Its exit code is often 0 (scanners.md). */
export const naps2Outcome = (end: ProcessEnd): ScannerErrorCode | null => {
  if (end.kind === 'missing') return 'SCANNER_SOFTWARE_MISSING';
  if (end.endedBy === 'caller') return 'SCANNER_CANCELLED';
  if (end.endedBy === 'timeout') return 'SCANNER_STOPPED_ANSWERING';
  if (end.endedBy === 'overflow') return 'SCANNER_NOT_UNDERSTOOD';
  const said = `${end.stdout}\n${end.stderr}`;
  const [, code] = BY_MESSAGE.find(([message]) => said.includes(message)) ?? [];
  if (code !== undefined) return code;
  return end.exitCode === 0 ? null : 'SCANNER_INTERRUPTED';
};
