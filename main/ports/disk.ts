/** Durable files as a port: whole or not at all, and never silently lost. */
import { constants } from 'node:fs';
import * as nodeFiles from 'node:fs/promises';
import { dirname } from 'node:path';
import { WRITE_BYTES, writeAll } from './write-all.ts';

/** What of a file's attributes matters to trust in it. */
export interface FileFacts {
  readonly sizeBytes: number;
  /** Owner's user id; null where the OS has none (Windows). */
  readonly ownerId: number | null;
  /** Permission bits (`0o777`); null where the OS has none (Windows). */
  readonly modeBits: number | null;
  readonly isRegularFile: boolean;
}

/** A file open for reading. Whoever opened it closes it. */
export interface OpenFile {
  readonly sizeBytes: number;
  /** Fills the whole of `target` from `position` on; false when the file ends before. Throws on any other failure. */
  read(target: Uint8Array, position: number): Promise<boolean>;
  close(): Promise<void>;
}

/** A file open to be changed in its place. Whoever opened it closes it; every call throws on any failure. */
export interface EditableFile {
  /** The whole content. */
  read(): Promise<Uint8Array>;
  /** Writes all bytes at `position`; they are on the disk when it resolves. */
  write(bytes: Uint8Array, position: number): Promise<void>;
  /** Cuts the file off. */
  truncate(sizeBytes: number): Promise<void>;
  close(): Promise<void>;
}

export interface Disk {
  /** Facts about the file a path leads to, null when there is none. Throws on any other failure. */
  facts(path: string): Promise<FileFacts | null>;
  /** Content, null when there is no file. Throws on any other failure. */
  read(path: string): Promise<Uint8Array | null>;
  /** Opens a file to read parts of it, null when there is none. Throws on any other failure. */
  open(path: string): Promise<OpenFile | null>;
  /** Opens a file to change it in its place; makes it with mode 0600 where there is none. Throws on any failure. */
  edit(path: string): Promise<EditableFile>;
  /**
   * Replaces the file atomically with mode 0600, from chunks that are written as they come:
   * temporary name, fdatasync, rename, fsync of the folder. After a failure the path holds what it
   * held before or the whole new content, never a part of it.
   */
  replace(path: string, chunks: Iterable<Uint8Array>): Promise<void>;
  /** Gives a file another name, in a folder that exists. */
  rename(from: string, to: string): Promise<void>;
  /** Removes a file; silent when there is none. */
  remove(path: string): Promise<void>;
  /**
   * Overwrites a file's content, then removes the file; silent when there is none. What a link leads
   * to is left alone. Whether a disk keeps the old bytes somewhere is its own affair.
   */
  shred(path: string): Promise<void>;
  /** Makes a folder (mode 0700) and those above it; silent when it is there. */
  makeFolder(path: string): Promise<void>;
  /** Removes a folder and everything in it; silent when there is none. */
  removeFolder(path: string): Promise<void>;
  /** Names in a folder; none when there is no folder. */
  list(folder: string): Promise<readonly string[]>;
  /** Bytes an ordinary user can still write to the file system of a folder that exists. */
  freeBytes(folder: string): Promise<number>;
}

/** The calls a disk is made of, so that a test can make the n-th of them fail. */
export type FileCalls = Pick<
  typeof nodeFiles,
  'chmod' | 'mkdir' | 'open' | 'readFile' | 'readdir' | 'rename' | 'rm' | 'stat' | 'statfs'
>;

/** What `replace` calls a file until it is whole. */
export const TEMPORARY_SUFFIX = '.new';

/** Windows has no such flag, and no links that an ordinary user can make. */
const NO_LINKS = process.platform === 'win32' ? 0 : constants.O_NOFOLLOW;

/** So many zeros, a batch at a time. */
const zeros = function* (sizeBytes: number): Generator<Uint8Array> {
  for (let left = sizeBytes; left > 0; left -= WRITE_BYTES)
    yield new Uint8Array(Math.min(left, WRITE_BYTES));
};

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

