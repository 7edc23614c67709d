/** Drawn people before a wall as a camera's frames, for the tests of faces. */
import type { Raster } from '../../renderer/vision/raster.ts';
import { drawPortrait, faceLook } from '../specimens/face.ts';
import { FACE, FACE_CANVAS } from '../specimens/face-relief.ts';
import { newFrame, quantise } from '../specimens/frame.ts';
import { createPrng } from '../specimens/prng.ts';
import { textureOf, warpInto } from '../specimens/warp.ts';

/** Where somebody stands, pixels of the frame. */
export interface StandingPerson {
  /** Middle between the eyes. */
  readonly x: number;
  readonly y: number;
  /** Between the pupils. */
  readonly eyesPx: number;
  /** Of the head, clockwise. */
  readonly tiltDeg?: number;
}

const WALL = 182;
const NOISE_SIGMA = 1.5;
const SEED = 5;

/** One frame, 640 × 480 px unless told; without people it is the wall alone. */
export const drawPeople = async (
  people: readonly StandingPerson[],
  size = { widthPx: 640, heightPx: 480 },
): Promise<Raster> => {
  const frame = newFrame(size.widthPx, size.heightPx);
  frame.data.fill(WALL);
  for (const [index, { x, y, eyesPx, tiltDeg = 0 }] of people.entries()) {
    const look = faceLook(SEED + index, index % 2 === 0 ? 'F' : 'M');
    const scale = eyesPx / (2 * look.shape.halfEyes);
    const height = Math.ceil(scale * FACE_CANVAS.height);
    const portrait = await drawPortrait(look, height, { transparent: true });
    const cos = scale * Math.cos((tiltDeg * Math.PI) / 180);
    const sin = scale * Math.sin((tiltDeg * Math.PI) / 180);
    const place = (canvasX: number, canvasY: number) => ({
      x: x + cos * (canvasX - FACE.centreX) - sin * (canvasY - FACE.eyeY),
      y: y + sin * (canvasX - FACE.centreX) + cos * (canvasY - FACE.eyeY),
    });
    warpInto(frame, textureOf(portrait), [
      place(0, 0),
      place(FACE_CANVAS.width, 0),
      place(FACE_CANVAS.width, FACE_CANVAS.height),
      place(0, FACE_CANVAS.height),
    ]);
  }
  const { widthPx, heightPx, data } = quantise(frame, NOISE_SIGMA, createPrng(SEED, 'people'));
  const rgba = new Uint8ClampedArray(widthPx * heightPx * 4).fill(255);
  for (let pixel = 0; pixel < widthPx * heightPx; pixel += 1)
    for (let colour = 0; colour < 3; colour += 1)
      rgba[pixel * 4 + colour] = data[pixel * 3 + colour] ?? 0;
  return { widthPx, heightPx, channels: 4, data: rgba };
};
