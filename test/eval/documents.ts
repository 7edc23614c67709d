/**
 * Owns the measure of document corners. The best quad of each picture counts, accepted or not;
 * whether it would have been accepted is a figure of its own.
 */
import { detectDocument } from '../../renderer/vision/document/detect.ts';
import { distance, intersectionOverUnion, type Quad } from '../../renderer/vision/geometry.ts';
import type { Raster } from '../../renderer/vision/raster.ts';
import type { EvalPicture } from './manifest.ts';
import { loadPeers, type Peer } from './peers.ts';
import { quantileOf, rounded, shareOf, type Figures, type Suite } from './suite.ts';

/** What became of one picture. */
export interface Measured {
  readonly kind: string;
  /** Intersection over union with the true quad; 0 where none was found. */
  readonly iou: number;
  /** Mean distance of the corners, in percent of the frame's diagonal; null where none was found. */
  readonly cornerErrorPct: number | null;
  readonly isAccepted: boolean;
  readonly ms: number;
}

/** Runs over one picture; the median is its time. The first pictures warm the compiler up. */
const RUNS = 3;
const WARM_UP_PICTURES = 4;

/** Mean corner distance for the rotation of the corners that fits best: reading order is not asked for. */
export const cornerError = (found: Quad, truth: Quad): number =>
  Math.min(
    ...[0, 1, 2, 3].flatMap((shift) =>
      [1, -1].map((way) => {
        const sum = found
          .map((corner, index) => truth[(((shift + way * index) % 4) + 4) % 4] ?? corner)
          .reduce((total, corner, index) => total + distance(corner, found[index] ?? corner), 0);
        return sum / 4;
      }),
    ),
  );

interface Finder {
  (frame: Raster): { readonly quad: Quad; readonly isAccepted: boolean } | null;
}

const ours: Finder = (frame) => detectDocument(frame).document;

/** A peer has no opinion of its own find: it is taken for accepted. */
const asFinder =
  (peer: Peer): Finder =>
  (frame) => {
    const quad = peer(frame);
    return quad === null ? null : { quad, isAccepted: true };
  };

const measure = async (picture: EvalPicture, truth: Quad, find: Finder): Promise<Measured> => {
  const frame = await picture.read();
  const times: number[] = [];
  let found: ReturnType<Finder> = null;
  for (let run = 0; run < RUNS; run += 1) {
    const startMs = performance.now();
    found = find(frame);
    times.push(performance.now() - startMs);
  }
  const diagonal = Math.hypot(frame.widthPx, frame.heightPx);
  return {
    kind: picture.kind,
    iou: found === null ? 0 : intersectionOverUnion(found.quad, truth),
    cornerErrorPct: found === null ? null : (100 * cornerError(found.quad, truth)) / diagonal,
    isAccepted: found?.isAccepted ?? false,
    ms: quantileOf(times, 0.5) ?? 0,
  };
};

/** Figures of a set of pictures. */
export const figuresOf = (measured: readonly Measured[]): Record<string, number | null> => ({
  n: measured.length,
  iou90: rounded(shareOf(measured.map(({ iou }) => iou > 0.9)), 4),
  iou95: rounded(shareOf(measured.map(({ iou }) => iou > 0.95)), 4),
  medianCornerErrorPct: rounded(
    quantileOf(
      measured.flatMap(({ cornerErrorPct }) => cornerErrorPct ?? []),
      0.5,
    ),
    3,
  ),
  msMedian: rounded(
    quantileOf(
      measured.map(({ ms }) => ms),
      0.5,
    ),
    1,
  ),
  msP90: rounded(
    quantileOf(
      measured.map(({ ms }) => ms),
      0.9,
    ),
    1,
  ),
  accepted: measured.filter(({ isAccepted }) => isAccepted).length,
  acceptedWrong: measured.filter(({ isAccepted, iou }) => isAccepted && iou <= 0.9).length,
});

/** Figures of each kind. */
export const byKind = (measured: readonly Measured[]): Figures =>
  Object.fromEntries(
    [...new Set(measured.map(({ kind }) => kind))].map((kind) => [
      kind,
      figuresOf(measured.filter((one) => one.kind === kind)),
    ]),
  );

export const documentsSuite: Suite = {
  name: 'documents',
  measures: 'corners of documents: shares with IoU > 0.9 and > 0.95, error, time, wrongly accepted',

  async run(pictures, tell, { peers }) {
    const withQuad = pictures.flatMap((picture) => {
      const { quad } = picture.truth;
      return quad === undefined ? [] : [{ picture, quad }];
    });
    const measureAll = async (find: Finder, say: typeof tell): Promise<Figures> => {
      for (const { picture, quad } of withQuad.slice(0, WARM_UP_PICTURES))
        await measure(picture, quad, find);
      const measured: Measured[] = [];
      for (const { picture, quad } of withQuad) {
        const one = await measure(picture, quad, find);
        measured.push(one);
        if (one.iou <= 0.9) say(`${picture.file}: IoU ${one.iou.toFixed(3)}`);
      }
      return { ...figuresOf(measured), byKind: byKind(measured) };
    };
    const figures = await measureAll(ours, tell);
    if (!peers) return figures;
    const { jscanify, opencv } = await loadPeers();
    return {
      ...figures,
      peers: {
        jscanify: await measureAll(asFinder(jscanify), () => {}),
        opencv: await measureAll(asFinder(opencv), () => {}),
      },
    };
  },
};
