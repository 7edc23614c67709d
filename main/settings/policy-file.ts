/**
 * Finds and reads the bank's policy file, and the certificate and logo it names. Never writes, never
 * repairs: a file that can't be trusted is named by a code and stays as it is, and no default takes
 * its place.
 */
import { X509Certificate } from 'node:crypto';
import { posix, win32 } from 'node:path';
import type { SettingsErrorCode } from '../../preload/contract/error-codes.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Disk, FileFacts } from '../ports/disk.ts';
import { readLogo, type BrandLogo } from './brand-logo.ts';
import { parsePolicy, type Policy } from './policy.ts';

/** Own decision: ten times a policy with consent texts in a dozen languages. */
export const POLICY_FILE_MAX_BYTES = 256 * 1024;

type PolicyErrorCode = Exclude<SettingsErrorCode, 'SETTINGS_DAMAGED' | 'STORAGE_FAILED'>;

export interface PolicySource {
  readonly disk: Disk;
  readonly platform: NodeJS.Platform;
  /** `MARKID_KIOSK_POLICY` names another file; `PROGRAMDATA` is Windows' folder for it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user the kiosk runs as; null where the system has no user ids (Windows). */
  readonly userId: number | null;
}

export interface LoadedPolicy {
  readonly policy: Policy;
  /** Certificates trusted in addition to the system's, as PEM; null without an extra CA file. */
  readonly extraCaPem: string | null;
  readonly logo: BrandLogo | null;
}

const pathRules = (platform: NodeJS.Platform): typeof posix =>
  platform === 'win32' ? win32 : posix;

/** Where the policy is expected on this system when nothing names another place. */
export const defaultPolicyPath = ({
  platform,
  env,
}: Pick<PolicySource, 'platform' | 'env'>): string => {
  if (platform === 'win32') {
    const programData = env['PROGRAMDATA'] ?? 'C:\\ProgramData';
    return win32.join(programData, 'Mark ID Kiosk', 'policy.json');
  }
  return platform === 'darwin'
    ? '/Library/Application Support/Mark ID Kiosk/policy.json'
    : '/etc/mark-id-kiosk/policy.json';
};

const OTHERS_MAY_WRITE = 0o022;
const ROOT_ID = 0;

/** Only root or the kiosk's own user may be able to change the file. Windows: left to the folder's access list. */
// SECURITY: SEC-32
const isSafe = (facts: FileFacts, userId: number | null): boolean => {
  if (!facts.isRegularFile) return false;
  if (facts.modeBits !== null && (facts.modeBits & OTHERS_MAY_WRITE) !== 0) return false;
  return facts.ownerId === null || facts.ownerId === ROOT_ID || facts.ownerId === userId;
};

/** Bytes of a file that passed every check; null when there is none. */
const readTrusted = async (
  { disk, userId }: PolicySource,
  path: string,
): Promise<Result<Uint8Array | null, PolicyErrorCode>> => {
  try {
    const facts = await disk.facts(path);
    if (facts === null) return ok(null);
    if (!isSafe(facts, userId)) return fail('POLICY_UNSAFE_FILE');
    if (facts.sizeBytes > POLICY_FILE_MAX_BYTES) return fail('POLICY_TOO_LARGE');
    const bytes = await disk.read(path);
    // It was there a moment ago, and it may have grown since: neither is a file to trust.
    if (bytes === null) return fail('POLICY_UNREADABLE');
    return bytes.byteLength > POLICY_FILE_MAX_BYTES ? fail('POLICY_TOO_LARGE') : ok(bytes);
  } catch {
    return fail('POLICY_UNREADABLE');
  }
};

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

/** A file the policy names: as trusted as the policy, and there. */
const readNamed = async (
  source: PolicySource,
  path: string,
): Promise<Result<Uint8Array, PolicyErrorCode>> => {
  if (!pathRules(source.platform).isAbsolute(path)) return fail('POLICY_INVALID');
  const read = await readTrusted(source, path);
  if (!read.ok) return read;
  return read.value === null ? fail('POLICY_UNREADABLE') : ok(read.value);
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
 * alike, _NOT_JSON, _INVALID, _TEXT_CONTRAST, _ACCENT_CONTRAST, _LOGO_UNUSABLE.
 */
// RECOVERY: REC-05
export const loadPolicy = async (
  source: PolicySource,
): Promise<Result<LoadedPolicy, PolicyErrorCode>> => {
  const named = source.env['MARKID_KIOSK_POLICY'] ?? '';
  const isNamed = named !== '';
  // A relative path would depend on where the kiosk happens to be started from.
  if (isNamed && !pathRules(source.platform).isAbsolute(named)) return fail('POLICY_UNREADABLE');

  const read = await readTrusted(source, isNamed ? named : defaultPolicyPath(source));
  if (!read.ok) return read;
  if (read.value === null && isNamed) return fail('POLICY_UNREADABLE');
  const json = read.value === null ? ok({}) : parseJson(read.value);
  if (!json.ok) return json;
  const parsed = parsePolicy(json.value);
  if (!parsed.ok) return parsed;

  const policy = parsed.value;
  const extraCa = await loadExtraCa(source, policy.endpoint.extraCaFile);
  if (!extraCa.ok) return extraCa;
  const logo = await loadLogo(source, policy.brand.logoFile);
  return logo.ok ? ok({ policy, extraCaPem: extraCa.value, logo: logo.value }) : logo;
};
