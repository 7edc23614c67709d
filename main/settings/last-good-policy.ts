/**
 * The policy this kiosk runs under: the file's, or the last one that was good while the file is not.
 * The copy holds the files as they were read, and they pass every check again, the signature with them.
 */
// RECOVERY: REC-05
import { join } from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Disk } from '../ports/disk.ts';
import { loadPolicy, type LoadedPolicy } from './policy-file.ts';
import { policyKeyPath } from './policy-signature.ts';
import { readStateFile, writeStateFile } from './state-file.ts';
import { policyPath, type PolicyErrorCode, type PolicySource } from './trusted-file.ts';

/** Own decision: policy, signature, certificates and logo at their caps, in base64, twice. */
const COPY_MAX_BYTES = 2 * 1024 * 1024;

/** Path → content in base64. */
const copyFile = z.strictObject({
  version: z.literal(1),
  files: z.record(z.string(), z.base64()),
});
type Files = Readonly<Record<string, string>>;

export interface PolicyInForce extends LoadedPolicy {
  /** Why the file's policy is not the one in force; null where it is. */
  readonly refused: PolicyErrorCode | null;
}

/** A disk that remembers what was read from it. */
const remembering = (disk: PolicySource['disk'], files: Map<string, string>) => ({
  facts: (path: string) => disk.facts(path),
  read: async (path: string) => {
    const bytes = await disk.read(path);
    if (bytes !== null) files.set(path, Buffer.from(bytes).toString('base64'));
    return bytes;
  },
});

/** A disk of nothing but the copy, and the key of now: what it does not sign is no policy any more. */
const playing = (source: PolicySource, files: Files): PolicySource['disk'] => {
  const keyPath = policyKeyPath(source);
  const contentOf = (path: string): Buffer | null => {
    const content = files[path];
    return content === undefined ? null : Buffer.from(content, 'base64');
  };
  return {
    facts: async (path) => {
      if (path === keyPath) return source.disk.facts(path);
      const content = contentOf(path);
      if (content === null) return null;
      const sizeBytes = content.byteLength;
      return { sizeBytes, ownerId: null, modeBits: null, isRegularFile: true };
    },
    read: async (path) => (path === keyPath ? source.disk.read(path) : contentOf(path)),
  };
};

/**
 * Reads the policy and keeps a copy of a good one in `folder`. Fails as `loadPolicy` does where there
 * is no copy of the same file to fall back upon. A file that is gone from where it was is unreadable.
 */
export const loadPolicyOrLastGood = async (
  source: PolicySource,
  disk: Disk,
  folder: string,
): Promise<Result<PolicyInForce, PolicyErrorCode>> => {
  const copyPath = join(folder, 'policy-last-good.json');
  const read = new Map<string, string>();
  const loaded = await loadPolicy({ ...source, disk: remembering(source.disk, read) });
  const kept = await readStateFile(disk, copyPath, copyFile, COPY_MAX_BYTES);
  const keptFiles: Files = kept.kind === 'intact' ? kept.content.files : {};
  const path = policyPath(source) ?? '';
  if (loaded.ok && read.has(path)) {
    read.delete(policyKeyPath(source));
    const files: Files = Object.fromEntries(read);
    // What can't be kept now can't be fallen back upon later; today's policy holds all the same.
    if (JSON.stringify(files) !== JSON.stringify(keptFiles))
      await writeStateFile(disk, copyPath, { version: 1, files });
    return ok({ ...loaded.value, refused: null });
  }
  if (keptFiles[path] !== undefined) {
    const lastGood = await loadPolicy({ ...source, disk: playing(source, keptFiles) });
    const refused = loaded.ok ? 'POLICY_UNREADABLE' : loaded.error.code;
    if (lastGood.ok) return ok({ ...lastGood.value, refused });
    if (loaded.ok) return fail(refused);
  }
  return loaded.ok ? ok({ ...loaded.value, refused: null }) : loaded;
};
