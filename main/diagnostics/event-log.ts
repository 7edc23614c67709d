/**
 * The event log as the rest of main sees it: a sink that never fails and never waits, and behind it
 * one writer at a time. Whatever the disk does, the kiosk goes on; what could not be kept is counted,
 * and the count is written as soon as it can be.
 */
import type { KioskEvent } from '../../preload/contract/event-catalogue.ts';
import type { Clock } from '../ports/clock.ts';
import type { Disk } from '../ports/disk.ts';
import { createTurnstile } from '../settings/one-at-a-time.ts';
import type { EventSink } from './events.ts';
import { listLogFiles } from './log-folder.ts';
import type { LogKey } from './log-key.ts';
import { lastTimes, LogWriter, type TimedEvent } from './log-writer.ts';
import { judgeFile, judgeLog, type JudgedFile, type LogReport } from './verify-log.ts';

/** Own decision: some 3 000 records, read in one go at a start. */
export const FILE_BYTES = 1024 * 1024;
/** Files kept beside the one that is written: 32 MiB in all. Own decision: years of a quiet kiosk. */
const OLD_FILES = 31;
/** Events kept in memory while the disk refuses. Own decision: a busy day. */
const MAX_QUEUED = 1_000;
/** Own decision: clocks that are kept by the network move by less. */
const CLOCK_STEP_MS = 60_000;

export interface EventLogParts {
  readonly disk: Disk;
  readonly clock: Clock;
  /** Absolute path of the log's own folder. */
  readonly folder: string;
  /** Also told of each event, at once, as a JSON line without personal data: for whoever watches the process. */
  readonly echo: (line: string) => void;
  /** Lowered by tests alone. */
  readonly fileBytes?: number;
}

export class EventLog {
  readonly #parts: EventLogParts;
  readonly #inTurn = createTurnstile();
  #queue: TimedEvent[] = [];
  #lost = 0;
  #writer: LogWriter | null = null;
  #key: LogKey | null = null;
  #isClosed = false;
  #isSignerKnown = false;
  /** The next turn will write what is taken down until it begins. */
  #isAsked = false;
  /** Not known before `adopt`: until then nothing is removed. */
  #retentionMs: number | null = null;
  #offsetMs: number;

  constructor(parts: EventLogParts) {
    this.#parts = parts;
    this.#offsetMs = parts.clock.wallMs() - parts.clock.monotonicMs();
  }

  /** Takes an event down; it is on the disk a moment later. */
  readonly sink: EventSink = (event) => {
    this.#noteClock();
    this.#take(event);
    if (this.#isAsked) return;
    this.#isAsked = true;
    void this.flush();
  };

  /** Absolute path of the log's folder. */
  get folder(): string {
    return this.#parts.folder;
  }

  /** Resolves when everything taken down so far was written, or could not be. Never rejects. */
  flush(): Promise<void> {
    return this.#inTurn(() => this.#drain().catch(() => undefined));
  }

  /**
   * What is known only once the kiosk has read its policy and opened its vault: who signs, and how
   * long a file is kept, in milliseconds of the kiosk's own time.
   */
  async adopt(key: LogKey | null, retentionMs: number): Promise<void> {
    this.#key = key;
    this.#retentionMs = retentionMs;
    await this.#inTurn(async () => {
      await this.#writer?.signWith(key);
      await this.#tidy().catch(() => undefined);
      if (key !== null && this.#writer !== null) this.#noteSigner(this.#writer, key.key);
    });
    await this.flush();
  }

  /** Verifies the whole log, and finds the latest wall clock in it. Nothing is written meanwhile. */
  async verify(): Promise<{ readonly report: LogReport; readonly latestAtMs: number | null }> {
    const { disk, folder } = this.#parts;
    await this.flush();
    return this.hold(async () => {
      const judged: JudgedFile[] = [];
      // A file at a time, so that the kiosk goes on between them.
      for (const { number, path } of await listLogFiles(disk, folder)) {
        const bytes = (await disk.read(path)) ?? new Uint8Array();
        judged.push(judgeFile({ number, bytes }, null));
      }
      const times = judged.flatMap(({ latestAtMs }) => latestAtMs ?? []);
      return {
        report: judgeLog(judged),
        latestAtMs: times.length === 0 ? null : Math.max(...times),
      };
    }).catch(() => ({ report: judgeLog([]), latestAtMs: null }));
  }

