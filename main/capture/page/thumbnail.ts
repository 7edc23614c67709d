/** The small picture of a page that everything is looked for in. */
import sharp from 'sharp';
import type { PictureErrorCode } from '../../../preload/contract/error-codes.ts';
import { ok, type Result } from '../../../preload/contract/result.ts';
import { decodeScaled, type Pixels } from '../image-decoder.ts';

/**
 * 2.4 px a millimetre: a card has 202 × 127, a soft shadow's edge five. A page of 300 dpi is made smaller
 * by 5 and one of 600 by 10, for which libvips lets libjpeg give a quarter and an eighth; by 4 and 8 it
 * would take twice as many pixels from it (sharp, pipeline.cc, "known libjpeg rounding errors").
 */
const THUMBNAIL_DPI = 60;

/**
 * A3 has 1.1 million at that resolution. A page of more is looked at less closely: the search runs in the
 * main process, and takes a second for ten million.
 */
const THUMBNAIL_PX = 1_200_000;

/** What is known of a page without decoding it. */
export interface PageSize {
  readonly widthPx: number;
  readonly heightPx: number;
  /** As the scanner tells it. */
  readonly dpi: number;
}

/** A page as the scanner made it, JPEG or PNG: never decoded whole, as pages have many pixels. */
export interface Page extends PageSize {
  readonly bytes: Uint8Array;
}

/** A page, made smaller: by the same factor both ways, but for the rounding of its sides. */
export interface Thumbnail extends Pixels {
  /** The same without noise, which would hide a white card on a white lid; its edges are soft. */
  readonly smoothRgb: Uint8Array;
  /** Pixels of the page under each of its columns, and under each of its rows. */
  readonly columnPx: number;
  readonly rowPx: number;
  readonly pxPerMm: number;
}

/** The same page, small; the first look at each of its lines. PICTURE_UNREADABLE for a damaged one. */
export const thumbnailOf = async ({
  bytes,
  widthPx,
  heightPx,
  dpi,
}: Page): Promise<Result<Thumbnail, PictureErrorCode>> => {
  const smallest = Math.sqrt((widthPx * heightPx) / THUMBNAIL_PX);
  const factor = Math.max(1, dpi / THUMBNAIL_DPI, smallest);
  // Not rounded: libjpeg's help ends where a factor falls below its own.
  const small = await decodeScaled(bytes, {
    widthPx: Math.max(1, Math.floor(widthPx / factor)),
    heightPx: Math.max(1, Math.floor(heightPx / factor)),
  });
  if (!small.ok) return small;
  const raw = {
    width: small.value.widthPx,
    height: small.value.heightPx,
    channels: 3,
  } as const;
  const smoothRgb = await sharp(small.value.rgb, { raw }).blur().raw().toBuffer();
  return ok({
    ...small.value,
    smoothRgb,
    columnPx: widthPx / raw.width,
    rowPx: heightPx / raw.height,
    pxPerMm: dpi / factor / 25.4,
  });
};
