/** Durable small files as a port: whole or not at all, and never silently lost. */
import { chmod, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What of a file's attributes matters to trust in it. */
export interface FileFacts {
  readonly sizeBytes: number;
  /** Owner's user id; null where the OS has none (Windows). */
  readonly ownerId: number | null;
  /** Permission bits (`0o777`); null where the OS has none (Windows). */
  readonly modeBits: number | null;
  readonly isRegularFile: boolean;
}

export interface Disk {
  /** Facts about the file a path leads to, null when there is none. Throws on any other failure. */
  facts(path: string): Promise<FileFacts | null>;
  /** Content, null when there is no file. Throws on any other failure. */
  read(path: string): Promise<Uint8Array | null>;
  /** Replaces the file atomically with mode 0600: temporary name, fsync, rename, fsync of the folder. */
  replace(path: string, content: Uint8Array): Promise<void>;
  /** Gives a file another name in the same folder. */
  rename(from: string, to: string): Promise<void>;
  /** Removes a file; silent when there is none. */
  remove(path: string): Promise<void>;
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** The machine's file system. */
export const systemDisk: Disk = {
  async facts(path) {
    try {
      const found = await stat(path);
      const isPosix = process.platform !== 'win32';
      return {
        sizeBytes: found.size,
        ownerId: isPosix ? found.uid : null,
        modeBits: isPosix ? found.mode & 0o777 : null,
        isRegularFile: found.isFile(),
      };
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  },
  async read(path) {
    try {
      return await readFile(path);
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  },
  async replace(path, content) {
    const folder = dirname(path);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const temporary = `${path}.new`;
    const handle = await open(temporary, 'w', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await chmod(temporary, 0o600);
    await rename(temporary, path);
    await syncFolder(folder);
  },
  async rename(from, to) {
    await rename(from, to);
    await syncFolder(dirname(to));
  },
  remove: (path) => rm(path, { force: true }),
};
