/**
 * Serves the renderer's files over app://kiosk from a map made once at start.
 * Must never join a path from a URL: a name that is not in the map does not exist.
 */
// SECURITY: SEC-06
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { APP_HOST, APP_SCHEME } from './app-origin.ts';
import { securityHeaders } from './content-security-policy.ts';
import type { StyleHash } from './style-hash.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.bin': 'application/octet-stream',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

interface ServedFile {
  readonly path: string;
  readonly contentType: string;
}

/** URL path → file. Keys start with a slash and are compared as they are, without decoding. */
export type FileMap = ReadonlyMap<string, ServedFile>;

/** Reads the folder of built renderer files. Files of other kinds are left out, links are not followed. */
export const readFileMap = async (folder: string): Promise<FileMap> => {
  const files = new Map<string, ServedFile>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const contentType = CONTENT_TYPES[extname(entry.name)];
    if (contentType === undefined) continue;
    files.set(`/${relative(folder, path).split(sep).join('/')}`, { path, contentType });
  }
  return files;
};

/**
 * Makes the handler for `protocol.handle`. 405 for anything but GET and HEAD; 404 for another
 * host, a URL that names no file of the map, or one that can't be parsed.
 * @param styleHash the one style element the policy of every file allows
 * @param logo the one file that is not of the build: the bank's logo, drawn anew by main
 */
export const createAppProtocol = (
  files: FileMap,
  styleHash: StyleHash,
  logo: () => { readonly path: string; readonly png: Uint8Array } | null,
) => {
  const headers = securityHeaders(styleHash);
  const empty = (status: number): Response => new Response(null, { status, headers });
  return async (request: { readonly method: string; readonly url: string }): Promise<Response> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return empty(405);
    const url = URL.parse(request.url);
    if (url?.protocol !== `${APP_SCHEME}:` || url.host !== APP_HOST) return empty(404);
    const answer = (bytes: Uint8Array, contentType: string): Response =>
      new Response(request.method === 'HEAD' ? null : new Uint8Array(bytes), {
        headers: { ...headers, 'Content-Type': contentType },
      });
    const brandLogo = logo();
    if (url.pathname === brandLogo?.path) return answer(brandLogo.png, 'image/png');
    const file = files.get(url.pathname);
    return file === undefined ? empty(404) : answer(await readFile(file.path), file.contentType);
  };
};
