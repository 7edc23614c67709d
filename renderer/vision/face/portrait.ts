/** Finds the portrait of a document, and with it which way up the document lies. Must never judge a face. */
import { turnsUpright, type QuarterTurns, type Raster } from '../raster.ts';
import { facesAt, type Face } from './detect.ts';
import type { FaceNetwork } from './network.ts';

export interface Portrait {
  /** From the brows to the chin, share of the shorter side of the document. */
  readonly sizeShare: number;
  /** What puts the portrait upright. */
  readonly quarterTurns: QuarterTurns;
}

/** Longer side of the look: the portrait of a card has thirty pixels of it. */
const LOOK_PX = 192;
/** An upside-down face seems one as well. Measured: seen the right way up ≥ 0.81, the wrong way ≤ 0.78. */
const SURE = 0.8;

/** The eyes of a person who stands on their head run the other way. */
const turnsOf = ({ points: { rightEye, leftEye } }: Face): QuarterTurns =>
  turnsUpright((Math.atan2(leftEye.y - rightEye.y, leftEye.x - rightEye.x) * 180) / Math.PI);

/** The largest face of a rectified document, whichever way up; null where it shows none. */
export const portraitOf = (network: FaceNetwork, document: Raster): Portrait | null => {
  let best: Face | null = null;
  for (const turns of [0, 1, 2] as const) {
    const [largest] = facesAt(network, document, turns, LOOK_PX).toSorted(
      (one, other) => other.sidePx - one.sidePx,
    );
    if (largest !== undefined && largest.confidence > (best?.confidence ?? 0)) best = largest;
    if (best !== null && best.confidence >= SURE) break;
  }
  if (best === null) return null;
  const shortPx = Math.min(document.widthPx, document.heightPx);
  return { sizeShare: best.sidePx / shortPx, quarterTurns: turnsOf(best) };
};
