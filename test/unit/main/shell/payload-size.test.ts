import { describe, expect, it } from 'vitest';
import { payloadBytes } from '../../../../main/shell/payload-size.ts';

describe('payload size', () => {
  it('SEC-09 counts strings, numbers, keys and bytes', () => {
    expect(payloadBytes(undefined)).toBe(8);
    expect(payloadBytes('ab')).toBe(4);
    expect(payloadBytes({ a: new Uint8Array(10) })).toBe(12);
    expect(payloadBytes([1, 'é', null])).toBe(18);
  });

  it('SEC-09 calls a value endless that has too many parts, wide or deep', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 2_000; level += 1) deep = [deep];
    expect(payloadBytes(deep)).toBe(Infinity);
    expect(payloadBytes(Array.from({ length: 1e6 }, () => 0))).toBe(Infinity);
    expect(payloadBytes(Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [i, i])))).toBe(
      Infinity,
    );
  });

  it('SEC-09 comes back from a cycle', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    expect(payloadBytes(cycle)).toBe(Infinity);
  });

  it.each([
    new Map(),
    new Set(),
    new Date(0),
    /x/,
    new ArrayBuffer(1),
    new Float64Array(1),
    new Error('x'),
  ])('SEC-09 accepts no %o', (value) => {
    expect(payloadBytes({ value })).toBe(Infinity);
  });
});
