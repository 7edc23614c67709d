import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadPolicy } from '../../../../main/settings/policy-file.ts';
import { MemoryDisk } from '../../../support/memory-disk.ts';

const PATH = '/etc/mark-id-kiosk/policy.json';
const KEY_PATH = '/etc/mark-id-kiosk/policy-key.pem';
const POLICY = '{"mode":"teller"}';

const bank = generateKeyPairSync('ed25519');
const stranger = generateKeyPairSync('ed25519');

const publicPem = (key: KeyObject): string =>
  key.export({ type: 'spki', format: 'pem' }).toString();

/** A machine with the bank's key and this policy, signed by `secret`; unsigned without. */
const machine = (policy: string, secret: KeyObject | null, path = PATH): MemoryDisk => {
  const disk = new MemoryDisk();
  disk.put(KEY_PATH, publicPem(bank.publicKey));
  disk.put(path, policy);
  if (secret !== null) disk.put(`${path}.sig`, sign(null, Buffer.from(policy), secret));
  return disk;
};

const load = (disk: MemoryDisk, env: Record<string, string> = {}) =>
  loadPolicy({ disk, platform: 'linux', env, userId: 1000 });

const failure = (code: string) => ({ ok: false, error: { code } });

describe('SEC-32: a policy on a machine with the bank’s key', () => {
  it('is taken with the bank’s signature', async () => {
    expect(await load(machine(POLICY, bank.privateKey))).toMatchObject({
      value: { policy: { mode: 'teller' } },
    });
  });

  it('is refused without one, also where another file is named', async () => {
    expect(await load(machine(POLICY, null))).toEqual(failure('POLICY_SIGNATURE_MISSING'));
    const env = { MARKID_KIOSK_POLICY: '/srv/policy.json' };
    expect(await load(machine(POLICY, null, '/srv/policy.json'), env)).toEqual(
      failure('POLICY_SIGNATURE_MISSING'),
    );
    expect(await load(machine(POLICY, bank.privateKey, '/srv/policy.json'), env)).toMatchObject({
      ok: true,
    });
  });

  it('is refused with a stranger’s signature, and not even parsed', async () => {
    expect(await load(machine(POLICY, stranger.privateKey))).toEqual(
      failure('POLICY_SIGNATURE_WRONG'),
    );
    expect(await load(machine('{', stranger.privateKey))).toEqual(
      failure('POLICY_SIGNATURE_WRONG'),
    );
  });

  it('is refused when one bit of policy or signature is another', async () => {
    const signed = Buffer.concat([
      Buffer.from(POLICY),
      sign(null, Buffer.from(POLICY), bank.privateKey),
    ]);
    await fc.assert(
      fc.asyncProperty(fc.nat(signed.length * 8 - 1), async (bit) => {
        const changed = Buffer.from(signed);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const disk = machine('', null);
        disk.put(PATH, changed.subarray(0, POLICY.length));
        disk.put(`${PATH}.sig`, changed.subarray(POLICY.length));
        expect(await load(disk)).toEqual(failure('POLICY_SIGNATURE_WRONG'));
      }),
      { seed: 32, numRuns: 100 },
    );
  });

  it.each([
    ['empty', Buffer.alloc(0)],
    ['longer', Buffer.concat([sign(null, Buffer.from(POLICY), bank.privateKey), Buffer.alloc(1)])],
  ])('is refused with a signature that is %s', async (_what, signature) => {
    const disk = machine(POLICY, null);
    disk.put(`${PATH}.sig`, signature);
    expect(await load(disk)).toEqual(failure('POLICY_SIGNATURE_WRONG'));
  });

  it('must be there', async () => {
    const disk = new MemoryDisk();
    disk.put(KEY_PATH, publicPem(bank.publicKey));
    expect(await load(disk)).toEqual(failure('POLICY_UNREADABLE'));
  });

  it.each([
    ['is no key', 'a key'],
    ['is a secret one', bank.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
    ['is of another kind', publicPem(generateKeyPairSync('x25519').publicKey)],
  ])('is refused where the key %s', async (_what, pem) => {
    const disk = machine(POLICY, bank.privateKey);
    disk.put(KEY_PATH, pem);
    expect(await load(disk)).toEqual(failure('POLICY_KEY_UNUSABLE'));
  });

  it.each([KEY_PATH, `${PATH}.sig`])('is refused where others may write %s', async (path) => {
    const disk = machine(POLICY, bank.privateKey);
    disk.put(path, disk.bytes(path), { modeBits: 0o666 });
    expect(await load(disk)).toEqual(failure('POLICY_UNSAFE_FILE'));
  });

  it('needs no signature where there is no key', async () => {
    const disk = machine(POLICY, null);
    await disk.remove(KEY_PATH);
    expect(await load(disk)).toMatchObject({ ok: true });
  });
});
