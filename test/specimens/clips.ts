/**
 * Owns the session clip: what a fake camera shows so that every step of a session finds its picture.
 * Never caches: whoever needs a clip often keeps the file.
 */
import type { CaptureStep } from '../../preload/contract/vocabulary.ts';
import { drawBackground } from './backgrounds.ts';
import {
  encodeFrame,
  repeatFrames,
  writeClip,
  type ClipTruth,
  type EncodedFrame,
} from './clip-writer.ts';
import { CLIP_NOISE_SIGMA, drawForClip, HELD, type ClipRequest } from './clip-request.ts';
import { SIDES, type DocumentName } from './documents/catalogue.ts';
import { personOf, type Person } from './documents/person.ts';
import { truthOf, type Specimen, type SpecimenTruth } from './documents/specimen.ts';
import { lightGradient, motionBlur } from './effects.ts';
import { drawPortrait, faceLook } from './face.ts';
import { FACE_CANVAS } from './face-relief.ts';
import { copyFrame, newFrame, quantise, type Frame } from './frame.ts';
import type { Quad } from '../../renderer/vision/geometry.ts';
import { createPrng } from './prng.ts';
import { aspectOf, layDown } from './scene.ts';
import { drawSlate, type Slate } from './slate.ts';
import { textureOf, warpInto } from './warp.ts';

export interface SessionClipRequest extends ClipRequest {
  /** Steps to show, in the order the kiosk asks for them. BACK is left out where the document has none. */
  readonly steps: readonly CaptureStep[];
}

/** What a session clip's truth says beyond its frames. */
export interface SessionTruth {
  readonly person: Person;
  readonly documents: readonly (SpecimenTruth & { readonly step: CaptureStep })[];
}

/** Pictures of one still scene, unlike in noise alone: a camera never delivers one frame twice. */
const STILL_VARIANTS = 3;
/** Frames of a segment at 30 a second: 0.2 s empty table, 0.4 s of movement, then still; 2.4 s together. */
const EMPTY_FRAMES = 6;
const MOVING_FRAMES = 12;
const STILL_FRAMES = 54;
const SEGMENT_FRAMES = EMPTY_FRAMES + MOVING_FRAMES + STILL_FRAMES;
/** Poses of the movement; each is shown for several frames. */
const MOVING_POSES = 4;

interface Still {
  readonly frame: Frame;
  readonly quad: Quad | null;
}

/** Encode one composed frame `variants` times with fresh noise, slated. */
async function encodeStill(
  { frame, quad }: Still,
  slate: Slate,
  variants: number,
  seed: number,
): Promise<readonly EncodedFrame[]> {
  return await Promise.all(
    Array.from({ length: variants }, async (_, variant) => {
      const random = createPrng(seed + variant, `noise-${slate.step}`);
      const picture = quantise(frame, CLIP_NOISE_SIGMA, random);
      drawSlate(picture, slate);
      return await encodeFrame(picture, { ...slate, quad });
    }),
  );
}

/** A document comes in from the right, settles and lies still. */
async function documentSegment(
  step: CaptureStep,
  specimen: Specimen,
  table: Frame,
  empty: readonly EncodedFrame[],
  seed: number,
): Promise<readonly EncodedFrame[]> {
  const texture = textureOf(specimen.picture);
  /** `way` 1 = beyond the right edge, 0 = where it comes to rest. */
  const place = (way: number): Still => {
    const frame = copyFrame(table);
    const quad = layDown(frame, texture, aspectOf(specimen), {
      ...HELD,
      rotationDeg: HELD.rotationDeg + 9 * way,
      shiftX: 0.9 * way,
      shiftY: 0.16 * way,
    });
    return { frame, quad };
  };
  const moving: EncodedFrame[] = [];
  for (let pose = 0; pose < MOVING_POSES; pose += 1) {
    const way = (1 - (pose + 0.5) / MOVING_POSES) ** 2;
    const still = place(way);
    motionBlur(still.frame, Math.max(2, way * table.widthPx * 0.01), 0);
    moving.push(...(await encodeStill(still, { step, isSettled: false }, 1, seed + pose)));
  }
  const still = await encodeStill(place(0), { step, isSettled: true }, STILL_VARIANTS, seed + 100);
  return [
    ...repeatFrames(empty, EMPTY_FRAMES),
    ...repeatFrames(moving, MOVING_FRAMES, MOVING_FRAMES / MOVING_POSES),
    ...repeatFrames(still, STILL_FRAMES),
  ];
}

