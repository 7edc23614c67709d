/**
 * Owns one camera frame: a document on a table under given conditions, with its ground truth.
 * Never draws documents (documents/) or encodes files (raster.ts).
 */
import { drawBackground, type Background } from './backgrounds.ts';
import type { Specimen } from './documents/specimen.ts';
import {
  castShadow,
  contactShadow,
  finger,
  gaussianBlur,
  glare,
  lightGradient,
  motionBlur,
} from './effects.ts';
import { quantise, type Frame } from './frame.ts';
import type { Quad } from '../../renderer/vision/geometry.ts';
import { placeQuad, type Placement } from './homography.ts';
import { createPrng } from './prng.ts';
import type { Raster } from './raster.ts';
import { textureOf, warpInto, type Texture } from './warp.ts';

/** Everything that can be wrong with a picture. Absent = not there. */
export interface Defects {
  /** Standard deviation of a Gaussian. */
  readonly blurSigmaPx?: number;
  readonly motionBlurPx?: number;
  /** 0…1: how far the blob outshines white. */
  readonly glare?: number;
  readonly hasFinger?: boolean;
  readonly hasCastShadow?: boolean;
  /** Brightness of the whole picture; 1 = well lit. */
  readonly exposure?: number;
}

export interface SceneRequest {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly seed: number;
  readonly background: Background;
  /** Null: the empty table. */
  readonly specimen: Specimen | null;
  readonly placement: Placement;
  readonly defects: Defects;
  /** Standard deviation of sensor noise, of 255. */
  readonly noiseSigma: number;
}

/** What is known about a scene. JSON-safe. */
export interface SceneTruth {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly background: Background;
  readonly quad: Quad | null;
  /** Every corner lies inside the frame. */
  readonly isWhole: boolean;
  readonly defects: Defects;
}

export interface Scene {
  readonly picture: Raster;
  readonly truth: SceneTruth;
}

/** A document well placed: what an attentive person does. */
export const STEADY: Placement = {
  fill: 0.78,
  rotationDeg: 0,
  tiltXDeg: 0,
  tiltYDeg: 0,
  shiftX: 0,
  shiftY: 0,
};

/** A placement as people lay documents down: turned up to 12°, camera leaning up to 14°, not centred. */
export function casualPlacement(seed: number): Placement {
  const random = createPrng(seed, 'placement');
  const fill = random.between(0.6, 0.86);
  const slack = (1 - fill) * 0.4;
  return {
    fill,
    rotationDeg: random.between(-12, 12),
    tiltXDeg: random.between(-14, 14),
    tiltYDeg: random.between(-14, 14),
    shiftX: random.between(-slack, slack),
    shiftY: random.between(-slack, slack),
  };
}

/** Width over height. */
export function aspectOf(specimen: Specimen): number {
  return specimen.widthMm / specimen.heightMm;
}

/** Lay a document on a table top, in place, and return where. */
export function layDown(
  frame: Frame,
  texture: Texture,
  aspect: number,
  placement: Placement,
): Quad {
  const quad = placeQuad(aspect, frame.widthPx, frame.heightPx, placement);
  const unit = frame.widthPx / 1280;
  contactShadow(frame, quad, { x: 3 * unit, y: 5 * unit }, 9 * unit, 0.45);
  warpInto(frame, texture, quad);
  return quad;
}

function applyDefects(frame: Frame, quad: Quad | null, { seed, defects }: SceneRequest): void {
  const random = createPrng(seed, 'defects');
  const { widthPx, heightPx } = frame;
  if (defects.hasCastShadow === true) {
    const through = {
      x: widthPx * random.between(0.35, 0.65),
      y: heightPx * random.between(0.35, 0.65),
    };
    castShadow(frame, through, random.between(0, 360), random.between(0.3, 0.5));
  }
  if (quad !== null && defects.glare !== undefined) {
    const centre = { x: random.between(0.3, 0.75), y: random.between(0.25, 0.7) };
    glare(frame, quad, centre, random.between(0.12, 0.2), defects.glare);
  }
  if (quad !== null && defects.hasFinger === true) {
    finger(frame, quad, random.pick([1, 2, 3] as const), random.between(0.3, 0.7), widthPx * 0.055);
  }
  if (defects.motionBlurPx !== undefined)
    motionBlur(frame, defects.motionBlurPx, random.between(-30, 30));
  if (defects.blurSigmaPx !== undefined) gaussianBlur(frame, defects.blurSigmaPx);
  const exposure = defects.exposure ?? 1;
  if (exposure !== 1) {
    for (let index = 0; index < frame.data.length; index += 1) {
      frame.data[index] = (frame.data[index] ?? 0) * exposure;
    }
  }
}

/** A scene before the sensor adds its noise. */
export async function composeScene(
  request: SceneRequest,
): Promise<{ readonly frame: Frame; readonly truth: SceneTruth }> {
  const { widthPx, heightPx, seed, background, specimen, placement, defects } = request;
  const random = createPrng(seed, 'scene');
  const frame = await drawBackground(background, widthPx, heightPx, seed);
  const quad =
    specimen === null
      ? null
      : layDown(frame, textureOf(specimen.picture), aspectOf(specimen), placement);
  lightGradient(frame, random.between(0, 360), random.between(0.04, 0.16));
  applyDefects(frame, quad, request);
  const isInside = quad?.every(({ x, y }) => x >= 0 && y >= 0 && x <= widthPx && y <= heightPx);
  return {
    frame,
    truth: { widthPx, heightPx, background, quad, isWhole: isInside ?? false, defects },
  };
}

/** Draw a scene as the camera delivers it. */
export async function drawScene(request: SceneRequest): Promise<Scene> {
  const { frame, truth } = await composeScene(request);
  const picture = quantise(frame, request.noiseSigma, createPrng(request.seed, 'noise'));
  return { picture, truth };
}
