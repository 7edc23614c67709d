/**
 * Recorded sessions of real devices: what a program was told and said, what went over the wire. The
 * recorder (record.ts) wraps the kiosk's ports, the player takes their place in tests.
 */
import { basename, dirname } from 'node:path';
import type { DeviceHttp, DeviceHttpFailure } from '../../main/ports/device-http.ts';
import type { ProcessEnd, RunProcess } from '../../main/ports/child-process.ts';
import type { ScanJob } from '../../main/devices/scanner-driver.ts';
import type { ScanOutcome } from '../../main/devices/scanner-service.ts';
import { fail, ok } from '../../preload/contract/result.ts';
import type { MemoryDisk } from '../support/memory-disk.ts';

/** The folder of a job has another name each time. */
const FOLDER = '{folder}';

type Said =
  | { readonly stream: 'stdout' | 'stderr'; readonly text: string }
  /** A file appeared in the job's folder; base64. */
  | { readonly file: string; readonly base64: string };

export interface ProcessRun {
  readonly args: readonly string[];
  readonly said: readonly Said[];
  readonly end: ProcessEnd;
}

export interface Exchange {
  readonly method: string;
  readonly path: string;
  /** An answer, its body in base64, or why there was none. */
  readonly answer:
    | { readonly status: number; readonly location: string | null; readonly base64: string }
    | { readonly failure: DeviceHttpFailure };
}

export interface Transcript {
  readonly scenario: string;
  readonly job: ScanJob;
  /** What the service made of it when it was recorded: code, and each page without its bytes. */
  readonly outcome: { readonly code: string | null; readonly pages: readonly unknown[] };
  readonly runs: readonly ProcessRun[];
  readonly exchanges: readonly Exchange[];
}

/** An outcome as a transcript keeps it. */
export const outlineOf = ({ code, pages }: ScanOutcome): Transcript['outcome'] => ({
  code,
  pages: pages.map(({ bytes, ...page }) => ({ ...page, sizeBytes: bytes.byteLength })),
});

const folderOf = (args: readonly string[]): string | null => {
  const batch = args.find((arg) => arg.startsWith('--batch='));
  return batch === undefined ? null : dirname(batch.slice('--batch='.length));
};

/** Arguments without the name of the job's folder. */
export const plainArgs = (args: readonly string[]): string[] => {
  const folder = folderOf(args);
  return args.map((arg) => (folder === null ? arg : arg.replace(folder, FOLDER)));
};

/** Text without the name of the job's folder. */
export const plainText = (text: string, args: readonly string[]): string => {
  const folder = folderOf(args);
  return folder === null ? text : text.replaceAll(folder, FOLDER);
};

/** Plays recorded runs in their order; throws where the kiosk tells a program something else. */
export const playProcesses = (runs: readonly ProcessRun[], disk: MemoryDisk): RunProcess => {
  const left = [...runs];
  return async ({ args, onOutput }) => {
    const run = left.shift();
    if (run === undefined || JSON.stringify(run.args) !== JSON.stringify(plainArgs(args)))
      throw new Error(`not recorded: ${args.join(' ')}`);
    for (const said of run.said) {
      if ('file' in said)
        disk.put(`${folderOf(args)}/${basename(said.file)}`, Buffer.from(said.base64, 'base64'));
      else onOutput?.(said.stream, said.text);
    }
    return run.end;
  };
};

/** Plays recorded exchanges in their order; throws where the kiosk asks for something else. */
export const playWire = (exchanges: readonly Exchange[]): DeviceHttp => {
  const left = [...exchanges];
  return {
    send: async ({ method, path, onReceived }) => {
      const exchange = left.shift();
      if (exchange?.method !== method || exchange.path !== path)
        throw new Error(`not recorded: ${method} ${path}`);
      const { answer } = exchange;
      if ('failure' in answer) return fail(answer.failure);
      const body = Buffer.from(answer.base64, 'base64');
      onReceived?.(body.byteLength, body.byteLength);
      return ok({ status: answer.status, location: answer.location, body });
    },
  };
};
