/**
 * Owns the way of a picture from foreign bytes to the very JPEG that will be sent.
 * Never keeps a picture, writes one, or tells more about a bad one than a closed code.
 */
import type { PictureErrorCode } from '../../preload/contract/error-codes.ts';
import { LIMITS } from '../../preload/contract/limits.ts';
import { ok, type Result } from '../../preload/contract/result.ts';
import type { CaptureSource, PictureWarning } from '../../preload/contract/vocabulary.ts';
import { compressPixels } from './image-compression.ts';
import { decodePicture } from './image-decoder.ts';
import { inspectPicture } from './image-format.ts';
import { WANTED_SHORT_PX, warningsOf } from './image-warnings.ts';

/** A picture ready to be sent: upright, sRGB, 4:2:0, without any metadata. */
export interface FittedPicture {
  /** At most LIMITS.sentPictureBytes. Owned by the caller. */
  readonly jpeg: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
  /** libjpeg's scale, 70 to 90. */
  readonly quality: number;
  readonly warnings: PictureWarning[];
}

/** Long side and wanted bytes by source. Source: delivery.md; 3508 px is A4 at 300 dpi. */
const TARGETS: Record<CaptureSource, { maxLongPx: number; budgetBytes: number }> = {
  camera: { maxLongPx: 3200, budgetBytes: 1_200_000 },
  scanner: { maxLongPx: 3508, budgetBytes: 2_500_000 },
};

/**
 * The refusal line for a whole frame. A card is refused below 700 px of width (delivery.md), which is
 * 442 lines at the card's 1.585: no frame of fewer than 480 lines, the next common height, can hold
 * one, while a 720-line webcam can and only gets LOW_RESOLUTION.
 */
const REFUSED_BELOW_SHORT_PX = 480;

/** Settles when the picture before has been fitted. */
let lane: Promise<unknown> = Promise.resolve();

/**
 * Fits one picture to what may be sent.
 *
 * Pictures are fitted one at a time, in the order of the calls, so that memory is bounded by one of
 * LIMITS.picturePixels. The same bytes give the same JPEG. The input is read, never changed, and must
 * not be changed by the caller until the promise settles.
 *
 * @param bytes JPEG, PNG or WebP, not animated.
 * @returns the picture, or a code; bad input never rejects.
 */
export const fitPicture = (
  bytes: Uint8Array,
  source: CaptureSource,
): Promise<Result<FittedPicture, PictureErrorCode>> => {
  const fitted = lane.then(() => fit(bytes, source));
  lane = fitted.catch(() => undefined);
  return fitted;
};

const fit = async (
  bytes: Uint8Array,
  source: CaptureSource,
): Promise<Result<FittedPicture, PictureErrorCode>> => {
  const inspected = inspectPicture(bytes);
  if (!inspected.ok) return inspected;

  const { maxLongPx, budgetBytes } = TARGETS[source];
  const decoded = await decodePicture(bytes, { maxLongPx, minShortPx: REFUSED_BELOW_SHORT_PX });
  if (!decoded.ok) return decoded;

  const compressed = await compressPixels(decoded.value, {
    budgetBytes,
    capBytes: LIMITS.sentPictureBytes,
    minShortPx: WANTED_SHORT_PX,
  });
  if (!compressed.ok) return compressed;

  return ok({ ...compressed.value, warnings: warningsOf(decoded.value, source) });
};
