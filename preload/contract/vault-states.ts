/** The states of the vault: the key that seals credentials and, through it, everything at rest. */
export const VAULT_STATES = [
  /** No vault yet and the system has a keyring: the first secret makes one without a question. */
  'empty',
  /** No vault yet and no keyring to trust: a passphrase is needed before anything can be sealed. */
  'passphrase-needed',
  /** A vault under a passphrase that was not given since the start. */
  'locked',
  /** Secrets can be sealed and opened. */
  'open',
  /** The keyring that made the vault can't be reached now; the vault is kept. */
  'keyring-unavailable',
  /** The system answers with another keyring than the one that made the vault; the vault is kept. */
  'keyring-changed',
  /** The vault's file is damaged; it is kept beside a new one, never overwritten. */
  'damaged',
] as const;
export type VaultState = (typeof VAULT_STATES)[number];
