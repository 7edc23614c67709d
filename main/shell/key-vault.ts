/**
 * Electron's safeStorage behind the KeyVault port: its asynchronous calls alone. Must never accept
 * a keyring that is none, and never hand a system's error text on.
 */
import { safeStorage } from 'electron';
import { fail, ok } from '../../preload/contract/result.ts';
import type { Keyring, KeyVault } from '../ports/key-vault.ts';

/**
 * How Chromium marks what it sealed on Linux with its built-in key, which everyone knows. It does
 * so without an error when the chosen keyring does not answer. Source: os_crypt, `posix_key_provider`.
 */
const FIXED_KEY_MARK = Buffer.from('v10', 'ascii');

/** What Electron says when the keyring is busy or locked; the error carries no code. */
const TEMPORARILY_UNAVAILABLE = /temporarily unavailable/i;

/** Sealed and thrown away, to see what the keyring does rather than what it is called. */
const PROBE = 'mark-id-kiosk';

const linuxKeyring = (): Keyring | null => {
  const backend = safeStorage.getSelectedStorageBackend();
  switch (backend) {
    case 'gnome_libsecret':
    case 'kwallet':
    case 'kwallet5':
    case 'kwallet6':
      return backend;
    case 'basic_text':
    case 'unknown':
      return null;
    default:
      return untrusted(backend);
  }
};

/** A name that a later Electron may bring is no keyring until somebody has looked at it. */
const untrusted = (_backend: never): null => null;

const keyringOf = (platform: NodeJS.Platform): Keyring | null => {
  if (platform === 'darwin') return 'keychain';
  if (platform === 'win32') return 'dpapi';
  return platform === 'linux' ? linuxKeyring() : null;
};

/** The keyring of the account the kiosk runs under. Use it only after Electron is ready. */
// SECURITY: SEC-24
export const createKeyVault = (platform: NodeJS.Platform = process.platform): KeyVault => {
  const encrypt: KeyVault['encrypt'] = async (text) => {
    try {
      const sealed = await safeStorage.encryptStringAsync(text);
      const isFixedKey =
        platform === 'linux' && sealed.subarray(0, FIXED_KEY_MARK.length).equals(FIXED_KEY_MARK);
      return isFixedKey ? fail('UNAVAILABLE') : ok(sealed);
    } catch {
      return fail('UNAVAILABLE');
    }
  };

  return {
    async keyring() {
      try {
        if (!(await safeStorage.isAsyncEncryptionAvailable())) return null;
        const keyring = keyringOf(platform);
        return keyring !== null && (await encrypt(PROBE)).ok ? keyring : null;
      } catch {
        return null;
      }
    },
    encrypt,
    async decrypt(sealed) {
      try {
        const opened = await safeStorage.decryptStringAsync(Buffer.from(sealed));
        return ok({ text: opened.result, shouldReEncrypt: opened.shouldReEncrypt });
      } catch (error) {
        const isForNow = error instanceof Error && TEMPORARILY_UNAVAILABLE.test(error.message);
        return fail(isForNow ? 'UNAVAILABLE' : 'REFUSED');
      }
    },
  };
};
