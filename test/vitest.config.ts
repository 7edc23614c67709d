/** Unit, contract, device and conformance tests: everything that needs no window. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const MAIN = ['test/{unit/main,conformance,contract,device}/**/*.test.ts'];
const DRAWING = ['test/unit/!(main)/**/*.test.{ts,tsx}', 'test/unit/*.test.ts'];

const withWords = (files: readonly string[], words: RegExp): readonly string[] =>
  globSync(files, { cwd: ROOT })
    .filter((file) => words.test(readFileSync(join(ROOT, file), 'utf8')))
    .map((file) => file.replaceAll('\\', '/'));

/**
 * Files that replace a module, or that draw beside main's decoder (main/capture/image-decoder.ts),
 * after whose loading no SVG can be drawn any more: each has a process of its own.
 */
const APART = [
  ...withWords(MAIN, /vi\.mock\(|specimens\/|support\/glass/),
  ...withWords(DRAWING, /vi\.mock\(/),
];

/**
 * Files of one process after the other: starting one for each costs as much as all they test. One
 * group after the other, too: a process that meets a file of another group is ended.
 */
const together = (name: string, groupOrder: number, include: readonly string[]) => ({
  extends: true as const,
  test: { name, include: [...include], exclude: APART, isolate: false, sequence: { groupOrder } },
});

export default defineConfig({
  root: ROOT,
  test: {
    /** Two cores: more workers only fight. */
    maxWorkers: 2,
    sequence: { shuffle: true },
    /** No test is timed: on a busy machine the slowest takes many times its five seconds. */
    testTimeout: 60_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    /** Outside Electron its own import of electron would start a download: a fake is put there. */
    server: { deps: { inline: ['electron-store'] } },
    projects: [
      together('main', 1, MAIN),
      together('drawing', 2, DRAWING),
      { extends: true, test: { name: 'apart', include: APART, sequence: { groupOrder: 3 } } },
    ],
  },
});
