import { describe, expect, it } from 'vitest';
import { CredentialStore } from '../../../../main/settings/credentials.ts';
import { Vault } from '../../../../main/settings/vault.ts';
import { seededRandom } from '../../../support/fake-clock.ts';
import { FakeKeyVault } from '../../../support/fake-key-vault.ts';
import { failing, MemoryDisk } from '../../../support/memory-disk.ts';

const FOLDER = '/data';
const PATH = '/data/credentials.json';
const CREDENTIALS = { apiKey: 'planted-key-51c0ffee', apiSecret: 'planted-secret-9ad1e5' };
const OTHERS = { apiKey: 'another-key-777', apiSecret: 'another-secret-888' };
const PASSPHRASE = 'nine brown cows graze';
const OK = { ok: true, value: null };

const failure = (code: string) => ({ ok: false, error: { code } });

class Machine {
  readonly disk = new MemoryDisk();
  readonly keyVault = new FakeKeyVault();
  readonly random = seededRandom(6);

  async boot() {
    const { disk, random, keyVault } = this;
    const scryptCost = { N: 16, r: 1, p: 1 };
    const vault = new Vault({ disk, random, keyVault, folder: FOLDER, scryptCost });
    await vault.open();
    return { vault, store: new CredentialStore({ disk, vault, folder: FOLDER }) };
  }
}

const provisioned = async (): Promise<Machine> => {
  const machine = new Machine();
  const { store } = await machine.boot();
  expect(await store.set(CREDENTIALS)).toEqual(OK);
  return machine;
};

