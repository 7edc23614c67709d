/** Both sides of a card on one glass, as they lie there in a branch. */
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { intersectionOverUnion } from '../../../../../renderer/vision/geometry.ts';
import type { GlassRequest } from '../../../../specimens/glass.ts';
import { scanGlass, specimenOf } from '../../../../support/glass.ts';

/** Pages of a scanner have more; what is found is found in fewer. */
const DPI = 100;

const [front, back] = [
  await specimenOf('identity-card-front'),
  await specimenOf('identity-card-back'),
];

// Only now: from its import on, nothing but pictures of cameras and scanners is decoded in this process.
const { lookAt } = await import('../../../../../main/capture/page/page.ts');

type Glass = Omit<GlassRequest, 'seed' | 'dpi'>;

/** The front somewhere, its back where a walk from there along the turned front leads. */
const besides = (
  turnDeg: number,
  walkMm: readonly [along: number, down: number],
): Glass['laid'] => {
  const [cos, sin] = [Math.cos((turnDeg * Math.PI) / 180), Math.sin((turnDeg * Math.PI) / 180)];
  const [along, down] = walkMm;
  const [xMm, yMm] = [68, 90];
  return [
    { specimen: front, xMm, yMm, turnDeg },
    {
      specimen: back,
      xMm: xMm + along * cos - down * sin,
      yMm: yMm + along * sin + down * cos,
      turnDeg,
    },
  ];
};

const apart = (one: number, other: number): Glass['laid'] => [
  { specimen: front, xMm: 80, yMm: 70, turnDeg: one },
  { specimen: back, xMm: 95, yMm: 180, turnDeg: other },
];

interface Pair {
  readonly how: string;
  readonly glass: Glass;
  readonly isGrey?: boolean;
}

const PAIRS: readonly Pair[] = [
  { how: 'turned apart on a white lid', glass: { lid: 250, laid: apart(15, -15) } },
  { how: 'turned together on a dark lid', glass: { lid: 60, laid: apart(-15, 15) } },
  { how: 'on a black lid', glass: { lid: 12, laid: apart(7, -3) } },
  { how: 'on an off-white lid', glass: { lid: 235, tint: [6, 1, -12], laid: apart(-15, 3) } },
  { how: 'through much noise', glass: { lid: 240, noise: 4, laid: apart(15, 15) } },
  { how: 'through much noise on a black lid', glass: { lid: 25, noise: 4, laid: apart(-2, 9) } },
  { how: 'on a grey page', glass: { lid: 246, laid: apart(15, -8) }, isGrey: true },
  {
    how: 'beside the shadow of the lid',
    glass: {
      lid: 250,
      shadowStripMm: 8,
      laid: [
        { specimen: front, xMm: 165, yMm: 70, turnDeg: 0 },
        { specimen: back, xMm: 80, yMm: 268, turnDeg: 0 },
      ],
    },
  },
  ...[250, 12].map((lid) => ({
    how: `in opposite corners of a page of luma ${lid}`,
    glass: {
      lid,
      laid: [
        { specimen: front, xMm: 42.8, yMm: 27, turnDeg: 0 },
        { specimen: back, xMm: 210 - 42.8, yMm: 297 - 27, turnDeg: 0 },
      ],
    },
  })),
  ...[0, 1.5, 3, 4, 5].flatMap((gapMm) => [
    {
      how: `one above the other, ${gapMm} mm apart`,
      glass: { lid: 248, laid: besides(15, [0, 54 + gapMm]) },
    },
    {
      how: `side by side, ${gapMm} mm apart`,
      glass: { lid: 248, laid: besides(-8, [85.6 + gapMm, 0]) },
    },
  ]),
];

it.each(PAIRS)('finds two cards $how, each for certain', async ({ glass, isGrey = false }) => {
  const { page, quads } = await scanGlass(glass, DPI);
  const bytes = isGrey ? await sharp(page.bytes).greyscale().jpeg().toBuffer() : page.bytes;
  const finds = await lookAt({ ...page, bytes });
  if (!finds.ok) throw new Error(finds.error.code);
  const { cards } = finds.value;
  expect(cards).toMatchObject([
    { format: 'ID-1', isCertain: true },
    { format: 'ID-1', isCertain: true },
  ]);
  for (const quad of quads) {
    const overlap = Math.max(...cards.map((card) => intersectionOverUnion(card.quad, quad)));
    expect(overlap).toBeGreaterThan(0.95);
  }
});
