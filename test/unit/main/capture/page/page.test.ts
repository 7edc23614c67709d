/** The way of a scanned file to pictures, and what becomes of bad ones. */
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { fail, type Result } from '../../../../../preload/contract/result.ts';
import { scanGlass, specimenOf } from '../../../../support/glass.ts';
import { pngOfClaimedSize, solid, toSharp } from '../../../../support/pictures.ts';

const DPI = 300;
const glass = await scanGlass(
  {
    lid: 248,
    laid: [
      { specimen: await specimenOf('identity-card-front', DPI), xMm: 70, yMm: 60, turnDeg: 4 },
      { specimen: await specimenOf('identity-card-back', DPI), xMm: 75, yMm: 150, turnDeg: -2 },
    ],
  },
  DPI,
);

/** Nobody's glass: 90 × 60 cm. */
const huge = await scanGlass(
  {
    lid: 248,
    widthMm: 900,
    heightMm: 600,
    laid: [
      { specimen: await specimenOf('identity-card-front', 100), xMm: 70, yMm: 60, turnDeg: 4 },
    ],
  },
  100,
);

// Only now: from its import on, nothing but pictures of cameras and scanners is decoded in this process.
const { cutPage, lookAt, openPage, previewOf } =
  await import('../../../../../main/capture/page/page.ts');

const { thumbnailOf } = await import('../../../../../main/capture/page/thumbnail.ts');

const must = <Value>(result: Result<Value>): Value => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

const opened = async (bytes: Uint8Array, dpi = DPI) => must(await openPage(bytes, dpi));

const cutOut = async (
  page: Awaited<ReturnType<typeof opened>>,
  quads: Parameters<typeof cutPage>[1],
) => {
  return must(await cutPage(page, quads, [248, 248, 248]));
};

describe('a page with two cards', () => {
  it('is shown small, as it is', async () => {
    const preview = must(await previewOf(await opened(glass.jpeg)));
    expect(await sharp(preview).metadata()).toMatchObject({
      format: 'jpeg',
      width: 1240,
      height: 1754,
    });
  });

  it('gives both cards at full resolution, without a doubt', async () => {
    const page = await opened(glass.jpeg);
    const { cards } = must(await lookAt(page));
    const pictures = await cutOut(
      page,
      cards.map(({ quad }) => quad),
    );
    expect(pictures.map(({ warnings }) => warnings)).toEqual([[], []]);
    for (const { jpeg, widthPx, heightPx } of pictures) {
      // 85.6 × 53.98 mm and twice 3 mm.
      expect(Math.abs(widthPx - 1082)).toBeLessThan(8);
      expect(Math.abs(heightPx - 708)).toBeLessThan(8);
      expect((await sharp(jpeg).metadata()).format).toBe('jpeg');
    }
  });

  it('warns of a grey scan, and of one with few pixels', async () => {
    const grey = await sharp(glass.jpeg).resize({ width: 2100 }).greyscale().jpeg().toBuffer();
    const page = await opened(grey, 254);
    const { cards } = must(await lookAt(page));
    const pictures = await cutOut(
      page,
      cards.map(({ quad }) => quad),
    );
    expect(pictures.map(({ warnings }) => warnings)).toEqual([
      ['LOW_RESOLUTION', 'GREYSCALE'],
      ['LOW_RESOLUTION', 'GREYSCALE'],
    ]);
  });
});

const flat = await toSharp(solid({ widthPx: 600, heightPx: 400 }, [200, 190, 180]))
  .jpeg()
  .toBuffer();

it('a page larger than any glass is looked at less closely, and its card is found', async () => {
  const page = await opened(huge.jpeg, 100);
  const small = must(await thumbnailOf(page));
  expect(small.widthPx * small.heightPx).toBeLessThanOrEqual(1_210_000);
  expect(must(await lookAt(page)).cards).toMatchObject([{ format: 'ID-1', isCertain: true }]);
});

describe('a bad page', () => {
  it.each([
    ['half a JPEG', glass.jpeg.subarray(0, glass.jpeg.length / 2), 'PICTURE_UNREADABLE'],
    ['text', Buffer.from('%PDF-1.4'), 'PICTURE_UNREADABLE'],
    ['one pixel', pngOfClaimedSize({ widthPx: 1, heightPx: 1 }), 'PICTURE_TOO_SMALL'],
    [
      '100 megapixels',
      pngOfClaimedSize({ widthPx: 10_000, heightPx: 10_000 }),
      'PICTURE_TOO_MANY_PIXELS',
    ],
  ] as const)('of %s is answered with a code', async (_what, bytes, code) => {
    const page = await openPage(bytes, DPI);
    for (const answer of [page, page.ok ? await lookAt(page.value) : page])
      if (!answer.ok) expect(answer).toEqual(fail(code));
    expect(page.ok && (await lookAt(page.value)).ok).toBe(false);
  });

  it('gives no picture of a document that is too small to be read', async () => {
    const page = await opened(flat, 100);
    const { sheet, lid } = must(await lookAt(page));
    expect(await cutPage(page, [sheet.quad], lid)).toEqual(fail('PICTURE_TOO_SMALL'));
  });
});