describe('credentials', () => {
  it('are missing on a new kiosk', async () => {
    const { store } = await new Machine().boot();
    expect(await store.isStored()).toBe(false);
    expect(await store.read()).toEqual(failure('CREDENTIALS_MISSING'));
  });

  it('are there after a restart', async () => {
    const { store } = await (await provisioned()).boot();
    expect(await store.isStored()).toBe(true);
    expect(await store.read()).toEqual({ ok: true, value: CREDENTIALS });
  });

  it('are replaced whole', async () => {
    const machine = await provisioned();
    const { store } = await machine.boot();
    expect(await store.set(OTHERS)).toEqual(OK);
    expect(await store.read()).toEqual({ ok: true, value: OTHERS });
    expect(machine.disk.names()).toEqual(['credentials.json', 'vault.json']);
  });

  it('may be as long as the border lets them be', async () => {
    const { store } = await new Machine().boot();
    const longest = { apiKey: '"'.repeat(256), apiSecret: '\\'.repeat(256) };
    expect(await store.set(longest)).toEqual(OK);
    expect(await store.read()).toEqual({ ok: true, value: longest });
  });

  it('are gone once they were removed', async () => {
    const { store } = await (await provisioned()).boot();
    expect(await store.remove()).toEqual(OK);
    expect(await store.isStored()).toBe(false);
    expect(await store.read()).toEqual(failure('CREDENTIALS_MISSING'));
    expect(await store.remove()).toEqual(OK);
  });

  it('SEC-24: are never in any byte that was written', async () => {
    const { disk } = await provisioned();
    expect(disk.written).toHaveLength(2);
    expect(disk.everHeld(CREDENTIALS.apiKey)).toBe(false);
    expect(disk.everHeld(CREDENTIALS.apiSecret)).toBe(false);
    // The search itself finds what is there, also in base64 at any offset.
    for (const before of ['', 'x', 'xx']) {
      const seen = new MemoryDisk();
      await seen.replace('/a', [Buffer.from(btoa(`${before}${CREDENTIALS.apiSecret}`))]);
      expect(seen.everHeld(CREDENTIALS.apiSecret)).toBe(true);
    }
  });

  it('SEC-24: are not written at all where nothing can seal them', async () => {
    const machine = new Machine();
    machine.keyVault.name = null;
    const { store } = await machine.boot();
    expect(await store.set(CREDENTIALS)).toEqual(failure('VAULT_NOT_OPEN'));
    expect(machine.disk.written).toEqual([]);
  });

  it.each<[string, (machine: Machine) => void, string]>([
    ['unavailable', (m) => (m.keyVault.name = null), 'VAULT_KEYRING_UNAVAILABLE'],
    ['another', (m) => (m.keyVault.name = 'kwallet6'), 'VAULT_KEYRING_CHANGED'],
    ['made anew', (m) => m.keyVault.forgetKey(), 'VAULT_KEYRING_CHANGED'],
    ['without its vault file', (m) => m.disk.put('/data/vault.json', ''), 'VAULT_DAMAGED'],
  ])(
    'REC-04: are kept and still known to be there when the keyring is %s',
    async (_name, spoil, code) => {
      const machine = await provisioned();
      const before = machine.disk.text(PATH);
      spoil(machine);
      const { store } = await machine.boot();
      expect(await store.isStored()).toBe(true);
      expect(await store.read()).toEqual(failure(code));
      expect(await store.set(OTHERS)).toEqual(failure(code));
      expect(machine.disk.text(PATH)).toBe(before);
    },
  );

  it('wait for the passphrase', async () => {
    const machine = await provisioned();
    await (await machine.boot()).vault.createWithPassphrase(PASSPHRASE);
    const { vault, store } = await machine.boot();
    expect(await store.isStored()).toBe(true);
    expect(await store.read()).toEqual(failure('VAULT_NOT_OPEN'));
    await vault.unlock(PASSPHRASE);
    expect(await store.read()).toEqual({ ok: true, value: CREDENTIALS });
  });

  it('REC-03: are named damaged for any byte that changed, kept, and kept again when replaced', async () => {
    const machine = await provisioned();
    const bytes = Buffer.from(machine.disk.text(PATH) ?? '');
    const { store } = await machine.boot();
    for (let index = 0; index < bytes.byteLength; index += 1) {
      const spoilt = Buffer.from(bytes);
      spoilt[index] = (spoilt[index] ?? 0) ^ 4;
      machine.disk.put(PATH, spoilt);
      expect(await store.read()).toEqual(failure('CREDENTIALS_DAMAGED'));
      expect(await store.isStored()).toBe(true);
    }
    const spoilt = machine.disk.text(PATH);
    expect(await store.set(OTHERS)).toEqual(OK);
    expect(machine.disk.text(`${PATH}.kept-1`)).toBe(spoilt);
    expect(await store.read()).toEqual({ ok: true, value: OTHERS });
  });

  it('REC-04: of another vault are damaged to this one, and kept when replaced', async () => {
    const machine = await provisioned();
    const before = machine.disk.text(PATH);
    await machine.disk.remove('/data/vault.json');
    const { store } = await machine.boot();
    expect(await store.read()).toEqual(failure('VAULT_NOT_OPEN'));
    expect(await store.set(OTHERS)).toEqual(OK);
    expect(machine.disk.text(`${PATH}.kept-1`)).toBe(before);
    expect(await store.read()).toEqual({ ok: true, value: OTHERS });
  });

  it.each(['replace', 'rename'] as const)(
    'are what they were when the disk fails at %s',
    async (step) => {
      const machine = await provisioned();
      const { store } = await machine.boot();
      if (step === 'rename') machine.disk.put(PATH, '{');
      const before = machine.disk.text(PATH);
      machine.disk.fault = failing('ENOSPC', step);
      expect(await store.set(OTHERS)).toEqual(failure('STORAGE_FAILED'));
      expect(machine.disk.text(PATH)).toBe(before);
    },
  );

  it('are still there when the disk refuses to remove them, and the operator is told', async () => {
    const machine = await provisioned();
    const { store } = await machine.boot();
    machine.disk.fault = failing('EROFS', 'remove');
    expect(await store.remove()).toEqual(failure('STORAGE_FAILED'));
    expect(await store.isStored()).toBe(true);
  });
});
