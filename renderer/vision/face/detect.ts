/**
 * Finds faces in a frame: a first look at the whole, a second at each find, closer and upright, which
 * sends away what only seemed one. Must never judge them: quality is a matter of measures.
 */
import type { Point } from '../geometry.ts';
import type { QuarterTurns, Raster } from '../raster.ts';
import { candidatesOf, mergeCandidates, type Candidate } from './candidates.ts';
import { runNetwork, STRIDE_PX, type FaceNetwork } from './network.ts';
import { pixelsOf, toFrame, viewAround, type View } from './view.ts';

/** Six points of a face; left and right are those of the person. Pixels of the frame. */
export interface FacePoints {
  readonly rightEye: Point;
  readonly leftEye: Point;
  readonly noseTip: Point;
  readonly mouth: Point;
  readonly rightEar: Point;
  readonly leftEar: Point;
}

/** One face. The box is a square from the brows to the chin, pixels of the frame. */
export interface Face {
  readonly middle: Point;
  readonly sidePx: number;
  /** 0…1, of the second look. */
  readonly confidence: number;
  readonly points: FacePoints;
}

/** Longer side of the first look: what the network was trained with. */
const TRAINED_PX = 256;
/** The first look may err: MediaPipe's own line is 0.5…0.65. */
const FIRST_CONFIDENCE = 0.5;
/** The second look: so many pixels, and the find takes 1/SECOND_SHARE of them. */
const SECOND_PX = 128;
const SECOND_SHARE = 2;
/** Measured at the second look: faces ≥ 0.78, blurred, dark and cut ones too; a cat 0.23. */
const SECOND_CONFIDENCE = 0.6;
/** More are not looked at twice: two are too many already. */
const MOST_FACES = 8;

const QUARTER_TURN = Math.PI / 2;

const roundUp = (px: number): number => Math.max(1, Math.ceil(px / STRIDE_PX)) * STRIDE_PX;

/** The whole frame, turned by quarters; the view may reach beyond it. */
const wholeOf = ({ widthPx, heightPx }: Raster, quarters: number, firstPx: number): View => {
  const isLying = quarters % 2 !== 0;
  const scale = Math.max(widthPx, heightPx) / firstPx;
  return viewAround(
    { x: widthPx / 2, y: heightPx / 2 },
    quarters * QUARTER_TURN,
    scale,
    roundUp((isLying ? heightPx : widthPx) / scale),
    roundUp((isLying ? widthPx : heightPx) / scale),
  );
};

const look = (
  network: FaceNetwork,
  frame: Raster,
  view: View,
  leastConfidence: number,
): readonly Candidate[] =>
  mergeCandidates(
    runNetwork(network, pixelsOf(frame, view), view.width, view.height).flatMap((grid) =>
      candidatesOf(grid, leastConfidence),
    ),
  );

const faceOf = ({ confidence, numbers }: Candidate, view: View): Face => {
  const point = (index: number): Point =>
    toFrame(view, { x: numbers[index] ?? 0, y: numbers[index + 1] ?? 0 });
  return {
    middle: point(0),
    sidePx: (numbers[2] ?? 0) * Math.hypot(view.step.x, view.step.y),
    confidence,
    points: {
      rightEye: point(4),
      leftEye: point(6),
      noseTip: point(8),
      mouth: point(10),
      rightEar: point(12),
      leftEar: point(14),
    },
  };
};

/**
 * Looks again at a find, of this frame or of the one before; null where it is none, or another face than
 * the one looked at. Sees nobody else, and costs half of looking for faces.
 */
export const lookAgain = (network: FaceNetwork, frame: Raster, first: Face): Face | null => {
  const { rightEye, leftEye } = first.points;
  const view = viewAround(
    first.middle,
    Math.atan2(leftEye.y - rightEye.y, leftEye.x - rightEye.x),
    (first.sidePx * SECOND_SHARE) / SECOND_PX,
    SECOND_PX,
    SECOND_PX,
  );
  const faces = look(network, frame, view, SECOND_CONFIDENCE).map((one) => faceOf(one, view));
  const isSame = ({ middle }: Face): boolean =>
    Math.hypot(middle.x - first.middle.x, middle.y - first.middle.y) < first.sidePx / 2;
  return faces.find(isSame) ?? null;
};

/**
 * All faces that the frame shows when it is turned clockwise by so many quarters, the surest of the
 * first look first.
 *
 * @param firstPx longer side of the first look: fewer pixels are faster and miss small faces.
 */
export const facesAt = (
  network: FaceNetwork,
  frame: Raster,
  quarterTurns: QuarterTurns,
  firstPx: number,
): readonly Face[] => {
  const view = wholeOf(frame, -quarterTurns, firstPx);
  return look(network, frame, view, FIRST_CONFIDENCE)
    .slice(0, MOST_FACES)
    .flatMap((one) => lookAgain(network, frame, faceOf(one, view)) ?? []);
};

/**
 * All faces, the surest of the first look first. Where the frame shows none upright, it is looked at
 * lying on either side: a camera may be mounted so.
 *
 * @param firstPx longer side of the first look: fewer pixels are faster and miss small faces.
 */
export const detectFaces = (
  network: FaceNetwork,
  frame: Raster,
  firstPx: number = TRAINED_PX,
): readonly Face[] => {
  for (const quarterTurns of [0, 3, 1] as const) {
    const faces = facesAt(network, frame, quarterTurns, firstPx);
    if (faces.length > 0) return faces;
  }
  return [];
};
