/**
 * What is done with an index that can't be trusted: it is kept under another name, what can still
 * be read of it goes into a new one, and the files nobody can name any more are put apart. Must
 * never delete anything but files whose items were ended.
 */
// RECOVERY: REC-03
import { join } from 'node:path';
import { setAside } from '../settings/state-file.ts';
import type { Disk } from '../ports/disk.ts';
import type { OpenSqlite, SqliteDatabase } from '../ports/sqlite.ts';
import type { OutboxIndex } from './outbox-index.ts';
import { readKeptTime, readRows, type KeptTime, type SealedRow } from './index-rows.ts';

/** The name of an item's file. */
export const sealedName = (itemId: string): string => `${itemId}.sealed`;

export interface Salvage {
  /** Rows that could still be read, each whole. They prove themselves when they are opened. */
  readonly rows: readonly SealedRow[];
  /** The kiosk's own time goes on where it was; null where that can't be read. */
  readonly time: KeptTime | null;
}

export const NOTHING_SALVAGED: Salvage = { rows: [], time: null };

/** What a damaged index still gives. */
export const salvageIndex = (openSqlite: OpenSqlite, path: string): Salvage => {
  try {
    const database = openSqlite(path);
    try {
      const rows = readRows(database);
      return { rows, time: timeOf(database) };
    } finally {
      database.close();
    }
  } catch {
    return NOTHING_SALVAGED;
  }
};

const timeOf = (database: SqliteDatabase): KeptTime | null => {
  try {
    return readKeptTime(database);
  } catch {
    return null;
  }
};

/** Gives the index and its log other names. False when that was not possible: nothing may be written then. */
export const setIndexAside = async (disk: Disk, path: string): Promise<boolean> => {
  for (const file of [path, `${path}-wal`]) {
    const facts = await disk.facts(file).catch(() => undefined);
    if (facts === undefined) return false;
    if (facts !== null && (await setAside(disk, file)) === null) return false;
  }
  return true;
};

/** Puts files apart that no row names although somebody may miss them. */
export const quarantineFiles = async (
  disk: Disk,
  folder: string,
  quarantineFolder: string,
  names: readonly string[],
): Promise<void> => {
  if (names.length > 0) await disk.makeFolder(quarantineFolder);
  for (const name of names) await disk.rename(join(folder, name), join(quarantineFolder, name));
};

/**
 * Removes files without a row: noise that a crash left. Where some row has no file, its file may be
 * one of these under a damaged name, and they are put apart. Where the disk fails, another time.
 */
export const sweepOrphans = async (
  parts: {
    readonly disk: Disk;
    readonly index: OutboxIndex;
    readonly itemsFolder: string;
    readonly quarantineFolder: string;
  },
  isBeingWritten: (name: string) => boolean,
): Promise<void> => {
  const { disk, index, itemsFolder, quarantineFolder } = parts;
  try {
    const names = await disk.list(itemsFolder);
    const known = new Set(index.itemIds().map(sealedName));
    const orphans = names.filter((name) => !known.has(name) && !isBeingWritten(name));
    if (orphans.length === 0) return;
    const there = new Set(names);
    const isDoubtful = index.queue.intact().some((itemId) => !there.has(sealedName(itemId)));
    if (isDoubtful) await quarantineFiles(disk, itemsFolder, quarantineFolder, orphans);
    else for (const name of orphans) await disk.remove(join(itemsFolder, name));
  } catch {
    // What is left is found by the next start.
  }
};
