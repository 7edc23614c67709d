/**
 * What the end of a `scanimage` means. It says in English how a page ended (hence LC_ALL=C) and exits
 * with the same status (sane.h); but a backend's signal may come between and end it with 0, or hold it
 * up for good, so what it said counts before how it ended.
 */
import type { ScannerErrorCode } from '../../../preload/contract/error-codes.ts';
import type { ScanSource } from '../../../preload/contract/scanner-words.ts';
import type { ProcessEnd } from '../../ports/child-process.ts';

/** SANE's failures by number (sane.h), with its words for each (sane_strstatus). */
const STATUSES: readonly (readonly [status: number, words: string, code: ScannerErrorCode])[] = [
  [1, 'Operation not supported', 'SCANNER_UNSUPPORTED'],
  // Cancelled, but not by us: somebody pressed the scanner's own button.
  [2, 'Operation was canceled', 'SCANNER_CANCELLED'],
  [3, 'Device busy', 'SCANNER_BUSY'],
  [4, 'Invalid argument', 'SCANNER_UNSUPPORTED'],
  [6, 'Document feeder jammed', 'SCANNER_JAMMED'],
  [7, 'Document feeder out of documents', 'SCANNER_FEEDER_EMPTY'],
  [8, 'Scanner cover is open', 'SCANNER_COVER_OPEN'],
  [9, 'Error during device I/O', 'SCANNER_INTERRUPTED'],
  [10, 'Out of memory', 'SCANNER_INTERRUPTED'],
  [11, 'Access to resource has been denied', 'SCANNER_ACCESS_DENIED'],
];

/** The failures that say more than that opening failed. */
const OF_OPENING: ReadonlySet<ScannerErrorCode> = new Set([
  'SCANNER_BUSY',
  'SCANNER_ACCESS_DENIED',
  'SCANNER_JAMMED',
  'SCANNER_COVER_OPEN',
]);

/** How a page is said to have failed; progress before it ends in a carriage return. */
const PAGE_FAILED = /^\w+: sane_(?:start|read): (.+)$/m;

/** The status that `stderr` says a page failed with; null where it says none. */
export const toldStatus = (stderr: string): number | null => {
  const [, said] = PAGE_FAILED.exec(stderr) ?? [];
  const [status] = STATUSES.find(([, words]) => words === said) ?? [];
  return status ?? null;
};

/** Opening fails with 1 whatever the reason. */
const openFailure = (stderr: string): ScannerErrorCode | null => {
  // A device's name may hold any text, the reason follows the last one.
  const [before, reason] = [stderr.indexOf('open of device '), stderr.lastIndexOf(' failed: ')];
  if (before === -1 || reason < before) return null;
  const [said = ''] = stderr.slice(reason).split('\n', 1);
  const [, , code] = STATUSES.find(([, words]) => said.includes(words)) ?? [];
  return code !== undefined && OF_OPENING.has(code) ? code : 'SCANNER_UNREACHABLE';
};

/** Its own signal handler reports and then exits 0. */
const wasKilled = (stderr: string): boolean => stderr.includes('received signal');

export interface ScanimageRun {
  readonly end: ProcessEnd;
  readonly source: ScanSource;
  /** Whole pages it delivered. */
  readonly pageCount: number;
}

/** The failure a status means after so many whole pages; null where an empty feeder ends a stack. */
const failureOf = (
  status: number,
  source: ScanSource,
  pageCount: number,
): ScannerErrorCode | null => {
  const [, , code = 'SCANNER_INTERRUPTED'] = STATUSES.find(([number]) => number === status) ?? [];
  if (source === 'platen' || pageCount === 0) return code;
  if (code === 'SCANNER_FEEDER_EMPTY') return null;
  return status === 9 ? 'SCANNER_JAMMED' : code;
};

/** The failure a run ended in; null where all pages are here. */
export const scanOutcome = ({ end, source, pageCount }: ScanimageRun): ScannerErrorCode | null => {
  if (end.kind === 'missing') return 'SCANNER_SOFTWARE_MISSING';
  const { exitCode, endedBy, stderr } = end;
  // What it says after such a signal of ours is an echo of it.
  if (endedBy === 'timeout') return 'SCANNER_STOPPED_ANSWERING';
  if (endedBy === 'overflow') return 'SCANNER_NOT_UNDERSTOOD';
  if (/Write Error|No space left/.test(stderr)) return 'SCANNER_STORAGE_FULL';
  const refused = openFailure(stderr);
  if (refused !== null) return refused;
  const told = toldStatus(stderr);
  if (told !== null) return failureOf(told, source, pageCount);
  if (endedBy === 'caller') return 'SCANNER_CANCELLED';
  if (wasKilled(stderr) || exitCode === null) return 'SCANNER_INTERRUPTED';
  if (exitCode > 0) return failureOf(exitCode, source, pageCount);
  if (pageCount > 0) return null;
  return source === 'platen' ? 'SCANNER_INTERRUPTED' : 'SCANNER_FEEDER_EMPTY';
};

/** The failure a question (listing, options) ended in; null where it was answered. */
export const askOutcome = (end: ProcessEnd): ScannerErrorCode | null => {
  if (end.kind === 'missing') return 'SCANNER_SOFTWARE_MISSING';
  if (end.endedBy === 'caller') return 'SCANNER_CANCELLED';
  if (end.endedBy === 'timeout') return 'SCANNER_STOPPED_ANSWERING';
  if (end.endedBy === 'overflow') return 'SCANNER_NOT_UNDERSTOOD';
  if (end.exitCode === 0) return null;
  return openFailure(end.stderr) ?? 'SCANNER_INTERRUPTED';
};
