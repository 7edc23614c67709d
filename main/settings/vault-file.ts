/** What stands in `vault.json`: one sealed key and how it is protected. No key ever stands in it. */
import { z } from 'zod';
import { KEYRINGS } from '../ports/key-vault.ts';
import { scryptParameters } from './password-key.ts';

/** A sealed key of 32 bytes has some hundred characters; keyrings add their own. */
const SEALED_MAX_CHARS = 4096;

export const vaultFile = z.strictObject({
  version: z.literal(1),
  protection: z.discriminatedUnion('kind', [
    /** `sealed` is what the named keyring of the system made of the key. */
    z.strictObject({ kind: z.literal('keyring'), backend: z.enum(KEYRINGS) }),
    /** `sealed` is the key under AES-256-GCM with the key derived from the passphrase. */
    z.strictObject({ kind: z.literal('passphrase'), scrypt: scryptParameters }),
  ]),
  sealed: z.base64().min(1).max(SEALED_MAX_CHARS),
});
export type VaultFile = z.infer<typeof vaultFile>;
