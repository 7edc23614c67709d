/**
 * Finds the document in a frame: from pixels to a quad with a confidence. The same code runs in the
 * worker and in Node. Its time is bounded by the working size and the caps of lines.ts and quads.ts.
 */
import { distance, inReadingOrder, type Quad } from '../geometry.ts';
import type { Raster } from '../raster.ts';
import { ACCEPTED_CONFIDENCE, confidenceOf } from './confidence.ts';
import { crossingsOf } from './crossings.ts';
import { cutDocumentsOf, type Border, type CutDocument } from './cut.ts';
import { edgesOf } from './edges.ts';
import { borderEvidence, openEvidence, type BorderEvidence } from './evidence.ts';
import { formatsOf, type DocumentFormat } from './format.ts';
import { linesOf } from './lines.ts';
import { planesOf, type Planes } from './planes.ts';
import { quadsOf, type Candidate } from './quads.ts';
import { refineQuad } from './refine.ts';

/** The best quad of a frame. */
export interface FoundDocument {
  /** Pixels of the full frame. */
  readonly quad: Quad;
  /** 0…1. */
  readonly confidence: number;
  /** Whether the confidence reaches ACCEPTED_CONFIDENCE and no border cuts the document off. */
  readonly isAccepted: boolean;
  /** What its shape can be, nearest first; none for a shape that is no format's. */
  readonly formats: readonly DocumentFormat[];
}

/** What a frame shows of a document. */
export interface Sighting {
  /** Null where nothing is like one. */
  readonly document: FoundDocument | null;
  /** The border of the frame that seems to cut a document off, if one does. */
  readonly cutAt: Border | null;
}

/** Pixels of the working size. Larger finds no more documents on photographs, and costs in proportion. */
export const WORKING_PX = 60_000;

/** A document that is cut off must beat the quad by this much: inner frames fall short of it by a quarter. */
const CUT_LEAD = 0.22;
/** It must be good in itself where there is no quad at all. */
const CUT_SCORE = 0.45;
/** And show this share of each of its sides. */
const CUT_VISIBLE = 0.6;
/** Weight of a clear step of colour in the choice between shapes cut off, and what is half clear, of 255. */
const STEP_SHARE = 0.4;
const CLEAR_STEP = 15;
/** Weights of even paper, and of sides that run on, in the choice between quads of about one score. */
const EVENNESS_SHARE = 0.2;
const RUNS_ON_SHARE = 0.3;
/** A known quad may score this much less: as much as noise changes from frame to frame. */
const KNOWN_BONUS = 0.08;
/** Corners of a known quad moved no further, share of the frame's diagonal. */
const NEAR_SHARE = 0.005;

const toFrame = ({ corners }: Candidate, scale: number): Quad => {
  const at = (corner: number) => ({
    x: ((corners[2 * corner] ?? 0) + 0.5) * scale,
    y: ((corners[2 * corner + 1] ?? 0) + 0.5) * scale,
  });
  return inReadingOrder([at(0), at(1), at(2), at(3)]);
};

const borderDistance = ({ corners }: Candidate, widthPx: number, heightPx: number): number => {
  let least = Infinity;
  for (let at = 0; at < 8; at += 2) {
    const x = corners[at] ?? 0;
    const y = corners[at + 1] ?? 0;
    least = Math.min(least, x, y, widthPx - 1 - x, heightPx - 1 - y);
  }
  return least;
};

interface Choice {
  readonly candidate: Candidate;
  readonly evidence: BorderEvidence;
}

/** Whether every corner lies where the one of the frame before lay. */
const isNear = (quad: Quad, before: Quad, reachPx: number): boolean =>
  quad.every((corner, index) => distance(corner, before[index] ?? corner) <= reachPx);

/** The candidate with the best score and border; of about equal ones that of the frame before. */
const choose = (
  planes: Planes,
  candidates: readonly Candidate[],
  before: Quad | null,
): Choice | undefined => {
  const reachPx = NEAR_SHARE * planes.scale * Math.hypot(planes.widthPx, planes.heightPx);
  let best: Choice | undefined;
  let bestValue = -Infinity;
  for (const candidate of candidates) {
    const evidence = borderEvidence(planes, candidate.corners);
    const { evenness, runsOn } = evidence;
    const isKnown = before !== null && isNear(toFrame(candidate, planes.scale), before, reachPx);
    const value =
      candidate.score +
      EVENNESS_SHARE * evenness * candidate.area ** 0.17 -
      RUNS_ON_SHARE * runsOn +
      (isKnown ? KNOWN_BONUS : 0);
    if (value <= bestValue) continue;
    best = { candidate, evidence };
    bestValue = value;
  }
  return best;
};

/** The document that is cut off most clearly: beside it the table looks like one as well. */
const chooseCut = (planes: Planes, shapes: readonly CutDocument[]): CutDocument | undefined => {
  let best: CutDocument | undefined;
  let bestValue = -Infinity;
  for (const shape of shapes) {
    const { visible, step } = openEvidence(planes, shape.corners);
    const value = shape.score + (STEP_SHARE * step) / (step + CLEAR_STEP);
    if (visible < CUT_VISIBLE || value <= bestValue) continue;
    best = shape;
    bestValue = value;
  }
  return best;
};

/**
 * The best quad of the frame, accepted or not, and whether the frame cuts a document off.
 *
 * @param before where the document was in the frame before, if it is the same camera; the search
 *   stays with it while it is as good as any other.
 */
export const detectDocument = (
  frame: Raster,
  workingPx = WORKING_PX,
  before: Quad | null = null,
): Sighting => {
  const planes = planesOf(frame, workingPx);
  const { widthPx, heightPx, scale } = planes;
  const lines = linesOf(edgesOf(planes), widthPx, heightPx);
  const crossings = crossingsOf(lines, widthPx, heightPx);
  const best = choose(planes, quadsOf(lines, crossings, widthPx, heightPx), before);
  const cut = chooseCut(planes, cutDocumentsOf(lines, crossings, widthPx, heightPx));
  if (best === undefined)
    return {
      document: null,
      cutAt: cut !== undefined && cut.score > CUT_SCORE ? cut.border : null,
    };
  const { candidate, evidence } = best;
  const cutLead = cut === undefined ? 0 : Math.max(0, cut.score / candidate.score - 1);
  const cutAt = cut !== undefined && cutLead > CUT_LEAD ? cut.border : null;
  const confidence = confidenceOf({
    ...evidence,
    score: candidate.score,
    overrun: candidate.overrun,
    cutLead,
    borderPx: borderDistance(candidate, widthPx, heightPx),
  });
  const coarse = refineQuad(frame, toFrame(candidate, scale), Math.max(2, scale * 1.6));
  const fine = refineQuad(frame, coarse.quad, Math.max(2, scale * 0.6));
  const quad = inReadingOrder(fine.quad);
  const isAccepted = confidence >= ACCEPTED_CONFIDENCE && cutAt === null;
  return { document: { quad, confidence, isAccepted, formats: formatsOf(quad) }, cutAt };
};
