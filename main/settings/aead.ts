/**
 * Authenticated encryption of small values: AES-256-GCM with a random nonce. Must never release a
 * byte that was not verified.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Random } from '../ports/random.ts';

/** Key length of AES-256. */
export const KEY_BYTES = 32;
/** Source: NIST SP 800-38D §8.2.2; random nonces of 96 bits serve 2^32 values per key. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** `nonce ‖ ciphertext ‖ tag`. `context` is verified, not stored: a value opens only where it belongs. */
export const sealBytes = (
  key: Uint8Array,
  context: string,
  plain: Uint8Array,
  random: Random,
): Uint8Array => {
  const nonce = random.bytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(context, 'utf8'));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
};

/** The plain bytes; null when key, context or a single bit is not the one it was sealed with. */
export const openBytes = (
  key: Uint8Array,
  context: string,
  sealed: Uint8Array,
): Uint8Array | null => {
  if (sealed.byteLength < NONCE_BYTES + TAG_BYTES) return null;
  const tagStart = sealed.byteLength - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(context, 'utf8'));
  decipher.setAuthTag(sealed.subarray(tagStart));
  const plain = decipher.update(sealed.subarray(NONCE_BYTES, tagStart));
  try {
    decipher.final();
    return plain;
  } catch {
    plain.fill(0);
    return null;
  }
};
