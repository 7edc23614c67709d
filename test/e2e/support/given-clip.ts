/** Owns telling which frame of a clip that others made is shown: by its likeness, as it bears no slate. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Quad } from '../../../renderer/vision/geometry.ts';
import { jpegsOf } from '../../specimens/clip-writer.ts';

/** A frame made small, RGBA. */
export type Thumb = readonly number[];
/** Its size: a document that moves by a hundredth of the frame still looks another. */
export const THUMB = { widthPx: 96, heightPx: 54 } as const;

/** One frame with what is known about it. */
export interface GivenFrame {
  readonly phase: string;
  readonly quad: Quad | null;
  readonly thumb: Thumb;
}

interface GivenTruth {
  readonly frames: readonly {
    readonly phase: string;
    readonly quad?: readonly (readonly [number, number])[] | null;
  }[];
}

const quadOf = (
  corners: readonly (readonly [number, number])[] | null | undefined,
): Quad | null => {
  const [a, b, c, d] = (corners ?? []).map(([x, y]) => ({ x, y }));
  return a === undefined || b === undefined || c === undefined || d === undefined
    ? null
    : [a, b, c, d];
};

/** A picture made small. */
const thumbOf = async (picture: Uint8Array | undefined): Promise<Thumb> => [
  ...(await sharp(picture)
    .resize(THUMB.widthPx, THUMB.heightPx, { fit: 'fill' })
    .ensureAlpha()
    .raw()
    .toBuffer()),
];

/** The frames of `<name>.mjpeg` with the truth of `<name>.json` beside it. */
export const readGivenClip = async (
  folder: string,
  name: string,
): Promise<readonly GivenFrame[]> => {
  const truth = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as GivenTruth;
  const jpegs = jpegsOf(readFileSync(join(folder, `${name}.mjpeg`)));
  return Promise.all(
    truth.frames.map(async ({ phase, quad }, index) => ({
      phase,
      quad: quadOf(quad),
      thumb: await thumbOf(jpegs[index]),
    })),
  );
};

const difference = (one: Thumb, other: Thumb): number =>
  one.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0);

/** The frame that looks most like what was shown. */
export const frameShown = (frames: readonly GivenFrame[], thumb: Thumb): GivenFrame => {
  const [first, ...others] = frames;
  if (first === undefined) throw new RangeError('A clip has frames.');
  return others.reduce(
    (best, frame) =>
      difference(frame.thumb, thumb) < difference(best.thumb, thumb) ? frame : best,
    first,
  );
};

/** The frame that a picture was taken of. */
export const frameTaken = async (
  frames: readonly GivenFrame[],
  picture: Uint8Array,
): Promise<GivenFrame> => frameShown(frames, await thumbOf(picture));
