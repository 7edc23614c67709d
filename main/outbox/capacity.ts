/** Whether another customer's pictures could be kept: asked before the customer begins. */
import { LIMITS } from '../../preload/contract/limits.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { CAPTURE_STEPS } from '../../preload/contract/vocabulary.ts';
import type { Disk } from '../ports/disk.ts';

export interface CapacityLimits {
  readonly maxItems: number;
  readonly minFreeMegabytes: number;
}

/** The largest item there can be; its seal adds less than the last megabyte of `minFreeMegabytes`. */
const ITEM_BYTES = CAPTURE_STEPS.length * LIMITS.sentPictureBytes;

const MEGABYTE = 1_000_000;

/**
 * OUTBOX_FULL: as many items as the policy allows. STORAGE_LOW: too little space beside the largest
 * item. STORAGE_FAILED: the disk does not even answer.
 */
// RECOVERY: REC-02
export const checkCapacity = async (
  disk: Disk,
  folder: string,
  itemCount: number,
  limits: CapacityLimits,
): Promise<Result<null, 'OUTBOX_FULL' | 'STORAGE_LOW' | 'STORAGE_FAILED'>> => {
  if (itemCount >= limits.maxItems) return fail('OUTBOX_FULL');
  try {
    const freeBytes = await disk.freeBytes(folder);
    return freeBytes < limits.minFreeMegabytes * MEGABYTE + ITEM_BYTES
      ? fail('STORAGE_LOW')
      : ok(null);
  } catch {
    return fail('STORAGE_FAILED');
  }
};
