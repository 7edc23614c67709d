/** A folder whose files are kept in memory and nowhere else, where the system has one. */
import { lstat, mkdir } from 'node:fs/promises';

/** Linux: tmpfs for everybody, so what is below it is ours only after a look. */
const SHARED_MEMORY = '/dev/shm';

/**
 * Path of a folder in memory that only this user can enter; it may have content from before. null
 * where the system has none, or where somebody else took the name.
 */
export const memoryFolder = async (
  name: string,
  parent = SHARED_MEMORY,
): Promise<string | null> => {
  if (process.platform !== 'linux') return null;
  const userId = process.getuid?.() ?? null;
  const path = `${parent}/${name}-${userId}`;
  try {
    await mkdir(path, { mode: 0o700 }).catch(() => undefined);
    const facts = await lstat(path);
    const isOurs = facts.isDirectory() && facts.uid === userId && (facts.mode & 0o777) === 0o700;
    return isOurs ? path : null;
  } catch {
    return null;
  }
};
