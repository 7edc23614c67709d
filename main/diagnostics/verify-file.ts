/**
 * Judges one file of the event log by nothing but its bytes, and names what is wrong with it and
 * where. Pure: the kiosk itself asks at its start, and the command `events verify` whenever anybody
 * wants to know.
 */
// SECURITY: SEC-35
import { HEAD_BYTES, parseHead, parseRecord, splitLines, type StoredHead } from './event-file.ts';
import { isSignedBy } from './log-key.ts';

const FINDING_KINDS = [
  /** The head is not what was written: nothing can be said about the file's end. */
  'HEAD_UNREADABLE',
  /** The head was signed by nobody, or by another key than the one asked for. */
  'SIGNATURE_MISSING',
  'SIGNATURE_WRONG',
  /** A line that is no record. */
  'LINE_UNREADABLE',
  /** A record that is not what was hashed. */
  'RECORD_CHANGED',
  /** Records are missing before this line. */
  'RECORDS_MISSING',
  /** A record that belongs elsewhere, or stands twice. */
  'RECORD_OUT_OF_ORDER',
  /** A record with another one before it than the one that is there. */
  'CHAIN_BROKEN',
  /** Records at the end are missing. */
  'END_MISSING',
  /** The last sealed record is another one than the head's. */
  'END_CHANGED',
  /** Records after the end of a file that was closed. */
  'RECORDS_ADDED',
  /** A last line that was never finished: the kiosk was killed, and has not started since. */
  'LINE_TORN',
  /** Records after the last seal, for the same reason; nothing proves that they are the kiosk's. */
  'RECORDS_UNSEALED',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

export interface Finding {
  readonly kind: FindingKind;
  /** Line of the file, the head being line 1; null where no line is meant. */
  readonly line: number | null;
  /** Number of the record meant; null where it has none. */
  readonly sequence: number | null;
  /** How many records, or bytes of LINE_TORN. */
  readonly count: number;
}

/** What a kill leaves behind. Everything else was done by somebody, or by a failing disk. */
const LEFT_BY_A_KILL: ReadonlySet<string> = new Set<FindingKind>(['LINE_TORN', 'RECORDS_UNSEALED']);

/** Not proven is not intact: an end without a seal can be anybody's. */
export type Verdict = 'intact' | 'unproven' | 'broken';

/** The verdict over findings of whatever kind. */
export const verdictOf = (findings: readonly { readonly kind: string }[]): Verdict => {
  if (findings.length === 0) return 'intact';
  return findings.every(({ kind }) => LEFT_BY_A_KILL.has(kind)) ? 'unproven' : 'broken';
};

export interface FileReport {
  readonly findings: readonly Finding[];
  readonly head: StoredHead | null;
  readonly recordCount: number;
  /** Bytes up to the end of the last whole line. */
  readonly soundBytes: number;
  /** Of the last record; null where there is none. */
  readonly last: { readonly sequence: number; readonly hash: string } | null;
  readonly isSigned: boolean;
}

const atHead = (kind: FindingKind): Finding => ({ kind, line: 1, sequence: null, count: 1 });

const judgeSignature = (head: StoredHead, key: string | null): Finding[] => {
  if (head.signature === null && head.key === null)
    return key === null ? [] : [atHead('SIGNATURE_MISSING')];
  return isSignedBy(head, key ?? head.key) ? [] : [atHead('SIGNATURE_WRONG')];
};

/** `key`: the public key that must have signed the file; null takes the one in its head. */
export const verifyFile = (bytes: Uint8Array, key: string | null = null): FileReport => {
  const head = parseHead(bytes);
  const { lines, tornBytes } = splitLines(bytes);
  const findings: Finding[] =
    head === null ? [atHead('HEAD_UNREADABLE')] : judgeSignature(head, key);
  let next = head?.first ?? null;
  let previous = head?.previous ?? null;
  let last: FileReport['last'] = null;
  let sealedHash: string | null = head !== null && head.last < head.first ? head.previous : null;
  for (const [index, text] of lines.entries()) {
    const line = index + 2;
    const parsed = parseRecord(text);
    if (parsed === null) {
      findings.push({ kind: 'LINE_UNREADABLE', line, sequence: null, count: 1 });
      continue;
    }
    const { record, hash, isTrue } = parsed;
    // What a changed record says of itself counts for nothing: it stands where it stands.
    const sequence = isTrue ? record.sequence : (next ?? record.sequence);
    const note = (kind: FindingKind, count = 1): void => {
      findings.push({ kind, line, sequence, count });
    };
    if (!isTrue) note('RECORD_CHANGED');
    if (next !== null && sequence < next) {
      note('RECORD_OUT_OF_ORDER');
      continue;
    }
    if (next !== null && sequence > next) note('RECORDS_MISSING', sequence - next);
    else if (isTrue && previous !== null && record.previous !== previous) note('CHAIN_BROKEN');
    next = sequence + 1;
    previous = hash;
    last = { sequence, hash };
    if (sequence === head?.last) sealedHash = hash;
  }
  const soundBytes = Math.max(bytes.byteLength - tornBytes, HEAD_BYTES);
  if (tornBytes > 0 && bytes.byteLength > HEAD_BYTES)
    findings.push({
      kind: 'LINE_TORN',
      line: lines.length + 2,
      sequence: null,
      count: tornBytes,
    });
  if (head !== null) findings.push(...judgeEnd(head, last?.sequence ?? head.first - 1, sealedHash));
  const isSigned = head !== null && isSignedBy(head, key ?? head.key);
  return { findings, head, recordCount: lines.length, soundBytes, last, isSigned };
};

/** `sealedHash`: hash of the record with the head's number; null where there is none. */
const judgeEnd = (head: StoredHead, lastSequence: number, sealedHash: string | null): Finding[] => {
  const note = (kind: FindingKind, count: number): Finding[] => [
    { kind, line: null, sequence: head.last, count },
  ];
  if (lastSequence < head.last) return note('END_MISSING', head.last - lastSequence);
  if (sealedHash !== head.lastHash) return note('END_CHANGED', 1);
  if (lastSequence === head.last) return [];
  return note(head.isClosed ? 'RECORDS_ADDED' : 'RECORDS_UNSEALED', lastSequence - head.last);
};
