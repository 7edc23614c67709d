/**
 * Looks at one frame after the other for one customer: finds the document, measures it, says what to
 * do, and when the picture is taken. Knows pixels, not cameras.
 */
import { detectDocument } from '../document/detect.ts';
import type { Quad } from '../geometry.ts';
import { assessQuality } from '../quality/assess.ts';
import type { Raster } from '../raster.ts';
import { fingerprintOf, isSameSide, type Fingerprint } from '../shutter/fingerprint.ts';
import { hintFor, hintWithout } from '../shutter/hints.ts';
import { SteadyRun } from '../shutter/steady-run.ts';
import type { DocumentStep } from './messages.ts';
import { NO_RUN, observed, type Observation } from './observation.ts';

/** One customer's documents. */
export class Observer {
  readonly #taken = new Map<string, Fingerprint>();
  #step: DocumentStep = { side: '', longSideMm: 85.6, isGlossy: true };
  #run = new SteadyRun();
  /** Where the document was in the frame before. */
  #before: Quad | null = null;

  /** A step begins. */
  begin(step: DocumentStep): void {
    this.#step = step;
    this.#run = new SteadyRun();
    this.#before = null;
  }

  /** The customer has gone. */
  forget(): void {
    for (const print of this.#taken.values()) print.fill(0);
    this.#taken.clear();
    this.begin({ ...this.#step, side: '' });
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
      return observed(frame, document?.quad ?? null, hintWithout(sighting), null, NO_RUN);
    }
    const { quad } = document;
    const quality = assessQuality(frame, quad, this.#step.longSideMm);
    const fault = this.#isTaken(frame, quad)
      ? 'TURN_OVER'
      : hintFor(quality, quad, widthPx, heightPx, this.#step.isGlossy);
    const run = this.#run.add(
      { quad, isGood: fault === null, blur: quality.measures.edgeSpreadPermille.value, atMs },
      diagonal,
    );
    const hint = fault ?? (run.isMoving ? 'HOLD_STILL' : 'KEEP_STILL');
    return observed(frame, quad, hint, quality.measures, run);
  }

  /** Remembers that the picture of this side is taken, so that no other side is the same. */
  keep(frame: Raster, quad: Quad): void {
    this.#taken.set(this.#step.side, fingerprintOf(frame, quad));
  }

  #isTaken(frame: Raster, quad: Quad): boolean {
    const others = [...this.#taken].filter(([side]) => side !== this.#step.side);
    if (others.length === 0) return false;
    const print = fingerprintOf(frame, quad);
    return others.some(([, other]) => isSameSide(print, other));
  }
}
