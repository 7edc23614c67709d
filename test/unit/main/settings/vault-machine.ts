/** One installation of the kiosk as the vault's tests need it: a disk and a keyring that outlive a start. */
import type { Keyring } from '../../../../main/ports/key-vault.ts';
import { Vault, type VaultPorts } from '../../../../main/settings/vault.ts';
import { seededRandom } from '../../../support/fake-clock.ts';
import { FakeKeyVault } from '../../../support/fake-key-vault.ts';
import { MemoryDisk } from '../../../support/memory-disk.ts';

const FOLDER = '/data';
export const PATH = '/data/vault.json';
export const PASSPHRASE = 'nine brown cows graze';
export const SECRET = Buffer.from('planted-secret-7f3a');
export const OK = { ok: true, value: null };

export const failure = (code: string) => ({ ok: false, error: { code } });

/** One installation: a disk and a keyring that outlive the process. */
export class Machine {
  readonly disk = new MemoryDisk();
  readonly random = seededRandom(24);
  readonly keyVault: FakeKeyVault;

  constructor(keyring: Keyring | null = 'gnome_libsecret') {
    this.keyVault = new FakeKeyVault(keyring);
  }

  ports(): VaultPorts {
    const { disk, random, keyVault } = this;
    return { disk, random, keyVault, folder: FOLDER };
  }

  /** A start of the kiosk. */
  async boot(): Promise<Vault> {
    const vault = new Vault({ ...this.ports(), scryptCost: { N: 16, r: 1, p: 1 } });
    await vault.open();
    return vault;
  }
}

export const sealed = async (vault: Vault): Promise<Uint8Array> => {
  const done = await vault.seal('credentials', SECRET);
  if (!done.ok) throw new Error(done.error.code);
  return done.value;
};

/** A machine whose vault was made by a keyring, and what it sealed. */
export const withKeyring = async (keyring: Keyring = 'gnome_libsecret') => {
  const machine = new Machine(keyring);
  const box = await sealed(await machine.boot());
  return { machine, box };
};

export const withPassphrase = async () => {
  const machine = new Machine(null);
  const vault = await machine.boot();
  await vault.createWithPassphrase(PASSPHRASE);
  return { machine, box: await sealed(vault) };
};

export const opens = async (vault: Vault, box: Uint8Array): Promise<boolean> => {
  const plain = await vault.unseal('credentials', box);
  return plain.ok && SECRET.equals(plain.value);
};
