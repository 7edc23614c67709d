import { generateKeyPairSync, sign } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { loadPolicyOrLastGood } from '../../../../main/settings/last-good-policy.ts';
import { failing, MemoryDisk } from '../../../support/memory-disk.ts';

const PATH = '/etc/mark-id-kiosk/policy.json';
const KEY_PATH = '/etc/mark-id-kiosk/policy-key.pem';
const LOGO_PATH = '/etc/mark-id-kiosk/logo.png';
const COPY = '/data/policy-last-good.json';
const GOOD = '{"mode":"teller","brand":{"logoFile":"/etc/mark-id-kiosk/logo.png"}}';

const load = (disk: MemoryDisk, env: Record<string, string> = {}) =>
  loadPolicyOrLastGood({ disk, platform: 'linux', env, userId: 1000 }, disk, '/data');

/** A machine whose policy was good once. */
const provisioned = async (): Promise<MemoryDisk> => {
  const disk = new MemoryDisk();
  disk.put(PATH, GOOD);
  const logo = sharp({ create: { width: 90, height: 30, channels: 3, background: '#0b5c46' } });
  disk.put(LOGO_PATH, await logo.png().toBuffer());
  expect(await load(disk)).toMatchObject({ value: { refused: null } });
  return disk;
};

const failure = (code: string) => ({ ok: false, error: { code } });

describe('REC-05: a policy that is good no more', () => {
  it.each<[string, (disk: MemoryDisk) => unknown, string]>([
    ['is cut off', (disk) => disk.put(PATH, GOOD.slice(0, 20)), 'POLICY_NOT_JSON'],
    ['is empty', (disk) => disk.put(PATH, ''), 'POLICY_NOT_JSON'],
    ['has a wrong setting', (disk) => disk.put(PATH, '{"mode":"other"}'), 'POLICY_INVALID'],
    [
      'can be changed by others',
      (disk) => disk.put(PATH, '{}', { modeBits: 0o666 }),
      'POLICY_UNSAFE_FILE',
    ],
    ['is gone', (disk) => disk.remove(PATH), 'POLICY_UNREADABLE'],
    ['has lost its logo', (disk) => disk.remove(LOGO_PATH), 'POLICY_UNREADABLE'],
  ])(
    'and %s leaves the last good one in force, whole, and says why',
    async (_what, damage, code) => {
      const disk = await provisioned();
      await damage(disk);
      const before = disk.text(PATH);
      const copy = disk.text(COPY);
      const starts = [await load(disk), await load(disk)];
      const inForce = { refused: code, policy: { mode: 'teller' }, logo: { widthPx: 90 } };
      expect(starts).toMatchObject([{ value: inForce }, { value: inForce }]);
      expect([disk.text(PATH), disk.text(COPY)]).toEqual([before, copy]);
    },
  );

  it('holds until the next good one, which takes its place', async () => {
    const disk = await provisioned();
    disk.put(PATH, '{"mode":"front-desk"}');
    expect(await load(disk)).toMatchObject({
      value: { refused: null, policy: { mode: 'front-desk' } },
    });
    disk.put(PATH, '');
    expect(await load(disk)).toMatchObject({ value: { policy: { mode: 'front-desk' } } });
  });

  it('is refused where no policy was good before, where the copy is damaged, and for another file', async () => {
    const empty = new MemoryDisk();
    empty.put(PATH, '');
    expect(await load(empty)).toEqual(failure('POLICY_NOT_JSON'));
    const disk = await provisioned();
    disk.put(PATH, '');
    expect(await load(disk, { MARKID_KIOSK_POLICY: '/srv/other.json' })).toEqual(
      failure('POLICY_UNREADABLE'),
    );
    disk.put(COPY, (disk.text(COPY) ?? '').replace('"version":1', '"version": 1,"x":2'));
    expect(await load(disk)).toEqual(failure('POLICY_NOT_JSON'));
  });

  it('SEC-32: does not hold where the copy lacks the signature that is asked for now', async () => {
    const disk = await provisioned();
    const bank = generateKeyPairSync('ed25519');
    disk.put(KEY_PATH, bank.publicKey.export({ type: 'spki', format: 'pem' }).toString());
    expect(await load(disk)).toEqual(failure('POLICY_SIGNATURE_MISSING'));
    disk.put(`${PATH}.sig`, sign(null, Buffer.from(GOOD), bank.privateKey));
    expect(await load(disk)).toMatchObject({ value: { refused: null } });
    disk.put(PATH, '{"mode":"self-service"}');
    expect(await load(disk)).toMatchObject({
      value: { refused: 'POLICY_SIGNATURE_WRONG', policy: { mode: 'teller' } },
    });
    const other = generateKeyPairSync('ed25519');
    disk.put(KEY_PATH, other.publicKey.export({ type: 'spki', format: 'pem' }).toString());
    expect(await load(disk)).toEqual(failure('POLICY_SIGNATURE_WRONG'));
  });

  it('is written down once, and a disk that refuses to keep it stops nothing', async () => {
    const disk = await provisioned();
    const writtenCount = disk.written.length;
    await load(disk);
    expect(disk.written).toHaveLength(writtenCount);
    const full = new MemoryDisk();
    full.put(PATH, '{"mode":"teller"}');
    full.fault = failing('ENOSPC', 'replace');
    expect(await load(full)).toMatchObject({
      value: { refused: null, policy: { mode: 'teller' } },
    });
  });

  it('is the default one where there never was a file', async () => {
    const disk = new MemoryDisk();
    expect(await load(disk)).toMatchObject({
      value: { refused: null, policy: { mode: 'self-service' } },
    });
    expect(disk.written).toEqual([]);
  });
});
