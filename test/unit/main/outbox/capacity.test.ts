import { describe, expect, it } from 'vitest';
import { checkCapacity } from '../../../../main/outbox/capacity.ts';
import { fail, ok } from '../../../../preload/contract/result.ts';
import { failing, MemoryDisk } from '../../../support/memory-disk.ts';

const LIMITS = { maxItems: 3, minFreeMegabytes: 500 };
/** What the policy keeps free, and four pictures of 3.5 MB. */
const NEEDED = 500_000_000 + 4 * 3_500_000;

const check = (itemCount: number, free: number, spoil = (_disk: MemoryDisk): void => undefined) => {
  const disk = new MemoryDisk();
  disk.free = free;
  spoil(disk);
  return checkCapacity(disk, '/outbox', itemCount, LIMITS);
};

describe('REC-02 room for another customer', () => {
  it.each([
    [0, NEEDED, ok(null)],
    [2, NEEDED, ok(null)],
    [3, NEEDED, fail('OUTBOX_FULL')],
    [4, NEEDED, fail('OUTBOX_FULL')],
    [0, NEEDED - 1, fail('STORAGE_LOW')],
    [0, 0, fail('STORAGE_LOW')],
    [3, 0, fail('OUTBOX_FULL')],
  ])('with %i items and %i bytes free', async (items, free, outcome) => {
    expect(await check(items, free)).toEqual(outcome);
  });

  it('is not believed in where the disk does not answer', async () => {
    const silent = await check(0, NEEDED, (disk) => {
      disk.fault = failing('EIO', 'freeBytes');
    });
    expect(silent).toEqual(fail('STORAGE_FAILED'));
  });
});