const orNull = async <Value>(work: Promise<Value>): Promise<Value | null> => {
  try {
    return await work;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
};

const editable = (handle: nodeFiles.FileHandle): EditableFile => ({
  read: () => handle.readFile(),
  async write(bytes, position) {
    let written = 0;
    while (written < bytes.byteLength) {
      const rest = bytes.byteLength - written;
      const { bytesWritten } = await handle.write(bytes, written, rest, position + written);
      written += bytesWritten;
    }
    await handle.datasync();
  },
  truncate: (sizeBytes) => handle.truncate(sizeBytes),
  close: () => handle.close(),
});

const overwrite = async (handle: nodeFiles.FileHandle): Promise<void> => {
  try {
    const { size } = await handle.stat();
    await writeAll(handle, zeros(size));
    await handle.datasync();
  } finally {
    await handle.close();
  }
};

/** A disk over the given calls. */
export const createDisk = (files: FileCalls): Disk => {
  const syncFolder = async (folder: string): Promise<void> => {
    if (process.platform === 'win32') return;
    const handle = await files.open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  };

  const makeFolder = async (path: string): Promise<void> => {
    const topmost = await files.mkdir(path, { recursive: true, mode: 0o700 });
    if (topmost === undefined) return;
    // A folder that is new is lost with a power cut until the one above it was synced.
    for (let made = path; ; made = dirname(made)) {
      await syncFolder(dirname(made));
      if (made === topmost || made === dirname(made)) return;
    }
  };

  const writeTemporary = async (path: string, chunks: Iterable<Uint8Array>): Promise<void> => {
    const handle = await files.open(path, 'w', 0o600);
    try {
      await writeAll(handle, chunks);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await files.chmod(path, 0o600);
  };

  return {
    makeFolder,
    async facts(path) {
      const found = await orNull(files.stat(path));
      if (found === null) return null;
      const isPosix = process.platform !== 'win32';
      return {
        sizeBytes: found.size,
        ownerId: isPosix ? found.uid : null,
        modeBits: isPosix ? found.mode & 0o777 : null,
        isRegularFile: found.isFile(),
      };
    },
    read: (path) => orNull(files.readFile(path)),
    async open(path) {
      const handle = await orNull(files.open(path, 'r'));
      if (handle === null) return null;
      const { size } = await handle.stat();
      return {
        sizeBytes: size,
        async read(target, position) {
          let filled = 0;
          while (filled < target.byteLength) {
            const { bytesRead } = await handle.read(
              target,
              filled,
              target.byteLength - filled,
              position + filled,
            );
            if (bytesRead === 0) return false;
            filled += bytesRead;
          }
          return true;
        },
        close: () => handle.close(),
      };
    },
    async edit(path) {
      const handle = await orNull(files.open(path, 'r+'));
      if (handle !== null) return editable(handle);
      const folder = dirname(path);
      await makeFolder(folder);
      const made = await files.open(path, 'wx+', 0o600);
      try {
        await syncFolder(folder);
      } catch (error) {
        await made.close();
        throw error;
      }
      return editable(made);
    },
    async replace(path, chunks) {
      const folder = dirname(path);
      await makeFolder(folder);
      const temporary = `${path}${TEMPORARY_SUFFIX}`;
      try {
        await writeTemporary(temporary, chunks);
        await files.rename(temporary, path);
      } catch (error) {
        await files.rm(temporary, { force: true }).catch(() => undefined);
        throw error;
      }
      await syncFolder(folder);
    },
    async rename(from, to) {
      await files.rename(from, to);
      await syncFolder(dirname(to));
    },
    remove: (path) => files.rm(path, { force: true }),
    async shred(path) {
      // A link, or a file that is not ours to write, is only removed.
      const handle = await files.open(path, constants.O_WRONLY | NO_LINKS).catch(() => null);
      try {
        if (handle !== null) await overwrite(handle);
      } finally {
        await files.rm(path, { force: true });
      }
    },
    removeFolder: (path) => files.rm(path, { force: true, recursive: true }),
    list: async (folder) => (await orNull(files.readdir(folder))) ?? [],
    async freeBytes(folder) {
      const { bavail, bsize } = await files.statfs(folder);
      return bavail * bsize;
    },
  };
};

/** The machine's file system. */
export const systemDisk: Disk = createDisk(nodeFiles);
