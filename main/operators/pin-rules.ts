/** Which PINs are too easy to guess or to see, and how long wrong ones keep the door shut. */
import { LIMITS } from '../../preload/contract/limits.ts';

const WELL_FORMED = new RegExp(`^[0-9]{${LIMITS.pinMinDigits},${LIMITS.pinMaxDigits}}$`);

/** 111111, 123456, 987654, 890123, 135791: the same step, modulo ten, from digit to digit. */
const hasEqualSteps = (pin: string): boolean => {
  const digits = Array.from(pin, Number);
  const steps = digits.slice(1).map((digit, index) => (digit - (digits[index] ?? 0) + 10) % 10);
  return new Set(steps).size === 1;
};

/** 121212, 123123, 12341234: a shorter PIN, repeated. */
const REPEATED = /^(.+)\1+$/;

/** True for a PIN nobody may choose, by its form or because it is among the first to be tried. */
export const isWeakPin = (pin: string): boolean =>
  !WELL_FORMED.test(pin) || hasEqualSteps(pin) || REPEATED.test(pin);

/** Own decision: a person mistypes a few times; half of all six-digit PINs take a guesser fourteen years. */
export const FREE_TRIES = 5;
const FIRST_DELAY_MS = 30_000;
const LONGEST_DELAY_MS = 15 * 60_000;

/** Milliseconds the door stays shut after so many wrong PINs in a row: none, then 30 s doubling to 15 min. */
export const lockOutMs = (failedTries: number): number =>
  failedTries < FREE_TRIES
    ? 0
    : Math.min(FIRST_DELAY_MS * 2 ** (failedTries - FREE_TRIES), LONGEST_DELAY_MS);
