import { expect, it } from 'vitest';
import { createCrashLoop } from '../../../../main/shell/crash-loop.ts';

it('SEC-27 brings the page back at once after each of three failures within a minute', () => {
  const recover = createCrashLoop();
  for (const at of [0, 20_000, 40_000])
    expect(recover(at)).toEqual({ delayMs: 0, isFailing: false });
});

it('SEC-27 names the kiosk failing at the fourth failure within a minute and slows down', () => {
  const recover = createCrashLoop();
  for (const at of [0, 1, 2]) recover(at);
  expect(recover(3)).toEqual({ delayMs: 10_000, isFailing: true });
});

it('SEC-27 forgets failures older than a minute', () => {
  const recover = createCrashLoop();
  for (const at of [0, 1, 2]) recover(at);
  expect(recover(60_002)).toEqual({ delayMs: 0, isFailing: false });
});
