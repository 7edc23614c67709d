/**
 * Puts every item under a new key and forgets the old ones: 32 bytes per item are wrapped anew,
 * pictures are not touched. Can stop anywhere, with everything still readable, and be taken up again.
 */
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { sealUse } from './item.ts';
import type { ItemKeys } from './item-keys.ts';
import type { OutboxIndex } from './outbox-index.ts';

/** Own decision, well below the two years of NIST SP 800-57 part 1 rev. 5 §5.3.6 (key-wrapping keys). */
export const KEY_LIFE_MS = 90 * 24 * 3_600_000;

/** OUTBOX_KEY_LOST: an old key can't be opened; rotating would write over what is left of it. */
export const rotateKey = async (
  keys: ItemKeys,
  index: OutboxIndex,
  livedMs: number,
): Promise<Result<null, 'STORAGE_FAILED' | 'OUTBOX_KEY_LOST'>> => {
  if (keys.isKeyLost) return fail('OUTBOX_KEY_LOST');
  if (!keys.hasOld && !(await keys.add(livedMs))) return fail('STORAGE_FAILED');
  const keyNumber = keys.newest;
  try {
    const wrapped = index.itemIds().flatMap((itemId) => {
      const row = index.item(itemId);
      const use = sealUse(itemId, 'key');
      const key = row === null ? null : keys.unwrap(row.key_number, use, row.wrapped_key);
      if (key === null) return [];
      const rewrapped = { itemId, keyNumber, wrapped: keys.wrap(use, key) };
      key.fill(0);
      return [rewrapped];
    });
    index.rewrap(wrapped);
    const receipts = index.receipts(0, Number.MAX_SAFE_INTEGER).flatMap((row) => {
      const use = sealUse(row.item_id, 'receipt');
      const plain = keys.unwrap(row.key_number, use, row.sealed);
      if (plain === null) return [];
      return [{ itemId: row.item_id, keyNumber, sealed: keys.wrap(use, plain) }];
    });
    index.resealReceipts(receipts);
  } catch {
    return fail('STORAGE_FAILED');
  }
  return (await keys.dropOld()) ? ok(null) : fail('STORAGE_FAILED');
};
