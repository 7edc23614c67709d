/** What ends up in the packaged app, as package-lock.json has it: the packages it is bundled from or shipped with. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Packages named by the code; their dependencies follow. */
export const SHIPPED_PACKAGES = [
  '@fontsource-variable/ibm-plex-sans',
  '@fontsource/ibm-plex-sans-arabic',
  '@peculiar/x509',
  '@xstate/react',
  'aamva-parser',
  'bonjour-service',
  'electron-store',
  'fast-xml-parser',
  'intl-messageformat',
  'mrz',
  'react',
  'react-dom',
  'reflect-metadata',
  'sharp',
  'xstate',
  'zod',
  'zxing-wasm',
];

/** One package of the lockfile. */
export interface LockedPackage {
  readonly version: string;
  /** SPDX expression. */
  readonly license?: string;
  /** Subresource Integrity of its archive: `sha512-` and base64. */
  readonly integrity?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** The lockfile's packages by their folder. */
export type Lock = Readonly<Record<string, LockedPackage>>;

/** Reads package-lock.json. */
export const readLock = (): Lock =>
  (
    JSON.parse(
      readFileSync(fileURLToPath(new URL('../package-lock.json', import.meta.url)), 'utf8'),
    ) as { packages: Lock }
  ).packages;

/** Where Node would find `name` from inside `from`, as a key of the lockfile. */
const resolve = (lock: Lock, from: string, name: string): string | null => {
  for (
    let folder = from;
    ;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))
  ) {
    const key = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (key in lock) return key;
    if (folder === '') return null;
  }
};

/** The name of the package in a folder of the lockfile. */
export const packageName = (key: string): string =>
  key.slice(key.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Keys of all shipped packages, sorted. */
export const shippedKeys = (lock: Lock): string[] => {
  const seen = new Set<string>();
  const visit = (from: string, name: string): void => {
    const key = resolve(lock, from, name);
    if (key === null || seen.has(key)) return;
    seen.add(key);
    const entry = lock[key];
    for (const inner of Object.keys({ ...entry?.dependencies, ...entry?.optionalDependencies }))
      visit(key, inner);
  };
  for (const name of SHIPPED_PACKAGES) visit('', name);
  return [...seen].toSorted();
};
