/**
 * Opens the outbox of one environment: index, keys, then order among the files. Everything that
 * went wrong before has a name here; nothing of it stops what is still sound.
 */
import { join } from 'node:path';
import type { OutboxErrorCode } from '../../preload/contract/error-codes.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { Disk } from '../ports/disk.ts';
import type { Random } from '../ports/random.ts';
import type { OpenSqlite } from '../ports/sqlite.ts';
import { DurableClock } from './durable-clock.ts';
import { ItemKeys, type KeySealer } from './item-keys.ts';
import { OutboxIndex } from './outbox-index.ts';
import { Outbox } from './outbox.ts';
import { KEY_LIFE_MS, rotateKey } from './rotate-key.ts';
import {
  NOTHING_SALVAGED,
  quarantineFiles,
  salvageIndex,
  sealedName,
  setIndexAside,
  type Salvage,
} from './salvage.ts';

export interface OutboxPorts {
  readonly disk: Disk;
  readonly random: Random;
  readonly clock: Clock;
  readonly openSqlite: OpenSqlite;
  readonly sealer: KeySealer;
  /** Absolute folder that the outbox has for itself. */
  readonly folder: string;
}

export interface OpenedOutbox {
  readonly outbox: Outbox;
  /** What staff must know of; nothing that stops the outbox. */
  readonly warnings: readonly OutboxErrorCode[];
}

/** Why there is no outbox: OUTBOX_NEWER, OUTBOX_UNAVAILABLE, STORAGE_FAILED. What is there is kept. */
export type OpenCode =
  Extract<OutboxErrorCode, 'OUTBOX_NEWER' | 'OUTBOX_UNAVAILABLE'> | 'STORAGE_FAILED';

interface FoundIndex {
  readonly index: OutboxIndex;
  /** True where an index was lost, so that files without a row may belong to somebody. */
  readonly isLost: boolean;
  readonly salvage: Salvage;
}

/** The index as it is, or a new one in place of one that can't be trusted. */
const openIndex = async (
  { disk, openSqlite, folder }: OutboxPorts,
  itemsFolder: string,
): Promise<Result<FoundIndex, OpenCode>> => {
  const path = join(folder, 'index.sqlite');
  const opened = OutboxIndex.open(openSqlite, path);
  if (opened.ok) {
    // One that nothing was ever written to is new, or the last start ended before it was in order.
    const isNew = opened.value.keptTime() === null;
    const isLost = isNew && (await disk.list(itemsFolder)).length > 0;
    return ok({ index: opened.value, isLost, salvage: NOTHING_SALVAGED });
  }
  if (opened.error.code !== 'OUTBOX_DAMAGED') return fail(opened.error.code);

  const salvage = salvageIndex(openSqlite, path);
  if (!(await setIndexAside(disk, path))) return fail('STORAGE_FAILED');
  const fresh = OutboxIndex.open(openSqlite, path);
  if (!fresh.ok) return fail('OUTBOX_UNAVAILABLE');
  return ok({ index: fresh.value, isLost: true, salvage });
};

const itemsFolderOf = (folder: string): string => join(folder, 'items');

/** Whether anything was saved in this outbox and is still there. Needs no key and opens nothing. */
export const hasItems = async (disk: Disk, folder: string): Promise<boolean> => {
  const names = await disk.list(itemsFolderOf(folder)).catch(() => []);
  return names.length > 0;
};

/** Opens or makes the outbox. */
export const openOutbox = async (ports: OutboxPorts): Promise<Result<OpenedOutbox, OpenCode>> => {
  const { disk, random, clock, sealer, folder } = ports;
  const itemsFolder = itemsFolderOf(folder);
  const quarantineFolder = join(folder, 'quarantine');
  const warnings: OutboxErrorCode[] = [];
  let index: OutboxIndex | null = null;
  try {
    await disk.makeFolder(itemsFolder);
    const found = await openIndex(ports, itemsFolder);
    if (!found.ok) return found;
    index = found.value.index;
    const { isLost, salvage } = found.value;
    const kept = index.keptTime();
    const time = new DurableClock(clock, kept ?? salvage.time);
    // RECOVERY: REC-03
    if (isLost) {
      const known = new Set(salvage.rows.map(({ item_id: itemId }) => sealedName(itemId)));
      const names = (await disk.list(itemsFolder)).filter((name) => !known.has(name));
      await quarantineFiles(disk, itemsFolder, quarantineFolder, names);
    }
    // From here on the index is in order; until here the next start finds it new.
    if (kept === null) index.restore(salvage.rows, time.now());

    const keys = await ItemKeys.open({ disk, random, sealer, folder }, index, time.livedMs());
    if (!keys.ok) {
      index.close();
      return keys;
    }
    if (isLost) warnings.push('OUTBOX_DAMAGED');
    if (keys.value.isKeyLost) warnings.push('OUTBOX_KEY_LOST');

    const isOld = time.livedMs() - keys.value.newestSinceLivedMs > KEY_LIFE_MS;
    if (isOld || keys.value.hasOld) await rotateKey(keys.value, index, time.livedMs());
    const outbox = new Outbox({
      disk,
      random,
      time,
      keys: keys.value,
      index,
      itemsFolder,
      quarantineFolder,
    });
    return ok({ outbox, warnings });
  } catch {
    index?.close();
    return fail('STORAGE_FAILED');
  }
};
