/**
 * Writes THIRD-PARTY-NOTICES.md: each package and model that ends up in the packaged app, with its
 * licence and the licence's text. `node build/notices.ts` writes it; a test compares it with what is
 * installed. Electron and Chromium bring their own notices in their package.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Models that stand in the repository, each with a NOTICE of its origin and licence. */
const MODELS = [{ name: 'BlazeFace', licence: 'Apache-2.0', folder: 'renderer/vision/face/model' }];

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Packages the app is bundled from or shipped with; their dependencies follow. */
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

interface LockEntry {
  readonly version: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

type Lock = Readonly<Record<string, LockEntry>>;

const readLock = (): Lock =>
  (JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Lock })
    .packages;

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

/** Keys of all shipped packages, sorted. */
const shippedKeys = (lock: Lock): string[] => {
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

/** Packages for other platforms are not installed here: their licence is named, its text left to them. */
const licenceText = (key: string): string | null => {
  const folder = join(ROOT, key);
  if (/\/@img\//.test(key) || !existsSync(folder)) return null;
  const file = readdirSync(folder).find((name) => /^licen[cs]e(\.\w+)?$/i.test(name));
  return file === undefined
    ? null
    : readFileSync(join(folder, file), 'utf8').replace(/\r\n?/g, '\n').trim();
};

/** What packages have compiled in without naming its licence. */
const EMBEDDED =
  '## zxing-cpp, inside zxing-wasm\n\nApache-2.0; its text is that of the LICENSE of this project.\n';

const quote = (text: string): string =>
  `\n\n${text.replace(/^/gm, '    ').replace(/[ \t]+$/gm, '')}`;

const modelSections = (): string[] =>
  MODELS.map(({ name, licence, folder }) => {
    const text = readFileSync(join(ROOT, folder, 'NOTICE'), 'utf8').trim();
    return `## ${name} (model)\n\n${licence}${quote(text)}\n`;
  });

/** The whole document. */
export const notices = (): string => {
  const lock = readLock();
  const sections = shippedKeys(lock).map((key) => {
    const entry = lock[key];
    const name = key.slice(key.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const text = licenceText(key);
    const quoted = text === null ? '' : quote(text);
    return `## ${name} ${entry?.version ?? ''}\n\n${entry?.license ?? 'see package'}${quoted}\n`;
  });
  return [
    '# Third-party notices\n',
    'Packages and models that are part of the packaged app. Electron and Chromium add their own notices.\n',
    ...sections,
    EMBEDDED,
    ...modelSections(),
  ].join('\n');
};

if (import.meta.main) writeFileSync(join(ROOT, 'THIRD-PARTY-NOTICES.md'), notices());
