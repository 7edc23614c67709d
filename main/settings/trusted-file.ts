/**
 * Reads a file that the bank put there: only where nobody else can have changed it, and never more
 * of it than allowed.
 */
import { posix, win32 } from 'node:path';
import type { SettingsErrorCode } from '../../preload/contract/error-codes.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Disk, FileFacts } from '../ports/disk.ts';

/** Own decision: ten times a policy with consent texts in a dozen languages. */
export const POLICY_FILE_MAX_BYTES = 256 * 1024;

export type PolicyErrorCode = Exclude<
  SettingsErrorCode,
  'SETTINGS_DAMAGED' | 'SETTING_FIXED' | 'STORAGE_FAILED' | 'POLICY_LAST_GOOD'
>;

export interface PolicySource {
  readonly disk: Pick<Disk, 'facts' | 'read'>;
  readonly platform: NodeJS.Platform;
  /** `MARKID_KIOSK_POLICY` names another file; `PROGRAMDATA` is Windows' folder for it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user the kiosk runs as; null where the system has no user ids (Windows). */
  readonly userId: number | null;
}

/** How paths are written on this system. */
export const pathRules = (platform: NodeJS.Platform): typeof posix =>
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

/** Where the policy is; null where the name of another place depends on where the kiosk is started from. */
export const policyPath = (source: PolicySource): string | null => {
  const named = source.env['MARKID_KIOSK_POLICY'] ?? '';
  if (named === '') return defaultPolicyPath(source);
  return pathRules(source.platform).isAbsolute(named) ? named : null;
};

const OTHERS_MAY_WRITE = 0o022;
export const ROOT_ID = 0;

/** Only root or the kiosk's own user may be able to change the file. Windows: left to the folder's access list. */
// SECURITY: SEC-32
const isSafe = (facts: FileFacts, userId: number | null): boolean => {
  if (!facts.isRegularFile) return false;
  if (facts.modeBits !== null && (facts.modeBits & OTHERS_MAY_WRITE) !== 0) return false;
  return facts.ownerId === null || facts.ownerId === ROOT_ID || facts.ownerId === userId;
};

/** Bytes of a file that passed every check; null when there is none. */
export const readTrusted = async (
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

/** A file the policy names: as trusted as the policy, and there. */
export const readNamed = async (
  source: PolicySource,
  path: string,
): Promise<Result<Uint8Array, PolicyErrorCode>> => {
  if (!pathRules(source.platform).isAbsolute(path)) return fail('POLICY_INVALID');
  const read = await readTrusted(source, path);
  if (!read.ok) return read;
  return read.value === null ? fail('POLICY_UNREADABLE') : ok(read.value);
};
