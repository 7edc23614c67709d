/**
 * Measures whether both eyes of a face are seen open, and whether something covers nose and mouth: by
 * light and colour at the places that the network gives. What has the colour of skin, such as a hand,
 * covers nothing by these.
 */
import type { Point } from '../geometry.ts';
import type { Raster } from '../raster.ts';
import { rectify } from '../rectify.ts';
import type { FacePoints } from './detect.ts';

export interface FaceFeatures {
  /** How much darker the iris is than what lies around it, 0…1; of the eye where it is less. */
  readonly eyesOpenContrast: number;
  /** Share of nose and mouth that has neither the colour of the skin nor that of lips. */
  readonly mouthOcclusionShare: number;
}

/** The face upright and so large that its eyes are EYES_PX apart, at fixed places. */
const EYES_PX = 80;
const SIZE = { widthPx: 200, heightPx: 240 };
const EYES_MIDDLE = { x: 100, y: 70 };

/**
 * What is seen of an iris (11.7 mm, its top under the lid, where eyes are 63 mm apart), how far from its
 * place it is sought, and the ring around it that is white, lid and skin.
 */
const IRIS_PX = 6.5;
const GAZE_PX = { x: 12, y: 8 };
const RING_PX = { inner: 9, outer: 16 };
/** Skin and white are the brighter part of the ring; of dark glasses no part is bright. */
const RING_SHARE = 0.75;
/** Luma that says nothing: noise of dark frames. */
const FLOOR = 12;

/** Bridge of the nose and cheeks below the eyes: masks and scarves leave them free. */
const SKIN = [
  { x: 88, y: 56, width: 25, height: 25 },
  { x: 50, y: 86, width: 20, height: 16 },
  { x: 130, y: 86, width: 20, height: 16 },
] as const;
/** From below the tip of the nose to the chin, as wide as nose and mouth. */
const LOWER = { left: 70, right: 130, belowNosePx: 10, belowMouthPx: 24 } as const;
/** Shares of red and green of a face differ less than this from place to place; lips are redder. */
const SAME_CHROMA = 0.03;
const LIPS_RED = -0.01;
/** Logarithm of the light: shade of a nose is less, a black mask more. */
const SAME_LIGHT = 0.6;

interface Colour {
  readonly red: number;
  readonly green: number;
  readonly light: number;
}

const lumaAt = ({ data }: Raster, pixel: number): number =>
  0.299 * (data[pixel * 4] ?? 0) +
  0.587 * (data[pixel * 4 + 1] ?? 0) +
  0.114 * (data[pixel * 4 + 2] ?? 0);

const colourAt = (face: Raster, pixel: number): Colour => {
  const r = (face.data[pixel * 4] ?? 0) + 1;
  const g = (face.data[pixel * 4 + 1] ?? 0) + 1;
  const b = (face.data[pixel * 4 + 2] ?? 0) + 1;
  const sum = r + g + b;
  return { red: r / sum, green: g / sum, light: Math.log(lumaAt(face, pixel) + 5) };
};

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((one, other) => one - other)[Math.floor((values.length - 1) * share)] ?? 0;

/** The face upright, and where a point of the frame lies in it. */
const uprightFace = (
  frame: Raster,
  { rightEye, leftEye }: FacePoints,
): { readonly face: Raster; readonly place: (point: Point) => Point } => {
  const middle = { x: (rightEye.x + leftEye.x) / 2, y: (rightEye.y + leftEye.y) / 2 };
  const across = {
    x: (leftEye.x - rightEye.x) / EYES_PX,
    y: (leftEye.y - rightEye.y) / EYES_PX,
  };
  const corner = (x: number, y: number): Point => {
    const u = x - EYES_MIDDLE.x;
    const v = y - EYES_MIDDLE.y;
    return {
      x: middle.x + across.x * u - across.y * v,
      y: middle.y + across.y * u + across.x * v,
    };
  };
  const { widthPx, heightPx } = SIZE;
  const quad = [
    corner(0, 0),
    corner(widthPx, 0),
    corner(widthPx, heightPx),
    corner(0, heightPx),
  ] as const;
  const square = across.x ** 2 + across.y ** 2;
  const place = (point: Point): Point => {
    const dx = point.x - middle.x;
    const dy = point.y - middle.y;
    return {
      x: EYES_MIDDLE.x + (dx * across.x + dy * across.y) / square,
      y: EYES_MIDDLE.y + (dy * across.x - dx * across.y) / square,
    };
  };
  return { face: rectify(frame, quad, widthPx, heightPx), place };
};

