/** Turns a frame into the JPEG that is stored. Must never keep a frame. */
import { LIMITS } from '../../../preload/contract/limits.ts';
import type { QuarterTurns } from '../raster.ts';

/** Best first; main fits the picture to what is sent, so little may be lost here. */
const QUALITIES = [0.95, 0.9, 0.8, 0.7] as const;

/**
 * The whole frame as JPEG at its own resolution, within LIMITS.pictureBytes; null where it can't be.
 * The whole of it: what lies around a document is its margin, and it is what the customer saw.
 *
 * @param quarterTurns clockwise: a document that lay upside down is sent upright.
 */
export const encodeJpeg = async (
  frame: CanvasImageSource,
  widthPx: number,
  heightPx: number,
  quarterTurns: QuarterTurns = 0,
): Promise<Uint8Array<ArrayBuffer> | null> => {
  if (widthPx === 0 || heightPx === 0) return null;
  const isLying = quarterTurns % 2 === 1;
  const canvas = new OffscreenCanvas(isLying ? heightPx : widthPx, isLying ? widthPx : heightPx);
  const pen = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (pen === null) return null;
  try {
    pen.translate(canvas.width / 2, canvas.height / 2);
    pen.rotate((quarterTurns * Math.PI) / 2);
    pen.drawImage(frame, -widthPx / 2, -heightPx / 2);
    for (const quality of QUALITIES) {
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality });
      if (blob.size <= LIMITS.pictureBytes) return new Uint8Array(await blob.arrayBuffer());
    }
    return null;
  } catch {
    return null;
  } finally {
    canvas.width = 0;
  }
};
