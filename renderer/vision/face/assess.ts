/** Puts every measure of a face beside its threshold. Must never tell who it is, or whether it lives. */
import {
  QUALITY_LIMITS,
  type FaceLimits,
  type FaceMeasure,
} from '../../../preload/contract/quality-limits.ts';
import type { Point, Quad } from '../geometry.ts';
import { judgeWithin, type Measure } from '../quality/assess.ts';
import { edgeSpreadPx } from '../quality/sharpness.ts';
import type { Raster } from '../raster.ts';
import { rectify } from '../rectify.ts';
import type { Face } from './detect.ts';
import { featuresOf } from './features.ts';
import { headPoseOf, poseScore, type HeadPose } from './pose.ts';
import { toFrame, viewAround } from './view.ts';

export interface FaceQuality {
  readonly measures: Readonly<Record<FaceMeasure, Measure>>;
  /** The border of the frame the head comes nearest to. */
  readonly nearest: 'left' | 'right' | 'top' | 'bottom';
  /** The face upright: a square from the brows to the chin. */
  readonly quad: Quad;
}

/** Side of the upright face that is measured. */
const FACE_PX = 200;
/** The skin lies within this share of the side around the middle; hair and wall lie outside. */
const SKIN_RADIUS = 0.42;
/** Luma that OFIQ takes for under- and over-exposed. */
const DARK = 25;
const BRIGHT = 247;
/** Half the width of a head over the distance of the eyes (75 mm, 63 mm). */
const HALF_HEAD_TO_EYES = 1.2;

const uprightQuad = ({ middle, sidePx }: Face, rollDeg: number): Quad => {
  const view = viewAround(middle, (rollDeg * Math.PI) / 180, sidePx, 1, 1);
  const corner = (x: number, y: number): Point => toFrame(view, { x, y });
  return [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)];
};

interface Light {
  readonly luminanceMean: number;
  readonly underExposureShare: number;
  readonly overExposureShare: number;
}

const lightOf = ({ widthPx, data }: Raster): Light => {
  let count = 0;
  let sum = 0;
  let dark = 0;
  let bright = 0;
  const middle = widthPx / 2;
  for (let pixel = 0; pixel < widthPx * widthPx; pixel += 1) {
    const away = Math.hypot((pixel % widthPx) - middle, Math.floor(pixel / widthPx) - middle);
    if (away > SKIN_RADIUS * widthPx) continue;
    const at = pixel * 4;
    const luma =
      0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
    count += 1;
    sum += luma;
    if (luma <= DARK) dark += 1;
    if (luma >= BRIGHT) bright += 1;
  }
  return {
    luminanceMean: sum / count,
    underExposureShare: dark / count,
    overExposureShare: bright / count,
  };
};

/** Distances of the head from the borders of the frame, negative where it is cut. The crown is as far from the eyes as the chin. */
const gapsOf = (
  { points }: Face,
  pose: HeadPose,
  { widthPx, heightPx }: Raster,
): readonly (readonly [FaceQuality['nearest'], number])[] => {
  const x = (points.rightEye.x + points.leftEye.x) / 2;
  const y = (points.rightEye.y + points.leftEye.y) / 2;
  const half = HALF_HEAD_TO_EYES * pose.interEyeDistancePx;
  return [
    ['left', x - half],
    ['right', widthPx - x - half],
    ['top', y - pose.eyesToChinPx],
    ['bottom', heightPx - y - pose.eyesToChinPx],
  ];
};

/**
 * Measures the largest face of a frame.
 *
 * @param others all other faces of the frame.
 */
export const assessFace = (
  frame: Raster,
  face: Face,
  others: readonly Face[],
  limits: FaceLimits = QUALITY_LIMITS.face,
): FaceQuality => {
  const pose = headPoseOf(face.points);
  const quad = uprightQuad(face, pose.rollDeg);
  const upright = rectify(frame, quad, FACE_PX, FACE_PX);
  const gaps = gapsOf(face, pose, frame);
  const [nearest, gapPx] = gaps.reduce((least, gap) => (gap[1] < least[1] ? gap : least));
  const second = Math.max(0, ...others.map(({ sidePx }) => sidePx));
  const values: Readonly<Record<FaceMeasure, number>> = {
    secondFaceShare: (second / face.sidePx) ** 2,
    interEyeDistancePx: pose.interEyeDistancePx,
    headSizeShare: pose.eyesToChinPx / frame.heightPx,
    marginShare: gapPx / frame.heightPx,
    headPoseYawScore: poseScore(pose.yawDeg),
    headPosePitchScore: poseScore(pose.pitchDeg),
    headPoseRollScore: poseScore(pose.rollDeg),
    ...lightOf(upright),
    edgeSpreadPermille: (1000 * edgeSpreadPx(upright)) / FACE_PX,
    ...featuresOf(frame, face.points),
  };
  const judged = (name: FaceMeasure): Measure => judgeWithin(limits[name], values[name]);
  return {
    measures: {
      secondFaceShare: judged('secondFaceShare'),
      interEyeDistancePx: judged('interEyeDistancePx'),
      headSizeShare: judged('headSizeShare'),
      marginShare: judged('marginShare'),
      headPoseYawScore: judged('headPoseYawScore'),
      headPosePitchScore: judged('headPosePitchScore'),
      headPoseRollScore: judged('headPoseRollScore'),
      luminanceMean: judged('luminanceMean'),
      underExposureShare: judged('underExposureShare'),
      overExposureShare: judged('overExposureShare'),
      edgeSpreadPermille: judged('edgeSpreadPermille'),
      eyesOpenContrast: judged('eyesOpenContrast'),
      mouthOcclusionShare: judged('mouthOcclusionShare'),
    },
    nearest,
    quad,
  };
};