  /** Does something with the files while nothing is written to them; events wait in memory. */
  hold<Value>(work: () => Promise<Value>): Promise<Value> {
    return this.#inTurn(work);
  }

  /** Writes what is left and lets go. */
  async close(): Promise<void> {
    await this.flush();
    await this.#inTurn(async () => {
      this.#isClosed = true;
      await this.#writer?.close().catch(() => undefined);
      this.#writer = null;
    });
  }

  #take(event: KioskEvent): void {
    const atMs = Math.floor(this.#parts.clock.wallMs());
    this.#parts.echo(`${JSON.stringify({ at: atMs, ...event })}\n`);
    if (this.#queue.length < MAX_QUEUED) this.#queue.push({ atMs, event });
    else this.#lost += 1;
  }

  /** A wall clock that moved against the monotonic one is worth a line of its own. */
  #noteClock(): void {
    const { clock } = this.#parts;
    const offsetMs = clock.wallMs() - clock.monotonicMs();
    const byMs = Math.round(offsetMs - this.#offsetMs);
    if (Math.abs(byMs) < CLOCK_STEP_MS) return;
    this.#offsetMs = offsetMs;
    this.#take({ event: 'log.clock-stepped', byMs });
  }

  /** Signing a log goes on from whatever was found: so that nobody's forgery becomes ours unseen. */
  #noteSigner({ found, foundSigner }: LogWriter, key: string): void {
    if (this.#isSignerKnown || found.found === 'NONE') return;
    this.#isSignerKnown = true;
    if (foundSigner === key) return;
    const was = foundSigner === null ? 'NOBODY' : 'ANOTHER';
    this.#take({ event: 'log.signer-changed', was });
  }

  async #drain(): Promise<void> {
    this.#isAsked = false;
    if (this.#isClosed || (this.#queue.length === 0 && this.#lost === 0)) return;
    const writer = await this.#open();
    const fileNumber = writer.fileNumber;
    const batch = this.#queue;
    const lost = this.#lost;
    this.#queue = [];
    this.#lost = 0;
    const atMs = Math.floor(this.#parts.clock.wallMs());
    const gap: TimedEvent[] =
      lost === 0 ? [] : [{ atMs, event: { event: 'log.events-lost', count: lost } }];
    try {
      await writer.write([...batch, ...gap]);
    } catch {
      this.#queue = [...batch, ...this.#queue];
      this.#lost += lost + Math.max(0, this.#queue.length - MAX_QUEUED);
      this.#queue.length = Math.min(this.#queue.length, MAX_QUEUED);
      return;
    }
    if (writer.fileNumber === fileNumber) return;
    await this.#tidy();
    await this.#drain();
  }

  /** The writer; what it found of the log becomes the first record of this run. */
  async #open(): Promise<LogWriter> {
    if (this.#writer !== null) return this.#writer;
    const writer = await LogWriter.open({ fileBytes: FILE_BYTES, ...this.#parts });
    await writer.signWith(this.#key);
    this.#writer = writer;
    const atMs = Math.floor(this.#parts.clock.wallMs());
    this.#queue.unshift({ atMs, event: { event: 'log.opened', ...writer.found } });
    return writer;
  }

  /** Removes what is too much or too old, oldest first, never the file that is written. */
  async #tidy(): Promise<void> {
    const { disk, folder } = this.#parts;
    const retentionMs = this.#retentionMs;
    if (retentionMs === null || this.#isClosed) return;
    const writer = await this.#open();
    const old = (await listLogFiles(disk, folder)).filter(
      ({ number }) => number < writer.fileNumber,
    );
    for (const [index, { number, path }] of old.entries()) {
      const reason = old.length - index > OLD_FILES ? 'COUNT' : 'AGE';
      if (reason === 'AGE') {
        const livedMs = lastTimes((await disk.read(path)) ?? new Uint8Array())?.livedMs ?? 0;
        if (writer.livedMs() - livedMs <= retentionMs) return;
      }
      await disk.remove(path);
      this.#take({ event: 'log.file-removed', file: number, reason });
    }
  }
}
