/**
 * The kiosk's own small state files: JSON with a checksum, whole or not at all. A file that is
 * damaged is said to be so and stays; it is never taken for an empty one.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Disk } from '../ports/disk.ts';

/** Own decision: the largest of these files has about one kilobyte; who keeps more says so. */
const MAX_BYTES = 64 * 1024;

/** Own decision: somebody looks at the folder before a hundredth damaged file. */
const MAX_SET_ASIDE = 99;

export type StateFile<Content> =
  | { readonly kind: 'missing' }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'intact'; readonly content: Content };

/** Tells an accident from a change of key; it does not stop somebody who can write the file. */
const checksum = (content: object): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex');

const checksummed = z.looseObject({ sha256: z.string() });

const DAMAGED = { kind: 'damaged' } as const;

const parse = <Content>(bytes: Uint8Array, schema: z.ZodType<Content>): StateFile<Content> => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const file = checksummed.safeParse(JSON.parse(text));
    if (!file.success) return DAMAGED;
    const { sha256, ...content } = file.data;
    if (sha256 !== checksum(content)) return DAMAGED;
    const parsed = schema.safeParse(content);
    return parsed.success ? { kind: 'intact', content: parsed.data } : DAMAGED;
  } catch {
    return DAMAGED;
  }
};

/** Reads a file. Throws where the disk does not answer: that says nothing about the file. */
// RECOVERY: REC-03
export const readStateFileOrThrow = async <Content>(
  disk: Disk,
  path: string,
  schema: z.ZodType<Content>,
  maxBytes = MAX_BYTES,
): Promise<StateFile<Content>> => {
  const facts = await disk.facts(path);
  if (facts === null) return { kind: 'missing' };
  if (!facts.isRegularFile || facts.sizeBytes > maxBytes) return DAMAGED;
  const bytes = await disk.read(path);
  return bytes === null ? DAMAGED : parse(bytes, schema);
};

/** Reads a file. One that can't be read for whatever reason is damaged: it is there and unknown. */
export const readStateFile = <Content>(
  disk: Disk,
  path: string,
  schema: z.ZodType<Content>,
  maxBytes = MAX_BYTES,
): Promise<StateFile<Content>> =>
  readStateFileOrThrow(disk, path, schema, maxBytes).catch(() => DAMAGED);

/** Replaces a file durably. False when the disk refused; the file is then what it was before. */
export const writeStateFile = async (
  disk: Disk,
  path: string,
  content: object,
): Promise<boolean> => {
  try {
    const text = JSON.stringify({ ...content, sha256: checksum(content) });
    await disk.replace(path, [Buffer.from(text, 'utf8')]);
    return true;
  } catch {
    return false;
  }
};

/** Gives a file the first free name of `<path>.kept-1` …; the name, or null when that was not possible. */
// RECOVERY: REC-04
export const setAside = async (disk: Disk, path: string): Promise<string | null> => {
  try {
    for (let number = 1; number <= MAX_SET_ASIDE; number += 1) {
      const name = `${path}.kept-${number}`;
      if ((await disk.facts(name)) === null) {
        await disk.rename(path, name);
        return name;
      }
    }
    return null;
  } catch {
    return null;
  }
};
