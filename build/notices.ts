/**
 * Writes THIRD-PARTY-NOTICES.md: each package and model that ends up in the packaged app, with its
 * licence and the licence's text. `node build/notices.ts` writes it; a test compares it with what is
 * installed. Electron and Chromium bring their own notices in their package.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageName, readLock, shippedKeys } from './shipped-packages.ts';

/** Models that stand in the repository, each with a NOTICE of its origin and licence. */
const MODELS = [{ name: 'BlazeFace', licence: 'Apache-2.0', folder: 'renderer/vision/face/model' }];

const ROOT = fileURLToPath(new URL('..', import.meta.url));

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
    const text = licenceText(key);
    const quoted = text === null ? '' : quote(text);
    return `## ${packageName(key)} ${entry?.version ?? ''}\n\n${entry?.license ?? 'see package'}${quoted}\n`;
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
