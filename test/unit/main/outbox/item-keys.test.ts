import { beforeEach, describe, expect, it } from 'vitest';
import { ItemKeys, type KeySealer } from '../../../../main/outbox/item-keys.ts';
import { passingSealer, vaultSealer } from '../../../../main/outbox/key-sealers.ts';
import { fail } from '../../../../preload/contract/result.ts';
import { seededRandom } from '../../../support/fake-clock.ts';
import { diskError, failing, MemoryDisk } from '../../../support/memory-disk.ts';
import { Machine } from '../settings/vault-machine.ts';

const PATH = '/outbox/keys.json';
const USE = 'item/1/key';
const PLAIN = Buffer.from('thirty-two bytes of an item key.');

let disk: MemoryDisk;
let random: ReturnType<typeof seededRandom>;
let sealer: KeySealer;
beforeEach(() => {
  disk = new MemoryDisk();
  random = seededRandom(8);
  sealer = passingSealer(random);
});

const openKeys = (usedNumber = 0, livedMs = 0, by = sealer) =>
  ItemKeys.open(
    { disk, random, sealer: by, folder: '/outbox' },
    { highestKeyNumber: () => usedNumber },
    livedMs,
  );

const keysOf = async (...args: Parameters<typeof openKeys>): Promise<ItemKeys> => {
  const opened = await openKeys(...args);
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
};

describe('item keys', () => {
  it('open after a restart what they wrapped before', async () => {
    const first = await keysOf(0, 500);
    const wrapped = first.wrap(USE, PLAIN);
    const second = await keysOf();
    expect(second.newest).toBe(1);
    expect(second.newestSinceLivedMs).toBe(500);
    expect(second.isKeyLost).toBe(false);
    expect(PLAIN.equals(second.unwrap(1, USE, wrapped) ?? Buffer.of())).toBe(true);
  });

  it('open a value for the use it was sealed for, under its number, and for nothing else', async () => {
    const keys = await keysOf();
    const wrapped = keys.wrap(USE, PLAIN);
    expect(keys.unwrap(1, 'item/2/key', wrapped)).toBeNull();
    expect(keys.unwrap(2, USE, wrapped)).toBeNull();
    await keys.add(0);
    expect(keys.unwrap(2, USE, wrapped)).toBeNull();
    expect(keys.unwrap(1, USE, wrapped)).not.toBeNull();
  });

  it('are written sealed alone', async () => {
    const raw: Uint8Array[] = [];
    const keys = await keysOf(0, 0, {
      seal: (plain) => {
        raw.push(Uint8Array.from(plain));
        return sealer.seal(plain);
      },
      unseal: (sealed) => sealer.unseal(sealed),
    });
    await keys.add(1);
    for (const key of raw)
      for (const written of disk.written) {
        expect(Buffer.from(written).indexOf(Buffer.from(key).toString('base64'))).toBe(-1);
        expect(Buffer.from(written).indexOf(Buffer.from(key).toString('hex'))).toBe(-1);
      }
    expect(raw.length).toBeGreaterThan(1);
  });

  it('overwrite themselves when they are closed or dropped', async () => {
    const keys = await keysOf();
    const wrapped = keys.wrap(USE, PLAIN);
    await keys.add(1);
    expect(keys.hasOld).toBe(true);
    expect(await keys.dropOld()).toBe(true);
    expect(keys.hasOld).toBe(false);
    expect(keys.unwrap(1, USE, wrapped)).toBeNull();
    keys.close();
    expect(() => keys.wrap(USE, PLAIN)).toThrow('The outbox has no key.');
  });

  it('do not count a key that the disk did not keep', async () => {
    const keys = await keysOf();
    disk.fault = failing('ENOSPC', 'replace');
    expect(await keys.add(1)).toBe(false);
    expect([keys.newest, keys.hasOld]).toEqual([1, false]);
    disk.fault = () => undefined;
    await keys.add(2);
    disk.fault = failing('ENOSPC', 'replace');
    const wrapped = keys.wrap(USE, PLAIN);
    expect(await keys.dropOld()).toBe(false);
    expect(keys.hasOld).toBe(true);
    expect(keys.unwrap(2, USE, wrapped)).not.toBeNull();
  });

  it('are not made where the disk does not keep them', async () => {
    disk.fault = failing('EROFS', 'replace');
    expect(await openKeys()).toEqual(fail('STORAGE_FAILED'));
  });
});

