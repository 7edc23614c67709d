/**
 * The vault: one random key that seals every secret at rest, itself sealed by the system's keyring
 * or by a passphrase. Each way it can fail is a state with a name (contract/vault-states.ts). Must
 * never write a key in the clear, never make a new key over an old one, and never trust a keyring
 * that is none.
 *
 * The key can only reach a keyring as a JavaScript string, which nobody can overwrite; every other
 * copy of a key is overwritten as soon as it is done with.
 */
import { join } from 'node:path';
import type { VaultErrorCode } from '../../preload/contract/error-codes.ts';
import { LIMITS } from '../../preload/contract/limits.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { VaultState } from '../../preload/contract/vault-states.ts';
import type { Disk } from '../ports/disk.ts';
import type { KeyVault } from '../ports/key-vault.ts';
import type { Random } from '../ports/random.ts';
import { KEY_BYTES, openBytes, sealBytes } from './aead.ts';
import { createTurnstile } from './one-at-a-time.ts';
import {
  derivePasswordKey,
  FULL_SCRYPT_COST,
  SALT_BYTES,
  type ScryptCost,
} from './password-key.ts';
import { readStateFile, setAside, writeStateFile } from './state-file.ts';
import { vaultFile, type VaultFile } from './vault-file.ts';

/** What a sealed value is for. It opens for the same purpose only. */
export type VaultPurpose = 'credentials' | 'outbox-keys' | 'event-key';

export interface VaultPorts {
  readonly disk: Disk;
  readonly random: Random;
  readonly keyVault: KeyVault;
  /** Absolute folder of `vault.json`. */
  readonly folder: string;
  /** Cost of new passphrases; lowered by tests alone. */
  readonly scryptCost?: ScryptCost;
}

/** Why nothing can be sealed or opened now. */
export type VaultClosedCode = Exclude<
  Extract<VaultErrorCode, `VAULT_${string}`>,
  `VAULT_PASSPHRASE_${string}`
>;

const CLOSED_CODES: Readonly<Record<Exclude<VaultState, 'open'>, VaultClosedCode>> = {
  empty: 'VAULT_NOT_OPEN',
  'passphrase-needed': 'VAULT_NOT_OPEN',
  locked: 'VAULT_NOT_OPEN',
  'keyring-unavailable': 'VAULT_KEYRING_UNAVAILABLE',
  'keyring-changed': 'VAULT_KEYRING_CHANGED',
  damaged: 'VAULT_DAMAGED',
};

const KEY_CONTEXT = 'mark-id-kiosk/vault-key/1';
const contextOf = (purpose: VaultPurpose): string => `mark-id-kiosk/vault/1/${purpose}`;

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const fromBase64 = (text: string): Uint8Array => Buffer.from(text, 'base64');

/** One spelling of each passphrase. Source: NIST SP 800-63B-4 §3.1.1.2 (NFKC, code points). */
const normalised = (passphrase: string): string => passphrase.normalize('NFKC');

// SECURITY: SEC-24
export class Vault {
  readonly #ports: VaultPorts;
  readonly #path: string;
  readonly #inTurn = createTurnstile();
  #state: VaultState = 'locked';
  #file: VaultFile | null = null;
  #key: Uint8Array | null = null;

  constructor(ports: VaultPorts) {
    this.#ports = ports;
    this.#path = join(ports.folder, 'vault.json');
  }

  /** `locked` until `open` has been called. */
  get state(): VaultState {
    return this.#state;
  }

