/** What a person can do to get a better picture: closed codes, for screen and voice alike. */
import type { Sighting } from '../document/detect.ts';
import type { Quad } from '../geometry.ts';
import type { Quality } from '../quality/assess.ts';

export const HINTS = [
  /** Nothing like a document is seen. */
  'SHOW_DOCUMENT',
  /** Nobody is seen. */
  'NO_FACE',
  'ONE_FACE_ONLY',
  /** It is the picture that was taken before. */
  'TURN_OVER',
  /** The card shows its other side. */
  'SHOW_FRONT',
  'SHOW_BACK',
  'MOVE_LEFT',
  'MOVE_RIGHT',
  'MOVE_UP',
  'MOVE_DOWN',
  'CLOSER',
  'FARTHER',
  'HOLD_FLAT',
  'LOOK_STRAIGHT',
  /** They are closed, or behind dark glasses. */
  'OPEN_EYES',
  /** A mask, a scarf or a thing lies over nose and mouth. */
  'UNCOVER_MOUTH',
  'TILT_GLARE',
  /** Something lies over the border of the document. */
  'FINGERS_OFF',
  'MORE_LIGHT',
  'LESS_LIGHT',
  /** It moves, or the picture is blurred. */
  'HOLD_STILL',
  /** All is well: the shutter is about to fire. */
  'KEEP_STILL',
] as const;
export type Hint = (typeof HINTS)[number];

const AWAY_FROM: Readonly<Record<NonNullable<Sighting['cutAt']>, Hint>> = {
  left: 'MOVE_RIGHT',
  right: 'MOVE_LEFT',
  top: 'MOVE_DOWN',
  bottom: 'MOVE_UP',
};

/** The border the document comes nearest to. */
const nearestBorder = (
  quad: Quad,
  widthPx: number,
  heightPx: number,
): NonNullable<Sighting['cutAt']> => {
  const xs = quad.map(({ x }) => x);
  const ys = quad.map(({ y }) => y);
  const gaps = [
    ['left', Math.min(...xs)],
    ['right', widthPx - Math.max(...xs)],
    ['top', Math.min(...ys)],
    ['bottom', heightPx - Math.max(...ys)],
  ] as const;
  return gaps.reduce((least, gap) => (gap[1] < least[1] ? gap : least))[0];
};

/** What to do where no whole document is seen. */
export const hintWithout = ({ cutAt }: Sighting): Hint =>
  cutAt === null ? 'SHOW_DOCUMENT' : AWAY_FROM[cutAt];

/**
 * The one thing to do first; null where the picture is good. Place before light, light before focus:
 * each may cure what comes after it.
 *
 * @param isGlossy whether it can glare: clipped white on a sheet of paper is paper.
 */
export const hintFor = (
  { measures, isCloserNeeded }: Quality,
  quad: Quad,
  widthPx: number,
  heightPx: number,
  isGlossy: boolean,
): Hint | null => {
  const { fillShare, marginShare, tiltDeg, glareShare, lightMean, edgeSpreadPermille } = measures;
  if (fillShare.verdict === 'too-high') return 'FARTHER';
  if (marginShare.verdict !== 'good') return AWAY_FROM[nearestBorder(quad, widthPx, heightPx)];
  if (fillShare.verdict === 'too-low' || isCloserNeeded) return 'CLOSER';
  if (tiltDeg.verdict !== 'good') return 'HOLD_FLAT';
  if (lightMean.verdict !== 'good')
    return lightMean.verdict === 'too-low' ? 'MORE_LIGHT' : 'LESS_LIGHT';
  if (isGlossy && glareShare.verdict !== 'good') return 'TILT_GLARE';
  return edgeSpreadPermille.verdict === 'good' ? null : 'HOLD_STILL';
};

/** What would make a good picture better; null for nothing. Nobody is held up for good by it. */
export const adviceFor = ({ measures }: Quality): Hint | null =>
  measures.coveredShare.verdict === 'good' ? null : 'FINGERS_OFF';
