import { describe, expect, it } from 'vitest';
import { KEYRINGS, type Keyring } from '../../../../main/ports/key-vault.ts';
import { Vault } from '../../../../main/settings/vault.ts';
import type { FakeKeyVault } from '../../../support/fake-key-vault.ts';
import { failing } from '../../../support/memory-disk.ts';
import {
  failure,
  Machine,
  OK,
  opens,
  PASSPHRASE,
  PATH,
  sealed,
  SECRET,
  withKeyring,
  withPassphrase,
} from './vault-machine.ts';

describe('vault without a file', () => {
  it.each(KEYRINGS)('SEC-24: is empty with %s, and made by the first secret', async (keyring) => {
    const machine = new Machine(keyring);
    const vault = await machine.boot();
    expect(vault.state).toBe('empty');
    expect(machine.disk.names()).toEqual([]);
    const box = await sealed(vault);
    expect(vault.state).toBe('open');
    expect(JSON.parse(machine.disk.text(PATH) ?? '')).toMatchObject({
      version: 1,
      protection: { kind: 'keyring', backend: keyring },
    });
    expect(await opens(await machine.boot(), box)).toBe(true);
  });

  it('SEC-24: needs a passphrase where there is no keyring to trust, and writes nothing without', async () => {
    const machine = new Machine(null);
    const vault = await machine.boot();
    expect(vault.state).toBe('passphrase-needed');
    expect(await vault.seal('credentials', SECRET)).toEqual(failure('VAULT_NOT_OPEN'));
    expect(await vault.unlock(PASSPHRASE)).toEqual(failure('VAULT_NOT_OPEN'));
    expect(machine.keyVault.encryptCalls).toBe(0);
    expect(machine.disk.written).toEqual([]);
  });

  it('SEC-24: asks for a passphrase when the keyring goes away before the first secret', async () => {
    const machine = new Machine();
    const vault = await machine.boot();
    machine.keyVault.isEncryptFailing = true;
    expect(await vault.seal('credentials', SECRET)).toEqual(failure('VAULT_KEYRING_UNAVAILABLE'));
    expect(vault.state).toBe('passphrase-needed');
    expect(machine.disk.written).toEqual([]);
  });

  it('stays empty when the disk refuses, and is made once it does not', async () => {
    const machine = new Machine();
    const vault = await machine.boot();
    machine.disk.fault = failing('ENOSPC', 'replace');
    expect(await vault.seal('credentials', SECRET)).toEqual(failure('STORAGE_FAILED'));
    expect(vault.state).toBe('empty');
    machine.disk.fault = () => undefined;
    expect(await opens(vault, await sealed(vault))).toBe(true);
  });

  it('is made once when several secrets come at the same time', async () => {
    const machine = new Machine();
    const vault = await machine.boot();
    const boxes = await Promise.all([sealed(vault), sealed(vault), sealed(vault)]);
    expect(machine.disk.written).toHaveLength(1);
    const later = await machine.boot();
    for (const box of boxes) expect(await opens(later, box)).toBe(true);
  });

  it('seals nothing before it was opened', async () => {
    const machine = new Machine();
    const vault = new Vault(machine.ports());
    expect(await vault.seal('credentials', SECRET)).toEqual(failure('VAULT_NOT_OPEN'));
    expect(machine.disk.written).toEqual([]);
  });
});

describe('vault of a keyring', () => {
  const backends: readonly (Keyring | null)[] = [...KEYRINGS, null];
  const changes = KEYRINGS.flatMap((made) => backends.map((now) => [made, now] as const));

  it.each(changes)(
    'SEC-24: made by %s and started with %s is in a named state',
    async (made, now) => {
      const { machine, box } = await withKeyring(made);
      const before = machine.disk.text(PATH);
      machine.keyVault.name = now;
      const vault = await machine.boot();
      const state =
        now === made ? 'open' : now === null ? 'keyring-unavailable' : 'keyring-changed';
      expect(vault.state).toBe(state);
      expect(await opens(vault, box)).toBe(now === made);
      expect(machine.disk.text(PATH)).toBe(before);
      expect(machine.disk.names()).toEqual(['vault.json']);
    },
  );

  it.each<[string, (keyVault: FakeKeyVault) => void, string]>([
    ['answers that it is locked', (k) => (k.decryptFault = 'UNAVAILABLE'), 'keyring-unavailable'],
    ['refuses the key', (k) => (k.decryptFault = 'REFUSED'), 'keyring-changed'],
    ['was made anew under the same name', (k) => k.forgetKey(), 'keyring-changed'],
    ['opens it to rubbish', (k) => (k.rubbish = '\u0007rubbish'), 'keyring-changed'],
    ['opens it to a short key', (k) => (k.rubbish = 'c2hvcnQ='), 'keyring-changed'],
    ['opens it to nothing', (k) => (k.rubbish = ''), 'keyring-changed'],
  ])(
    'SEC-24: REC-04: when the keyring %s, is kept in a named state',
    async (_name, spoil, state) => {
      const { machine, box } = await withKeyring();
      const before = machine.disk.text(PATH);
      spoil(machine.keyVault);
      const vault = await machine.boot();
      const code =
        state === 'keyring-changed' ? 'VAULT_KEYRING_CHANGED' : 'VAULT_KEYRING_UNAVAILABLE';
      expect(vault.state).toBe(state);
      expect(await vault.seal('credentials', SECRET)).toEqual(failure(code));
      expect(await vault.unseal('credentials', box)).toEqual(failure(code));
      expect(await vault.unlock(PASSPHRASE)).toEqual(failure(code));
      expect(machine.disk.text(PATH)).toBe(before);
    },
  );

  it('REC-04: opens again when the keyring comes back, without a restart', async () => {
    const { machine, box } = await withKeyring();
    machine.keyVault.name = null;
    const vault = await machine.boot();
    machine.keyVault.name = 'gnome_libsecret';
    expect(await vault.open()).toBe('open');
    expect(await opens(vault, box)).toBe(true);
  });

  it('SEC-24: is sealed anew when the keyring asks for it, and keeps its secrets', async () => {
    const { machine, box } = await withKeyring();
    const before = machine.disk.text(PATH);
    machine.keyVault.shouldReEncrypt = true;
    expect(await opens(await machine.boot(), box)).toBe(true);
    expect(machine.disk.text(PATH)).not.toBe(before);
    machine.keyVault.shouldReEncrypt = false;
    expect(await opens(await machine.boot(), box)).toBe(true);
  });

  it.each<[string, (machine: Machine) => void]>([
    ['the disk', (m) => (m.disk.fault = failing('ENOSPC', 'replace'))],
    ['the keyring', (m) => (m.keyVault.isEncryptFailing = true)],
  ])('opens all the same when sealing anew fails for %s', async (_name, spoil) => {
    const { machine, box } = await withKeyring();
    const before = machine.disk.text(PATH);
    machine.keyVault.shouldReEncrypt = true;
    spoil(machine);
    expect(await opens(await machine.boot(), box)).toBe(true);
    expect(machine.disk.text(PATH)).toBe(before);
  });
});

