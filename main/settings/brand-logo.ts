/**
 * The bank's logo as a picture the page may show: decoded in main and written anew, so that nothing
 * of the file but its pixels goes further. No SVG: it is a document that can hold scripts.
 */
import { createHash } from 'node:crypto';
import { decodePicture, encodePng, readPictureHeader } from '../capture/image-decoder.ts';
import { inspectPicture } from '../capture/image-format.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';

/** A logo as it is served to the page. */
export interface BrandLogo {
  /** Path under app://kiosk; names its content, so that another logo is another file. */
  readonly path: string;
  readonly png: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
}

export const LOGO_LIMITS = {
  /** Of the file. Own decision: ten times a logo at its size on screen. */
  bytes: 256 * 1024,
  /** Of the file's long side. Own decision: no screen is larger. */
  longPx: 4096,
  /** Of the short side: smaller is no logo. */
  minShortPx: 24,
  /** Long side as it is served: three times its place in the header. */
  shownLongPx: 640,
} as const;

/** Decodes a PNG or WebP; what is clear in it becomes white. Whatever else it is: POLICY_LOGO_UNUSABLE. */
export const readLogo = async (
  bytes: Uint8Array,
): Promise<Result<BrandLogo, 'POLICY_LOGO_UNUSABLE'>> => {
  const format = inspectPicture(bytes, LOGO_LIMITS.bytes);
  if (!format.ok || format.value === 'jpeg') return fail('POLICY_LOGO_UNUSABLE');
  const header = await readPictureHeader(bytes);
  if (!header.ok || Math.max(header.value.widthPx, header.value.heightPx) > LOGO_LIMITS.longPx)
    return fail('POLICY_LOGO_UNUSABLE');
  const { shownLongPx, minShortPx } = LOGO_LIMITS;
  const pixels = await decodePicture(bytes, { maxLongPx: shownLongPx, minShortPx });
  if (!pixels.ok) return fail('POLICY_LOGO_UNUSABLE');
  const png = await encodePng(pixels.value);
  const name = createHash('sha256').update(png).digest('hex').slice(0, 16);
  const { widthPx, heightPx } = pixels.value;
  return ok({ path: `/brand-${name}.png`, png, widthPx, heightPx });
};
