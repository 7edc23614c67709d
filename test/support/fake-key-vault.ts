/** The KeyVault port over a keyring that a test can lock, swap, break or take away. */
import { fail, ok } from '../../preload/contract/result.ts';
import type { Keyring, KeyVault, KeyVaultErrorCode } from '../../main/ports/key-vault.ts';
import { openBytes, sealBytes } from '../../main/settings/aead.ts';
import { seededRandom } from './fake-clock.ts';

const CONTEXT = 'fake-keyring';

export class FakeKeyVault implements KeyVault {
  /** The keyring the system has now; null for none that can be trusted. */
  name: Keyring | null;
  /** How `decrypt` fails from now on; null: as its key says. */
  decryptFault: KeyVaultErrorCode | null = null;
  isEncryptFailing = false;
  shouldReEncrypt = false;
  /** What `decrypt` gives instead of the text, as a cipher without authentication would. */
  rubbish: string | null = null;
  encryptCalls = 0;
  readonly #random = seededRandom(99);
  #key = this.#random.bytes(32);

  constructor(name: Keyring | null = 'gnome_libsecret') {
    this.name = name;
  }

  /** The keyring of the same name was deleted and made anew. */
  forgetKey(): void {
    this.#key = this.#random.bytes(32);
  }

  async keyring(): Promise<Keyring | null> {
    return this.name;
  }

  async encrypt(text: string): ReturnType<KeyVault['encrypt']> {
    this.encryptCalls += 1;
    if (this.name === null || this.isEncryptFailing) return fail('UNAVAILABLE');
    return ok(sealBytes(this.#key, CONTEXT, Buffer.from(text), this.#random));
  }

  async decrypt(sealed: Uint8Array): ReturnType<KeyVault['decrypt']> {
    if (this.decryptFault !== null) return fail(this.decryptFault);
    const plain = openBytes(this.#key, CONTEXT, sealed);
    if (plain === null) return fail('REFUSED');
    const text = this.rubbish ?? Buffer.from(plain).toString('utf8');
    return ok({ text, shouldReEncrypt: this.shouldReEncrypt });
  }
}
