/**
 * Owns the doubts that the pixels of a whole picture give rise to.
 * Never blocks a picture and never looks for a document in it: that is the page's vision.
 */
import type { CaptureSource, PictureWarning } from '../../preload/contract/vocabulary.ts';
import type { Pixels } from './image-decoder.ts';

/** Wanted lines: a card then has the ≥ 880 px that read without error (delivery.md). */
export const WANTED_SHORT_PX = 1000;

/** Mean luma of a well-lit picture, of 255. Source: capture.md (Scanbot, Yoti). */
const DARK_BELOW_LUMA = 50;
const BRIGHT_ABOVE_LUMA = 215;

/**
 * A pixel has colour when its channels differ by more than this, of 255. Own decision: rounding in
 * JPEG and colour profiles stays below 5, a faint tint is above.
 */
const COLOUR_SPREAD = 8;

/** Share of coloured pixels below which a picture is grey. Own decision: one stamp is enough colour. */
const COLOURED_SHARE = 0.001;

/** A quarter million pixels of 8 Mpx are plenty; prime, so that the columns walk from line to line. */
const PIXEL_STRIDE = 31;

/**
 * Names what is doubtful about a picture. Of a scan, brightness is no doubt: a white page is 240.
 *
 * @param pixels upright, before they were compressed.
 * @param isLowResolution where it was measured on the document; else by the lines of the whole frame.
 */
export const warningsOf = (
  pixels: Pixels,
  source: CaptureSource,
  isLowResolution = Math.min(pixels.widthPx, pixels.heightPx) < WANTED_SHORT_PX,
): PictureWarning[] => {
  const { meanLuma, colouredShare } = measure(pixels.rgb);
  const warnings: PictureWarning[] = [];
  if (isLowResolution) warnings.push('LOW_RESOLUTION');
  if (colouredShare < COLOURED_SHARE) warnings.push('GREYSCALE');
  if (meanLuma < DARK_BELOW_LUMA) warnings.push('TOO_DARK');
  if (meanLuma > BRIGHT_ABOVE_LUMA && source === 'camera') warnings.push('TOO_BRIGHT');
  return warnings;
};

const measure = (rgb: Uint8Array): { meanLuma: number; colouredShare: number } => {
  let luma = 0;
  let coloured = 0;
  let count = 0;
  for (let at = 0; at + 2 < rgb.length; at += PIXEL_STRIDE * 3) {
    const red = rgb[at] ?? 0;
    const green = rgb[at + 1] ?? 0;
    const blue = rgb[at + 2] ?? 0;
    /** Weights of ITU-R BT.601, as in JPEG itself. */
    luma += 0.299 * red + 0.587 * green + 0.114 * blue;
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > COLOUR_SPREAD) coloured += 1;
    count += 1;
  }
  return { meanLuma: luma / count, colouredShare: coloured / count };
};
