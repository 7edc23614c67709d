/** Reads the network's grids: boxes of faces, each face once. */
import type { Grid } from './network.ts';

/** One face as the network gives it, in pixels of the view. */
export interface Candidate {
  /** 0…1. */
  readonly confidence: number;
  /** Middle x, middle y, width, height, then x and y of six points. */
  readonly numbers: readonly number[];
}

/** Numbers of each anchor: a box and six points. */
const NUMBERS = 16;
/** MediaPipe: boxes that overlap more are one face. */
const SAME_FACE_IOU = 0.3;

/** All candidates above a confidence. */
export const candidatesOf = (
  { columns, stridePx, anchorsPerCell, logits, boxes }: Grid,
  leastConfidence: number,
): Candidate[] => {
  const least = Math.log(leastConfidence / (1 - leastConfidence));
  const found: Candidate[] = [];
  for (const [anchor, logit] of logits.entries()) {
    if (logit < least) continue;
    const cell = Math.floor(anchor / anchorsPerCell);
    const middleX = ((cell % columns) + 0.5) * stridePx;
    const middleY = (Math.floor(cell / columns) + 0.5) * stridePx;
    const raw = boxes.subarray(anchor * NUMBERS, (anchor + 1) * NUMBERS);
    const numbers = Array.from(raw, (value, index) =>
      index === 2 || index === 3 ? value : value + (index % 2 === 0 ? middleX : middleY),
    );
    found.push({ confidence: 1 / (1 + Math.exp(-logit)), numbers });
  }
  return found;
};

const overlap = (one: Candidate, other: Candidate): number => {
  const [ax = 0, ay = 0, aw = 0, ah = 0] = one.numbers;
  const [bx = 0, by = 0, bw = 0, bh = 0] = other.numbers;
  const width = Math.min(ax + aw / 2, bx + bw / 2) - Math.max(ax - aw / 2, bx - bw / 2);
  const height = Math.min(ay + ah / 2, by + bh / 2) - Math.max(ay - ah / 2, by - bh / 2);
  const shared = Math.max(0, width) * Math.max(0, height);
  return shared / (aw * ah + bw * bh - shared);
};

/** Weighted suppression as BlazeFace has it: candidates of one face become their mean. Surest first. */
export const mergeCandidates = (candidates: readonly Candidate[]): readonly Candidate[] => {
  let left = candidates.toSorted((one, other) => other.confidence - one.confidence);
  const faces: Candidate[] = [];
  for (;;) {
    const [surest] = left;
    if (surest === undefined) return faces;
    const same = left.filter((one) => one === surest || overlap(one, surest) > SAME_FACE_IOU);
    const weight = same.reduce((sum, { confidence }) => sum + confidence, 0);
    const numbers = surest.numbers.map((_, index) =>
      same.reduce((sum, one) => sum + (one.confidence * (one.numbers[index] ?? 0)) / weight, 0),
    );
    faces.push({ confidence: surest.confidence, numbers });
    left = left.filter((one) => !same.includes(one));
  }
};
