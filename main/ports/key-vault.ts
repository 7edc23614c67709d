/**
 * The operating system's keyring as a port. Only a keyring that protects with something other
 * accounts of the machine do not have is one; a fixed key in disguise is none.
 */
import type { Result } from '../../preload/contract/result.ts';

/** The keyrings the kiosk trusts. */
export const KEYRINGS = [
  /** macOS. */
  'keychain',
  /** Windows. */
  'dpapi',
  /** Linux, by the names Electron gives them. */
  'gnome_libsecret',
  'kwallet',
  'kwallet5',
  'kwallet6',
] as const;
export type Keyring = (typeof KEYRINGS)[number];

/** UNAVAILABLE: the keyring can't be asked now. REFUSED: it was asked and this is not its own work. */
export type KeyVaultErrorCode = 'UNAVAILABLE' | 'REFUSED';

export interface UnsealedText {
  readonly text: string;
  /** True when the keyring wants the text sealed again: its key was rotated or improved. */
  readonly shouldReEncrypt: boolean;
}

/** Never rejects: every failure of the system is one of the codes. */
export interface KeyVault {
  /** The trusted keyring that can be used now; null where there is none. */
  keyring(): Promise<Keyring | null>;
  encrypt(text: string): Promise<Result<Uint8Array, 'UNAVAILABLE'>>;
  decrypt(sealed: Uint8Array): Promise<Result<UnsealedText, KeyVaultErrorCode>>;
}
