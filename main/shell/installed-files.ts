/**
 * Whether the installed app is the one that was built: every file there, none changed, none added.
 * Electron's own check of its archive covers Windows and macOS alone. Tells a broken disk and a file
 * that was meddled with; against who may write the whole folder stands its owner, root.
 */
// SECURITY: SEC-12
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { z } from 'zod';

/** Written by the build (build/describe-app.ts), and no part of what it describes. */
export const MANIFEST_NAME = 'manifest.json';

const manifest = z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/));

/** Path with slashes → SHA-256 in hex of each file below `folder` but the manifest, by path. */
export const hashFiles = async (folder: string): Promise<Map<string, string>> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => path !== MANIFEST_NAME)
    .toSorted();
  const hashes = new Map<string, string>();
  for (const path of paths)
    hashes.set(
      path,
      createHash('sha256')
        .update(await readFile(join(folder, path)))
        .digest('hex'),
    );
  return hashes;
};

/** Compares the app in `folder` with its manifest. False as well where either can't be read. */
export const isInstalledWhole = async (folder: string): Promise<boolean> => {
  try {
    const expected = manifest.parse(
      JSON.parse(await readFile(join(folder, MANIFEST_NAME), 'utf8')),
    );
    const found = await hashFiles(folder);
    return (
      found.size === Object.keys(expected).length &&
      [...found].every(([path, hash]) => expected[path] === hash)
    );
  } catch {
    return false;
  }
};
