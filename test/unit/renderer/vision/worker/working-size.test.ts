import { expect, it } from 'vitest';
import { WORKING_PX } from '../../../../../renderer/vision/document/detect.ts';
import { LEAST_PX, WorkingSize } from '../../../../../renderer/vision/worker/working-size.ts';

/** Size after so many frames of one duration. */
const after = (frames: number, ms: number, size = new WorkingSize()): number => {
  for (let frame = 0; frame < frames; frame += 1) size.took(ms);
  return size.px;
};

it('stays at full size where frames take as long as they should', () => {
  expect(after(200, 60)).toBe(WORKING_PX);
});

it('goes down on a slow machine, but never so far that cards are lost', () => {
  expect(after(20, 200)).toBeLessThan(WORKING_PX);
  expect(after(500, 200)).toBe(LEAST_PX);
});

it('comes back when the machine has time again', () => {
  const size = new WorkingSize();
  after(500, 200, size);
  expect(after(500, 10, size)).toBe(WORKING_PX);
});

it('is not moved by one slow frame', () => {
  const size = new WorkingSize();
  after(50, 60, size);
  size.took(200);
  expect(size.px).toBe(WORKING_PX);
});
