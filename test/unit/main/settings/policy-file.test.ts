import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadPolicy } from '../../../../main/settings/policy-file.ts';
import {
  defaultPolicyPath,
  POLICY_FILE_MAX_BYTES,
  type PolicySource,
} from '../../../../main/settings/trusted-file.ts';
import { failing, MemoryDisk } from '../../../support/memory-disk.ts';
import { makeCertificate } from '../../../support/certificates.ts';

const PATH = '/etc/mark-id-kiosk/policy.json';
const CA_PATH = '/etc/mark-id-kiosk/ca.pem';
const KIOSK_USER = 1000;

const source = (disk: MemoryDisk, changes: Partial<PolicySource> = {}): PolicySource => ({
  disk,
  platform: 'linux',
  env: {},
  userId: KIOSK_USER,
  ...changes,
});

const failure = (code: string) => ({ ok: false, error: { code } });

const certificatePem = async (name: string): Promise<string> =>
  new X509Certificate(
    (await makeCertificate({ subject: `CN=${name}`, isCa: true })).certificatePem,
  ).toString();

describe('policy file', () => {
  it.each<[NodeJS.Platform, Record<string, string>, string]>([
    ['linux', {}, '/etc/mark-id-kiosk/policy.json'],
    ['darwin', {}, '/Library/Application Support/Mark ID Kiosk/policy.json'],
    ['win32', { PROGRAMDATA: 'D:\\Data' }, 'D:\\Data\\Mark ID Kiosk\\policy.json'],
    ['win32', {}, 'C:\\ProgramData\\Mark ID Kiosk\\policy.json'],
  ])('is looked for at its place on %s', async (platform, env, path) => {
    expect(defaultPolicyPath({ platform, env })).toBe(path);
    const disk = new MemoryDisk(platform === 'win32' ? null : KIOSK_USER);
    disk.put(path, '{"mode":"teller"}');
    const loaded = await loadPolicy(
      source(disk, { platform, env, userId: platform === 'win32' ? null : KIOSK_USER }),
    );
    expect(loaded).toMatchObject({ ok: true, value: { policy: { mode: 'teller' } } });
  });

  it('is the default policy where nobody provisioned one', async () => {
    const loaded = await loadPolicy(source(new MemoryDisk()));
    expect(loaded).toMatchObject({
      ok: true,
      value: { policy: { mode: 'self-service' }, extraCaPem: null },
    });
  });

  it('is the named one when MARKID_KIOSK_POLICY names one', async () => {
    const disk = new MemoryDisk();
    disk.put(PATH, '{"mode":"teller"}');
    disk.put('/srv/policy.json', '{"mode":"front-desk"}');
    const env = { MARKID_KIOSK_POLICY: '/srv/policy.json' };
    expect(await loadPolicy(source(disk, { env }))).toMatchObject({
      value: { policy: { mode: 'front-desk' } },
    });
    const unset = { MARKID_KIOSK_POLICY: '' };
    expect(await loadPolicy(source(disk, { env: unset }))).toMatchObject({
      value: { policy: { mode: 'teller' } },
    });
  });

  it.each(['/srv/none.json', 'policy.json', './policy.json'])(
    'is an error, not the default, when %s is named and not there',
    async (named) => {
      const loaded = await loadPolicy(
        source(new MemoryDisk(), { env: { MARKID_KIOSK_POLICY: named } }),
      );
      expect(loaded).toEqual(failure('POLICY_UNREADABLE'));
    },
  );

  it('may begin with a byte order mark', async () => {
    const disk = new MemoryDisk();
    disk.put(PATH, '\uFEFF{"brand":{"name":"Žalgirio bankas"}}');
    expect(await loadPolicy(source(disk))).toMatchObject({
      value: { policy: { brand: { name: 'Žalgirio bankas' } } },
    });
  });

  it.each<[string, string | Uint8Array, string]>([
    ['empty', '', 'POLICY_NOT_JSON'],
    ['cut off', '{"mode":"tel', 'POLICY_NOT_JSON'],
    ['UTF-16', Buffer.from('\uFEFF{}', 'utf16le'), 'POLICY_NOT_JSON'],
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'POLICY_NOT_JSON'],
    ['no object', '[]', 'POLICY_INVALID'],
    ['unknown in one key', '{"mdoe":"teller"}', 'POLICY_INVALID'],
    ['polluting', '{"__proto__":{"mode":"teller"}}', 'POLICY_INVALID'],
    ['deeper than any stack', '['.repeat(100_000), 'POLICY_NOT_JSON'],
    ['too large', `{}${' '.repeat(POLICY_FILE_MAX_BYTES - 1)}`, 'POLICY_TOO_LARGE'],
  ])('REC-05: that is %s is named by a code and kept as it is', async (_name, content, code) => {
    const disk = new MemoryDisk();
    disk.put(PATH, content);
    const before = disk.text(PATH);
    expect(await loadPolicy(source(disk))).toEqual(failure(code));
    expect(disk.text(PATH)).toBe(before);
    expect(disk.written).toEqual([]);
  });

  it('is read up to its size cap', async () => {
    const disk = new MemoryDisk();
    disk.put(PATH, `{}${' '.repeat(POLICY_FILE_MAX_BYTES - 2)}`);
    expect(await loadPolicy(source(disk))).toMatchObject({ ok: true });
  });

  it('SEC-32: is not parsed when it grew after it was measured', async () => {
    const disk = new MemoryDisk();
    disk.put(PATH, '{}');
    disk.fault = (operation) => {
      if (operation === 'read') disk.put(PATH, `{}${' '.repeat(POLICY_FILE_MAX_BYTES)}`);
    };
    expect(await loadPolicy(source(disk))).toEqual(failure('POLICY_TOO_LARGE'));
  });

  it('is unreadable when it goes away after it was measured', async () => {
    const disk = new MemoryDisk();
    disk.put(PATH, '{}');
    disk.read = async () => null;
    expect(await loadPolicy(source(disk))).toEqual(failure('POLICY_UNREADABLE'));
  });

  it.each(['facts', 'read'] as const)('is unreadable when the disk fails at %s', async (step) => {
    const disk = new MemoryDisk();
    disk.put(PATH, '{}');
    disk.fault = failing('EACCES', step);
    expect(await loadPolicy(source(disk))).toEqual(failure('POLICY_UNREADABLE'));
  });

  it.each([
    [0o600, KIOSK_USER, true],
    [0o644, KIOSK_USER, true],
    [0o644, 0, true],
    [0o400, 0, true],
    [0o664, KIOSK_USER, false],
    [0o646, KIOSK_USER, false],
    [0o666, 0, false],
    [0o602, 0, false],
    [0o644, 1001, false],
    [0o600, 65_534, false],
  ])('SEC-32: with mode %o of user %i is trusted: %s', async (modeBits, ownerId, isTrusted) => {
    const disk = new MemoryDisk();
    disk.put(PATH, '{}', { modeBits, ownerId });
    const loaded = await loadPolicy(source(disk));
    if (isTrusted) expect(loaded.ok).toBe(true);
    else expect(loaded).toEqual(failure('POLICY_UNSAFE_FILE'));
  });

  it('SEC-32: is not read when it is a folder or a device', async () => {
    const disk = new MemoryDisk();
    disk.put(PATH, '{}', { isRegularFile: false });
    expect(await loadPolicy(source(disk))).toEqual(failure('POLICY_UNSAFE_FILE'));
  });

  it('SEC-32: never throws on any bytes, and answers with codes alone', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.json().map((text) => Buffer.from(text)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (content) => {
        const disk = new MemoryDisk();
        disk.put(PATH, content);
        const loaded = await loadPolicy(source(disk));
        expect(loaded.ok ? ['code'] : Object.keys(loaded.error)).toEqual(['code']);
      }),
      { numRuns: 500, seed: 34 },
    );
  });
});

