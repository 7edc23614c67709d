/**
 * Finds and reads the bank's policy file, and the certificate and logo it names. Never writes, never
 * repairs: a file that can't be trusted is named by a code and stays as it is, and no default takes
 * its place.
 */
import { X509Certificate } from 'node:crypto';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { POLICY_PLACES } from '../../preload/contract/settings-words.ts';
import { readLogo, type BrandLogo } from './brand-logo.ts';
import { checkSignature, loadPolicyKey } from './policy-signature.ts';
import { parsePolicy, type Policy } from './policy.ts';
import {
  defaultPolicyPath,
  policyPath,
  readNamed,
  readTrusted,
  type PolicyErrorCode,
  type PolicySource,
} from './trusted-file.ts';

export interface LoadedPolicy {
  readonly policy: Policy;
  /** The file as it was written, so that what it leaves out can be told from what it says. */
  readonly file: unknown;
  readonly place: (typeof POLICY_PLACES)[number];
  /** Its signature was checked. */
  readonly isSigned: boolean;
  /** Certificates trusted in addition to the system's, as PEM; null without an extra CA file. */
  readonly extraCaPem: string | null;
  readonly logo: BrandLogo | null;
}

const parseJson = (bytes: Uint8Array): Result<unknown, 'POLICY_NOT_JSON'> => {
  try {
    // Takes a byte order mark away and refuses anything that is not UTF-8.
    return ok(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    return fail('POLICY_NOT_JSON');
  }
};

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The certificates of a PEM file, written anew: whatever else the file holds goes no further. */
const parseCertificates = (bytes: Uint8Array): string | null => {
  try {
    const blocks = Buffer.from(bytes).toString('latin1').match(CERTIFICATE) ?? [];
    return blocks.length === 0
      ? null
      : blocks.map((block) => new X509Certificate(block).toString()).join('');
  } catch {
    return null;
  }
};

const loadExtraCa = async (
  source: PolicySource,
  path: string | undefined,
): Promise<Result<string | null, PolicyErrorCode>> => {
  if (path === undefined) return ok(null);
  const read = await readNamed(source, path);
  if (!read.ok) return read;
  const pem = parseCertificates(read.value);
  return pem === null ? fail('POLICY_INVALID') : ok(pem);
};

const loadLogo = async (
  source: PolicySource,
  path: string | null,
): Promise<Result<BrandLogo | null, PolicyErrorCode>> => {
  if (path === null) return ok(null);
  const read = await readNamed(source, path);
  return read.ok ? readLogo(read.value) : read;
};

/**
 * The policy this kiosk runs under. No file at the default place is the default policy; a file
 * that is named and missing, or present and not to be trusted, is an error with the kiosk out of
 * service. Codes: POLICY_UNREADABLE, _TOO_LARGE, _UNSAFE_FILE for the policy and the files it names
 * alike, _KEY_UNUSABLE, _SIGNATURE_MISSING, _SIGNATURE_WRONG, _NOT_JSON, _INVALID, _TEXT_CONTRAST,
 * _ACCENT_CONTRAST, _LOGO_UNUSABLE.
 */
// RECOVERY: REC-05
export const loadPolicy = async (
  source: PolicySource,
): Promise<Result<LoadedPolicy, PolicyErrorCode>> => {
  const path = policyPath(source);
  if (path === null) return fail('POLICY_UNREADABLE');
  const key = await loadPolicyKey(source);
  if (!key.ok) return key;
  const read = await readTrusted(source, path);
  if (!read.ok) return read;
  // With a key the bank has said that there is a policy.
  if (read.value === null && (path !== defaultPolicyPath(source) || key.value !== null))
    return fail('POLICY_UNREADABLE');
  const signed = await checkSignature(source, path, read.value, key.value);
  if (!signed.ok) return signed;
  const json = read.value === null ? ok({}) : parseJson(read.value);
  if (!json.ok) return json;
  const parsed = parsePolicy(json.value);
  if (!parsed.ok) return parsed;

  const policy = parsed.value;
  const extraCa = await loadExtraCa(source, policy.endpoint.extraCaFile);
  if (!extraCa.ok) return extraCa;
  const logo = await loadLogo(source, policy.brand.logoFile);
  if (!logo.ok) return logo;
  const place = path === defaultPolicyPath(source) ? 'usual' : 'named';
  return ok({
    policy,
    file: json.value,
    place: read.value === null ? 'none' : place,
    isSigned: key.value !== null,
    extraCaPem: extraCa.value,
    logo: logo.value,
  });
};
