/** Opens a worker's data folder as the product would after a start, and looks at every item in it. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { systemClock } from '../../main/ports/clock.ts';
import { systemDisk } from '../../main/ports/disk.ts';
import { systemRandom } from '../../main/ports/random.ts';
import { openNodeSqlite } from '../../main/ports/sqlite.ts';
import { vaultSealer } from '../../main/outbox/key-sealers.ts';
import { openOutbox } from '../../main/outbox/open-outbox.ts';
import { referenceOf } from '../../main/outbox/item.ts';
import type { ItemState } from '../../preload/contract/outbox-words.ts';
import { Vault } from '../../main/settings/vault.ts';
import { rigKeyVault } from './keyring.ts';
import { itemDigest } from './rig.ts';

export interface FoundItem {
  /** Of its pictures; null where they can't be read. */
  readonly digest: string | null;
  /** Of its delivery; null where the item can't be opened. */
  readonly state: ItemState | null;
  /** Whether the next thing that happens to it is a request to `/process`. */
  readonly isSendable: boolean;
}

export interface Found {
  readonly items: ReadonlyMap<string, FoundItem>;
  readonly receipts: ReadonlySet<string>;
}

const NOTHING: Found = { items: new Map(), receipts: new Set() };

/** What is in the outbox of a data folder. A folder without one holds nothing. */
export const inspect = async (folder: string): Promise<Found> => {
  const vault = new Vault({
    disk: systemDisk,
    random: systemRandom,
    keyVault: rigKeyVault,
    folder,
  });
  await vault.open();
  const opened = await openOutbox({
    disk: systemDisk,
    random: systemRandom,
    clock: systemClock,
    openSqlite: openNodeSqlite,
    sealer: vaultSealer(vault),
    folder: join(folder, 'outbox'),
  });
  if (!opened.ok) return NOTHING;
  const { outbox } = opened.value;
  try {
    const items = new Map<string, FoundItem>();
    for (const { itemId } of outbox.queue.list([], Number.MAX_SAFE_INTEGER)) {
      const item = outbox.open(itemId);
      const pictures = await outbox.withPictures(itemId, async (sealed) => {
        const digests: Record<string, string> = {};
        for (const [step, picture] of Object.entries(sealed)) {
          const hash = createHash('sha256');
          for await (const segment of picture.segments()) hash.update(segment);
          digests[step] = hash.digest('hex');
        }
        return itemDigest(digests);
      });
      items.set(referenceOf(itemId), {
        digest: pictures.ok ? pictures.value : null,
        state: item.ok ? item.value.record.state : null,
        isSendable: item.ok && ['QUEUED', 'MINTING', 'READY'].includes(item.value.record.state),
      });
    }
    const receipts = outbox.receipts.list(0, Number.MAX_SAFE_INTEGER);
    return { items, receipts: new Set(receipts.map(({ itemId }) => referenceOf(itemId))) };
  } finally {
    outbox.close();
  }
};
