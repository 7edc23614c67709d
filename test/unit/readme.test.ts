/** What the README tells people to write, run and open is there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../main/settings/policy.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const readme = read('README.md');

const found = (pattern: RegExp): readonly string[] => [
  ...new Set(Array.from(readme.matchAll(pattern), ([, name = '']) => name)),
];

describe('the README', () => {
  it('shows a policy that is taken, with a section for scanners that is', () => {
    const [policy = '', scanner = ''] = found(/```json\n(.*?)```/gs);
    const whole = { ...JSON.parse(policy), mode: 'teller', ...JSON.parse(`{${scanner}}`) };
    expect(parsePolicy(JSON.parse(policy))).toMatchObject({ ok: true });
    // The digits of a certificate are left out there.
    const text = JSON.stringify(whole).replace('…64 hex digits…', '0'.repeat(64));
    expect(parsePolicy(JSON.parse(text))).toMatchObject({ ok: true });
  });

  it('names only commands that there are', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const commands = found(/`?npm (?:run )?(?:-s )?([a-z][a-z:-]+)/g);
    expect(commands.length).toBeGreaterThan(15);
    expect(commands.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('leads only to files that there are', () => {
    const paths = [
      ...found(/\]\((?!https?:)([^)#]+)\)/g),
      ...found(/`((?:main|preload|renderer|test|build)\/[\w./-]+)`/g),
    ];
    expect(paths.length).toBeGreaterThan(40);
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});
