import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createKeyVault } from '../../../../main/shell/key-vault.ts';

const electron = vi.hoisted(() => ({
  isAsyncEncryptionAvailable: vi.fn<() => Promise<boolean>>(),
  encryptStringAsync: vi.fn<(text: string) => Promise<Buffer>>(),
  decryptStringAsync:
    vi.fn<(sealed: Buffer) => Promise<{ result: string; shouldReEncrypt: boolean }>>(),
  getSelectedStorageBackend: vi.fn<() => string>(),
}));
// Anything but the asynchronous calls is missing here, so that using it fails.
vi.mock('electron', () => ({ safeStorage: electron }));

const PLANTED = 'planted-4e1d';

beforeEach(() => {
  electron.isAsyncEncryptionAvailable.mockResolvedValue(true);
  electron.encryptStringAsync.mockImplementation(async (text) => Buffer.from(`v11${text}`));
  electron.decryptStringAsync.mockImplementation(async (sealed) => ({
    result: sealed.toString('utf8').slice(3),
    shouldReEncrypt: false,
  }));
  electron.getSelectedStorageBackend.mockReturnValue('gnome_libsecret');
});

describe('key vault', () => {
  it.each([
    ['gnome_libsecret', 'gnome_libsecret'],
    ['kwallet', 'kwallet'],
    ['kwallet5', 'kwallet5'],
    ['kwallet6', 'kwallet6'],
    ['basic_text', null],
    ['unknown', null],
    ['a_later_one', null],
    ['', null],
  ])('SEC-24: on Linux takes the backend %j as %j', async (backend, keyring) => {
    electron.getSelectedStorageBackend.mockReturnValue(backend);
    expect(await createKeyVault('linux').keyring()).toBe(keyring);
  });

  it.each<[NodeJS.Platform, string | null]>([
    ['darwin', 'keychain'],
    ['win32', 'dpapi'],
    ['freebsd', null],
  ])('SEC-24: on %s is %j and asks for no backend', async (platform, keyring) => {
    expect(await createKeyVault(platform).keyring()).toBe(keyring);
    expect(electron.getSelectedStorageBackend).not.toHaveBeenCalled();
  });

  it.each<NodeJS.Platform>(['linux', 'darwin', 'win32'])(
    'SEC-24: on %s is none while encryption is not available, fails or throws',
    async (platform) => {
      const keyVault = createKeyVault(platform);
      electron.isAsyncEncryptionAvailable.mockResolvedValueOnce(false);
      expect(await keyVault.keyring()).toBeNull();
      electron.isAsyncEncryptionAvailable.mockRejectedValueOnce(new Error(PLANTED));
      expect(await keyVault.keyring()).toBeNull();
      electron.encryptStringAsync.mockRejectedValueOnce(new Error(PLANTED));
      expect(await keyVault.keyring()).toBeNull();
    },
  );

  it('SEC-24: on Linux is none when the keyring does not answer and a fixed key stands in for it', async () => {
    electron.encryptStringAsync.mockImplementation(async (text) => Buffer.from(`v10${text}`));
    expect(await createKeyVault('linux').keyring()).toBeNull();
    expect(await createKeyVault('linux').encrypt(PLANTED)).toEqual({
      ok: false,
      error: { code: 'UNAVAILABLE' },
    });
    // The same mark is the keychain's own elsewhere.
    expect(await createKeyVault('darwin').keyring()).toBe('keychain');
  });

  it('gives back what it sealed, and whether to seal it again', async () => {
    const keyVault = createKeyVault('linux');
    const sealed = await keyVault.encrypt('text');
    if (!sealed.ok) throw new Error(sealed.error.code);
    expect(await keyVault.decrypt(Uint8Array.from(sealed.value))).toEqual({
      ok: true,
      value: { text: 'text', shouldReEncrypt: false },
    });
    electron.decryptStringAsync.mockResolvedValueOnce({ result: 'text', shouldReEncrypt: true });
    expect(await keyVault.decrypt(sealed.value)).toMatchObject({
      value: { shouldReEncrypt: true },
    });
  });

  it.each([
    [
      new Error('safeStorage.decryptStringAsync is temporarily unavailable. Please try again.'),
      'UNAVAILABLE',
    ],
    [
      new Error(
        'Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.',
      ),
      'REFUSED',
    ],
    ['no error at all', 'REFUSED'],
  ])('tells a keyring that is busy from one that refuses: %s', async (error, code) => {
    electron.decryptStringAsync.mockRejectedValueOnce(error);
    const outcome = await createKeyVault('linux').decrypt(Buffer.from('v11'));
    expect(outcome).toEqual({ ok: false, error: { code } });
  });

  it('SEC-26: hands on no word of what the system said', async () => {
    const error = new Error(`${PLANTED} /home/kiosk`);
    electron.encryptStringAsync.mockRejectedValue(error);
    electron.decryptStringAsync.mockRejectedValue(error);
    const keyVault = createKeyVault('linux');
    const outcomes = [await keyVault.encrypt(PLANTED), await keyVault.decrypt(Buffer.from('v11'))];
    expect(JSON.stringify(outcomes)).not.toContain(PLANTED);
  });
});
