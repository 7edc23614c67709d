/**
 * Owns the way of a picture from foreign bytes to the very JPEG that will be sent.
 * Never keeps a picture, writes one, or tells more about a bad one than a closed code.
 */
import type { PictureErrorCode } from '../../preload/contract/error-codes.ts';
import { LIMITS } from '../../preload/contract/limits.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { CaptureSource, PictureWarning } from '../../preload/contract/vocabulary.ts';
import { compressPixels } from './image-compression.ts';
import { decodePicture, type Pixels } from './image-decoder.ts';
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

/** A4 at 300 dpi. */
export const SCAN_LONG_PX = 3508;

/** Long side and wanted bytes by source. Source: delivery.md. */
const TARGETS: Record<CaptureSource, { maxLongPx: number; budgetBytes: number }> = {
  camera: { maxLongPx: 3200, budgetBytes: 1_200_000 },
  scanner: { maxLongPx: SCAN_LONG_PX, budgetBytes: 2_500_000 },
};

/**
 * The refusal line for a whole frame. A card is refused below 700 px of width (delivery.md), which is
 * 442 lines at the card's 1.585: no frame of fewer than 480 lines, the next common height, can hold
 * one, while a 720-line webcam can and only gets LOW_RESOLUTION.
 */
const REFUSED_BELOW_SHORT_PX = 480;

/** For a document that was measured: 880 px of width read without error, 700 must be there (delivery.md). */
const WANTED_DOCUMENT_PX = 880;
const REFUSED_BELOW_DOCUMENT_PX = 700;

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

  const { maxLongPx } = TARGETS[source];
  const decoded = await decodePicture(bytes, { maxLongPx, minShortPx: REFUSED_BELOW_SHORT_PX });
  if (!decoded.ok) return decoded;
  return fitPixels(decoded.value, source, warningsOf(decoded.value, source));
};

/**
 * Fits a document that was cut out of a scanner's page.
 *
 * @param cut at most SCAN_LONG_PX long.
 * @param documentLongPx longer side of the document itself, as it was scanned.
 * @returns PICTURE_TOO_SMALL for a document of which too little can be read.
 */
export const fitCut = async (
  cut: Pixels,
  documentLongPx: number,
): Promise<Result<FittedPicture, PictureErrorCode>> =>
  documentLongPx < REFUSED_BELOW_DOCUMENT_PX
    ? fail('PICTURE_TOO_SMALL')
    : fitPixels(cut, 'scanner', warningsOf(cut, 'scanner', documentLongPx < WANTED_DOCUMENT_PX));

const fitPixels = async (
  pixels: Pixels,
  source: CaptureSource,
  warnings: PictureWarning[],
): Promise<Result<FittedPicture, PictureErrorCode>> => {
  const compressed = await compressPixels(pixels, {
    budgetBytes: TARGETS[source].budgetBytes,
    capBytes: LIMITS.sentPictureBytes,
    minShortPx: WANTED_SHORT_PX,
  });
  return compressed.ok ? ok({ ...compressed.value, warnings }) : compressed;
};
