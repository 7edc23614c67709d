import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from '../../../../main/ports/retry-after.ts';

const NOW_MS = Date.UTC(2026, 0, 15, 9, 0, 0);

describe('Retry-After', () => {
  it.each([
    ['0', 0],
    [' 120 ', 120],
    ['999999999', 86_400],
    ['Thu, 15 Jan 2026 09:01:30 GMT', 90],
    ['Thu, 15 Jan 2026 08:00:00 GMT', 0],
    ['Fri, 15 Jan 2027 09:00:00 GMT', 86_400],
  ])('reads %j as %d s', (header, seconds) => {
    expect(parseRetryAfter(header, NOW_MS)).toBe(seconds);
  });

  it.each([undefined, '', '-1', '1.5', '1e3', 'soon', '12345678901'])(
    'makes nothing of %j',
    (header) => {
      expect(parseRetryAfter(header, NOW_MS)).toBeNull();
    },
  );

  it('makes nothing of a date without the HTTP form', () => {
    expect(parseRetryAfter('2026-01-15T10:00:00Z', NOW_MS)).toBeNull();
    expect(parseRetryAfter('Xyz, 99 Foo 2026 GMT', NOW_MS)).toBeNull();
  });
});
