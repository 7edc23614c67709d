/**
 * The one table of what is good enough in a picture, with where each line comes from. A policy may move
 * any line (main/settings/policy.ts); the vision of the page measures against them.
 */

/** A closed range that a measure has to lie in. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** Every measure has a name that says its unit. */
export const DOCUMENT_MEASURES = [
  'edgeSpreadPermille',
  'glareShare',
  'lightMean',
  'fillShare',
  'marginShare',
  'tiltDeg',
  'resolutionDpi',
  'colourfulness',
  'coveredShare',
] as const;
export type DocumentMeasure = (typeof DOCUMENT_MEASURES)[number];
export type DocumentLimits = Readonly<Record<DocumentMeasure, Range>>;

/** Named as in ISO/IEC 29794-5 and its reference, OFIQ 1.0. */
export const FACE_MEASURES = [
  'secondFaceShare',
  'interEyeDistancePx',
  'headSizeShare',
  'marginShare',
  'headPoseYawScore',
  'headPosePitchScore',
  'headPoseRollScore',
  'luminanceMean',
  'underExposureShare',
  'overExposureShare',
  'edgeSpreadPermille',
  'eyesOpenContrast',
  'mouthOcclusionShare',
] as const;
export type FaceMeasure = (typeof FACE_MEASURES)[number];
export type FaceLimits = Readonly<Record<FaceMeasure, Range>>;

/** More pixels than any camera has: JSON knows no infinity. */
const UNLIMITED = 100_000;

const DOCUMENT_LIMITS: DocumentLimits = {
  /**
   * Standard deviation of the edge spread in thousandths of the document's longer side. Measured on
   * photographs and flatbed scans: sharp ones ≤ 2.3, blurred by σ ≥ 3 px at 1280 px ≥ 4.6; between
   * them lie 0.27 mm on a card.
   */
  edgeSpreadPermille: { least: 0, most: 3.2 },
  /**
   * Share of the document under blobs of clipped white wider than a line of text, against its own
   * paper. Measured on photographs: glare ≥ 0.037, white cards ≤ 0.008. Smile ID allows 5 to 18 % of
   * any saturated pixels.
   */
  glareShare: { least: 0, most: 0.014 },
  /** Mean luma of 255. Scanbot and Yoti: 50…215 of the frame; white paper alone has up to 247. */
  lightMean: { least: 50, most: 250 },
  /** Longer side of the bounding box over that of the frame. Smile ID: 65…95 % of a guide of 86 %. */
  fillShare: { least: 0.5, most: 0.97 },
  /** Least distance of a corner from the border of the frame, share of its diagonal. Own: 6 px at 720p. */
  marginShare: { least: 0.004, most: 1 },
  /** Largest difference of a corner from a right angle. Smile ID and Daon: angles of 75…105°. */
  tiltDeg: { least: 0, most: 15 },
  /**
   * Pixels per inch on the document. ComplyCube and BlinkID: 150 needed, 300 wanted. Asked for where the
   * camera can give it: A4 upright in a frame of 720p has 60 at most.
   */
  resolutionDpi: { least: 150, most: UNLIMITED },
  /**
   * Mean difference between the strongest and weakest colour of 255; below it the document may be a
   * grey copy. A hint alone: some documents are grey. Measured: colour prints ≥ 12, grey frames ≤ 2.
   */
  colourfulness: { least: 5, most: 255 },
  /**
   * Share of the border that lies under something that reaches over it. Measured on 48 drawn scenes with
   * a fingertip: ≥ 0.017 but for two; on 48 without, ≤ 0.008. It holds the shutter for a while only.
   */
  coveredShare: { least: 0, most: 0.012 },
};

/** Whatever lies outside is a warning and stops nobody. */
const FACE_LIMITS: FaceLimits = {
  /**
   * SingleFacePresent: area of the second largest face over that of the largest, 0 without one. OFIQ
   * lets a face count by its area; below this line it has a fifth of the customer's size. Own decision.
   */
  secondFaceShare: { least: 0, most: 0.04 },
  /** InterEyeDistance in pixels of the frame that is looked at. OFIQ: 70 is borderline, 90 good. */
  interEyeDistancePx: { least: 70, most: UNLIMITED },
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
  /**
   * EyesOpen, EyesVisible: how much darker the iris is than what lies around it, of the eye where it is
   * less. OFIQ measures the gap between the lids, which six points don't tell. Measured on sharp
   * photographs: open ≥ 0.48, shut eyes and dark glasses painted over them ≤ 0.31. Holds the shutter for
   * a while only.
   */
  eyesOpenContrast: { least: 0.36, most: 1 },
  /**
   * MouthOcclusionPrevention: share of nose and mouth that has the colour of neither skin nor lips.
   * Measured on sharp photographs: bare ≤ 0.44, masks painted over them ≥ 0.98. Holds the shutter for a
   * while only.
   */
  mouthOcclusionShare: { least: 0, most: 0.75 },
};

export interface QualityLimits {
  readonly document: DocumentLimits;
  readonly face: FaceLimits;
}

/** What holds where the policy says nothing. */
export const QUALITY_LIMITS: QualityLimits = { document: DOCUMENT_LIMITS, face: FACE_LIMITS };
