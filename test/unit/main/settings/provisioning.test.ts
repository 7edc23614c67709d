/** A kiosk is provisioned by a file alone, and the file is gone afterwards. */
import { afterEach, describe, expect, it } from 'vitest';
import { failing } from '../../../support/memory-disk.ts';
import { emptyFiles, makeKiosk, noKeyring, trustedKeyring } from '../../../support/kiosk.ts';

const PATH = '/policy/provisioning.json';
const PIN = '739158';
const SECRETS = { apiKey: 'the-bank-key', apiSecret: 'the-bank-secret-8821' };
const GOOD = JSON.stringify({ ...SECRETS, administratorPin: PIN });

const running: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of running.splice(0)) await each.stop();
});

interface Machine {
  readonly file?: string | null;
  readonly facts?: Parameters<ReturnType<typeof emptyFiles>['disk']['put']>[2];
  readonly keyring?: typeof trustedKeyring;
  readonly policy?: object;
  readonly files?: ReturnType<typeof emptyFiles>;
}

const startedWith = async ({
  file = GOOD,
  facts = {},
  keyring = trustedKeyring,
  policy = {},
  files = emptyFiles(),
}: Machine = {}) => {
  if (file !== null) files.disk.put(PATH, file, facts);
  const made = makeKiosk({ provisioningFile: PATH, ...policy }, keyring, files);
  running.push(made.kiosk);
  await made.kiosk.start();
  const told = made.events.find(({ event }) => event === 'app.provisioning-finished');
  return { ...made, files, told };
};

type Started = Awaited<ReturnType<typeof startedWith>>;

const isThere = ({ files }: Started): boolean => files.disk.text(PATH) !== null;

describe('SEC-24 a provisioning file', () => {
  it('makes a new kiosk work, gives its room an owner, and is destroyed', async () => {
    const made = await startedWith();
    expect(made.kiosk.status()).toMatchObject({
      environment: 'production',
      service: { state: 'ready' },
      warnings: [],
    });
    expect(await made.kiosk.credentials.read()).toEqual({ ok: true, value: SECRETS });
    expect(await made.kiosk.door.enter(PIN)).toEqual({ ok: true, value: 'administrator' });
    expect(isThere(made)).toBe(false);
    expect(made.told).toEqual({ event: 'app.provisioning-finished', code: null });
    for (const secret of [SECRETS.apiSecret, PIN])
      expect(made.files.disk.everHeld(secret)).toBe(false);
    expect(JSON.stringify([made.kiosk.status(), made.events])).not.toContain(SECRETS.apiSecret);
  });

  it('replaces the credentials of a kiosk that has some, and leaves its PIN', async () => {
    const { files, kiosk } = await startedWith();
    await kiosk.stop();
    const file = JSON.stringify({ ...SECRETS, apiKey: 'second', administratorPin: '504817' });
    const again = await startedWith({ file, files });
    expect(await again.kiosk.credentials.read()).toMatchObject({ value: { apiKey: 'second' } });
    expect(await again.kiosk.door.enter('504817')).toMatchObject({ ok: false });
    expect(await again.kiosk.door.enter(PIN)).toMatchObject({ ok: true });
    expect(isThere(again)).toBe(false);
  });

  it('that is not there changes nothing, and nothing is told', async () => {
    const made = await startedWith({ file: null });
    expect(made.kiosk.status()).toMatchObject({ environment: 'training', warnings: [] });
    expect(made.told).toBeUndefined();
  });

  it.each<[string, Machine, string]>([
    ['others may read it', { facts: { modeBits: 0o640 } }, 'PROVISIONING_UNSAFE'],
    ['others may write to it', { facts: { modeBits: 0o602 } }, 'PROVISIONING_UNSAFE'],
    ['it is somebody else’s', { facts: { ownerId: 4711 } }, 'PROVISIONING_UNSAFE'],
    ['it is no file', { facts: { isRegularFile: false } }, 'PROVISIONING_UNSAFE'],
    ['it is no JSON', { file: GOOD.slice(0, 30) }, 'PROVISIONING_INVALID'],
    ['it is huge', { file: GOOD + ' '.repeat(20_000) }, 'PROVISIONING_INVALID'],
    [
      'it lacks the secret',
      { file: '{"apiKey":"a","administratorPin":"739158"}' },
      'PROVISIONING_INVALID',
    ],
    ['it has more than it may', { file: GOOD.replace('{', '{"more":1,') }, 'PROVISIONING_INVALID'],
    ['it gives a new kiosk no PIN', { file: JSON.stringify(SECRETS) }, 'PROVISIONING_INVALID'],
    ['its PIN is weak', { file: GOOD.replace(PIN, '123456') }, 'PROVISIONING_INVALID'],
    [
      'its path is of another system',
      { policy: { provisioningFile: 'C:\\p.json' } },
      'PROVISIONING_INVALID',
    ],
    ['there is no keyring', { keyring: noKeyring }, 'PROVISIONING_WAITS'],
  ])('where %s is left as it is, and the kiosk is out of service', async (_what, machine, code) => {
    const made = await startedWith(machine);
    expect(made.kiosk.status()).toMatchObject({
      service: { state: 'out-of-service', code },
      warnings: [code],
    });
    expect(isThere(made)).toBe(true);
    expect(await made.kiosk.credentials.isStored()).toBe(false);
    expect(made.told).toEqual({ event: 'app.provisioning-finished', code });
  });

  it('is no reason to stop a kiosk that has credentials', async () => {
    const { files, kiosk } = await startedWith();
    await kiosk.stop();
    const again = await startedWith({ file: '{', files });
    expect(again.kiosk.status()).toMatchObject({
      environment: 'production',
      service: { state: 'ready' },
      warnings: ['PROVISIONING_INVALID'],
    });
  });

  it('that waits has given the room its owner, and is taken once there is a vault', async () => {
    const made = await startedWith({ keyring: noKeyring });
    expect(await made.kiosk.door.enter(PIN)).toMatchObject({ ok: true });
    await made.handlers['operator:create-vault']({ passphrase: 'correct horse battery' });
    expect(made.kiosk.status()).toMatchObject({ environment: 'production', warnings: [] });
    expect(isThere(made)).toBe(false);
  });

  it('that can’t be destroyed is named for as long as it is there', async () => {
    const files = emptyFiles();
    files.disk.fault = failing('EACCES', 'shred');
    const made = await startedWith({ files });
    expect(made.kiosk.status()).toMatchObject({
      environment: 'production',
      service: { state: 'ready' },
      warnings: ['PROVISIONING_NOT_WIPED'],
    });
  });

  it.each(['read', 'replace'] as const)('survives a disk that fails to %s', async (operation) => {
    const files = emptyFiles();
    files.disk.fault = (what, path) => {
      const isConcerned = operation === 'read' ? path === PATH : path.endsWith('credentials.json');
      if (what === operation && isConcerned) throw new Error('EIO');
    };
    const made = await startedWith({ files });
    expect(made.kiosk.status().service).toEqual({
      state: 'out-of-service',
      code: 'STORAGE_FAILED',
    });
    expect(isThere(made)).toBe(true);
  });
});
