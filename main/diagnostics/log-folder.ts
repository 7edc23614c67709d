/** Which files of a folder are the event log's, in their order. */
import { join } from 'node:path';
import type { Disk } from '../ports/disk.ts';

export interface LogFileName {
  readonly number: number;
  readonly path: string;
}

const NAME = /^events-(\d{6})\.jsonl$/;
const DIGITS = 6;

export const logFilePath = (folder: string, number: number): string =>
  join(folder, `events-${String(number).padStart(DIGITS, '0')}.jsonl`);

/** The number in a file's name; null where it is none of the log's. */
export const logFileNumber = (name: string): number | null => {
  const [, digits] = NAME.exec(name) ?? [];
  return digits === undefined ? null : Number(digits);
};

/** The files of the log, oldest first. Throws where the disk does not answer. */
export const listLogFiles = async (disk: Disk, folder: string): Promise<LogFileName[]> =>
  (await disk.list(folder))
    .flatMap((name) => {
      const number = logFileNumber(name);
      return number === null ? [] : [{ number, path: join(folder, name) }];
    })
    .toSorted((a, b) => a.number - b.number);