/** Luma of the pixels between two distances from a place. */
const ringAt = (face: Raster, { x, y }: Point, inner: number, outer: number): number[] => {
  const values: number[] = [];
  const reach = Math.ceil(outer);
  for (let dy = -reach; dy <= reach; dy += 1)
    for (let dx = -reach; dx <= reach; dx += 1) {
      const away = Math.hypot(dx, dy);
      if (away < inner || away > outer) continue;
      values.push(lumaAt(face, (y + dy) * face.widthPx + x + dx));
    }
  return values;
};

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The darkest disc near an eye's place against the bright part of the ring around it. */
const irisContrast = (face: Raster, eyeX: number): number => {
  let iris = { x: eyeX, y: EYES_MIDDLE.y };
  let darkest = Infinity;
  for (let dy = -GAZE_PX.y; dy <= GAZE_PX.y; dy += 1)
    for (let dx = -GAZE_PX.x; dx <= GAZE_PX.x; dx += 1) {
      const at = { x: eyeX + dx, y: EYES_MIDDLE.y + dy };
      const mean = meanOf(ringAt(face, at, 0, IRIS_PX));
      if (mean >= darkest) continue;
      darkest = mean;
      iris = at;
    }
  const around = quantile(ringAt(face, iris, RING_PX.inner, RING_PX.outer), RING_SHARE);
  return Math.max(0, (around - darkest) / Math.max(FLOOR, around));
};

const skinOf = (face: Raster): Colour => {
  const colours = SKIN.flatMap(({ x, y, width, height }) =>
    Array.from({ length: width * height }, (_, index) => {
      const row = y + Math.floor(index / width);
      return colourAt(face, row * face.widthPx + x + (index % width));
    }),
  );
  const median = (part: keyof Colour): number =>
    quantile(
      colours.map((colour) => colour[part]),
      0.5,
    );
  return { red: median('red'), green: median('green'), light: median('light') };
};

const isBare = (colour: Colour, skin: Colour): boolean => {
  const red = colour.red - skin.red;
  const light = colour.light - skin.light;
  const isSkin =
    Math.hypot(red, colour.green - skin.green) < SAME_CHROMA && Math.abs(light) < SAME_LIGHT;
  return isSkin || (red > LIPS_RED && light < SAME_LIGHT);
};

const coveredShare = (face: Raster, noseY: number, mouthY: number): number => {
  const skin = skinOf(face);
  const from = Math.max(0, Math.round(noseY + LOWER.belowNosePx));
  const to = Math.min(face.heightPx, Math.round(mouthY + LOWER.belowMouthPx));
  let covered = 0;
  for (let y = from; y < to; y += 1)
    for (let x = LOWER.left; x < LOWER.right; x += 1)
      if (!isBare(colourAt(face, y * face.widthPx + x), skin)) covered += 1;
  return covered / Math.max(1, (to - from) * (LOWER.right - LOWER.left));
};

/** Measures the features of a face that looks more or less straight ahead. */
export const featuresOf = (frame: Raster, points: FacePoints): FaceFeatures => {
  const { face, place } = uprightFace(frame, points);
  const eyes = [-1, 1].map((side) => irisContrast(face, EYES_MIDDLE.x + (side * EYES_PX) / 2));
  return {
    eyesOpenContrast: Math.min(...eyes),
    mouthOcclusionShare: coveredShare(face, place(points.noseTip).y, place(points.mouth).y),
  };
};
