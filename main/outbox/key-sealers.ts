/** The two ways the outbox's keys are protected: by the vault, and in training by nothing that outlives a run. */
import { fail, ok } from '../../preload/contract/result.ts';
import type { Random } from '../ports/random.ts';
import { KEY_BYTES, openBytes, sealBytes } from '../settings/aead.ts';
import type { Vault } from '../settings/vault.ts';
import type { KeySealer } from './item-keys.ts';

export const vaultSealer = (vault: Vault): KeySealer => ({
  seal: (plain) => vault.seal('outbox-keys', plain),
  unseal: (sealed) => vault.unseal('outbox-keys', sealed),
});

/** What is sealed by it can't be opened by any later run: practice is forgotten. */
export const passingSealer = (random: Random): KeySealer => {
  const key = random.bytes(KEY_BYTES);
  const context = 'mark-id-kiosk/outbox/training';
  return {
    seal: async (plain) => ok(sealBytes(key, context, plain, random)),
    unseal: async (sealed) => {
      const plain = openBytes(key, context, sealed);
      return plain === null ? fail('SEAL_BROKEN') : ok(plain);
    },
  };
};
