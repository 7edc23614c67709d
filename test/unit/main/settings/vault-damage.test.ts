import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../support/fake-clock.ts';
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

describe('damaged vault', () => {
  it.each([
    ['keyring', withKeyring],
    ['passphrase', withPassphrase],
  ])('SEC-24: is named damaged for any byte of a %s vault that changed', async (_kind, make) => {
    const { machine } = await make();
    const bytes = Buffer.from(machine.disk.text(PATH) ?? '');
    for (let index = 0; index < bytes.byteLength; index += 1) {
      const spoilt = Buffer.from(bytes);
      spoilt[index] = (spoilt[index] ?? 0) ^ 1;
      machine.disk.put(PATH, spoilt);
      expect((await machine.boot()).state).toBe('damaged');
      expect(machine.disk.text(PATH)).toBe(spoilt.toString('utf8'));
    }
  });

  it('SEC-24: seals and opens nothing, and is not made anew by itself', async () => {
    const { machine, box } = await withKeyring();
    machine.disk.put(PATH, '{');
    const vault = await machine.boot();
    expect(await vault.seal('credentials', SECRET)).toEqual(failure('VAULT_DAMAGED'));
    expect(await vault.unseal('credentials', box)).toEqual(failure('VAULT_DAMAGED'));
    expect(await vault.unlock(PASSPHRASE)).toEqual(failure('VAULT_DAMAGED'));
    expect(machine.disk.text(PATH)).toBe('{');
  });

  it('is damaged, not absent, while the disk can’t read it', async () => {
    const { machine, box } = await withKeyring();
    machine.disk.fault = failing('EIO', 'read');
    const vault = await machine.boot();
    expect(vault.state).toBe('damaged');
    machine.disk.fault = () => undefined;
    expect(await vault.open()).toBe('open');
    expect(await opens(vault, box)).toBe(true);
  });

  const broken: [string, (machine: Machine) => void][] = [
    ['damaged', (m) => m.disk.put(PATH, '{')],
    ['keyring-changed', (m) => (m.keyVault.name = 'kwallet6')],
    ['keyring-unavailable', (m) => (m.keyVault.name = null)],
  ];

  it.each(broken)(
    'REC-04: when %s, is kept beside the new one an operator makes',
    async (state, spoil) => {
      const { machine, box } = await withKeyring();
      spoil(machine);
      const before = machine.disk.text(PATH);
      const vault = await machine.boot();
      expect(vault.state).toBe(state);
      expect(await vault.createWithPassphrase(PASSPHRASE)).toEqual(OK);
      expect(vault.state).toBe('open');
      expect(machine.disk.names()).toEqual(['vault.json', 'vault.json.kept-1']);
      expect(machine.disk.text(`${PATH}.kept-1`)).toBe(before);
      expect(await vault.unseal('credentials', box)).toEqual(failure('SEAL_BROKEN'));
    },
  );

  it.each(broken)(
    'REC-04: when %s, is where it was if the new one can’t be written',
    async (state, spoil) => {
      const { machine } = await withKeyring();
      spoil(machine);
      const before = machine.disk.text(PATH);
      const vault = await machine.boot();
      for (const operation of ['replace', 'rename'] as const) {
        machine.disk.fault = failing('ENOSPC', operation);
        expect(await vault.createWithPassphrase(PASSPHRASE)).toEqual(failure('STORAGE_FAILED'));
        expect(vault.state).toBe(state);
        expect(machine.disk.text(PATH)).toBe(before);
        expect(machine.disk.names()).toEqual(['vault.json']);
      }
    },
  );

  it('keeps the vault whose passphrase was forgotten', async () => {
    const { machine, box } = await withPassphrase();
    const forgotten = await machine.boot();
    expect(await forgotten.createWithPassphrase('another long passphrase')).toEqual(OK);
    await machine.disk.rename(`${PATH}.kept-1`, PATH);
    const remembered = await machine.boot();
    await remembered.unlock(PASSPHRASE);
    expect(await opens(remembered, box)).toBe(true);
  });
});

describe('sealed value', () => {
  it('does not open when a single bit of it changed or its end is missing', async () => {
    const { machine, box } = await withKeyring();
    const vault = await machine.boot();
    for (let bit = 0; bit < box.byteLength * 8; bit += 1) {
      const flipped = Uint8Array.from(box);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await vault.unseal('credentials', flipped)).toEqual(failure('SEAL_BROKEN'));
    }
    for (const length of [0, 1, 27, 28, box.byteLength - 1])
      expect(await vault.unseal('credentials', box.subarray(0, length))).toEqual(
        failure('SEAL_BROKEN'),
      );
  });

  it('never looks the same twice', async () => {
    const vault = await new Machine().boot();
    const boxes = await Promise.all(Array.from({ length: 50 }, () => sealed(vault)));
    expect(new Set(boxes.map((box) => Buffer.from(box).toString('hex'))).size).toBe(50);
  });

  it('may be empty', async () => {
    const vault = await new Machine().boot();
    const box = await vault.seal('credentials', new Uint8Array());
    if (!box.ok) throw new Error(box.error.code);
    expect(await vault.unseal('credentials', box.value)).toMatchObject({ ok: true });
  });

  it('SEC-24: leaves neither key nor passphrase in any byte that was written', async () => {
    const { machine } = await withPassphrase();
    const keyringMachine = (await withKeyring()).machine;
    // The first 32 bytes both machines draw are the key: the vault asks for it before any nonce.
    const key = Buffer.from(seededRandom(24).bytes(32));
    for (const { disk } of [machine, keyringMachine]) {
      expect(disk.written.length).toBeGreaterThan(0);
      expect(disk.everHeld(PASSPHRASE)).toBe(false);
      expect(disk.everHeld(SECRET.toString())).toBe(false);
      for (const content of disk.written) {
        const text = Buffer.from(content).toString('utf8');
        expect(text).not.toContain(key.toString('base64'));
        expect(text).not.toContain(key.toString('hex'));
        expect(Buffer.from(content).includes(key)).toBe(false);
      }
    }
  });
});
