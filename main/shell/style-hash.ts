/**
 * The hash of the one style element that index.html holds, as the build wrote it down. Must never
 * be computed from the page itself: a page that was changed would then allow its own changes.
 */
// SECURITY: SEC-05
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** A hash source of Content Security Policy Level 3 (§2.3.1), without its quotes. */
export type StyleHash = `sha256-${string}`;

/** Base64 of the 32 bytes of a SHA-256, and nothing that could say more to a policy. */
const styleFacts = z.strictObject({ sha256: z.string().regex(/^[A-Za-z0-9+/]{43}=$/) });

/** Reads the file of the build. Rejects when it is missing or says anything but one hash. */
export const readStyleHash = async (path: string): Promise<StyleHash> => {
  const { sha256 } = styleFacts.parse(JSON.parse(await readFile(path, 'utf8')));
  return `sha256-${sha256}`;
};
