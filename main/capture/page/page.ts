/**
 * The way of a scanned page to pictures: looked at and shown small, and cut at full resolution as often
 * as somebody moves a corner. Decodes no more of it than is wanted; its bytes belong to the caller.
 */
import type { PictureErrorCode } from '../../../preload/contract/error-codes.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import { decodeScaled, encodeJpeg, readPictureHeader } from '../image-decoder.ts';
import { fitCut, SCAN_LONG_PX, type FittedPicture } from '../image-pipeline.ts';
import { cutQuad } from './cut.ts';
import { findCards, type PageFinds } from './find-cards.ts';
import { rectangleOf, type Quad } from './geometry.ts';
import { thumbnailOf, type Page } from './thumbnail.ts';

/** MRZ and barcodes of a card are read from 120 dpi on. */
const PREVIEW_DPI = 150;
const PREVIEW_LONG_PX = 2200;
const PREVIEW_QUALITY = 82;

/** Own decision: 5 mm at 250 dpi; a strip is no page. */
const MIN_SHORT_PX = 50;

/**
 * Reads what a page's header says.
 *
 * @param bytes JPEG or PNG, checked for their number before (main/devices).
 * @param dpi as the scanner tells it.
 */
export const openPage = async (
  bytes: Uint8Array,
  dpi: number,
): Promise<Result<Page, PictureErrorCode>> => {
  const header = await readPictureHeader(bytes);
  if (!header.ok) return header;
  const { widthPx, heightPx } = header.value;
  if (Math.min(widthPx, heightPx) < MIN_SHORT_PX) return fail('PICTURE_TOO_SMALL');
  return ok({ bytes, widthPx, heightPx, dpi });
};

/** Finds cards and paper on a page. */
export const lookAt = async (page: Page): Promise<Result<PageFinds, PictureErrorCode>> => {
  const small = await thumbnailOf(page);
  if (!small.ok) return small;
  const finds = findCards(page, small.value);
  for (const bytes of [small.value.rgb, small.value.smoothRgb]) bytes.fill(0);
  return ok(finds);
};

/** JPEG of the whole page, small: for people, and to read what is on the documents. */
export const previewOf = async ({
  bytes,
  widthPx,
  heightPx,
  dpi,
}: Page): Promise<Result<Uint8Array, PictureErrorCode>> => {
  const longPx = Math.max(widthPx, heightPx);
  const scale = Math.min(1, PREVIEW_DPI / dpi, PREVIEW_LONG_PX / longPx);
  const small = await decodeScaled(bytes, {
    widthPx: Math.max(1, Math.round(widthPx * scale)),
    heightPx: Math.max(1, Math.round(heightPx * scale)),
  });
  return small.ok ? ok(await encodeJpeg(small.value, PREVIEW_QUALITY)) : small;
};

const pictureOf = async (
  page: Page,
  quad: Quad,
  lid: PageFinds['lid'],
): Promise<Result<FittedPicture, PictureErrorCode>> => {
  const cut = await cutQuad(page, quad, { lid, maxLongPx: SCAN_LONG_PX });
  if (!cut.ok) return cut;
  const { width, height } = rectangleOf(quad);
  const fitted = await fitCut(cut.value, Math.max(width, height));
  cut.value.rgb.fill(0);
  return fitted;
};

/**
 * Cuts documents out of a page and fits them to what may be sent.
 *
 * @param quads in pixels of the page, the first corner the top left one of the picture.
 * @param lid colour of what lies beside the page.
 * @returns one picture for each quad, or the first failure; PICTURE_TOO_SMALL for a quad that holds no
 *   document.
 */
export const cutPage = async (
  page: Page,
  quads: readonly Quad[],
  lid: PageFinds['lid'],
): Promise<Result<readonly FittedPicture[], PictureErrorCode>> => {
  const fitted = await Promise.all(quads.map((quad) => pictureOf(page, quad, lid)));
  const pictures = fitted.flatMap((one) => (one.ok ? [one.value] : []));
  const failure = fitted.find((one) => !one.ok);
  if (failure === undefined) return ok(pictures);
  for (const { jpeg } of pictures) jpeg.fill(0);
  return failure;
};
