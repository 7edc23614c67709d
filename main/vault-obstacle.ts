/** What a vault that is not as it should be means for service. */
import type { AppStatus } from '../preload/contract/app-channels.ts';
import type { VaultState } from '../preload/contract/vault-states.ts';

/** Null where the vault stands in nobody's way: it is open, or there is none yet. */
export const vaultObstacle = (state: VaultState): AppStatus['service'] | null => {
  switch (state) {
    case 'locked':
      return { state: 'locked' };
    case 'damaged':
      return { state: 'out-of-service', code: 'VAULT_DAMAGED' };
    case 'keyring-changed':
      return { state: 'out-of-service', code: 'VAULT_KEYRING_CHANGED' };
    case 'keyring-unavailable':
      return { state: 'out-of-service', code: 'VAULT_KEYRING_UNAVAILABLE' };
    case 'empty':
    case 'passphrase-needed':
    case 'open':
      break;
  }
  return null;
};
