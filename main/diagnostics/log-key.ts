/**
 * The key that signs the event log: Ed25519, its secret half sealed by the vault. A hash chain alone
 * stops nobody who can compute hashes; with the signature, whoever changes a file and its head must
 * hold the vault, and whoever checks one needs the public half alone. Made only where the vault is
 * open already, so that a log never makes a vault. What it can't tell: that log and head together were
 * put back to what they were at an earlier time.
 */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { Disk } from '../ports/disk.ts';
import { readStateFileOrThrow, setAside, writeStateFile } from '../settings/state-file.ts';
import type { Vault } from '../settings/vault.ts';
import { signedText, type LogHead, type StoredHead } from './event-file.ts';

export interface LogKey {
  /** Public half, base64url. */
  readonly key: string;
  /** Signature of a text, base64url. */
  sign(text: string): string;
}

/** `event-key.json`. A PKCS #8 Ed25519 key has 48 bytes; the seal adds 28. */
const keyFile = z.strictObject({ version: z.literal(1), sealed: z.base64().max(512) });

const publicText = (privateKey: KeyObject): string => {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  if (x === undefined) throw new Error('a public key of this kind has one coordinate');
  return x;
};

const keyOf = (privateKey: KeyObject): LogKey => ({
  key: publicText(privateKey),
  sign: (text) => sign(null, Buffer.from(text, 'latin1'), privateKey).toString('base64url'),
});

/** True when the head is signed, and by this public key. */
export const isSignedBy = (head: StoredHead, key: string | null): boolean => {
  const { signature, ...signed } = head;
  if (signature === null || key === null || signed.key !== key) return false;
  return isSignature(signed, key, signature);
};

const isSignature = (head: LogHead, key: string, signature: string): boolean => {
  try {
    const publicKey = createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: key },
      format: 'jwk',
    });
    const text = Buffer.from(signedText(head), 'latin1');
    return verify(null, text, publicKey, Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
};

const open = async (vault: Vault, sealed: string): Promise<LogKey | null> => {
  const opened = await vault.unseal('event-key', Buffer.from(sealed, 'base64'));
  if (!opened.ok) return null;
  try {
    const der = Buffer.from(opened.value);
    return keyOf(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
  } catch {
    return null;
  } finally {
    opened.value.fill(0);
  }
};

const create = async (disk: Disk, vault: Vault, path: string): Promise<LogKey | null> => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const der = privateKey.export({ format: 'der', type: 'pkcs8' });
  const sealed = await vault.seal('event-key', der);
  der.fill(0);
  if (!sealed.ok) return null;
  const content = { version: 1, sealed: Buffer.from(sealed.value).toString('base64') };
  return (await writeStateFile(disk, path, content)) ? keyOf(privateKey) : null;
};

/** The key of this kiosk; null while the vault is not open, or the disk refuses. One that is lost is kept aside. */
export const loadLogKey = async (
  disk: Disk,
  vault: Vault,
  folder: string,
): Promise<LogKey | null> => {
  if (vault.state !== 'open') return null;
  const path = join(folder, 'event-key.json');
  try {
    const file = await readStateFileOrThrow(disk, path, keyFile);
    const found = file.kind === 'intact' ? await open(vault, file.content.sealed) : null;
    if (found !== null) return found;
    if (file.kind !== 'missing' && (await setAside(disk, path)) === null) return null;
    return await create(disk, vault, path);
  } catch {
    return null;
  }
};
