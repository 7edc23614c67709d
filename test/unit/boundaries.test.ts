/** Plants a violation of every import rule and sees it caught, by the lint rule and by the compiler. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BIN = join(ROOT, 'node_modules', '.bin');
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'kiosk-boundaries-'));
  for (const name of [
    'main',
    'preload',
    'renderer',
    '.oxlintrc.json',
    'tsconfig.json',
    'package.json',
  ])
    cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  mkdirSync(join(copy, 'build'));
  cpSync(join(ROOT, 'build', 'tsconfig.base.json'), join(copy, 'build', 'tsconfig.base.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
});

afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

/** Writes a file, runs a tool on it, takes the file away again. Returns what the tool printed, '' when content. */
const caught = (file: string, content: string, tool: string, args: readonly string[]): string => {
  const path = join(copy, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  const run = spawnSync(join(BIN, tool), args, { cwd: copy, encoding: 'utf8' });
  rmSync(path);
  return run.status === 0 ? '' : `${run.stdout}${run.stderr}`;
};

const lint = (file: string, content: string): string => caught(file, content, 'oxlint', [file]);

const VIOLATIONS: readonly [what: string, file: string, content: string][] = [
  [
    'the contract importing a library other than zod',
    'preload/contract/planted.ts',
    "import 'react';",
  ],
  ['the contract importing main', 'preload/contract/planted.ts', "import '../../main/kiosk.ts';"],
  ['the bridge importing a schema', 'preload/planted.ts', "import './contract/channels.ts';"],
  ['the bridge importing a Node module', 'preload/planted.ts', "import 'node:fs';"],
  ['main outside the shell importing electron', 'main/markid/planted.ts', "import 'electron';"],
  ['a handler importing electron', 'main/handlers/planted.ts', "import 'electron';"],
  ['the domain reading files by itself', 'main/settings/planted.ts', "import 'node:fs/promises';"],
  ['the domain speaking HTTPS by itself', 'main/markid/planted.ts', "import 'node:https';"],
  [
    'the domain reading the clock by itself',
    'main/delivery/planted.ts',
    'export const now = Date.now();',
  ],
  [
    'the domain setting a timer by itself',
    'main/capture/planted.ts',
    'setTimeout(() => undefined, 1);',
  ],
  ['the domain fetching by itself', 'main/markid/planted.ts', "void fetch('https://example.com');"],
  ['the domain importing the shell', 'main/capture/planted.ts', "import '../shell/lifecycle.ts';"],
  [
    'the domain importing a handler',
    'main/capture/planted.ts',
    "import '../handlers/app-handlers.ts';",
  ],
  [
    'the shell importing a handler',
    'main/shell/planted.ts',
    "import '../handlers/app-handlers.ts';",
  ],
  ['main importing the renderer', 'main/shell/planted.ts', "import '../../renderer/kiosk-api.ts';"],
  ['main importing a test', 'main/planted.ts', "import '../test/run.ts';"],
  ['the renderer importing main', 'renderer/planted.ts', "import '../main/kiosk.ts';"],
  ['the renderer importing electron', 'renderer/planted.ts', "import 'electron';"],
  ['the renderer importing a Node module', 'renderer/planted.ts', "import 'node:path';"],
  ['the renderer importing the bridge', 'renderer/planted.ts', "import '../preload/bridge.ts';"],
];

describe('the lint rule', () => {
  it.each(VIOLATIONS)('catches %s', (_what, file, content) => {
    expect(lint(file, `${content}\n`)).toMatch(/no-restricted-(imports|globals)/);
  });

  it('catches a cycle of two modules', () => {
    const partner = join(copy, 'main', 'planted-partner.ts');
    writeFileSync(partner, "export { one } from './planted.ts';\nexport const two = 2;\n");
    const report = lint(
      'main/planted.ts',
      "import { two } from './planted-partner.ts';\nexport const one = two;\n",
    );
    rmSync(partner);
    expect(report).toContain('no-cycle');
  });

  it('is content with a file that keeps to its room', () => {
    expect(
      lint('main/markid/planted.ts', "export { ok } from '../../preload/contract/result.ts';\n"),
    ).toBe('');
  });
});

describe('the compiler', () => {
  const compile = (zone: string, content: string): string =>
    caught(`${zone}/planted.ts`, content, 'tsc', ['-b', zone]);

  it.each([
    ['the renderer importing main', 'renderer', "import '../main/kiosk.ts';"],
    ['the renderer using a Node global', 'renderer', 'export const id = process.pid;'],
    ['main using the DOM', 'main', 'export const title = document.title;'],
    ['main importing the renderer', 'main', "import '../renderer/kiosk-api.ts';"],
    ['the contract using a Node global', 'preload/contract', 'export const id = process.pid;'],
    ['the contract importing main', 'preload/contract', "import '../../main/kiosk.ts';"],
  ])(
    'catches %s',
    (_what, zone, content) => {
      expect(compile(zone, `${content}\nexport {};\n`)).toMatch(/error TS/);
    },
    60_000,
  );
});
