/**
 * The one table of what is good enough in a face, with where each line comes from. Measures are named as
 * in ISO/IEC 29794-5 and its reference, OFIQ 1.0; whatever lies outside is a warning and stops nobody.
 */
import type { Range } from '../quality/thresholds.ts';

/** Every measure has a name that says its unit. */
export const FACE_THRESHOLDS = {
  /**
   * SingleFacePresent: area of the second largest face over that of the largest, 0 without one. OFIQ
   * lets a face count by its area; below this line it has a fifth of the customer's size. Own decision.
   */
  secondFaceShare: { least: 0, most: 0.04 },
  /** InterEyeDistance in pixels of the frame that is looked at. OFIQ: 70 is borderline, 90 good. */
  interEyeDistancePx: { least: 70, most: Infinity },
  /**
   * HeadSize: eyes to chin over the height of the frame. OFIQ wants 0.45 of an upright portrait; a
   * camera's frame is wide, so the head may be smaller in it, and above this its crown is cut.
   */
  headSizeShare: { least: 0.18, most: 0.44 },
  /**
   * Leftward, rightward, upward and downward crop: least distance of the head, crown and ears included,
   * from the border, share of the frame's height; below 0 it is cut. Own decision: a hair's breadth.
   */
  marginShare: { least: 0.01, most: 1 },
  /**
   * HeadPoseYaw, HeadPosePitch, HeadPoseRoll: 100·cos² of the angle. ISO/IEC 39794-5 wants 5° of a
   * passport photograph; six points tell an angle to about 8°, so the line is at 20°.
   */
  headPoseYawScore: { least: 88, most: 100 },
  headPosePitchScore: { least: 88, most: 100 },
  headPoseRollScore: { least: 88, most: 100 },
  /** LuminanceMean of 255, of the face. Scanbot and Yoti: 50…215. */
  luminanceMean: { least: 50, most: 215 },
  /** UnderExposurePrevention: share of the face with luma 0…25. OFIQ falls off from 0.8 on. */
  underExposureShare: { least: 0, most: 0.8 },
  /** OverExposurePrevention: share of the face with luma 247…255. OFIQ: 1 %. */
  overExposureShare: { least: 0, most: 0.01 },
  /**
   * Sharpness: standard deviation of the edge spread in thousandths of the face's side. Measured on
   * photographs: sharp ones ≤ 12.4, an upsampled face of 76 px among them; blurred ones ≥ 30.
   */
  edgeSpreadPermille: { least: 0, most: 16 },
} as const satisfies Readonly<Record<string, Range>>;

export type FaceMeasureName = keyof typeof FACE_THRESHOLDS;
