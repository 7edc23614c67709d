/** Corners that are moved by hand: the frame stays a rectangle. */
import { describe, expect, it } from 'vitest';
import type { PageQuad } from '../../../../preload/contract/scanner-channels.ts';
import {
  CORNER_INDEXES,
  turnedBy,
  turnedTowards,
  turnHandleOf,
  withCorner,
} from '../../../../renderer/components/page-geometry.ts';

const level: PageQuad = [
  { x: 100, y: 100 },
  { x: 500, y: 100 },
  { x: 500, y: 300 },
  { x: 100, y: 300 },
];
const turned = turnedBy(level, 0.3);

const sides = (quad: PageQuad): number[] =>
  CORNER_INDEXES.map((index) => {
    const [one, other] = [quad[index], quad[((index + 1) % 4) as 0]];
    return Math.hypot(other.x - one.x, other.y - one.y);
  });

const isRectangle = (quad: PageQuad): boolean => {
  const [top = 0, right = 0, bottom = 0, left = 0] = sides(quad);
  const across = Math.hypot(quad[2].x - quad[0].x, quad[2].y - quad[0].y);
  const down = Math.hypot(quad[3].x - quad[1].x, quad[3].y - quad[1].y);
  return [top - bottom, right - left, across - down].every((off) => Math.abs(off) < 1e-6);
};

describe.each([
  ['a level frame', level],
  ['a turned frame', turned],
])('%s', (_what, quad) => {
  it.each(CORNER_INDEXES)('stays a rectangle when corner %i is moved', (index) => {
    const from = quad[index];
    const to = { x: from.x + 13, y: from.y - 7 };
    const moved = withCorner(quad, index, to);
    expect(isRectangle(moved)).toBe(true);
    expect(moved[index].x).toBeCloseTo(to.x, 6);
    expect(moved[index].y).toBeCloseTo(to.y, 6);
    const opposite = ((index + 2) % 4) as 0;
    expect(moved[opposite].x).toBeCloseTo(quad[opposite].x, 9);
  });

  it('never turns inside out', () => {
    for (const index of CORNER_INDEXES) {
      const moved = withCorner(quad, index, quad[((index + 2) % 4) as 0]);
      expect(Math.min(...sides(moved))).toBeCloseTo(40, 6);
      expect(isRectangle(moved)).toBe(true);
    }
  });

  it('turns around its middle, towards where its handle is dragged', () => {
    const handle = turnHandleOf(turnedBy(quad, 0.5), 60);
    const dragged = turnedTowards(quad, handle);
    for (const [index, corner] of turnedBy(quad, 0.5).entries()) {
      expect(dragged[index]?.x).toBeCloseTo(corner.x, 6);
      expect(dragged[index]?.y).toBeCloseTo(corner.y, 6);
    }
  });
});
