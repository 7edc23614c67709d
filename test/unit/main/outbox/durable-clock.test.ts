import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DurableClock, LONGEST_STEP_MS } from '../../../../main/outbox/durable-clock.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

const WEEK_MS = 7 * 24 * 3_600_000;
const CENTURY_MS = 100 * 365 * 24 * 3_600_000;

describe('SEC-29 the kiosk’s own clock', () => {
  it('begins at nothing and goes with the monotonic clock, whatever the wall clock does', async () => {
    const clock = new FakeClock();
    const time = new DurableClock(clock, null);
    expect(time.livedMs()).toBe(0);
    clock.jumpWall(CENTURY_MS);
    await clock.advance(1500.7);
    expect(time.livedMs()).toBe(1500);
    clock.jumpWall(-2 * CENTURY_MS);
    await clock.advance(0.5);
    expect(time.livedMs()).toBe(1501);
    expect(time.now()).toEqual({ livedMs: 1501, wallMs: Math.floor(clock.wallMs()) });
  });

  it.each([
    ['an hour', 3_600_000, 3_600_000],
    ['a week', WEEK_MS, WEEK_MS],
    ['a century, as a week', CENTURY_MS, WEEK_MS],
    ['a clock set back, as nothing', -CENTURY_MS, 0],
  ])('counts the time between two runs: %s', (_what, byMs, countedMs) => {
    const clock = new FakeClock();
    const kept = { livedMs: 5000, wallMs: clock.wallMs() };
    clock.jumpWall(byMs);
    expect(new DurableClock(clock, kept).livedMs()).toBe(5000 + countedMs);
    expect(LONGEST_STEP_MS).toBe(WEEK_MS);
  });

  it.each([
    ['two hours', 7_200_000, 7_200_000],
    ['a century, as a week', CENTURY_MS, WEEK_MS],
    ['a clock set back, as nothing', -CENTURY_MS, 0],
  ])('counts a sleep of the machine: %s', async (_what, byMs, countedMs) => {
    const clock = new FakeClock();
    const time = new DurableClock(clock, null);
    await clock.advance(1000);
    clock.jumpWall(byMs);
    time.resumed();
    expect(time.livedMs()).toBe(1000 + countedMs);
    time.resumed();
    expect(time.livedMs()).toBe(1000 + countedMs);
    await clock.advance(500);
    expect(time.livedMs()).toBe(1500 + countedMs);
  });

  it('says since when nothing can have stretched it: the last start or sleep', async () => {
    const clock = new FakeClock();
    const time = new DurableClock(clock, { livedMs: 5000, wallMs: clock.wallMs() });
    await clock.advance(700);
    expect(time.steadySinceMs).toBe(5000);
    clock.jumpWall(CENTURY_MS);
    time.resumed();
    expect(time.steadySinceMs).toBe(5700 + WEEK_MS);
  });

  it('does not count a sleep twice that the monotonic clock counted', async () => {
    const clock = new FakeClock();
    const time = new DurableClock(clock, null);
    await clock.advance(3_600_000);
    time.resumed();
    expect(time.livedMs()).toBe(3_600_000);
  });

  it('never falls and never runs ahead by more than a week for each start and sleep', async () => {
    const step = fc.record({
      passMs: fc.integer({ min: 0, max: 10_000_000 }),
      jumpMs: fc.integer({ min: -CENTURY_MS, max: CENTURY_MS }),
      after: fc.constantFrom('goes on', 'sleeps', 'starts anew'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const clock = new FakeClock();
        let time = new DurableClock(clock, null);
        let [before, passedMs, doubts] = [0, 0, 0];
        for (const { passMs, jumpMs, after } of steps) {
          await clock.advance(passMs);
          passedMs += passMs;
          const kept = time.now();
          clock.jumpWall(jumpMs);
          if (after === 'sleeps') time.resumed();
          if (after === 'starts anew') time = new DurableClock(clock, kept);
          if (after !== 'goes on') doubts += 1;
          expect(time.livedMs()).toBeGreaterThanOrEqual(before);
          expect(time.livedMs()).toBeGreaterThanOrEqual(passedMs - steps.length);
          expect(time.livedMs()).toBeLessThanOrEqual(passedMs + doubts * WEEK_MS);
          before = time.livedMs();
        }
      }),
      { numRuns: 150, seed: 29 },
    );
  });
});
