/** Whoever asks the system for less motion gets none: each animation and transition gives way. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CSS_RULES } from './css-rules.ts';

const RENDERER = join(import.meta.dirname, '../../../../renderer');
const MOVING = /^(?:animation|scroll-behavior)/;

const textsIn = (ending: RegExp): string[] =>
  readdirSync(RENDERER, { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => readFileSync(join(RENDERER, name), 'utf8'));

describe('reduced motion', () => {
  it('knows no animation but where the system asks for no less', () => {
    const moving = CSS_RULES.filter(({ declarations }) =>
      [...declarations.keys()].some((name) => MOVING.test(name)),
    );
    expect(CSS_RULES.length).toBeGreaterThan(0);
    expect(
      moving.filter(({ within }) => !within.includes('(prefers-reduced-motion: no-preference)')),
    ).toEqual([]);
  });

  it('gives every transition one of two lengths, and both are nothing then', () => {
    const lengths = CSS_RULES.flatMap(({ declarations }) =>
      (declarations.get('transition') ?? '').split(',').filter((part) => part !== ''),
    );
    expect(lengths.length).toBeGreaterThan(3);
    expect(lengths.filter((part) => !/ var\(--(?:quick|calm)\)$/.test(part))).toEqual([]);
    expect(CSS_RULES.flatMap(({ declarations }) => [...declarations.keys()])).not.toContain(
      'transition-duration',
    );
    const reduced = CSS_RULES.filter(
      ({ sheet, within }) =>
        sheet === 'tokens.css' && within.includes('(prefers-reduced-motion: reduce)'),
    );
    expect(reduced.map(({ declarations }) => [...declarations])).toEqual([
      [
        ['--quick', '0ms'],
        ['--calm', '0ms'],
      ],
    ]);
  });

  it('lets nothing move for ever: a kiosk that waits draws nothing anew', () => {
    expect(
      CSS_RULES.filter(({ declarations }) =>
        [...declarations].some(
          ([name, value]) => name.startsWith('animation') && value.includes('infinite'),
        ),
      ),
    ).toEqual([]);
  });

  it('moves nothing by script', () => {
    expect(
      textsIn(/\.tsx?$/).filter((text) => /\.animate\(|behavior: 'smooth'/.test(text)),
    ).toEqual([]);
  });
});
