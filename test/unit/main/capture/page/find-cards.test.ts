/** What is found on drawn glasses whose truth is known. */
import { describe, expect, it } from 'vitest';
import type { FoundCard } from '../../../../../main/capture/page/find-cards.ts';
import { intersectionOverUnion } from '../../../../../renderer/vision/geometry.ts';
import type { GlassRequest } from '../../../../specimens/glass.ts';
import { plainCard, scanGlass, specimenOf } from '../../../../support/glass.ts';
import { noise, solid } from '../../../../support/pictures.ts';

const [front, back, passport, bill] = [
  await specimenOf('identity-card-front'),
  await specimenOf('identity-card-back'),
  await specimenOf('passport'),
  await specimenOf('utility-bill'),
];
const [white, whiter] = [await plainCard(252), await plainCard(250)];

// Only now: from its import on, nothing but pictures of cameras and scanners is decoded in this process.
const { encodePng } = await import('../../../../../main/capture/image-decoder.ts');
const { lookAt } = await import('../../../../../main/capture/page/page.ts');

type Glass = Omit<GlassRequest, 'seed' | 'dpi'>;

const find = async (request: Glass) => {
  const { page, quads } = await scanGlass(request);
  const finds = await lookAt(page);
  if (!finds.ok) throw new Error(finds.error.code);
  return { finds: finds.value, quads };
};

/** Overlap of each truth with the card that fits it best. */
const overlaps = (cards: readonly FoundCard[], quads: Awaited<ReturnType<typeof find>>['quads']) =>
  quads.map((quad) => Math.max(0, ...cards.map((card) => intersectionOverUnion(card.quad, quad))));

const CARDS: readonly (readonly [what: string, glass: Glass])[] = [
  ['on a white lid', { lid: 248, laid: [{ specimen: front, xMm: 80, yMm: 60, turnDeg: 3 }] }],
  ['on a black lid', { lid: 30, laid: [{ specimen: front, xMm: 80, yMm: 60, turnDeg: -7 }] }],
  ['on a grey lid', { lid: 128, laid: [{ specimen: back, xMm: 90, yMm: 80, turnDeg: 40 }] }],
  ['upside down', { lid: 240, laid: [{ specimen: back, xMm: 90, yMm: 80, turnDeg: 178 }] }],
  ['as white as the lid', { lid: 248, laid: [{ specimen: white, xMm: 90, yMm: 90, turnDeg: 4 }] }],
  [
    'as white as the lid, without a shadow',
    { lid: 248, shadow: 0, laid: [{ specimen: white, xMm: 90, yMm: 90, turnDeg: 4 }] },
  ],
  [
    'pushed into the corner',
    { lid: 248, laid: [{ specimen: front, xMm: 42.8, yMm: 27, turnDeg: 0 }] },
  ],
  [
    'touching the edge of a black page',
    { lid: 30, laid: [{ specimen: back, xMm: 43.5, yMm: 200, turnDeg: 1 }] },
  ],
  [
    'in the shadow of a lid that does not close',
    {
      lid: 248,
      shadowStripMm: 6,
      laid: [{ specimen: front, xMm: 166, yMm: 60, turnDeg: 0 }],
    },
  ],
  [
    'beside its other side',
    {
      lid: 240,
      laid: [
        { specimen: front, xMm: 50, yMm: 60, turnDeg: 1 },
        { specimen: back, xMm: 150, yMm: 65, turnDeg: -2 },
      ],
    },
  ],
  [
    'above its other side, touching it',
    {
      lid: 248,
      laid: [
        { specimen: front, xMm: 50, yMm: 60, turnDeg: 0 },
        { specimen: back, xMm: 50, yMm: 114, turnDeg: 0 },
      ],
    },
  ],
  [
    'twice as white as the lid',
    {
      lid: 248,
      laid: [
        { specimen: white, xMm: 90, yMm: 60, turnDeg: 4 },
        { specimen: white, xMm: 90, yMm: 150, turnDeg: -4 },
      ],
    },
  ],
];