describe('REC-04 lost keys', () => {
  it.each<[string, () => void]>([
    ['the vault is another one', () => (sealer = passingSealer(seededRandom(99)))],
    ['the file is damaged', () => disk.put(PATH, disk.bytes(PATH).subarray(0, -2))],
    ['the file is empty', () => disk.put(PATH, '')],
  ])('are kept beside new ones, under a number no item ever had, where %s', async (_why, lose) => {
    const wrapped = (await keysOf()).wrap(USE, PLAIN);
    const before = disk.text(PATH);
    lose();
    const damaged = disk.text(PATH);
    const keys = await keysOf(7);
    expect(keys.isKeyLost).toBe(true);
    expect(keys.newest).toBe(8);
    expect(keys.unwrap(1, USE, wrapped)).toBeNull();
    expect(disk.text(`${PATH}.kept-1`)).toBe(damaged);
    expect(before).not.toBeNull();
    expect((await keysOf(8)).isKeyLost).toBe(false);
  });

  it('of some stop nothing that stands under the others, and nothing is written over them', async () => {
    const keys = await keysOf();
    const old = keys.wrap(USE, PLAIN);
    await keys.add(1);
    const file = disk.text(PATH);
    let calls = 0;
    const forgetful: KeySealer = {
      seal: (plain) => sealer.seal(plain),
      unseal: (sealed) => {
        calls += 1;
        return calls === 2 ? Promise.resolve(fail('SEAL_BROKEN')) : sealer.unseal(sealed);
      },
    };
    const later = await keysOf(2, 0, forgetful);
    expect(later.isKeyLost).toBe(true);
    expect(later.unwrap(1, USE, old)).not.toBeNull();
    expect(disk.text(PATH)).toBe(file);
  });

  it('are set aside before anything is made in their place, or nothing is made', async () => {
    await keysOf();
    const file = disk.text(PATH);
    sealer = passingSealer(seededRandom(99));
    disk.fault = failing('EROFS', 'rename');
    expect(await openKeys(1)).toEqual(fail('STORAGE_FAILED'));
    expect(disk.text(PATH)).toBe(file);
  });

  it.each(['facts', 'read'] as const)(
    'are none where the disk does not answer at %s: they are there at the next start',
    async (operation) => {
      const wrapped = (await keysOf()).wrap(USE, PLAIN);
      let isFirst = true;
      disk.fault = (asked) => {
        if (asked !== operation || !isFirst) return;
        isFirst = false;
        throw diskError('EIO');
      };
      await expect(openKeys(1)).rejects.toThrow('EIO');
      const keys = await keysOf(1);
      expect(keys.unwrap(1, USE, wrapped)).not.toBeNull();
    },
  );
});

describe('what seals them', () => {
  it('is the vault: another vault opens nothing', async () => {
    const machine = new Machine();
    const mine = vaultSealer(await machine.boot());
    const sealed = await mine.seal(PLAIN);
    if (!sealed.ok) throw new Error(sealed.error.code);
    expect(await vaultSealer(await machine.boot()).unseal(sealed.value)).toEqual({
      ok: true,
      value: PLAIN,
    });
    const stranger = vaultSealer(await new Machine('kwallet6').boot());
    expect((await stranger.unseal(sealed.value)).ok).toBe(false);
  });

  it('is in training the memory of one run', async () => {
    const sealed = await sealer.seal(PLAIN);
    if (!sealed.ok) throw new Error(sealed.error.code);
    expect((await sealer.unseal(sealed.value)).ok).toBe(true);
    expect(await passingSealer(random).unseal(sealed.value)).toEqual(fail('SEAL_BROKEN'));
  });
});
