/** The rules the product claims to keep: in code, in tests and in the README, the same set. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const sourcesIn = (folder: string, ending: RegExp): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));

const idsIn = (texts: readonly string[], pattern: RegExp): string[] =>
  [
    ...new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map(([, id = '']) => id))),
  ].toSorted();

const code = ['main', 'preload', 'renderer', 'build'].flatMap((folder) =>
  sourcesIn(folder, /\.(ts|tsx|mjs)$/),
);
const tests = sourcesIn('test', /\.(test|spec)\.tsx?$/);
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');

describe.each(['SEC', 'REC'])('rules of the kind %s', (kind) => {
  const tagged = idsIn(code, new RegExp(`(?:SECURITY|RECOVERY): (${kind}-\\d\\d)`, 'g'));
  // A title: the id at the start of a test's or suite's name.
  const proven = idsIn(tests, new RegExp(`['"\`](${kind}-\\d\\d)`, 'g'));
  const documented = idsIn([readme], new RegExp(`^\\| (${kind}-\\d\\d) \\|`, 'gm'));

  it('each rule tagged in code is proven by a test of the same id, and the other way round', () => {
    expect(tagged.length).toBeGreaterThan(0);
    expect(proven).toEqual(tagged);
  });

  it('the README lists exactly the rules that code enforces', () => {
    expect(documented).toEqual(tagged);
  });
});
