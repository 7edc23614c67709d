/**
 * Whether the policy is the bank's own: where a public key was put on the machine, no other policy
 * than one signed with its other half is read. The key has its fixed place, whatever names the policy.
 */
// SECURITY: SEC-32
import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import {
  defaultPolicyPath,
  pathRules,
  readTrusted,
  type PolicyErrorCode,
  type PolicySource,
} from './trusted-file.ts';

/** Of an Ed25519 signature (RFC 8032 §5.1.6). */
const SIGNATURE_BYTES = 64;

const KEY_NAME = 'policy-key.pem';

const parseKey = (bytes: Uint8Array): KeyObject | null => {
  try {
    const pem = Buffer.from(bytes).toString('latin1');
    // Node would make the public half of a secret key; a secret one has no business here.
    if (!pem.includes('-----BEGIN PUBLIC KEY-----')) return null;
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
};

/** Where the bank's public key is, whatever names the policy. */
export const policyKeyPath = (source: PolicySource): string => {
  const paths = pathRules(source.platform);
  return paths.join(paths.dirname(defaultPolicyPath(source)), KEY_NAME);
};

/** The bank's public key; null where the machine has none, and policies need no signature. */
export const loadPolicyKey = async (
  source: PolicySource,
): Promise<Result<KeyObject | null, PolicyErrorCode>> => {
  const read = await readTrusted(source, policyKeyPath(source));
  if (!read.ok) return read;
  if (read.value === null) return ok(null);
  const key = parseKey(read.value);
  return key === null ? fail('POLICY_KEY_UNUSABLE') : ok(key);
};

/** Checks the bytes of the policy at `path` against `<path>.sig`: 64 bytes, over the file as it is. */
export const checkSignature = async (
  source: PolicySource,
  path: string,
  policy: Uint8Array | null,
  key: KeyObject | null,
): Promise<Result<null, PolicyErrorCode>> => {
  if (policy === null || key === null) return ok(null);
  const read = await readTrusted(source, `${path}.sig`);
  if (!read.ok) return read;
  if (read.value === null) return fail('POLICY_SIGNATURE_MISSING');
  const isSigned =
    read.value.byteLength === SIGNATURE_BYTES && verify(null, policy, key, read.value);
  return isSigned ? ok(null) : fail('POLICY_SIGNATURE_WRONG');
};
