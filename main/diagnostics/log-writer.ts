/**
 * The file of the event log that is written now: found again at a start, appended to, sealed after
 * each batch, and closed when it is full. Every method may throw; after a failure the next call goes
 * on from the last byte known to be good. A file that was tampered with is never written to.
 */
import type { KioskEvent } from '../../preload/contract/event-catalogue.ts';
import type { FOUND_LOGS } from '../../preload/contract/event-words.ts';
import { DurableClock } from '../outbox/durable-clock.ts';
import type { Clock } from '../ports/clock.ts';
import type { Disk, EditableFile } from '../ports/disk.ts';
import {
  encodeHead,
  encodeRecord,
  HEAD_BYTES,
  NO_HASH,
  parseRecord,
  signedText,
  splitLines,
  type LogHead,
} from './event-file.ts';
import { listLogFiles, logFilePath, type LogFileName } from './log-folder.ts';
import type { LogKey } from './log-key.ts';
import { verdictOf, verifyFile, type FileReport } from './verify-file.ts';

/** What a start found. */
export interface FoundLog {
  readonly found: (typeof FOUND_LOGS)[number];
  readonly tornBytes: number;
  readonly unsealedRecords: number;
}

export interface WriterParts {
  readonly disk: Disk;
  readonly clock: Clock;
  readonly folder: string;
  /** Bytes after which a file is closed. */
  readonly fileBytes: number;
}

/** An event with the wall clock's time of the moment it happened. */
export interface TimedEvent {
  readonly atMs: number;
  readonly event: KioskEvent;
}

export class LogWriter {
  readonly found: FoundLog;
  /** Public key that had signed what was found; null where nobody had, or nothing was there. */
  readonly foundSigner: string | null;
  readonly #parts: WriterParts;
  readonly #time: DurableClock;
  #file: EditableFile;
  #head: LogHead;
  #endBytes: number;
  /** The last write failed on its way: something may stand after the end, and the seal may be old. */
  #hasRemnant = false;
  #key: LogKey | null = null;

  private constructor(
    parts: WriterParts,
    time: DurableClock,
    start: {
      file: EditableFile;
      head: LogHead;
      endBytes: number;
      found: FoundLog;
      signer: string | null;
    },
  ) {
    this.#parts = parts;
    this.#time = time;
    this.#file = start.file;
    this.#head = start.head;
    this.#endBytes = start.endBytes;
    this.found = start.found;
    this.foundSigner = start.signer;
  }

  /** Finds the log in its folder and makes it ready to be written to, as far as the disk goes along. */
  static async open(parts: WriterParts): Promise<LogWriter> {
    const { disk, clock, folder } = parts;
    const newest = await newestBegun(disk, folder);
    if (newest === null)
      return LogWriter.#begin(parts, firstHead(1), new DurableClock(clock, null), 'NONE', null);
    const file = await disk.edit(newest.path);
    try {
      const bytes = await file.read();
      const report = verifyFile(bytes);
      const time = new DurableClock(clock, lastTimes(bytes));
      const signer = report.isSigned ? (report.head?.key ?? null) : null;
      const verdict = verdictOf(report.findings);
      if (verdict === 'broken' || report.head === null) {
        await file.close();
        const next = firstHead(newest.number + 1, furthest(report));
        return await LogWriter.#begin(parts, next, time, 'BROKEN', signer);
      }
      const { signature: _signature, ...head } = report.head;
      const last = report.last ?? { sequence: head.last, hash: head.lastHash };
      if (head.isClosed) {
        await file.close();
        const next = firstHead(head.file + 1, last);
        return await LogWriter.#begin(parts, next, time, 'NEXT_MISSING', signer);
      }
      const found: FoundLog = {
        found: verdict === 'intact' ? 'INTACT' : 'TORN',
        tornBytes: bytes.byteLength - report.soundBytes,
        unsealedRecords: last.sequence - head.last,
      };
      if (found.tornBytes > 0) await file.truncate(report.soundBytes);
      return new LogWriter(parts, time, {
        file,
        head: { ...head, last: last.sequence, lastHash: last.hash },
        endBytes: report.soundBytes,
        found,
        signer,
      });
    } catch (error) {
      await file.close().catch(() => undefined);
      throw error;
    }
  }

