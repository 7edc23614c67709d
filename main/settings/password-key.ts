/** Turns what a person remembers into a key, slowly on purpose. Keeps nothing of it. */
import { scrypt } from 'node:crypto';
import { z } from 'zod';
import { KEY_BYTES } from './aead.ts';

/** Cost of one guess: memory is 128 · N · r bytes. */
export interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** 128 MiB and some 0.3 s a guess. Source: OWASP Password Storage Cheat Sheet, scrypt. */
export const FULL_SCRYPT_COST: ScryptCost = { N: 2 ** 17, r: 8, p: 1 };

/** Source: NIST SP 800-132 §5.1 asks for 16 bytes. */
export const SALT_BYTES = 16;

/** Own decision: a file that asks for more memory than twice the full cost is not one we wrote. */
const MAX_MEMORY_BYTES = 2 * 128 * FULL_SCRYPT_COST.N * FULL_SCRYPT_COST.r;

/** Cost and salt as they stand beside what they protect, so that a later cost can replace this one. */
export const scryptParameters = z
  .strictObject({
    N: z
      .int()
      .min(2)
      .max(2 ** 30),
    r: z.int().min(1).max(32),
    p: z.int().min(1).max(4),
    salt: z.base64().length(24),
  })
  // Memory of the whole computation. Source: RFC 7914 §2, and what OpenSSL checks before it starts.
  .refine(({ N, r, p }) => (N & (N - 1)) === 0 && 128 * r * (N + 2 + p) <= MAX_MEMORY_BYTES);
export type ScryptParameters = z.infer<typeof scryptParameters>;

/** A key of KEY_BYTES. The caller overwrites it when done. */
export const derivePasswordKey = (
  password: string,
  { N, r, p, salt }: ScryptParameters,
): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const options = { N, r, p, maxmem: MAX_MEMORY_BYTES };
    scrypt(password, Buffer.from(salt, 'base64'), KEY_BYTES, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
