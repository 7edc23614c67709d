/** The small picture of a page that everything is looked for in. */
import sharp from 'sharp';
import type { Pixels } from '../image-decoder.ts';

/** Source: scanners.md. 3 px a millimetre: a card has 253 × 159, a soft shadow's edge six. */
const THUMBNAIL_DPI = 75;

/** A page and its scale, as the scanner tells it. */
export interface DecodedPage extends Pixels {
  readonly dpi: number;
}

/** A page, made smaller. `factor`: page pixels under each of its own, the same both ways. */
export interface Thumbnail extends Pixels {
  /** The same without noise, which would hide a white card on a white lid; its edges are soft. */
  readonly smoothRgb: Uint8Array;
  readonly factor: number;
  readonly pxPerMm: number;
}

/** The same page, small. */
export const thumbnailOf = async (page: DecodedPage): Promise<Thumbnail> => {
  const { dpi } = page;
  const factor = Math.max(1, dpi / THUMBNAIL_DPI);
  const widthPx = Math.max(1, Math.round(page.widthPx / factor));
  const heightPx = Math.max(1, Math.round(page.heightPx / factor));
  const raw = { width: page.widthPx, height: page.heightPx, channels: 3 } as const;
  const rgb = await sharp(page.rgb, { raw, limitInputPixels: false })
    .resize(widthPx, heightPx, { fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer();
  const smoothRgb = await sharp(rgb, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .blur()
    .raw()
    .toBuffer();
  return { rgb, smoothRgb, widthPx, heightPx, factor, pxPerMm: dpi / factor / 25.4 };
};