  /** Finds out what is there, and opens it where that needs nobody. An open vault stays open. */
  open(): Promise<VaultState> {
    return this.#inTurn(async () => {
      if (this.#key === null) this.#state = await this.#read();
      return this.#state;
    });
  }

  /** Forgets the key, after whatever is using it; `open` begins anew. */
  close(): Promise<void> {
    return this.#inTurn(async () => {
      this.#key?.fill(0);
      this.#key = null;
      this.#file = null;
      this.#state = 'locked';
    });
  }

  /** Seals a secret. The first one makes the vault, where the system has a keyring to trust. */
  seal(
    purpose: VaultPurpose,
    plain: Uint8Array,
  ): Promise<Result<Uint8Array, VaultClosedCode | 'STORAGE_FAILED'>> {
    return this.#inTurn(async () => {
      if (this.#state === 'empty') {
        const created = await this.#createWithKeyring();
        if (!created.ok) return created;
      }
      const key = this.#openKey();
      return key.ok ? ok(sealBytes(key.value, contextOf(purpose), plain, this.#ports.random)) : key;
    });
  }

  /** Opens a secret. SEAL_BROKEN: it is damaged, or sealed by another vault or for another purpose. */
  unseal(
    purpose: VaultPurpose,
    sealed: Uint8Array,
  ): Promise<Result<Uint8Array, VaultClosedCode | 'SEAL_BROKEN'>> {
    return this.#inTurn(async () => {
      const key = this.#openKey();
      if (!key.ok) return key;
      const plain = openBytes(key.value, contextOf(purpose), sealed);
      return plain === null ? fail('SEAL_BROKEN') : ok(plain);
    });
  }

  /**
   * Puts the vault under a passphrase. An open vault keeps its key and so its secrets; in every
   * other state a new key is made and the file that was there is kept as `vault.json.kept-<n>`.
   */
  createWithPassphrase(
    passphrase: string,
  ): Promise<Result<null, 'VAULT_PASSPHRASE_TOO_SHORT' | 'STORAGE_FAILED'>> {
    return this.#inTurn(async () => {
      const text = normalised(passphrase);
      if (Array.from(text).length < LIMITS.passphraseMinChars)
        return fail('VAULT_PASSPHRASE_TOO_SHORT');
      const key = this.#key ?? this.#ports.random.bytes(KEY_BYTES);
      const isStored = await this.#store(await this.#underPassphrase(text, key));
      if (isStored) this.#hold(key);
      else if (this.#key === null) key.fill(0);
      return isStored ? ok(null) : fail('STORAGE_FAILED');
    });
  }

  /** Opens a locked vault; does nothing to an open one. */
  unlock(passphrase: string): Promise<Result<null, VaultClosedCode | 'VAULT_PASSPHRASE_WRONG'>> {
    return this.#inTurn(async () => {
      if (this.#state === 'open') return ok(null);
      const protection = this.#file?.protection;
      if (this.#state !== 'locked' || this.#file === null || protection?.kind !== 'passphrase')
        return fail(CLOSED_CODES[this.#state]);
      const wrapping = await derivePasswordKey(normalised(passphrase), protection.scrypt);
      const key = openBytes(wrapping, KEY_CONTEXT, fromBase64(this.#file.sealed));
      wrapping.fill(0);
      if (key === null) return fail('VAULT_PASSPHRASE_WRONG');
      this.#hold(key);
      return ok(null);
    });
  }

  async #read(): Promise<VaultState> {
    const file = await readStateFile(this.#ports.disk, this.#path, vaultFile);
    this.#file = file.kind === 'intact' ? file.content : null;
    if (file.kind === 'damaged') return 'damaged';
    if (file.kind === 'missing')
      return (await this.#ports.keyVault.keyring()) === null ? 'passphrase-needed' : 'empty';
    const { protection } = file.content;
    return protection.kind === 'passphrase'
      ? 'locked'
      : this.#openWithKeyring(file.content, protection.backend);
  }

  async #openWithKeyring(file: VaultFile, backend: string): Promise<VaultState> {
    const { keyVault } = this.#ports;
    const keyring = await keyVault.keyring();
    if (keyring === null) return 'keyring-unavailable';
    if (keyring !== backend) return 'keyring-changed';
    const opened = await keyVault.decrypt(fromBase64(file.sealed));
    if (!opened.ok)
      return opened.error.code === 'UNAVAILABLE' ? 'keyring-unavailable' : 'keyring-changed';
    const key = fromBase64(opened.value.text);
    // Chromium's cipher on Linux authenticates nothing: another key can open to some rubbish.
    if (key.byteLength !== KEY_BYTES || toBase64(key) !== opened.value.text)
      return 'keyring-changed';
    this.#hold(key);
    if (opened.value.shouldReEncrypt) await this.#rewrap(opened.value.text, file);
    return 'open';
  }

  /** What the keyring asked for. When it fails now, it is asked for again at the next start. */
  async #rewrap(text: string, file: VaultFile): Promise<void> {
    const sealed = await this.#ports.keyVault.encrypt(text);
    if (sealed.ok)
      await writeStateFile(this.#ports.disk, this.#path, {
        ...file,
        sealed: toBase64(sealed.value),
      });
  }

  async #createWithKeyring(): Promise<
    Result<null, 'VAULT_KEYRING_UNAVAILABLE' | 'STORAGE_FAILED'>
  > {
    const { disk, keyVault, random } = this.#ports;
    const key = random.bytes(KEY_BYTES);
    const backend = await keyVault.keyring();
    const sealed = backend === null ? fail('UNAVAILABLE') : await keyVault.encrypt(toBase64(key));
    if (backend === null || !sealed.ok) {
      key.fill(0);
      this.#state = 'passphrase-needed';
      return fail('VAULT_KEYRING_UNAVAILABLE');
    }
    const file: VaultFile = {
      version: 1,
      protection: { kind: 'keyring', backend },
      sealed: toBase64(sealed.value),
    };
    if (!(await writeStateFile(disk, this.#path, file))) {
      key.fill(0);
      return fail('STORAGE_FAILED');
    }
    this.#hold(key);
    return ok(null);
  }

  async #underPassphrase(passphrase: string, key: Uint8Array): Promise<VaultFile> {
    const { random, scryptCost = FULL_SCRYPT_COST } = this.#ports;
    const scrypt = { ...scryptCost, salt: toBase64(random.bytes(SALT_BYTES)) };
    const wrapping = await derivePasswordKey(passphrase, scrypt);
    const sealed = sealBytes(wrapping, KEY_CONTEXT, key, random);
    wrapping.fill(0);
    return {
      version: 1,
      protection: { kind: 'passphrase', scrypt },
      sealed: toBase64(sealed),
    };
  }

  /** Writes the file; one that holds another key is kept under another name, or nothing happens. */
  // RECOVERY: REC-04
  async #store(file: VaultFile): Promise<boolean> {
    const { disk } = this.#ports;
    const isNewKey = this.#key === null;
    const hasOther =
      isNewKey && (await readStateFile(disk, this.#path, vaultFile)).kind !== 'missing';
    const kept = hasOther ? await setAside(disk, this.#path) : null;
    if (hasOther && kept === null) return false;
    if (await writeStateFile(disk, this.#path, file)) return true;
    if (kept !== null) await disk.rename(kept, this.#path).catch(() => undefined);
    return false;
  }

  #openKey(): Result<Uint8Array, VaultClosedCode> {
    if (this.#key !== null) return ok(this.#key);
    return fail(this.#state === 'open' ? 'VAULT_NOT_OPEN' : CLOSED_CODES[this.#state]);
  }

  #hold(key: Uint8Array): void {
    this.#key = key;
    this.#state = 'open';
  }
}
