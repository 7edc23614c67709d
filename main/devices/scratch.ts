/**
 * The one folder in which programs that can only write files leave pages. Owns that nothing stays in
 * it: a job's folder is new, each page leaves with being read, and whatever a job or a crash left
 * behind is overwritten and removed. No page of a customer ever lies anywhere else.
 */
import { join } from 'node:path';
import type { ScannerErrorCode } from '../../preload/contract/error-codes.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Disk } from '../ports/disk.ts';
import type { Random } from '../ports/random.ts';
import { SCAN_LIMITS } from './scanner-driver.ts';

/** Where one job's program writes. */
export interface ScratchJob {
  readonly path: string;
  /** Names of what is there, sorted. */
  names(): Promise<readonly string[]>;
  /** A file's bytes; it is gone afterwards. null where there is none. */
  take(name: string): Promise<Result<Uint8Array, ScannerErrorCode> | null>;
  /** Leaves nothing. */
  close(): Promise<void>;
}

export interface ScratchPorts {
  readonly disk: Disk;
  readonly random: Random;
  /** Absolute path of a folder nobody else uses; may not be there yet. */
  readonly folder: string;
}

/** Reads a whole file that has at most SCAN_LIMITS.pageBytes; null where there is none. */
export const readPageFile = async (
  disk: Disk,
  path: string,
): Promise<Result<Uint8Array, 'SCANNER_TOO_LARGE' | 'SCANNER_PICTURE_INCOMPLETE'> | null> => {
  const file = await disk.open(path);
  if (file === null) return null;
  try {
    if (file.sizeBytes > SCAN_LIMITS.pageBytes) return fail('SCANNER_TOO_LARGE');
    const bytes = new Uint8Array(file.sizeBytes);
    return (await file.read(bytes, 0)) ? ok(bytes) : fail('SCANNER_PICTURE_INCOMPLETE');
  } finally {
    await file.close();
  }
};

export class Scratch {
  readonly #ports: ScratchPorts;

  constructor(ports: ScratchPorts) {
    this.#ports = ports;
  }

  /** Destroys what an earlier run left. Throws where the disk refuses. */
  // SECURITY: SEC-21
  async wipe(): Promise<void> {
    const { disk, folder } = this.#ports;
    for (const job of await disk.list(folder)) await this.#shredFolder(join(folder, job));
  }

  /** Makes an empty folder for one job. Throws where the disk refuses. */
  async openJob(): Promise<ScratchJob> {
    const { disk, random, folder } = this.#ports;
    const path = join(folder, random.uuid());
    await disk.makeFolder(path);
    return {
      path,
      names: async () => (await disk.list(path)).toSorted(),
      take: async (name) => {
        const file = join(path, name);
        const bytes = await readPageFile(disk, file);
        if (bytes !== null) await disk.shred(file);
        return bytes;
      },
      close: () => this.#shredFolder(path),
    };
  }

  /** What can't be overwritten is removed all the same. */
  async #shredFolder(path: string): Promise<void> {
    const { disk } = this.#ports;
    const names = await disk.list(path).catch(() => []);
    for (const name of names) await disk.shred(join(path, name)).catch(() => undefined);
    await disk.removeFolder(path);
  }
}