describe('vault under a passphrase', () => {
  it('SEC-24: is locked after a start and opens with the passphrase alone', async () => {
    const { machine, box } = await withPassphrase();
    const vault = await machine.boot();
    expect(vault.state).toBe('locked');
    expect(await vault.unseal('credentials', box)).toEqual(failure('VAULT_NOT_OPEN'));
    expect(await vault.unlock(`${PASSPHRASE}!`)).toEqual(failure('VAULT_PASSPHRASE_WRONG'));
    expect(await vault.unlock('')).toEqual(failure('VAULT_PASSPHRASE_WRONG'));
    expect(vault.state).toBe('locked');
    expect(await vault.unlock(PASSPHRASE)).toEqual(OK);
    expect(await opens(vault, box)).toBe(true);
  });

  it('stays open when it is opened again', async () => {
    const { machine, box } = await withPassphrase();
    const vault = await machine.boot();
    await vault.unlock(PASSPHRASE);
    expect(await vault.open()).toBe('open');
    expect(await vault.unlock('whatever is said to an open vault')).toEqual(OK);
    expect(await opens(vault, box)).toBe(true);
  });

  it('SEC-24: does not care which keyring the system has', async () => {
    const { machine, box } = await withPassphrase();
    machine.keyVault.name = 'kwallet6';
    const vault = await machine.boot();
    expect(vault.state).toBe('locked');
    await vault.unlock(PASSPHRASE);
    expect(await opens(vault, box)).toBe(true);
    expect(machine.keyVault.encryptCalls).toBe(0);
  });

  it('takes one passphrase in every spelling Unicode has for it', async () => {
    const machine = new Machine(null);
    await (await machine.boot()).createWithPassphrase('ąžuolas prie upės');
    const vault = await machine.boot();
    expect(await vault.unlock('ąžuolas prie upės'.normalize('NFD'))).toEqual(OK);
  });

  it('is at least fifteen characters long, counted as people count', async () => {
    const vault = await new Machine(null).boot();
    const short = failure('VAULT_PASSPHRASE_TOO_SHORT');
    expect(await vault.createWithPassphrase('fourteen chars')).toEqual(short);
    expect(await vault.createWithPassphrase('🔑'.repeat(14))).toEqual(short);
    expect(vault.state).toBe('passphrase-needed');
    expect(await vault.createWithPassphrase('🔑'.repeat(15))).toEqual(OK);
  });

  it('SEC-24: is derived at full strength where nobody lowered it', async () => {
    const machine = new Machine(null);
    const vault = new Vault(machine.ports());
    await vault.open();
    expect(await vault.createWithPassphrase(PASSPHRASE)).toEqual(OK);
    expect(JSON.parse(machine.disk.text(PATH) ?? '')).toMatchObject({
      protection: { kind: 'passphrase', scrypt: { N: 131_072, r: 8, p: 1 } },
    });
    const later = await machine.boot();
    expect(await later.unlock(PASSPHRASE)).toEqual(OK);
  });

  it('keeps its secrets when an open vault is put under another protection', async () => {
    const { machine, box } = await withKeyring();
    const vault = await machine.boot();
    expect(await vault.createWithPassphrase(PASSPHRASE)).toEqual(OK);
    expect(machine.disk.names()).toEqual(['vault.json']);
    const later = await machine.boot();
    expect(later.state).toBe('locked');
    await later.unlock(PASSPHRASE);
    expect(await opens(later, box)).toBe(true);
  });

  it('is locked again when it was closed, also while it is being put under a passphrase', async () => {
    const { machine, box } = await withPassphrase();
    const vault = await machine.boot();
    await vault.unlock(PASSPHRASE);
    const [changed] = await Promise.all([
      vault.createWithPassphrase('another long passphrase'),
      vault.close(),
    ]);
    expect(changed).toEqual(OK);
    expect(vault.state).toBe('locked');
    expect(await vault.open()).toBe('locked');
    expect(await vault.unlock('another long passphrase')).toEqual(OK);
    expect(await opens(vault, box)).toBe(true);
  });
});