  static async #begin(
    parts: WriterParts,
    head: LogHead,
    time: DurableClock,
    found: FoundLog['found'],
    signer: string | null,
  ): Promise<LogWriter> {
    const file = await beginFile(parts, head);
    return new LogWriter(parts, time, {
      file,
      head,
      endBytes: HEAD_BYTES,
      found: { found, tornBytes: 0, unsealedRecords: 0 },
      signer,
    });
  }

  /** Number of the file that is written now. */
  get fileNumber(): number {
    return this.#head.file;
  }

  /** The kiosk's own time. */
  livedMs(): number {
    return this.#time.livedMs();
  }

  /** Signs the file with this key, from now on. */
  async signWith(key: LogKey | null): Promise<void> {
    this.#key = key;
    if (this.#head.key !== (key?.key ?? null)) await this.#sealIfPossible();
  }

  /**
   * Appends events and seals the file. They are on the disk when it resolves, and none of them when
   * it throws. A seal that fails is made good with the next one.
   */
  async write(events: readonly TimedEvent[]): Promise<void> {
    if (this.#hasRemnant) await this.#file.truncate(this.#endBytes);
    if (this.#endBytes > this.#parts.fileBytes) await this.#rotate();
    let { last, lastHash } = this.#head;
    let text = '';
    for (const { atMs, event } of events) {
      const livedMs = this.#time.livedMs();
      const sequence = last + 1;
      const { line, hash } = encodeRecord({ sequence, previous: lastHash, atMs, livedMs, event });
      text += line;
      last = sequence;
      lastHash = hash;
    }
    const bytes = Buffer.from(text, 'latin1');
    this.#hasRemnant = true;
    await this.#file.write(bytes, this.#endBytes);
    this.#endBytes += bytes.byteLength;
    this.#head = { ...this.#head, last, lastHash };
    await this.#sealIfPossible();
  }

  /** Lets go of the file, once more sealed where the last seal failed. */
  async close(): Promise<void> {
    if (this.#hasRemnant) await this.#file.truncate(this.#endBytes);
    if (this.#hasRemnant) await this.#sealIfPossible();
    await this.#file.close();
  }

  async #sealIfPossible(): Promise<void> {
    this.#hasRemnant = await this.#seal().then(
      () => false,
      () => true,
    );
  }

  async #seal(): Promise<void> {
    this.#head = { ...this.#head, key: this.#key?.key ?? null };
    const signature = this.#key?.sign(signedText(this.#head)) ?? null;
    await this.#file.write(encodeHead(this.#head, signature), 0);
  }

  async #rotate(): Promise<void> {
    if (!this.#head.isClosed) {
      const open = this.#head;
      this.#head = { ...open, isClosed: true };
      try {
        await this.#seal();
      } catch (error) {
        this.#head = open;
        throw error;
      }
    }
    const { file: number, last, lastHash } = this.#head;
    const head = firstHead(number + 1, { sequence: last, hash: lastHash });
    const file = await beginFile(this.#parts, head);
    await this.#file.close().catch(() => undefined);
    this.#file = file;
    this.#head = head;
    this.#endBytes = HEAD_BYTES;
  }
}

interface LastRecord {
  readonly sequence: number;
  readonly hash: string;
}

/** The newest file that has a head; one without was being made when the kiosk was killed. */
const newestBegun = async (disk: Disk, folder: string): Promise<LogFileName | null> => {
  for (const name of (await listLogFiles(disk, folder)).toReversed())
    if (((await disk.facts(name.path))?.sizeBytes ?? 0) >= HEAD_BYTES) return name;
  return null;
};

/** How far a broken file is known to have got. */
const furthest = ({ head, last }: FileReport): LastRecord | null =>
  head !== null && head.last > (last?.sequence ?? 0)
    ? { sequence: head.last, hash: head.lastHash }
    : last;

const firstHead = (file: number, last: LastRecord | null = null): LogHead => ({
  log: 1,
  file,
  first: (last?.sequence ?? 0) + 1,
  previous: last?.hash ?? NO_HASH,
  last: last?.sequence ?? 0,
  lastHash: last?.hash ?? NO_HASH,
  isClosed: false,
  key: null,
});

const beginFile = async ({ disk, folder }: WriterParts, head: LogHead): Promise<EditableFile> => {
  const file = await disk.edit(logFilePath(folder, head.file));
  try {
    await file.truncate(0);
    await file.write(encodeHead(head, null), 0);
    return file;
  } catch (error) {
    await file.close().catch(() => undefined);
    throw error;
  }
};

/** The times of a file's last record that can be read; null where there is none. */
export const lastTimes = (
  bytes: Uint8Array,
): { readonly livedMs: number; readonly wallMs: number } | null => {
  const record = splitLines(bytes)
    .lines.map((line) => parseRecord(line)?.record)
    .findLast((found) => found !== undefined);
  return record === undefined ? null : { livedMs: record.livedMs, wallMs: record.atMs };
};
