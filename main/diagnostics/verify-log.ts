/**
 * Judges the event log as a whole: each file by itself (verify-file.ts), and that one follows from
 * the other with none missing between.
 */
// SECURITY: SEC-35
import { parseRecord, splitLines } from './event-file.ts';
import {
  verdictOf,
  verifyFile,
  type FileReport,
  type Finding,
  type Verdict,
} from './verify-file.ts';

export interface LogFileBytes {
  readonly number: number;
  readonly bytes: Uint8Array;
}

/** A finding of the whole log: a file that is not there, or does not follow from the one before. */
export interface LogFinding {
  readonly kind: Finding['kind'] | 'FILE_MISSING' | 'FILE_OUT_OF_ORDER';
  /** Number of the file meant. */
  readonly file: number;
  readonly line: number | null;
  readonly sequence: number | null;
  readonly count: number;
}

export interface LogReport {
  readonly verdict: Verdict;
  readonly findings: readonly LogFinding[];
  readonly files: number;
  readonly records: number;
  /** Public key that signed every file; null where one is not signed, or by another key. */
  readonly key: string | null;
}

/** What the verdict over the whole log needs of one file. */
export interface JudgedFile {
  readonly number: number;
  readonly report: FileReport;
  /** Files whose removal this one tells of. */
  readonly removed: readonly number[];
  /** Latest wall clock of its records; null without one. */
  readonly latestAtMs: number | null;
}

const between = (kind: LogFinding['kind'], file: number, count = 1): LogFinding => ({
  kind,
  file,
  line: null,
  sequence: null,
  count,
});

/** Judges one file by itself. */
export const judgeFile = ({ number, bytes }: LogFileBytes, key: string | null): JudgedFile => {
  const records = splitLines(bytes).lines.flatMap((line) => parseRecord(line)?.record ?? []);
  return {
    number,
    report: verifyFile(bytes, key),
    removed: records
      .filter(({ event }) => event === 'log.file-removed')
      .map(({ file }) => Number(file)),
    latestAtMs: records.reduce<number | null>(
      (latest, { atMs }) => Math.max(latest ?? atMs, atMs),
      null,
    ),
  };
};

const judgeStep = (before: JudgedFile, after: JudgedFile): LogFinding[] => {
  const skipped = after.number - before.number - 1;
  if (skipped > 0) return [between('FILE_MISSING', before.number + 1, skipped)];
  const [one, two] = [before.report.head, after.report.head];
  if (one === null || two === null) return [];
  const follows = two.first === one.last + 1 && two.previous === one.lastHash;
  return follows && one.isClosed && two.file === after.number
    ? []
    : [between('FILE_OUT_OF_ORDER', after.number)];
};

/** `files` in the order of their numbers; `key`: the public key that must have signed them, null for any. */
export const verifyLog = (files: readonly LogFileBytes[], key: string | null = null): LogReport =>
  judgeLog(files.map((file) => judgeFile(file, key)));

/** The verdict over all files, in the order of their numbers. */
export const judgeLog = (judged: readonly JudgedFile[]): LogReport => {
  const findings: LogFinding[] = judged.flatMap(({ number, report }) =>
    report.findings.map((finding) => ({ ...finding, file: number })),
  );
  for (const [index, after] of judged.entries()) {
    const before = judged[index - 1];
    if (before !== undefined) findings.push(...judgeStep(before, after));
  }
  const removed = new Set(judged.flatMap((file) => file.removed));
  const [oldest, newest] = [judged[0], judged.at(-1)];
  if (oldest !== undefined && oldest.number > 1 && !removed.has(oldest.number - 1))
    findings.push(between('FILE_MISSING', 1, oldest.number - 1));
  if (newest === undefined) findings.push(between('FILE_MISSING', 1));
  else if (newest.report.head?.isClosed === true)
    findings.push(between('FILE_MISSING', newest.number + 1));
  const keys = new Set(judged.map(({ report }) => (report.isSigned ? report.head?.key : null)));
  return {
    verdict: verdictOf(findings),
    findings,
    files: judged.length,
    records: judged.reduce((sum, { report }) => sum + report.recordCount, 0),
    key: keys.size === 1 ? ([...keys][0] ?? null) : null,
  };
};
