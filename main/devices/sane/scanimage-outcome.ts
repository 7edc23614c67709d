/**
 * What the end of a `scanimage` means. Its exit code is SANE's status (sane.h) as long as the device
 * was open; everything else stands in English text, which is why it runs with LC_ALL=C.
 */
import type { ScannerErrorCode } from '../../../preload/contract/error-codes.ts';
import type { ScanSource } from '../../../preload/contract/scanner-words.ts';
import type { ProcessEnd } from '../../ports/child-process.ts';

/** SANE's status by number; 0 is GOOD and 5 the end of a page. */
const BY_STATUS: ReadonlyMap<number, ScannerErrorCode> = new Map([
  [1, 'SCANNER_UNSUPPORTED'],
  // Cancelled, but not by us: somebody pressed the scanner's own button.
  [2, 'SCANNER_CANCELLED'],
  [3, 'SCANNER_BUSY'],
  [4, 'SCANNER_UNSUPPORTED'],
  [6, 'SCANNER_JAMMED'],
  [7, 'SCANNER_FEEDER_EMPTY'],
  [8, 'SCANNER_COVER_OPEN'],
  [9, 'SCANNER_INTERRUPTED'],
  [10, 'SCANNER_INTERRUPTED'],
  [11, 'SCANNER_ACCESS_DENIED'],
]);

/** SANE's words for a status (sane_strstatus), where they say more than that opening failed. */
const BY_WORDS: readonly [words: string, code: ScannerErrorCode][] = [
  ['Device busy', 'SCANNER_BUSY'],
  ['Access to resource has been denied', 'SCANNER_ACCESS_DENIED'],
  ['Document feeder jammed', 'SCANNER_JAMMED'],
  ['Scanner cover is open', 'SCANNER_COVER_OPEN'],
];

/** Opening fails with 1 whatever the reason. */
const openFailure = (stderr: string): ScannerErrorCode | null => {
  // A device's name may hold any text, the reason follows the last one.
  const [before, reason] = [stderr.indexOf('open of device '), stderr.lastIndexOf(' failed: ')];
  if (before === -1 || reason < before) return null;
  const [said = ''] = stderr.slice(reason).split('\n', 1);
  const [, code] = BY_WORDS.find(([words]) => said.includes(words)) ?? [];
  return code ?? 'SCANNER_UNREACHABLE';
};

/** Its own signal handler reports and then exits 0. */
const wasKilled = (stderr: string): boolean => stderr.includes('received signal');

export interface ScanimageRun {
  readonly end: ProcessEnd;
  readonly source: ScanSource;
  /** Whole pages it delivered. */
  readonly pageCount: number;
}

/** The failure a run ended in; null where all pages are here. */
export const scanOutcome = ({ end, source, pageCount }: ScanimageRun): ScannerErrorCode | null => {
  if (end.kind === 'missing') return 'SCANNER_SOFTWARE_MISSING';
  const { exitCode, endedBy, stderr } = end;
  if (endedBy === 'caller') return 'SCANNER_CANCELLED';
  if (endedBy === 'timeout') return 'SCANNER_STOPPED_ANSWERING';
  if (endedBy === 'overflow') return 'SCANNER_NOT_UNDERSTOOD';
  if (/Write Error|No space left/.test(stderr)) return 'SCANNER_STORAGE_FULL';
  const refused = openFailure(stderr);
  if (refused !== null) return refused;
  if (wasKilled(stderr) || exitCode === null) return 'SCANNER_INTERRUPTED';
  if (exitCode === 0) {
    if (pageCount > 0) return null;
    return source === 'platen' ? 'SCANNER_INTERRUPTED' : 'SCANNER_FEEDER_EMPTY';
  }
  const isMidStack = source !== 'platen' && pageCount > 0;
  if (isMidStack && exitCode === 9) return 'SCANNER_JAMMED';
  return BY_STATUS.get(exitCode) ?? 'SCANNER_INTERRUPTED';
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
