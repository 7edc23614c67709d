/**
 * The way of a scanned page to pictures: decoded once, looked at, shown small, and cut at full
 * resolution as often as somebody moves a corner. Never keeps a page: whoever decoded it wipes it.
 */
import sharp from 'sharp';
import type { PictureErrorCode } from '../../../preload/contract/error-codes.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import { decodePicture } from '../image-decoder.ts';
import { fitCut, SCAN_LONG_PX, type FittedPicture } from '../image-pipeline.ts';
import { cutQuad } from './cut.ts';
import type { PageFinds } from './find-cards.ts';
import { rectangleOf, type Quad } from './geometry.ts';
import type { DecodedPage } from './thumbnail.ts';

/** MRZ and barcodes of a card are read from 120 dpi on. */
const PREVIEW_DPI = 150;
const PREVIEW_LONG_PX = 2200;
const PREVIEW_QUALITY = 82;

/** No page is made smaller before it is looked at; LIMITS.picturePixels holds (image-decoder.ts). */
const ANY_LONG_PX = 65_535;
/** Own decision: 5 mm at 250 dpi; a strip is no page. */
const MIN_SHORT_PX = 50;

/**
 * @param bytes JPEG or PNG, checked for their number before (main/devices).
 * @param dpi as the scanner tells it.
 */
export const decodePage = async (
  bytes: Uint8Array,
  dpi: number,
): Promise<Result<DecodedPage, PictureErrorCode>> => {
  const decoded = await decodePicture(bytes, {
    maxLongPx: ANY_LONG_PX,
    minShortPx: MIN_SHORT_PX,
  });
  return decoded.ok ? ok({ ...decoded.value, dpi }) : decoded;
};

/** JPEG of the whole page, small: for people, and to read what is on the documents. */
export const previewOf = async ({
  rgb,
  widthPx,
  heightPx,
  dpi,
}: DecodedPage): Promise<Uint8Array> => {
  const longPx = Math.max(widthPx, heightPx);
  const wantedPx = Math.max(1, Math.round(longPx * Math.min(1, PREVIEW_DPI / dpi)));
  const sidePx = Math.min(wantedPx, PREVIEW_LONG_PX);
  return sharp(rgb, {
    raw: { width: widthPx, height: heightPx, channels: 3 },
    limitInputPixels: false,
  })
    .resize(sidePx, sidePx, { fit: 'inside', kernel: 'linear' })
    .jpeg({ quality: PREVIEW_QUALITY })
    .toBuffer();
};

const pictureOf = async (
  page: DecodedPage,
  quad: Quad,
  lid: PageFinds['lid'],
): Promise<Result<FittedPicture, PictureErrorCode>> => {
  const cut = await cutQuad(page, quad, { dpi: page.dpi, lid, maxLongPx: SCAN_LONG_PX });
  if (cut === null) return fail('PICTURE_TOO_SMALL');
  const { width, height } = rectangleOf(quad);
  const fitted = await fitCut(cut, Math.max(width, height));
  cut.rgb.fill(0);
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
  page: DecodedPage,
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
