/**
 * The form of one file of the event log: a head of HEAD_BYTES that is written anew in its place, then
 * one JSON object per line. Each record holds its number, the hash of the one before, and its own
 * hash; the head holds the last of both, so that an end that was cut off is missed as well, and is
 * signed where there is a key (log-key.ts). Knows no disk.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { KioskEvent } from '../../preload/contract/event-catalogue.ts';

/** One sector of the smallest disks: replaced as a whole or not at all. */
export const HEAD_BYTES = 512;

/** A line beyond this is none of ours. Own decision: ten times the longest event. */
const MAX_LINE_CHARS = 4096;

/** What stands in place of a hash before the first record of a log. */
export const NO_HASH = '-';

/** SHA-256 as 43 characters of base64url. */
const hashText = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

const headContent = z.strictObject({
  /** Version of this form. */
  log: z.literal(1),
  /** Number of the file, from 1. */
  file: z.int().positive(),
  /** Number of the file's first record, written or not. */
  first: z.int().positive(),
  /** Hash of the last record of the file before; NO_HASH where there is none. */
  previous: z.union([hashText, z.literal(NO_HASH)]),
  /** Number and hash of the last record that is sealed; `first - 1` and `previous` before there is one. */
  last: z.int().nonnegative(),
  lastHash: z.union([hashText, z.literal(NO_HASH)]),
  /** True once the next file was begun: nothing may follow. */
  isClosed: z.boolean(),
  /** Ed25519 public key (RFC 8032), base64url; null while the vault is not open. */
  key: hashText.nullable(),
});
export type LogHead = z.infer<typeof headContent>;

const storedHead = headContent.extend({
  signature: z
    .string()
    .regex(/^[A-Za-z0-9_-]{86}$/)
    .nullable(),
});
export type StoredHead = z.infer<typeof storedHead>;

const storedRecord = z.looseObject({
  sequence: z.int().positive(),
  previous: z.union([hashText, z.literal(NO_HASH)]),
  /** Wall clock, milliseconds since 1970. */
  atMs: z.int(),
  /** The kiosk's own time (main/outbox/durable-clock.ts). */
  livedMs: z.int().nonnegative(),
  event: z.string(),
});
export type StoredRecord = z.infer<typeof storedRecord>;

export interface RecordLine {
  readonly record: StoredRecord;
  readonly hash: string;
  /** False where the line is not what was hashed. */
  readonly isTrue: boolean;
}

/** A record before its hash. */
export interface NewRecord {
  readonly sequence: number;
  readonly previous: string;
  readonly atMs: number;
  readonly livedMs: number;
  readonly event: KioskEvent;
}

const hashOf = (text: string): string =>
  createHash('sha256').update(text, 'latin1').digest('base64url');

/** Puts a hash of everything before it at the end of an object. */
const sealText = (text: string): { readonly text: string; readonly hash: string } => {
  const hash = hashOf(text);
  return { text: `${text.slice(0, -1)},"hash":"${hash}"}`, hash };
};

const SEALED = /^(\{.+),"hash":"([A-Za-z0-9_-]{43})"\}$/;

/** What a sealed text holds, and whether it is what was sealed; null for anything else. */
const openText = (
  text: string,
): { readonly value: unknown; readonly hash: string; readonly isTrue: boolean } | null => {
  const [, body, hash] = SEALED.exec(text) ?? [];
  if (body === undefined || hash === undefined) return null;
  try {
    return { value: JSON.parse(`${body}}`), hash, isTrue: hashOf(`${body}}`) === hash };
  } catch {
    return null;
  }
};

/** One line with its end, and its hash. */
export const encodeRecord = ({
  event,
  ...record
}: NewRecord): { readonly line: string; readonly hash: string } => {
  const { text, hash } = sealText(JSON.stringify({ ...record, ...event }));
  return { line: `${text}\n`, hash };
};

/** Reads a line without its end; null where it is no record at all. */
export const parseRecord = (line: string): RecordLine | null => {
  if (line.length > MAX_LINE_CHARS) return null;
  const opened = openText(line);
  const parsed = storedRecord.safeParse(opened?.value);
  if (opened === null || !parsed.success) return null;
  return { record: parsed.data, hash: opened.hash, isTrue: opened.isTrue };
};

/** What a head's signature is made of. */
export const signedText = (head: LogHead): string => JSON.stringify(headContent.parse(head));

/** The head as it stands in the file: HEAD_BYTES with a line's end. */
export const encodeHead = (head: LogHead, signature: string | null): Buffer => {
  const { text } = sealText(JSON.stringify({ ...headContent.parse(head), signature }));
  if (text.length >= HEAD_BYTES) throw new Error('a head must fit its place');
  return Buffer.from(`${text.padEnd(HEAD_BYTES - 1)}\n`, 'latin1');
};

/** The head of a file; null where it is not, to the last byte, what was written. */
export const parseHead = (file: Uint8Array): StoredHead | null => {
  if (file.byteLength < HEAD_BYTES) return null;
  const text = Buffer.from(file.subarray(0, HEAD_BYTES)).toString('latin1');
  const parsed = storedHead.safeParse(openText(text.trimEnd())?.value);
  if (!parsed.success) return null;
  const { signature, ...head } = parsed.data;
  return encodeHead(head, signature).toString('latin1') === text ? parsed.data : null;
};

export interface FileLines {
  /** Lines that have an end. */
  readonly lines: readonly string[];
  /** Bytes after the last end of a line. */
  readonly tornBytes: number;
}

/** The lines after the head. */
export const splitLines = (file: Uint8Array): FileLines => {
  const text = Buffer.from(file.subarray(HEAD_BYTES)).toString('latin1');
  const lines = text.split('\n');
  const tornBytes = lines.pop()?.length ?? 0;
  return { lines, tornBytes };
};