describe('extra CA file', () => {
  const withCa = (content: string | Uint8Array, facts = {}): MemoryDisk => {
    const disk = new MemoryDisk();
    disk.put(PATH, JSON.stringify({ endpoint: { extraCaFile: CA_PATH } }));
    disk.put(CA_PATH, content, facts);
    return disk;
  };

  it('is handed on as its certificates and nothing else', async () => {
    const [first, second] = [await certificatePem('First'), await certificatePem('Second')];
    const key = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n';
    const loaded = await loadPolicy(source(withCa(`# our CA\n${first}\n${key}${second}`)));
    expect(loaded).toMatchObject({ ok: true, value: { extraCaPem: first + second } });
  });

  it.each([
    ['empty', ''],
    ['no PEM', 'certificate'],
    ['a private key', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'],
    ['a damaged certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'],
  ])('SEC-25: that is %s makes the policy invalid', async (_name, content) => {
    expect(await loadPolicy(source(withCa(content)))).toEqual(failure('POLICY_INVALID'));
  });

  it('SEC-32: passes the same checks as the policy', async () => {
    const pem = await certificatePem('Bank');
    const unsafe = withCa(pem, { modeBits: 0o666 });
    expect(await loadPolicy(source(unsafe))).toEqual(failure('POLICY_UNSAFE_FILE'));
    const foreign = withCa(pem, { ownerId: 4242 });
    expect(await loadPolicy(source(foreign))).toEqual(failure('POLICY_UNSAFE_FILE'));
    const large = withCa(pem + ' '.repeat(POLICY_FILE_MAX_BYTES));
    expect(await loadPolicy(source(large))).toEqual(failure('POLICY_TOO_LARGE'));
    const missing = withCa(pem);
    await missing.remove(CA_PATH);
    expect(await loadPolicy(source(missing))).toEqual(failure('POLICY_UNREADABLE'));
  });

  it('must be absolute on the system it is read on', async () => {
    const disk = new MemoryDisk();
    disk.put(PATH, JSON.stringify({ endpoint: { extraCaFile: 'C:\\ca.pem' } }));
    expect(await loadPolicy(source(disk))).toEqual(failure('POLICY_INVALID'));
  });
});
