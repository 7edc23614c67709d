/** What a person can do to get a better picture of themselves: codes of the one list of hints. */
import type { Hint } from '../shutter/hints.ts';
import type { FaceQuality } from './assess.ts';

/**
 * The person looks into the camera: their left is the right of the frame, and the left of the mirror
 * they see themselves in.
 */
const AWAY_FROM: Readonly<Record<FaceQuality['nearest'], Hint>> = {
  left: 'MOVE_LEFT',
  right: 'MOVE_RIGHT',
  top: 'MOVE_DOWN',
  bottom: 'MOVE_UP',
};

/**
 * The one thing to do first; null where the picture is good. Place before pose, pose before light, light
 * before focus: each may cure what comes after it.
 */
export const faceHintFor = ({ measures, nearest }: FaceQuality): Hint | null => {
  if (measures.secondFaceShare.verdict !== 'good') return 'ONE_FACE_ONLY';
  if (measures.headSizeShare.verdict === 'too-high') return 'FARTHER';
  if (measures.marginShare.verdict !== 'good') return AWAY_FROM[nearest];
  if (measures.headSizeShare.verdict !== 'good') return 'CLOSER';
  if (measures.interEyeDistancePx.verdict !== 'good') return 'CLOSER';
  const { headPoseYawScore, headPosePitchScore, headPoseRollScore } = measures;
  const poses = [headPoseYawScore, headPosePitchScore, headPoseRollScore];
  if (poses.some(({ verdict }) => verdict !== 'good')) return 'LOOK_STRAIGHT';
  const { luminanceMean, underExposureShare, overExposureShare } = measures;
  if (luminanceMean.verdict === 'too-low') return 'MORE_LIGHT';
  if (underExposureShare.verdict !== 'good') return 'MORE_LIGHT';
  if (luminanceMean.verdict !== 'good') return 'LESS_LIGHT';
  if (overExposureShare.verdict !== 'good') return 'LESS_LIGHT';
  return measures.edgeSpreadPermille.verdict === 'good' ? null : 'HOLD_STILL';
};

/**
 * What would make a good picture better; null for nothing. Nobody is held up for good by it. Eyes first:
 * dark glasses lie over the skin that nose and mouth are compared with.
 */
export const faceAdviceFor = ({ measures }: FaceQuality): Hint | null => {
  if (measures.eyesOpenContrast.verdict !== 'good') return 'OPEN_EYES';
  return measures.mouthOcclusionShare.verdict === 'good' ? null : 'UNCOVER_MOUTH';
};
