/** Whether the kiosk takes customers, and what a vault that is not as it should be means for that. */
import type { AppStatus } from '../preload/contract/app-channels.ts';
import type { ErrorCode } from '../preload/contract/error-codes.ts';
import type { VaultState } from '../preload/contract/vault-states.ts';

export type Service = AppStatus['service'];

/** No customer, until staff did what the code's words say. */
export const outOfService = (code: ErrorCode): Service => ({ state: 'out-of-service', code });

/** Null where the vault stands in nobody's way: it is open, or there is none yet. */
export const vaultObstacle = (state: VaultState): Service | null => {
  switch (state) {
    case 'locked':
      return { state: 'locked' };
    case 'damaged':
      return outOfService('VAULT_DAMAGED');
    case 'keyring-changed':
      return outOfService('VAULT_KEYRING_CHANGED');
    case 'keyring-unavailable':
      return outOfService('VAULT_KEYRING_UNAVAILABLE');
    case 'empty':
    case 'passphrase-needed':
    case 'open':
      break;
  }
  return null;
};
