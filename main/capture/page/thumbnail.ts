/** The small picture of a page that everything is looked for in. */
import sharp from 'sharp';
import type { PictureErrorCode } from '../../../preload/contract/error-codes.ts';
import { ok, type Result } from '../../../preload/contract/result.ts';
import { decodeScaled, type Pixels } from '../image-decoder.ts';

/** Source: scanners.md. 3 px a millimetre: a card has 253 × 159, a soft shadow's edge six. */
const THUMBNAIL_DPI = 75;

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

/** A page, made smaller. `factor`: page pixels under each of its own, the same both ways. */
export interface Thumbnail extends Pixels {
  /** The same without noise, which would hide a white card on a white lid; its edges are soft. */
  readonly smoothRgb: Uint8Array;
  readonly factor: number;
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
  const small = await decodeScaled(bytes, {
    widthPx: Math.max(1, Math.round(widthPx / factor)),
    heightPx: Math.max(1, Math.round(heightPx / factor)),
  });
  if (!small.ok) return small;
  const raw = {
    width: small.value.widthPx,
    height: small.value.heightPx,
    channels: 3,
  } as const;
  const smoothRgb = await sharp(small.value.rgb, { raw }).blur().raw().toBuffer();
  return ok({ ...small.value, smoothRgb, factor, pxPerMm: dpi / factor / 25.4 });
};
