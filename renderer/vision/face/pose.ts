/** How a head is turned and how large it is, as far as six points of the face tell. */
import type { Point } from '../geometry.ts';
import type { FacePoints } from './detect.ts';

export interface HeadPose {
  /** Positive where the person looks to the right border of the frame. */
  readonly yawDeg: number;
  /** Positive where the person looks up. */
  readonly pitchDeg: number;
  /** Positive clockwise in the frame. */
  readonly rollDeg: number;
  /** Pixels between the eyes. */
  readonly interEyeDistancePx: number;
  /** Pixels from the line of the eyes to the chin. */
  readonly eyesToChinPx: number;
}

/**
 * The tip of the nose stands before the ears by 1.5 of half the width between them (105 mm, 70 mm), and
 * before eyes and mouth by half of what lies between those; upright it is 0.55 of that below the eyes.
 * The chin is 1.7 times as far from the eyes as the mouth. Means of adults; measured against the
 * frontal portraits of the evaluation: 0.52…0.62.
 */
const NOSE_BEFORE_EARS = 1.5;
const NOSE_BEFORE_MOUTH = 0.5;
const NOSE_DOWN = 0.55;
const CHIN_TO_MOUTH = 1.7;

const degrees = (radians: number): number => (radians * 180) / Math.PI;

const middleOf = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/** Estimates the pose of a head. */
export const headPoseOf = (points: FacePoints): HeadPose => {
  const { rightEye, leftEye } = points;
  const interEyeDistancePx = Math.hypot(leftEye.x - rightEye.x, leftEye.y - rightEye.y);
  const rollRad = Math.atan2(leftEye.y - rightEye.y, leftEye.x - rightEye.x);
  const cos = Math.cos(rollRad);
  const sin = Math.sin(rollRad);
  const upright = ({ x, y }: Point): Point => ({ x: cos * x + sin * y, y: cos * y - sin * x });
  const eyes = upright(middleOf(rightEye, leftEye));
  const nose = upright(points.noseTip);
  const rightEar = upright(points.rightEar);
  const leftEar = upright(points.leftEar);
  const halfWidth = Math.max(1, (leftEar.x - rightEar.x) / 2);
  const eyesToMouth = Math.max(1, upright(points.mouth).y - eyes.y);
  const aside = (nose.x - middleOf(rightEar, leftEar).x) / halfWidth;
  const down = (nose.y - eyes.y) / eyesToMouth;
  return {
    yawDeg: degrees(Math.atan(aside / NOSE_BEFORE_EARS)),
    pitchDeg: degrees(Math.atan((NOSE_DOWN - down) / NOSE_BEFORE_MOUTH)),
    rollDeg: degrees(rollRad),
    interEyeDistancePx,
    eyesToChinPx: CHIN_TO_MOUTH * eyesToMouth,
  };
};

/** OFIQ's score of an angle: 100·cos², 0 from a right angle on. */
export const poseScore = (angleDeg: number): number =>
  100 * Math.max(0, Math.cos((angleDeg * Math.PI) / 180)) ** 2;