/** A wall out of focus. */
function drawRoom(widthPx: number, heightPx: number, seed: number): Frame {
  const room = newFrame(widthPx, heightPx);
  for (let pixel = 0; pixel < widthPx * heightPx; pixel += 1) {
    const wall = 178 + 26 * Math.sin(((pixel % widthPx) / widthPx) * 5 + seed);
    room.data.fill(wall, pixel * 3, pixel * 3 + 3);
  }
  lightGradient(room, 200, 0.08);
  return room;
}

/** Somebody stands before the camera, swaying a little. */
async function faceSegment(person: Person, request: ClipRequest): Promise<readonly EncodedFrame[]> {
  const { widthPx, heightPx, seed } = request;
  const portraitPx = Math.round(heightPx * 0.98);
  const look = faceLook(person.seed, person.sex);
  const texture = textureOf(await drawPortrait(look, portraitPx, { transparent: true }));
  const room = drawRoom(widthPx, heightPx, seed);
  const width = (portraitPx * FACE_CANVAS.width) / FACE_CANVAS.height;
  const frames: EncodedFrame[] = [];
  for (const [pose, sway] of [0, 0.7, 1, 0.3].entries()) {
    const frame = copyFrame(room);
    const left = (widthPx - width) / 2 + (sway * widthPx) / 320;
    const top = heightPx * 0.05 + (sway * heightPx) / 400;
    warpInto(frame, texture, [
      { x: left, y: top },
      { x: left + width, y: top },
      { x: left + width, y: top + portraitPx },
      { x: left, y: top + portraitPx },
    ]);
    const slate = { step: 'FACE', isSettled: true } as const;
    frames.push(...(await encodeStill({ frame, quad: null }, slate, 1, seed + pose)));
  }
  return repeatFrames([...frames, ...frames.slice(1, -1).toReversed()], SEGMENT_FRAMES, 5);
}

/** The document of a step; null where there is no such side. */
function documentAt(
  step: Exclude<CaptureStep, 'FACE'>,
  { documentType }: ClipRequest,
): DocumentName | null {
  return step === 'UTILITY_BILL' ? 'utility-bill' : SIDES[documentType][step];
}

/**
 * Write a session as the fake camera plays it, 2.4 s a step, over and over. Each segment follows the one
 * before it in the order the kiosk asks for them, with an empty table between, so that the shutter sees one
 * document leave before the next comes. The slate tells a test which step a frame belongs to.
 */
export async function writeSessionClip(
  file: string,
  request: SessionClipRequest,
): Promise<ClipTruth & SessionTruth> {
  const { widthPx, heightPx, seed } = request;
  const person = personOf(seed, request.issuer);
  const table = await drawBackground('wood', widthPx, heightPx, seed);
  lightGradient(table, 30, 0.06);
  const noStep = { step: null, isSettled: false };
  const empty = await encodeStill({ frame: table, quad: null }, noStep, STILL_VARIANTS, seed);
  const segments = await Promise.all(
    request.steps.map(async (step) => {
      if (step === 'FACE') return { frames: await faceSegment(person, request) };
      const name = documentAt(step, request);
      if (name === null) return { frames: [] };
      const specimen = await drawForClip(name, request);
      const frames = await documentSegment(step, specimen, table, empty, seed);
      return { frames, document: { step, ...truthOf(specimen) } };
    }),
  );
  return await writeClip(
    file,
    segments.flatMap((segment) => segment.frames),
    { widthPx, heightPx },
    { person, documents: segments.flatMap(({ document }) => document ?? []) },
  );
}
