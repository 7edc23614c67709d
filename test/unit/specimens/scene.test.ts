/** Scenes: the ground truth agrees with the pixels, the same seed with itself. */
import { describe, expect, it } from 'vitest';
import { BACKGROUNDS } from '../../specimens/backgrounds.ts';
import type { Specimen } from '../../specimens/documents/specimen.ts';
import type { Quad } from '../../../renderer/vision/geometry.ts';
import { project, squareToQuad } from '../../../renderer/vision/homography.ts';
import type { Raster } from '../../specimens/raster.ts';
import {
  casualPlacement,
  drawScene,
  STEADY,
  type Defects,
  type SceneRequest,
} from '../../specimens/scene.ts';

const WIDTH = 640;
const HEIGHT = 360;
/** Where the marks lie, in shares of the document, and how large they are, in its pixels. */
const MARKS = [
  { x: 0.1, y: 0.12 },
  { x: 0.9, y: 0.12 },
  { x: 0.9, y: 0.88 },
  { x: 0.1, y: 0.88 },
] as const;

/** A white card of ID-1 size with a pure red square around each mark. */
function markedCard(widthPx: number): Specimen {
  const heightPx = Math.round((widthPx * 53.98) / 85.6);
  const data = new Uint8Array(widthPx * heightPx * 4).fill(255);
  const half = Math.round(widthPx * 0.02);
  for (const mark of MARKS) {
    const x = Math.round(mark.x * widthPx);
    const y = Math.round(mark.y * heightPx);
    for (let row = y - half; row < y + half; row += 1) {
      for (let column = x - half; column < x + half; column += 1) {
        data.set([255, 0, 0, 255], (row * widthPx + column) * 4);
      }
    }
  }
  return {
    format: 'ID-1',
    widthMm: 85.6,
    heightMm: 53.98,
    mrzLines: [],
    barcodeText: null,
    texts: [],
    dpi: 300,
    picture: { widthPx, heightPx, channels: 4, data },
  };
}

function request(change: Partial<SceneRequest>): SceneRequest {
  return {
    widthPx: WIDTH,
    heightPx: HEIGHT,
    seed: 11,
    background: 'plain',
    specimen: markedCard(500),
    placement: STEADY,
    defects: {},
    noiseSigma: 0,
    ...change,
  };
}

/** Centre of the red pixels within `reach` of a place. */
function redCentre({ data, widthPx }: Raster, near: { x: number; y: number }, reach: number) {
  let sumX = 0;
  let sumY = 0;
  let weights = 0;
  for (let row = Math.round(near.y - reach); row < near.y + reach; row += 1) {
    for (let column = Math.round(near.x - reach); column < near.x + reach; column += 1) {
      const at = (row * widthPx + column) * 3;
      const weight = Math.max(0, (data[at] ?? 0) - (data[at + 1] ?? 0) - 8);
      sumX += weight * (column + 0.5);
      sumY += weight * (row + 0.5);
      weights += weight;
    }
  }
  return { x: sumX / weights, y: sumY / weights };
}

function luma({ data, widthPx }: Raster, x: number, y: number): number {
  const at = (Math.round(y) * widthPx + Math.round(x)) * 3;
  return ((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0)) / 3;
}

/** A point a few pixels inside (positive) or outside (negative) of a corner, towards the middle. */
function beside(quad: Quad, corner: 0 | 1 | 2 | 3, inwardPx: number) {
  const middle = project(squareToQuad(quad), { x: 0.5, y: 0.5 });
  const { x, y } = quad[corner];
  const length = Math.hypot(middle.x - x, middle.y - y);
  return {
    x: x + ((middle.x - x) / length) * inwardPx,
    y: y + ((middle.y - y) / length) * inwardPx,
  };
}

