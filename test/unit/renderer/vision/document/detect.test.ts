import { describe, expect, it } from 'vitest';
import { ACCEPTED_CONFIDENCE } from '../../../../../renderer/vision/document/confidence.ts';
import { detectDocument, WORKING_PX } from '../../../../../renderer/vision/document/detect.ts';
import {
  intersectionOverUnion,
  type Point,
  type Quad,
} from '../../../../../renderer/vision/geometry.ts';
import type { Raster } from '../../../../../renderer/vision/raster.ts';
import { BACKGROUNDS } from '../../../../specimens/backgrounds.ts';
import { casualPlacement, type Defects } from '../../../../specimens/scene.ts';
import { drawFrame } from '../../../../support/scenes.ts';

const TINY: Quad = [
  { x: 0, y: 0 },
  { x: 1, y: 0 },
  { x: 1, y: 1 },
  { x: 0, y: 1 },
];

/** The same in luma, as a scanner's grey page. */
const greyOf = ({ data, ...frame }: Raster): Raster => {
  const luma = Uint8Array.from({ length: data.length / 4 }, (_, pixel) => data[pixel * 4 + 1] ?? 0);
  return { ...frame, channels: 1, data: luma };
};

/** Each pixel as so many, both ways. */
const enlarged = ({ widthPx, heightPx, data }: Raster, times: number): Raster => {
  const pixels = new Uint32Array(data.buffer);
  const large = new Uint32Array(pixels.length * times * times);
  for (let at = 0; at < large.length; at += 1) {
    const x = Math.floor((at % (widthPx * times)) / times);
    const y = Math.floor(at / (widthPx * times * times));
    large[at] = pixels[y * widthPx + x] ?? 0;
  }
  return {
    widthPx: widthPx * times,
    heightPx: heightPx * times,
    channels: 4,
    data: new Uint8ClampedArray(large.buffer),
  };
};

const iouOf = (frame: Raster, quad: Quad | null): number => {
  const found = detectDocument(frame).document;
  return found === null || quad === null ? 0 : intersectionOverUnion(found.quad, quad);
};

describe('detectDocument', () => {
  for (const background of BACKGROUNDS)
    for (const document of ['identity-card-front', 'passport', 'driving-licence-back'] as const)
      it(`finds a ${document} on ${background} with all corners and accepts it`, async () => {
        const placement = casualPlacement(3);
        const { frame, quad } = await drawFrame({ document, background, placement });
        const found = detectDocument(frame).document;
        expect(found?.isAccepted).toBe(true);
        expect(found?.confidence).toBeGreaterThanOrEqual(ACCEPTED_CONFIDENCE);
        expect(iouOf(frame, quad)).toBeGreaterThan(0.95);
      });

  for (const background of ['plain', 'fabric', 'clutter'] as const)
    it(`finds a sheet of paper on ${background}`, async () => {
      const placement = casualPlacement(3);
      const { frame, quad } = await drawFrame({
        document: 'utility-bill',
        background,
        placement,
      });
      expect(iouOf(frame, quad)).toBeGreaterThan(0.95);
    });

  const spoilt: readonly [string, Defects][] = [
    ['blurred', { blurSigmaPx: 3 }],
    ['dark', { exposure: 0.3 }],
    ['with glare', { glare: 1 }],
    ['under a shadow', { hasCastShadow: true }],
    ['held by a finger', { hasFinger: true }],
  ];
  for (const [what, defects] of spoilt)
    it(`finds a card ${what}`, async () => {
      const { frame, quad } = await drawFrame({ defects });
      expect(iouOf(frame, quad)).toBeGreaterThan(0.9);
    });

  it('finds a card in a frame of 640 × 480 px', async () => {
    const { frame, quad } = await drawFrame({ size: { widthPx: 640, heightPx: 480 } });
    expect(detectDocument(frame).document?.isAccepted).toBe(true);
    expect(iouOf(frame, quad)).toBeGreaterThan(0.95);
  });

  it('finds a card in a frame of 3840 × 2160 px', async () => {
    const { frame, quad } = await drawFrame({});
    const large = enlarged(frame, 4);
    expect(detectDocument(large).document?.isAccepted).toBe(true);
    const [a, b, c, d] = quad ?? TINY;
    const at = ({ x, y }: Point): Point => ({ x: 4 * x, y: 4 * y });
    expect(iouOf(large, [at(a), at(b), at(c), at(d)])).toBeGreaterThan(0.95);
  });

  it('finds the same corners in a grey frame', async () => {
    const { frame, quad } = await drawFrame({ document: 'passport', background: 'fabric' });
    expect(iouOf(greyOf(frame), quad)).toBeGreaterThan(0.95);
  });

  for (const background of BACKGROUNDS)
    it(`accepts nothing on an empty table of ${background}`, async () => {
      const { frame } = await drawFrame({ document: null, background });
      expect(detectDocument(frame).document?.isAccepted ?? false).toBe(false);
    });

  for (const [border, placement] of [
    ['left', { shiftX: -0.42 }],
    ['right', { shiftX: 0.42 }],
    ['bottom', { shiftY: 0.42 }],
  ] as const)
    it(`accepts no part of a passport cut off at the ${border}, and says where`, async () => {
      const { frame } = await drawFrame({ document: 'passport', background: 'fabric', placement });
      const { document, cutAt } = detectDocument(frame);
      expect(document?.isAccepted ?? false).toBe(false);
      expect(cutAt).toBe(border);
    });

  it('finds nothing in a frame of one colour, and does not fail on a tiny one', () => {
    const even = (widthPx: number, heightPx: number): Raster => ({
      widthPx,
      heightPx,
      channels: 4,
      data: new Uint8ClampedArray(widthPx * heightPx * 4).fill(120),
    });
    expect(detectDocument(even(640, 480)).document).toBeNull();
    expect(detectDocument(even(8, 8)).document).toBeNull();
  });

  it('says which formats the shape can be', async () => {
    const card = await drawFrame({ document: 'identity-card-front' });
    expect(detectDocument(card.frame).document?.formats).toEqual(['ID-1']);
    const passport = await drawFrame({ document: 'passport', background: 'plain' });
    expect(detectDocument(passport.frame).document?.formats).toContain('ID-3');
  });

  it('stays with the document of the frame before, and leaves it when it has gone', async () => {
    const { frame, quad } = await drawFrame({ document: 'passport', background: 'clutter' });
    const before = detectDocument(frame).document?.quad ?? null;
    const again = detectDocument(frame, WORKING_PX, before).document?.quad;
    expect(intersectionOverUnion(again ?? TINY, quad ?? TINY)).toBeGreaterThan(0.95);
    const { frame: empty } = await drawFrame({ document: null, background: 'clutter' });
    expect(detectDocument(empty, WORKING_PX, before).document?.isAccepted ?? false).toBe(false);
  });

  it('gives the same answer for the same frame', async () => {
    const { frame } = await drawFrame({ document: 'passport', background: 'clutter' });
    expect(detectDocument(frame)).toEqual(detectDocument(frame));
  });
});
