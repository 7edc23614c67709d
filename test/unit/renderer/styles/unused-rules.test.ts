/** No rule waits for a class that nobody gives, and no token for a rule. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CSS_RULES } from './css-rules.ts';

const RENDERER = join(import.meta.dirname, '../../../../renderer');

const markup = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(?:tsx?|html)$/.test(name))
  .map((name) => readFileSync(join(RENDERER, name), 'utf8'))
  .join('\n');

/** Whole names, and the beginnings that are put together with something: `button-${look}`. */
const given = new Set(markup.match(/[\w-]+/g));
const beginnings = Array.from(
  markup.matchAll(/([a-z-]+-)\$\{/g),
  ([, beginning]) => beginning ?? '',
);

describe('the style sheets', () => {
  it('name no class that no element has', () => {
    const named = new Set(
      CSS_RULES.flatMap(({ selector }) =>
        Array.from(selector.matchAll(/\.([a-z][a-z-]*)/g), ([, name]) => name ?? ''),
      ),
    );
    expect(named.size).toBeGreaterThan(100);
    const isGiven = (name: string): boolean =>
      given.has(name) || beginnings.some((beginning) => name.startsWith(beginning));
    expect([...named].filter((name) => !isGiven(name))).toEqual([]);
  });

  it('use every token they define', () => {
    const values = CSS_RULES.flatMap(({ declarations }) => [...declarations.values()]).join(' ');
    const tokens = new Set(
      CSS_RULES.flatMap(({ declarations }) => [...declarations.keys()]).filter((name) =>
        name.startsWith('--'),
      ),
    );
    expect(tokens.size).toBeGreaterThan(50);
    expect([...tokens].filter((token) => !values.includes(`var(${token}`))).toEqual([]);
  });
});