describe('findCards', () => {
  it.each(CARDS)('finds a card %s, within 3 %% of its area', async (_what, glass) => {
    const { finds, quads } = await find(glass);
    expect(finds.cards).toHaveLength(quads.length);
    for (const overlap of overlaps(finds.cards, quads)) expect(overlap).toBeGreaterThan(0.97);
    for (const { format, isCertain } of finds.cards)
      expect([format, isCertain]).toEqual(['ID-1', true]);
  });

  it.each([2, 91, -12])('finds a passport turned by %i degrees', async (turnDeg) => {
    const { finds, quads } = await find({
      lid: 248,
      laid: [{ specimen: passport, xMm: 90, yMm: 100, turnDeg }],
    });
    expect(finds.cards).toMatchObject([{ format: 'ID-3', isCertain: true }]);
    expect(overlaps(finds.cards, quads)[0]).toBeGreaterThan(0.98);
  });

  it('takes an open passport for its two pages', async () => {
    const { finds, quads } = await find({
      lid: 248,
      laid: [
        { specimen: passport, xMm: 80, yMm: 57, turnDeg: 0 },
        { specimen: passport, xMm: 80, yMm: 145, turnDeg: 0 },
      ],
    });
    expect(finds.cards.map(({ format }) => format)).toEqual(['ID-3', 'ID-3']);
    for (const overlap of overlaps(finds.cards, quads)) expect(overlap).toBeGreaterThan(0.97);
  });

  it('measures sides to half a millimetre and the turn to a tenth of a degree', async () => {
    const { finds } = await find({
      lid: 30,
      laid: [{ specimen: front, xMm: 100, yMm: 100, turnDeg: 6.3 }],
    });
    const [card] = finds.cards;
    expect(Math.abs((card?.widthMm ?? 0) - 85.6)).toBeLessThan(0.5);
    expect(Math.abs((card?.heightMm ?? 0) - 53.98)).toBeLessThan(0.5);
    expect(Math.abs((card?.turnDeg ?? 0) - 6.3)).toBeLessThan(0.1);
  });

  it('names cards in reading order', async () => {
    const { finds, quads } = await find({
      lid: 248,
      laid: [
        { specimen: back, xMm: 80, yMm: 180, turnDeg: 0 },
        { specimen: front, xMm: 85, yMm: 60, turnDeg: 0 },
      ],
    });
    const [first, second] = finds.cards.map(({ quad }) => quad[0].y);
    expect(first).toBeLessThan(second ?? 0);
    expect(quads[0]?.[0].y).toBeGreaterThan(quads[1]?.[0].y ?? 0);
  });

  it.each([
    ['by a corner', 20, 10],
    ['by a corner, across', 20, 90],
    ['along a side', 0, 5],
    ['along a side, turned as one', 20, 0],
  ])('never takes cards that touch %s for one that is certain', async (_how, asideMm, turnDeg) => {
    const turn = (turnDeg * Math.PI) / 180;
    const halfMm = (54 * Math.cos(turn) + 85.6 * Math.sin(turn)) / 2;
    const { finds, quads } = await find({
      lid: 248,
      laid: [
        { specimen: front, xMm: 80, yMm: 60, turnDeg: 0 },
        { specimen: back, xMm: 80 + asideMm, yMm: 60 + 26.8 + halfMm, turnDeg },
      ],
    });
    for (const { quad, isCertain } of finds.cards) {
      const best = Math.max(...quads.map((truth) => intersectionOverUnion(quad, truth)));
      expect(isCertain).toBe(best > 0.9);
    }
  });

  it('suggests a card around the print where its edges can not be seen, and calls it a guess', async () => {
    const { finds, quads } = await find({
      lid: 250,
      shadow: 0,
      laid: [{ specimen: whiter, xMm: 90, yMm: 90, turnDeg: 4 }],
    });
    expect(finds.cards).toMatchObject([{ format: 'ID-1', isCertain: false }]);
    expect(overlaps(finds.cards, quads)[0]).toBeGreaterThan(0.6);
  });

  it.each([
    ['filling the page', { lid: 248, shadow: 0 }, 0],
    ['fed askew', { lid: 248, shadow: 0 }, 2],
    ['fed askew before a black roller', { lid: 30, shadow: 0 }, -1.5],
  ])('finds no card on a bill %s, and straightens it', async (_what, glass, turnDeg) => {
    const { finds } = await find({
      ...glass,
      laid: [{ specimen: bill, xMm: 105, yMm: 148.5, turnDeg }],
    });
    expect(finds.cards).toEqual([]);
    expect(finds.sheet.format).toBe('PAPER');
    expect(Math.abs(finds.sheet.turnDeg - turnDeg)).toBeLessThan(0.3);
  });

  it('cuts a bill out of a larger black glass', async () => {
    const { finds, quads } = await find({
      lid: 30,
      widthMm: 250,
      heightMm: 340,
      laid: [{ specimen: bill, xMm: 120, yMm: 165, turnDeg: 3 }],
    });
    expect(finds.sheet).toMatchObject({ format: 'PAPER', isCertain: true });
    expect(overlaps([finds.sheet], quads)[0]).toBeGreaterThan(0.98);
    expect(finds.sheet.heightMm).toBeGreaterThan(finds.sheet.widthMm);
  });

  it.each([
    ['flush', 85.6, 54],
    ['with a margin', 90, 58],
  ])('takes a page that the scanner has cut to the card, %s', async (_what, widthMm, heightMm) => {
    const { finds } = await find({
      lid: 248,
      widthMm,
      heightMm,
      laid: [{ specimen: front, xMm: widthMm / 2, yMm: heightMm / 2, turnDeg: 0.3 }],
    });
    expect(finds.cards).toMatchObject([{ format: 'ID-1' }]);
  });

  it.each([
    ['white', { lid: 248, laid: [] }],
    ['black', { lid: 30, laid: [] }],
    ['shadowed', { lid: 248, shadowStripMm: 7, laid: [] }],
  ])('finds nothing on an empty %s glass', async (_what, glass) => {
    const { finds } = await find(glass);
    expect(finds.cards).toEqual([]);
    expect(finds.sheet.isCertain).toBe(false);
  });

  it.each([
    ['one pixel', solid({ widthPx: 1, heightPx: 1 }, [9, 9, 9]), 300],
    ['a line', solid({ widthPx: 2000, heightPx: 1 }, [250, 9, 9]), 300],
    ['noise', noise({ widthPx: 1240, heightPx: 1754 }, 3), 150],
    ['a strip', solid({ widthPx: 40, heightPx: 3000 }, [0, 0, 0]), 50],
  ])('takes a page of %s without finding a certain card on it', async (_what, page, dpi) => {
    const finds = await lookAt({ ...page, bytes: await encodePng(page), dpi });
    const cards = finds.ok ? finds.value.cards : [];
    expect(cards.filter(({ isCertain }) => isCertain)).toEqual([]);
  });
});
