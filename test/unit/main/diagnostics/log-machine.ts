/** One installation of the event log: a disk that outlives a start, and what stands in its files. */
import { EventLog } from '../../../../main/diagnostics/event-log.ts';
import { parseRecord, splitLines } from '../../../../main/diagnostics/event-file.ts';
import type { LogKey } from '../../../../main/diagnostics/log-key.ts';
import { verifyLog, type LogReport } from '../../../../main/diagnostics/verify-log.ts';
import { logFileNumber } from '../../../../main/diagnostics/log-folder.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { MemoryDisk } from '../../../support/memory-disk.ts';

export const FOLDER = '/data/events';
export const FIRST = `${FOLDER}/events-000001.jsonl`;
export const SECOND = `${FOLDER}/events-000002.jsonl`;
const DAY_MS = 86_400_000;

export class LogMachine {
  readonly disk = new MemoryDisk();
  readonly echoed: string[] = [];
  clock = new FakeClock();
  log: EventLog;
  readonly #fileBytes: number;

  constructor(fileBytes = 1_000_000) {
    this.#fileBytes = fileBytes;
    this.log = this.#open();
  }

  #open(): EventLog {
    const { disk, clock } = this;
    const echo = (line: string): void => void this.echoed.push(line);
    return new EventLog({ disk, clock, folder: FOLDER, echo, fileBytes: this.#fileBytes });
  }

  /** A start of the kiosk, after a kill: the process before says nothing more. */
  async boot(): Promise<EventLog> {
    await this.log.flush();
    this.clock = new FakeClock(this.clock.wallMs());
    this.log = this.#open();
    return this.log;
  }

  /** Events of an ordinary day. */
  async write(count: number): Promise<void> {
    for (let number = 0; number < count; number += 1)
      this.log.sink({
        event: 'outbox.opened',
        environment: 'production',
        itemCount: number,
        warning: null,
      });
    await this.log.flush();
  }

  async adopt(key: LogKey | null, retentionDays = 365): Promise<void> {
    await this.log.adopt(key, retentionDays * DAY_MS);
  }

  bytes(path = FIRST): Buffer {
    return this.disk.bytes(path);
  }

  /** Events of all files, oldest first, as they stand there. */
  events(): Record<string, unknown>[] {
    return this.disk
      .names(FOLDER)
      .flatMap((name) => splitLines(this.bytes(`${FOLDER}/${name}`)).lines)
      .map((line) => ({ ...parseRecord(line)?.record }));
  }

  verify(key: string | null = null): LogReport {
    const files = this.disk.names(FOLDER).map((name) => ({
      number: logFileNumber(name) ?? 0,
      bytes: this.bytes(`${FOLDER}/${name}`),
    }));
    return verifyLog(files, key);
  }
}
