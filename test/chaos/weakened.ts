/**
 * The disk and the database of a worker: the product's own, with one safeguard taken out or one call
 * made to fail, where an order asks for it. Counts the file calls.
 */
import * as nodeFiles from 'node:fs/promises';
import { createDisk, type Disk, type FileCalls } from '../../main/ports/disk.ts';
import { openNodeSqlite, type OpenSqlite } from '../../main/ports/sqlite.ts';
import type { WorkerOrder } from './protocol.ts';

const nothing = async (): Promise<void> => undefined;

/** Handles whose sync does nothing, for data or for folders. */
const withoutSync = (handle: nodeFiles.FileHandle, isFolder: boolean, without: string | null) => {
  const isOut = (without === 'fsync' && !isFolder) || (without === 'dirsync' && isFolder);
  if (isOut) Object.assign(handle, { sync: nothing, datasync: nothing });
  return handle;
};

/** The n-th call of the worker's files fails as ordered. */
export const countedDisk = (
  order: Pick<WorkerOrder, 'without' | 'fileFault'>,
): Disk & { calls(): number } => {
  let calls = 0;
  const meet = (): void => {
    calls += 1;
    const { fileFault } = order;
    if (fileFault === null) return;
    if (calls === fileFault.at || (fileFault.isLasting && calls > fileFault.at))
      throw Object.assign(new Error(fileFault.code), { code: fileFault.code });
  };
  /** Calls of an open file count as well: most faults of a disk are met while writing. */
  const watch = (handle: nodeFiles.FileHandle): nodeFiles.FileHandle => {
    for (const name of ['write', 'writev', 'sync', 'datasync', 'read'] as const) {
      const own = Reflect.get(handle, name) as (...args: unknown[]) => Promise<unknown>;
      Object.assign(handle, {
        [name]: async (...args: unknown[]) => {
          meet();
          return own.apply(handle, args);
        },
      });
    }
    return handle;
  };
  const counted =
    <Args extends readonly unknown[], Value>(call: (...args: Args) => Promise<Value>) =>
    async (...args: Args): Promise<Value> => {
      meet();
      return call(...args);
    };
  const files = {
    chmod: counted(nodeFiles.chmod),
    mkdir: counted(nodeFiles.mkdir as (...args: unknown[]) => Promise<unknown>),
    readFile: counted(nodeFiles.readFile as (...args: unknown[]) => Promise<unknown>),
    readdir: counted(nodeFiles.readdir as (...args: unknown[]) => Promise<unknown>),
    rename: counted(nodeFiles.rename),
    rm: counted(nodeFiles.rm),
    stat: counted(nodeFiles.stat as (...args: unknown[]) => Promise<unknown>),
    statfs: counted(nodeFiles.statfs as (...args: unknown[]) => Promise<unknown>),
    open: async (...args: Parameters<typeof nodeFiles.open>) => {
      meet();
      const handle = await nodeFiles.open(...args);
      const isFolder = (await handle.stat()).isDirectory();
      return watch(withoutSync(handle, isFolder, order.without));
    },
  } as unknown as FileCalls;
  return { ...createDisk(files), calls: () => calls };
};

/** SQLite as the product opens it; `full-sync` is taken out by asking for less right after. */
export const weakenedSqlite =
  (without: WorkerOrder['without']): OpenSqlite =>
  (path) => {
    const database = openNodeSqlite(path);
    if (without !== 'full-sync') return database;
    return {
      exec: (sql) => database.exec(sql.replace('synchronous = FULL', 'synchronous = NORMAL')),
      prepare: (sql) => {
        const statement = database.prepare(sql);
        // The product's self-test would notice: it is shown what it asked for.
        return sql === 'PRAGMA synchronous'
          ? { ...statement, get: () => ({ synchronous: 2 }), run: () => undefined, all: () => [] }
          : statement;
      },
      close: () => database.close(),
    };
  };
