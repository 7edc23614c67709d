import { expect, it } from 'vitest';
import { cornerError } from '../../eval/documents.ts';
import { countFigures } from '../../eval/faces.ts';
import { aucOf, quantileOf, shareOf } from '../../eval/suite.ts';
import { intersectionOverUnion, type Quad } from '../../../renderer/vision/geometry.ts';

const square = (x: number, side: number): Quad => [
  { x, y: 0 },
  { x: x + side, y: 0 },
  { x: x + side, y: side },
  { x, y: side },
];

it('gives 1 for scores that tell apart, a half for the same scores, 0 for the wrong way round', () => {
  expect(aucOf([3, 4], [1, 2])).toBe(1);
  expect(aucOf([1], [1])).toBe(0.5);
  expect(aucOf([1, 2], [3, 4])).toBe(0);
  expect(aucOf([], [1])).toBeNull();
});

it('takes no score for one that is no number', () => {
  expect(() => aucOf([Number.NaN], [1])).toThrow('no number');
});

it('gives the share and the quantile of what there is, and null of nothing', () => {
  expect(shareOf([true, false, true, true])).toBe(0.75);
  expect(shareOf([])).toBeNull();
  expect(quantileOf([5, 1, 3], 0.5)).toBe(3);
  expect(quantileOf([], 0.5)).toBeNull();
});

it('measures the overlap of quads whatever corner they start from and whichever way they go', () => {
  const [a, b, c, d] = square(0, 10);
  expect(intersectionOverUnion([c, d, a, b], [b, a, d, c])).toBeCloseTo(1);
  expect(intersectionOverUnion(square(0, 10), square(5, 10))).toBeCloseTo(1 / 3);
  expect(intersectionOverUnion(square(0, 10), square(20, 10))).toBe(0);
});

it('measures corner errors for the rotation that fits best', () => {
  const [a, b, c, d] = square(0, 10);
  expect(cornerError([c, d, a, b], square(0, 10))).toBe(0);
  expect(cornerError(square(3, 10), square(0, 10))).toBe(3);
});

it('counts faces right where none, one or more are told apart, whatever the number of more', () => {
  const counted = [
    { truth: 0, found: 0, ms: 1 },
    { truth: 1, found: 2, ms: 1 },
    { truth: 3, found: 2, ms: 1 },
    { truth: 1, found: 0, ms: 1 },
  ];
  expect(countFigures(counted)).toMatchObject({
    n: 4,
    countExact: 0.5,
    numberExact: 0.25,
    missed: 2,
    invented: 1,
  });
});
