/** Readers that type, and people who do. */
import { describe, expect, it } from 'vitest';
import { Burst, READ_AFTER_MS } from '../../../../renderer/wedge/burst.ts';

/** Types a text with a key each `gapMs`; returns what became of the last key, and what was read after it. */
const type = (keys: readonly string[], gapMs: number, burst = new Burst(), startMs = 1_000) => {
  let atMs = startMs;
  const verdicts = keys.map((key) => burst.take(key, (atMs += gapMs)));
  return { verdicts, last: verdicts.at(-1), lines: burst.read(atMs + READ_AFTER_MS), atMs, burst };
};

const keysOf = (text: string): string[] => text.split('');
const ZONE = [
  'IDLTUSPECIMEN0<<<<<<<<<<<<<<<<',
  '8001014F3001012LTU<<<<<<<<<<<4',
  'RASA<<ZIVILE<<<<<<<<<<<<<<<<<<',
];

describe('a reader', () => {
  it.each([
    ['Enter', 2],
    ['Enter', 16],
    ['Tab', 30],
  ])('is recognised with %s at the end and a key each %i ms', (end, gapMs) => {
    const { verdicts, lines } = type([...keysOf('REF-004711'), end], gapMs);
    expect(lines).toEqual(['REF-004711']);
    expect(verdicts.filter((verdict) => verdict === 'swallow')).toHaveLength(1);
    expect(verdicts.at(-1)).toBe('swallow');
  });

  it('may press Shift between its characters', () => {
    const keys = keysOf('AB<CDEF').flatMap((key) => (key === '<' ? ['Shift', key] : [key]));
    expect(type([...keys, 'Enter'], 8).lines).toEqual(['AB<CDEF']);
  });

  it('sends the lines of a zone one after the other', () => {
    const keys = ZONE.flatMap((line) => [...keysOf(line), 'Enter']);
    const { lines, verdicts } = type(keys, 4);
    expect(lines).toEqual(ZONE);
    expect(verdicts.filter((verdict) => verdict === 'swallow')).toHaveLength(3);
  });

  it('may begin with the one character of a licence, and send short lines after it', () => {
    const keys = ['@', 'Enter', ...keysOf('ANSI 636000'), 'Enter', ...keysOf('DCAD'), 'Enter'];
    expect(type(keys, 4).lines).toEqual(['@', 'ANSI 636000', 'DCAD']);
  });

  it('is not read before its next line may have come', () => {
    const burst = new Burst();
    const { atMs } = type([...keysOf('REF-004711'), 'Enter'], 8, burst);
    expect(burst.read(atMs)).toBeNull();
    expect(burst.read(atMs + READ_AFTER_MS)).toBeNull();
  });

  it('is read once', () => {
    const { burst, atMs } = type([...keysOf('REF-004711'), 'Enter'], 8);
    expect(burst.read(atMs + 10_000)).toBeNull();
  });

  it('is forgotten when its keys never end', () => {
    const { lines } = type([...keysOf('x'.repeat(9_000)), 'Enter'], 1);
    expect(lines?.[0]?.length ?? 0).toBeLessThanOrEqual(4_000);
  });
});

describe('a person', () => {
  it.each([60, 120, 400])('who types a key each %i ms is let through, Enter and all', (gapMs) => {
    const { verdicts, lines } = type([...keysOf('Vilnius'), 'Enter'], gapMs);
    expect(new Set(verdicts)).toEqual(new Set(['pass']));
    expect(lines).toBeNull();
  });

  it('who rolls two keys and Enter is let through', () => {
    expect(type(['a', 'b', 'Enter'], 10).last).toBe('pass');
  });

  it('who types fast and then thinks before Enter is let through', () => {
    const burst = new Burst();
    const { atMs } = type(keysOf('Vilnius'), 20, burst);
    expect(burst.take('Enter', atMs + 200)).toBe('pass');
  });

  it('who types before a reader does not become part of its text', () => {
    const burst = new Burst();
    const { atMs } = type(keysOf('abc'), 150, burst);
    const { lines } = type([...keysOf('REF-004711'), 'Enter'], 8, burst, atMs + 200);
    expect(lines).toEqual(['REF-004711']);
  });
});
