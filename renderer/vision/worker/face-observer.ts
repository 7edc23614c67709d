/**
 * Looks at one frame after the other for one picture of a face: finds it, measures it, says what to do,
 * and when the picture is taken. Knows pixels, not cameras.
 */
import { QUALITY_LIMITS, type FaceLimits } from '../../../preload/contract/quality-limits.ts';
import { assessFace } from '../face/assess.ts';
import { detectFaces, lookAgain, type Face } from '../face/detect.ts';
import { faceAdviceFor, faceHintFor } from '../face/face-hints.ts';
import type { FaceNetwork } from '../face/network.ts';
import type { Raster } from '../raster.ts';
import { Advice } from '../shutter/advice.ts';
import { SteadyRun } from '../shutter/steady-run.ts';
import { NO_RUN, observed, type Observation } from './observation.ts';

/**
 * Longer side of the first look at a live frame, where the machine is fast. A customer fills more of it
 * than the strangers that a still picture may show.
 */
const LIVE_PX = 192;
/** One of so many frames is looked at as a whole, for somebody else; in the others the face is followed. */
const WHOLE_EVERY = 3;

/** One picture of a face. */
export class FaceObserver {
  readonly #network: FaceNetwork;
  readonly #limits: FaceLimits;
  readonly #run = new SteadyRun();
  readonly #advice = new Advice();
  /** Of the frame before, largest first. */
  #faces: readonly Face[] = [];
  #looks = 0;

  constructor(network: FaceNetwork, limits: FaceLimits = QUALITY_LIMITS.face) {
    this.#network = network;
    this.#limits = limits;
  }

  /** Looks at the next frame; `share` of the pixels that a fast machine looks for faces with, 0…1. */
  look(frame: Raster, atMs: number, share: number): Observation {
    const diagonal = Math.hypot(frame.widthPx, frame.heightPx);
    const [largest, ...others] = this.#find(frame, share);
    if (largest === undefined) {
      this.#run.add({ quad: null, isGood: false, blur: 0, atMs }, diagonal);
      return observed(frame, null, 'NO_FACE', null, null, NO_RUN);
    }
    const quality = assessFace(frame, largest, others, this.#limits);
    const { quad, measures } = quality;
    const fault = faceHintFor(quality);
    const advice = fault === null ? this.#advice.heed(faceAdviceFor(quality), atMs) : null;
    const isGood = fault === null && advice === null;
    const run = this.#run.add(
      { quad, isGood, blur: measures.edgeSpreadPermille.value, atMs },
      diagonal,
    );
    return observed(frame, quad, fault, advice, measures, run);
  }

  /** Faces of the frame, largest first. */
  #find(frame: Raster, share: number): readonly Face[] {
    const [largest, ...others] = this.#faces;
    const isWhole = largest === undefined || this.#looks % WHOLE_EVERY === 0;
    this.#looks += 1;
    const followed = isWhole ? null : lookAgain(this.#network, frame, largest);
    this.#faces =
      followed === null
        ? detectFaces(this.#network, frame, LIVE_PX * Math.sqrt(share)).toSorted(
            (one, other) => other.sidePx - one.sidePx,
          )
        : [followed, ...others];
    return this.#faces;
  }
}
