import { describe, expect, it } from 'vitest';
import type { Quad } from '../../../../../renderer/vision/geometry.ts';
import { SteadyRun, type FrameVerdict } from '../../../../../renderer/vision/shutter/steady-run.ts';

const DIAGONAL_PX = 1000;

const square = (x: number): Quad => [
  { x, y: 0 },
  { x: x + 300, y: 0 },
  { x: x + 300, y: 200 },
  { x, y: 200 },
];

const good = (atMs: number, more: Partial<FrameVerdict> = {}): FrameVerdict => ({
  quad: square(100),
  isGood: true,
  blur: 2,
  atMs,
  ...more,
});

/** At which of the frames the run was complete; -1 for none. */
const completeAt = (frames: readonly FrameVerdict[]): number => {
  const run = new SteadyRun();
  return frames.findIndex((frame) => run.add(frame, DIAGONAL_PX).isComplete);
};

describe('SteadyRun', () => {
  it('is complete after four good frames that lie still', () => {
    expect(completeAt([0, 100, 200, 300, 400].map((atMs) => good(atMs)))).toBe(3);
  });

  it('is complete on a machine that takes two seconds for a frame', () => {
    expect(completeAt([0, 2000, 4000, 6000].map((atMs) => good(atMs)))).toBe(3);
  });

  it('takes its time at sixty frames a second', () => {
    const times = Array.from({ length: 30 }, (_, index) => index * 16);
    expect(times[completeAt(times.map((atMs) => good(atMs)))]).toBeGreaterThanOrEqual(250);
  });

  it('begins anew after a frame that is not good', () => {
    const frames = [0, 100, 200, 300, 400, 500, 600].map((atMs) =>
      good(atMs, { isGood: atMs !== 200 }),
    );
    expect(completeAt(frames)).toBe(6);
  });

  it('never completes while the document moves', () => {
    const frames = Array.from({ length: 20 }, (_, index) =>
      good(index * 100, { quad: square(100 + index * 8) }),
    );
    expect(completeAt(frames)).toBe(-1);
  });

  it.each([
    ['five', 200],
    ['sixty', 16],
  ])('never completes while it creeps on by 40 pixels a second, at %s frames', (_, everyMs) => {
    const frames = Array.from({ length: 100 }, (_none, index) => {
      const atMs = index * everyMs;
      return good(atMs, { quad: square(100 + (atMs * 40) / 1000) });
    });
    expect(completeAt(frames)).toBe(-1);
  });

  it('counts only where it came to lie, when the first good frame saw it moving', () => {
    const frames = [
      good(0, { quad: null, isGood: false }),
      good(100, { quad: square(250) }),
      ...[600, 700, 800, 900, 1000].map((atMs) => good(atMs)),
    ];
    expect(completeAt(frames)).toBe(6);
  });

  it('never completes while the camera repeats each place of a moving document twice', () => {
    const frames = Array.from({ length: 60 }, (_, index) =>
      good(index * 200, { quad: square(100 + 20 * Math.floor(index / 3)) }),
    );
    expect(completeAt(frames)).toBe(-1);
  });

  it('counts a frame once, however often it is shown', () => {
    expect(completeAt([0, 0, 200, 200, 400, 400, 600].map((atMs) => good(atMs)))).toBe(6);
  });

  it('begins anew when the camera stalled', () => {
    expect(completeAt([0, 100, 200, 5000, 5100, 5200, 5300].map((atMs) => good(atMs)))).toBe(6);
  });

  it('names the sharpest frame of the run as the best', () => {
    const run = new SteadyRun();
    const best = [3, 1, 2, 1.5].map(
      (blur, index) => run.add(good(index * 100, { blur }), DIAGONAL_PX).isBest,
    );
    expect(best).toEqual([true, true, false, false]);
  });

  it('says that the document moves', () => {
    const run = new SteadyRun();
    run.add(good(0), DIAGONAL_PX);
    expect(run.add(good(100, { quad: square(140) }), DIAGONAL_PX).isMoving).toBe(true);
    expect(run.add(good(200, { quad: square(142) }), DIAGONAL_PX).isMoving).toBe(false);
  });
});
