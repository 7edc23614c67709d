/**
 * Looks at one frame after the other for one customer: finds the document, measures it, says what to
 * do, and when the picture is taken. Knows pixels, not cameras.
 */
import { QUALITY_LIMITS, type DocumentLimits } from '../../../preload/contract/quality-limits.ts';
import { detectDocument } from '../document/detect.ts';
import type { Quad } from '../geometry.ts';
import { assessQuality } from '../quality/assess.ts';
import type { Raster } from '../raster.ts';
import { fingerprintOf, isSameSide, type Fingerprint } from '../shutter/fingerprint.ts';
import { Advice } from '../shutter/advice.ts';
import { adviceFor, hintFor, hintWithout, type Hint } from '../shutter/hints.ts';
import { SteadyRun } from '../shutter/steady-run.ts';
import type { DocumentStep } from './messages.ts';
import { NO_RUN, observed, type Observation } from './observation.ts';

/** One customer's documents. */
export class Observer {
  /** What was taken, by side. */
  readonly #taken = new Map<string, Fingerprint>();
  /** What was shown at this step and is not what it asks for, and what to do about it. */
  #refused: { readonly print: Fingerprint; readonly hint: Hint }[] = [];
  #step: DocumentStep = { side: '', longSideMm: 85.6, isGlossy: true, cardSide: null };
  #limits = QUALITY_LIMITS.document;
  #run = new SteadyRun();
  #advice = new Advice();
  /** Where the document was in the frame before. */
  #before: Quad | null = null;

  /** A step begins. */
  begin(step: DocumentStep, limits: DocumentLimits = QUALITY_LIMITS.document): void {
    this.#step = step;
    this.#limits = limits;
    this.#run = new SteadyRun();
    this.#advice = new Advice();
    this.#before = null;
    this.#refused = [];
  }

  /** Looks at the next frame. */
  look(frame: Raster, atMs: number, workingPx: number): Observation {
    const { widthPx, heightPx } = frame;
    const sighting = detectDocument(frame, workingPx, this.#before);
    const { document } = sighting;
    this.#before = document?.quad ?? null;
    const diagonal = Math.hypot(widthPx, heightPx);
    if (document === null || !document.isAccepted) {
      this.#run.add({ quad: null, isGood: false, blur: 0, atMs }, diagonal);
      return observed(frame, document?.quad ?? null, hintWithout(sighting), null, null, NO_RUN);
    }
    const { quad } = document;
    const quality = assessQuality(frame, quad, this.#step.longSideMm, this.#limits);
    const fault =
      this.#mistaken(frame, quad) ?? hintFor(quality, quad, widthPx, heightPx, this.#step.isGlossy);
    const advice =
      fault === null && this.#step.isGlossy ? this.#advice.heed(adviceFor(quality), atMs) : null;
    const isGood = fault === null && advice === null;
    const run = this.#run.add(
      { quad, isGood, blur: quality.measures.edgeSpreadPermille.value, atMs },
      diagonal,
    );
    return observed(frame, quad, fault, advice, quality.measures, run);
  }

  /** Remembers that the picture of this side is taken, so that no other side is the same. */
  keep(frame: Raster, quad: Quad): void {
    this.#taken.set(this.#step.side, fingerprintOf(frame, quad));
  }

  /** Remembers that this is not what the step asks for, so that it is read once and not with each frame. */
  refuse(frame: Raster, quad: Quad, hint: Hint): void {
    this.#refused.push({ print: fingerprintOf(frame, quad), hint });
    this.#run = new SteadyRun();
  }

  /** What to do where the document is known not to be the one to take now. */
  #mistaken(frame: Raster, quad: Quad): Hint | null {
    const taken = [...this.#taken].filter(([side]) => side !== this.#step.side);
    const known = [
      ...taken.map(([, print]) => ({ print, hint: 'TURN_OVER' as const })),
      ...this.#refused,
    ];
    if (known.length === 0) return null;
    const print = fingerprintOf(frame, quad);
    return known.find((one) => isSameSide(print, one.print))?.hint ?? null;
  }
}
