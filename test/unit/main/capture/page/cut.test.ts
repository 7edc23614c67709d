/** What is cut out of a page: place, turn, margin and what lies beyond the page. */
import { describe, expect, it } from 'vitest';
import { encodePng, type Pixels } from '../../../../../main/capture/image-decoder.ts';
import { cutQuad } from '../../../../../main/capture/page/cut.ts';
import { quadOf, type Quad } from '../../../../../main/capture/page/geometry.ts';
import type { Page } from '../../../../../main/capture/page/thumbnail.ts';
import { fail } from '../../../../../preload/contract/result.ts';
import { paint, type Rgb } from '../../../../support/pictures.ts';

/** 254 dpi: ten pixels a millimetre, 30 px of margin. */
const DPI = 254;
const MARGIN_PX = 30;
const LID: Rgb = [10, 20, 30];
const CHOICES = { lid: LID, maxLongPx: 3508 };
const CORNERS = [
  [220, 40, 40],
  [40, 180, 60],
  [50, 70, 220],
  [230, 210, 50],
] as const satisfies readonly Rgb[];

/** A page with a rectangle whose quarters have one colour each, turned. */
const pageWith = async (turnDeg: number) => {
  const rectangle = {
    middle: { x: 500, y: 400 },
    width: 400,
    height: 240,
    turnRad: (turnDeg * Math.PI) / 180,
  };
  const { middle, width, height, turnRad } = rectangle;
  const painted = paint({ widthPx: 1000, heightPx: 800 }, (x, y) => {
    const dx = x + 0.5 - middle.x;
    const dy = y + 0.5 - middle.y;
    const along = dx * Math.cos(turnRad) + dy * Math.sin(turnRad);
    const across = dy * Math.cos(turnRad) - dx * Math.sin(turnRad);
    if (Math.abs(along) > width / 2 || Math.abs(across) > height / 2) return [250, 250, 250];
    return CORNERS[across < 0 ? (along < 0 ? 0 : 1) : along < 0 ? 3 : 2];
  });
  const page = { ...painted, bytes: await encodePng(painted), dpi: DPI };
  return { page, quad: quadOf(rectangle) };
};

const colourAt = (
  { rgb, widthPx }: { rgb: Uint8Array; widthPx: number },
  x: number,
  y: number,
): number[] => [...rgb.subarray((y * widthPx + x) * 3, (y * widthPx + x) * 3 + 3)];

const cutOut = async (page: Page, quad: Quad, maxLongPx = CHOICES.maxLongPx): Promise<Pixels> => {
  const cut = await cutQuad(page, quad, { ...CHOICES, maxLongPx });
  if (!cut.ok) throw new Error(cut.error.code);
  return cut.value;
};

const near = (colour: readonly number[], wanted: Rgb): boolean =>
  wanted.every((value, channel) => Math.abs(value - (colour[channel] ?? 0)) < 12);

describe('cutQuad', () => {
  it.each([0, 0.4, 7, 45, 90, 133, 180, -90, -175])(
    'cuts a rectangle turned by %d degrees straight, with its margin',
    async (turnDeg) => {
      const { page, quad } = await pageWith(turnDeg);
      const cut = await cutOut(page, quad);
      expect([cut.widthPx, cut.heightPx]).toEqual([400 + 2 * MARGIN_PX, 240 + 2 * MARGIN_PX]);
      const places = [
        [MARGIN_PX + 4, MARGIN_PX + 4],
        [cut.widthPx - MARGIN_PX - 5, MARGIN_PX + 4],
        [cut.widthPx - MARGIN_PX - 5, cut.heightPx - MARGIN_PX - 5],
        [MARGIN_PX + 4, cut.heightPx - MARGIN_PX - 5],
      ] as const;
      for (const [index, [x, y]] of places.entries())
        expect(near(colourAt(cut, x, y), CORNERS[index] ?? LID)).toBe(true);
      for (const [x, y] of [
        [MARGIN_PX - 4, 100],
        [200, MARGIN_PX - 4],
        [cut.widthPx - MARGIN_PX + 3, 100],
      ] as const)
        expect(near(colourAt(cut, x, y), [250, 250, 250])).toBe(true);
    },
  );

  it('turns the picture by the order of the corners', async () => {
    const { page, quad } = await pageWith(5);
    const [a, b, c, d] = quad;
    const turned = await cutOut(page, [c, d, a, b]);
    const lying = await cutOut(page, [b, c, d, a]);
    expect(near(colourAt(turned, MARGIN_PX + 5, MARGIN_PX + 5), CORNERS[2])).toBe(true);
    expect([lying.widthPx, lying.heightPx]).toEqual([240 + 2 * MARGIN_PX, 400 + 2 * MARGIN_PX]);
    expect(near(colourAt(lying, MARGIN_PX + 5, MARGIN_PX + 5), CORNERS[1])).toBe(true);
  });

  it('fills what lies beyond the page with the colour of the lid', async () => {
    const { page } = await pageWith(0);
    const corner: Quad = [
      { x: 0, y: 0 },
      { x: 300, y: 0 },
      { x: 300, y: 200 },
      { x: 0, y: 200 },
    ];
    const cut = await cutOut(page, corner);
    expect(colourAt(cut, 5, 5)).toEqual([...LID]);
    expect(colourAt(cut, MARGIN_PX + 5, MARGIN_PX + 5)).toEqual([250, 250, 250]);
  });

  it('makes the longer side no longer than asked for', async () => {
    const { page, quad } = await pageWith(3);
    const cut = await cutOut(page, quad, 230);
    expect([cut.widthPx, cut.heightPx]).toEqual([230, 150]);
  });

  const at = (x: number, y: number) => ({ x, y });
  it.each<readonly [string, Quad]>([
    ['a point', [at(5, 5), at(5, 5), at(5, 5), at(5, 5)]],
    ['a line', [at(5, 5), at(500, 5), at(500, 5), at(5, 5)]],
    ['a place outside the page', [at(2000, 5), at(2400, 5), at(2400, 300), at(2000, 300)]],
    ['more than any page', [at(-9e9, -9e9), at(9e9, -9e9), at(9e9, 9e9), at(-9e9, 9e9)]],
    ['no numbers', [at(NaN, 5), at(500, 5), at(500, 300), at(5, 300)]],
  ])('cuts nothing out of %s', async (_what, quad) => {
    const { page } = await pageWith(0);
    expect(await cutQuad(page, quad, CHOICES)).toEqual(fail('PICTURE_TOO_SMALL'));
  });
});
