import { describe, expect, it } from 'vitest';
import { isWeakPin, lockOutMs } from '../../../../main/operators/pin-rules.ts';

describe('PIN rules', () => {
  it.each([
    '000000',
    '999999999999',
    '123456',
    '654321',
    '890123',
    '210987',
    '135791',
    '0123456789',
    '121212',
    '123123',
    '12341234',
    '55555',
    '12345',
    '1234567890123',
    '',
    '12a456',
    '１２９４５６',
    '829401\n',
    ' 82940',
  ])('SEC-34: call %j weak', (pin) => {
    expect(isWeakPin(pin)).toBe(true);
  });

  it.each(['829401', '112233', '123457', '100000', '482915037264'])('take %s', (pin) => {
    expect(isWeakPin(pin)).toBe(false);
  });

  it('SEC-34: leave nearly all PINs to choose from', () => {
    // 101 divides none of the repeating patterns, so that they are met as often as they are.
    const pins = Array.from({ length: 9_900 }, (_, index) => String(index * 101).padStart(6, '0'));
    const weak = pins.filter(isWeakPin).length;
    expect(weak).toBeGreaterThan(0);
    expect(weak / pins.length).toBeLessThan(0.003);
  });

  it('SEC-34: shut the door longer with each wrong PIN, up to a quarter of an hour', () => {
    const minutes = [4, 5, 6, 7, 8, 9, 10, 11, 1e9].map((tries) => lockOutMs(tries) / 60_000);
    expect(minutes).toEqual([0, 0.5, 1, 2, 4, 8, 15, 15, 15]);
  });
});