describe('ground truth', () => {
  it.each([1, 2, 3])('finds marks where the quad says, placement %i', async (seed) => {
    /** 300: drawn larger than it was; 1500: shrunk threefold. */
    for (const widthPx of [300, 500, 1500]) {
      const { picture, truth } = await drawScene(
        request({ specimen: markedCard(widthPx), placement: casualPlacement(seed) }),
      );
      expect(truth.isWhole).toBe(true);
      const toFrame = squareToQuad(truth.quad ?? [MARKS[0], MARKS[1], MARKS[2], MARKS[3]]);
      for (const mark of MARKS) {
        const expected = project(toFrame, mark);
        const found = redCentre(picture, expected, 18);
        expect(Math.hypot(found.x - expected.x, found.y - expected.y)).toBeLessThan(0.75);
      }
    }
  });

  it('has paper just inside each corner and table just outside', async () => {
    const { picture, truth } = await drawScene(request({ placement: casualPlacement(8) }));
    const { quad } = truth;
    expect(quad).not.toBeNull();
    for (const corner of [0, 1, 2, 3] as const) {
      if (quad === null) continue;
      const inside = beside(quad, corner, 3);
      const outside = beside(quad, corner, -3);
      expect(luma(picture, inside.x, inside.y)).toBeGreaterThan(
        luma(picture, outside.x, outside.y) + 60,
      );
    }
  });

  it('says when a document does not lie wholly in the frame, and when there is none', async () => {
    const cut = await drawScene(request({ placement: { ...STEADY, shiftX: 0.4 } }));
    expect(cut.truth.isWhole).toBe(false);
    const empty = await drawScene(request({ specimen: null }));
    expect(empty.truth).toMatchObject({ quad: null, isWhole: false });
  });
});

describe('conditions', () => {
  /** Squared differences of neighbours: what blur takes away. */
  function detail({ data, widthPx }: Raster): number {
    let sum = 0;
    for (let row = 20; row < 340; row += 1) {
      for (let column = 60; column < 580; column += 1) {
        const at = (row * widthPx + column) * 3 + 1;
        sum += ((data[at] ?? 0) - (data[at + 3] ?? 0)) ** 2;
      }
    }
    return sum;
  }

  async function seen(defects: Defects): Promise<Raster> {
    return (await drawScene(request({ defects }))).picture;
  }

  it('blurs, moves, darkens and dazzles', async () => {
    const good = await seen({});
    const [blurred, moved, dark, dazzled, covered] = await Promise.all([
      seen({ blurSigmaPx: 3 }),
      seen({ motionBlurPx: 12 }),
      seen({ exposure: 0.2 }),
      seen({ glare: 1 }),
      seen({ hasFinger: true }),
    ]);
    expect(detail(blurred)).toBeLessThan(detail(good) * 0.6);
    expect(detail(moved)).toBeLessThan(detail(good) * 0.6);
    expect(luma(dark, 320, 180)).toBeLessThan(luma(good, 320, 180) * 0.25);
    const saturated = (picture: Raster) => picture.data.filter((value) => value === 255).length;
    expect(saturated(dazzled)).toBeGreaterThan(saturated(good) + 1_000);
    expect(Buffer.compare(covered.data, good.data)).not.toBe(0);
  });

  it('keeps the mean brightness when it blurs', async () => {
    const mean = ({ data }: Raster) => data.reduce((sum, value) => sum + value, 0) / data.length;
    expect(mean(await seen({ blurSigmaPx: 3 }))).toBeCloseTo(mean(await seen({})), 0);
  });
});

describe('repetition', () => {
  it.each(BACKGROUNDS)('draws the same bytes for the same seed on %s', async (background) => {
    const same = { background, noiseSigma: 3, defects: { hasFinger: true, glare: 0.5 } } as const;
    const [first, again, other] = await Promise.all([
      drawScene(request(same)),
      drawScene(request(same)),
      drawScene(request({ ...same, seed: 12 })),
    ]);
    expect(Buffer.compare(first.picture.data, again.picture.data)).toBe(0);
    expect(first.truth).toEqual(again.truth);
    expect(Buffer.compare(first.picture.data, other.picture.data)).not.toBe(0);
  });
});
