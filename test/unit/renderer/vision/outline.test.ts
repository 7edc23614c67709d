import { describe, expect, it } from 'vitest';
import { straighten } from '../../../../renderer/components/straight-view.tsx';
import type { Quad } from '../../../../renderer/vision/geometry.ts';
import { outlineOf } from '../../../../renderer/vision/outline.ts';

/** A card at a slant in a frame of 1280 × 720. */
const QUAD: Quad = [
  { x: 320, y: 180 },
  { x: 960, y: 144 },
  { x: 1024, y: 540 },
  { x: 256, y: 576 },
];

const rounded = (quad: Quad) => quad.map(({ x, y }) => [Math.round(x * 1e6), Math.round(y * 1e6)]);

describe('the outline of a document in its picture', () => {
  it('is that of the frame as shares', () => {
    expect(rounded(outlineOf(QUAD, 1280, 720, 0))).toEqual(
      QUAD.map(({ x, y }) => [Math.round((x / 1280) * 1e6), Math.round((y / 720) * 1e6)]),
    );
  });

  it.each([1, 2, 3] as const)(
    'turns with the picture by %d quarters and begins at its own top left',
    (turns) => {
      const [a, b, c, d] = outlineOf(QUAD, 1280, 720, turns);
      expect(a.x).toBeLessThan(b.x);
      expect(d.x).toBeLessThan(c.x);
      expect(a.y).toBeLessThan(d.y);
      expect(b.y).toBeLessThan(c.y);
    },
  );

  it('comes back to itself after two half turns', () => {
    const [a, b, c, d] = outlineOf(QUAD, 1, 1, 2);
    expect(rounded(outlineOf([a, b, c, d], 1, 1, 2))).toEqual(rounded(QUAD));
  });
});

describe('the straightened view', () => {
  it('brings each corner of the document into a corner of the view', () => {
    const outline = outlineOf(QUAD, 1280, 720, 0);
    const { width, height, pictureHeight, matrix } = straighten(outline, 1280, 720);
    const at = (index: number): number => matrix[index] ?? Number.NaN;
    const seen = outline.map(({ x, y }) => {
      const px = x * 1000;
      const py = y * pictureHeight;
      const w = at(3) * px + at(7) * py + at(15);
      return [(at(0) * px + at(4) * py + at(12)) / w, (at(1) * px + at(5) * py + at(13)) / w];
    });
    const corners = [
      [0, 0],
      [width, 0],
      [width, height],
      [0, height],
    ];
    for (const [index, [x = 0, y = 0]] of corners.entries()) {
      expect(seen[index]?.[0]).toBeCloseTo(x, 6);
      expect(seen[index]?.[1]).toBeCloseTo(y, 6);
    }
    expect(Math.max(width, height)).toBeCloseTo(232, 6);
  });
});
