/** Plants a violation of every import rule and sees it caught, by the lint rule and by the compiler. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BIN = join(ROOT, 'node_modules', '.bin');
/** What a planted file must not do, and the room it stands in. */
const VIOLATIONS: readonly [what: string, room: string, content: string][] = [
  ['the contract importing a library other than zod', 'preload/contract', "import 'react';"],
  ['the contract importing main', 'preload/contract', "import '../../main/kiosk.ts';"],
  ['the bridge importing a schema', 'preload', "import './contract/channels.ts';"],
  ['the bridge importing a Node module', 'preload', "import 'node:fs';"],
  ['main outside the shell importing electron', 'main/markid', "import 'electron';"],
  ['a handler importing electron', 'main/handlers', "import 'electron';"],
  ['the domain reading files by itself', 'main/settings', "import 'node:fs/promises';"],
  ['the domain speaking HTTPS by itself', 'main/markid', "import 'node:https';"],
  ['the domain reading the clock by itself', 'main/delivery', 'export const now = Date.now();'],
  ['the domain setting a timer by itself', 'main/capture', 'setTimeout(() => undefined, 1);'],
  ['the domain fetching by itself', 'main/markid', "void fetch('https://example.com');"],
  ['the domain importing the shell', 'main/capture', "import '../shell/lifecycle.ts';"],
  ['the domain importing a handler', 'main/capture', "import '../handlers/app-handlers.ts';"],
  ['the shell importing a handler', 'main/shell', "import '../handlers/app-handlers.ts';"],
  ['main importing the renderer', 'main/shell', "import '../../renderer/kiosk-api.ts';"],
  ['main importing a test', 'main', "import '../test/run.ts';"],
  ['the renderer importing main', 'renderer', "import '../main/kiosk.ts';"],
  ['the renderer importing electron', 'renderer', "import 'electron';"],
  ['the renderer importing a Node module', 'renderer', "import 'node:path';"],
  ['the renderer importing the bridge', 'renderer', "import '../preload/bridge.ts';"],
];

/**
 * The same for the compiler, which knows zones rather than rooms. Two programs: an import that
 * reaches over the border brings the other zone's globals along.
 */
const ZONE_VIOLATIONS: Readonly<Record<string, readonly [zone: string, content: string][]>> = {
  'another zone': [
    ['renderer', "import '../main/kiosk.ts';"],
    ['main', "import '../renderer/kiosk-api.ts';"],
    ['preload/contract', "import '../../main/kiosk.ts';"],
  ],
  'globals it does not have': [
    ['renderer', 'export const id = process.pid;'],
    ['main', 'export const title = document.title;'],
    ['preload/contract', 'export const id = process.pid;'],
  ],
};

let copy: string;

/** A copy of the zones, without their tests. */
const copyZones = (): void => {
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
};

const plant = (path: string, content: string): void => {
  mkdirSync(dirname(join(copy, path)), { recursive: true });
  writeFileSync(join(copy, path), `${content}\n`);
};

/** What a tool printed about the copy. */
const report = (tool: string, ...args: string[]): string => {
  const run = spawnSync(join(BIN, tool), args, { cwd: copy, encoding: 'utf8' });
  return `${run.stdout}${run.stderr}`;
};

afterEach(() => {
  rmSync(copy, { recursive: true, force: true });
});

it('the lint rule catches every import a room may not make, and cycles, and nothing else', () => {
  copyZones();
  for (const [index, [, room, content]] of VIOLATIONS.entries())
    plant(`${room}/planted-${index}.ts`, content);
  plant('main/planted-one.ts', "import { two } from './planted-two.ts';\nexport const one = two;");
  plant('main/planted-two.ts', "export { one } from './planted-one.ts';\nexport const two = 2;");
  plant('main/markid/planted-good.ts', "export { ok } from '../../preload/contract/result.ts';");
  const lines = report('oxlint', '--format', 'unix', 'main', 'preload', 'renderer').split('\n');
  const caught = (file: string): string => lines.filter((line) => line.includes(file)).join('\n');
  const missed = VIOLATIONS.filter(
    ([, room], index) =>
      !/no-restricted-(imports|globals)/.test(caught(`${room}/planted-${index}.ts`)),
  );
  expect(missed.map(([what]) => what)).toEqual([]);
  expect(caught('main/planted-two.ts') + caught('main/planted-one.ts')).toContain('no-cycle');
  expect(caught('planted-good.ts')).toBe('');
});

it.each(Object.entries(ZONE_VIOLATIONS))(
  'the compiler catches every zone that reaches for %s',
  (_what, violations) => {
    copyZones();
    for (const [zone, content] of violations) plant(`${zone}/planted.ts`, content);
    const zones = violations.map(([zone]) => zone);
    // One thread: several would each check the libraries anew, at twice the processor time.
    const lines = report('tsc', '-b', ...zones, '--singleThreaded', '--pretty', 'false').split(
      '\n',
    );
    const caught = zones.filter((zone) =>
      lines.some((line) => line.startsWith(`${zone}/planted.ts`) && line.includes('error TS')),
    );
    expect(caught).toEqual(zones);
  },
  60_000,
);
