/**
 * `safeStorage` in the modes a Linux desktop can put it in. The real thing asks the OS keyring;
 * here the keyring is a key file in the user data folder, so that tests can take it away or change it.
 */
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import { emulated, type Strict } from '../emulated.ts';
import { hostState } from '../host-state.ts';
import { hostOptions } from '../host-options.ts';
import { app } from './app.ts';

type Emulated = Pick<
  SafeStorage,
  | 'decryptString'
  | 'decryptStringAsync'
  | 'encryptString'
  | 'encryptStringAsync'
  | 'getSelectedStorageBackend'
  | 'isAsyncEncryptionAvailable'
  | 'isEncryptionAvailable'
>;

const KEY_FILE = 'host-keyring.key';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Marks a text sealed with a key of the OS, as Chromium's os_crypt does on Linux. */
const HEADER = Buffer.from('v11');

const keyringKey = (): Buffer => {
  const folder = app.getPath('userData');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, KEY_FILE);
  try {
    writeFileSync(file, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file);
};

/** Without a keyring Chromium uses a key that everybody knows (os_crypt_linux.cc): success is no proof. */
const publicKey = (): Buffer => scryptSync('peanuts', 'saltysalt', KEY_BYTES, { N: 2 });

const isAvailable = (): boolean =>
  hostState.browser !== null && hostOptions.keyring !== 'unavailable';

const key = (action: string): Buffer => {
  if (!isAvailable())
    throw new Error(`Error while ${action} with safeStorage. Encryption is not available.`);
  return hostOptions.keyring === 'keyring' ? keyringKey() : publicKey();
};

const encryptString = (text: string): Buffer => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key('encrypting'), nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([HEADER, nonce, sealed, cipher.getAuthTag()]);
};

const decryptString = (sealed: Buffer): string => {
  const bodyStart = HEADER.length + NONCE_BYTES;
  try {
    const nonce = sealed.subarray(HEADER.length, bodyStart);
    const decipher = createDecipheriv('aes-256-gcm', key('decrypting'), nonce);
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    const body = sealed.subarray(bodyStart, -TAG_BYTES);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch {
    throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.');
  }
};

export const safeStorage = emulated<SafeStorage>('safeStorage', {
  decryptString,
  decryptStringAsync: async (sealed) => ({ result: decryptString(sealed), shouldReEncrypt: false }),
  encryptString,
  encryptStringAsync: async (text) => encryptString(text),
  getSelectedStorageBackend: () => {
    if (hostState.browser === null || hostOptions.keyring === 'unknown') return 'unknown';
    return hostOptions.keyring === 'basic_text' ? 'basic_text' : 'gnome_libsecret';
  },
  isAsyncEncryptionAvailable: async () => isAvailable(),
  isEncryptionAvailable: isAvailable,
} satisfies Strict<Emulated>);
