import { expect, it } from 'vitest';
import { formatsOf } from '../../../../../renderer/vision/document/format.ts';
import type { Quad } from '../../../../../renderer/vision/geometry.ts';

const rectangle = (width: number, height: number): Quad => [
  { x: 0, y: 0 },
  { x: width, y: 0 },
  { x: width, y: height },
  { x: 0, y: height },
];

it('takes a bank card for ID-1 alone, lying or standing', () => {
  expect(formatsOf(rectangle(856, 540))).toEqual(['ID-1']);
  expect(formatsOf(rectangle(540, 856))).toEqual(['ID-1']);
});

it('leaves open what passport page, ID-2 and A4 have in common: their shape', () => {
  expect(formatsOf(rectangle(1250, 880))).toEqual(
    expect.arrayContaining(['ID-2', 'ID-3', 'A-SERIES']),
  );
});

it('names no format for a long receipt', () => {
  expect(formatsOf(rectangle(800, 2400))).toEqual([]);
});
