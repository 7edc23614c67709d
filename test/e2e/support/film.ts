/**
 * Owns raw video for a fake camera: the pictures of a clip at half its rate. Each has its place in the
 * file, where another can be put while the camera runs. Never draws.
 */
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import {
  jpegsOf,
  truthPathOf,
  type ClipTruth,
  type FrameTruth,
} from '../../specimens/clip-writer.ts';

const FRAMES_PER_SECOND = 15;
/** Pictures of one scene, shown over and over: each a little unlike the one before it. */
const PICTURES = 6;
/** So many frames later a clip shows the face in another pose, the document in other noise (clips.ts). */
const APART_FRAMES = 5;
const FRAME_MARK = Buffer.from('FRAME\n');

/** What stands before the pictures of a Y4M file. Source: the manual of yuv4mpeg(5). */
const headerOf = ({ widthPx, heightPx }: ClipTruth): Buffer =>
  Buffer.from(`YUV4MPEG2 W${widthPx} H${heightPx} F${FRAMES_PER_SECOND}:1 Ip A1:1 C420\n`);

/** A JPEG as a picture of a Y4M file: luma, then both chromas at half the size, by ITU-R BT.601. */
const pictureOf = async (jpeg: Uint8Array | undefined): Promise<Buffer> => {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const luma = Buffer.alloc(width * height);
  const blue = Buffer.alloc(luma.length / 4);
  const red = Buffer.alloc(luma.length / 4);
  for (let row = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1) {
      const pixel = row * width + column;
      const r = data[pixel * 3] ?? 0;
      const g = data[pixel * 3 + 1] ?? 0;
      const b = data[pixel * 3 + 2] ?? 0;
      luma[pixel] = 16.5 + 0.2568 * r + 0.5041 * g + 0.0979 * b;
      if (row % 2 === 1 || column % 2 === 1) continue;
      const half = ((row / 2) * width) / 2 + column / 2;
      blue[half] = 128.5 - 0.1482 * r - 0.291 * g + 0.4392 * b;
      red[half] = 128.5 + 0.4392 * r - 0.3678 * g - 0.0714 * b;
    }
  return Buffer.concat([FRAME_MARK, luma, blue, red]);
};

/** The scenes of a clip. */
export interface Film {
  readonly header: Buffer;
  /** What lies still before the camera: the pictures of a scene, as they stand in the file. */
  readonly scene: (isWanted: (frame: FrameTruth) => boolean) => Promise<Buffer>;
}

/** Takes the scenes of `<clip>.mjpeg`, of which the truth tells frames apart. */
export const filmOf = async (clip: string): Promise<Film> => {
  const truth = JSON.parse(await readFile(truthPathOf(clip), 'utf8')) as ClipTruth;
  const jpegs = jpegsOf(await readFile(clip));
  return {
    header: headerOf(truth),
    scene: async (isWanted) => {
      const wanted = jpegs.filter((_jpeg, at) => {
        const frame = truth.frames[at];
        return frame !== undefined && isWanted(frame);
      });
      const shown = wanted.filter((_jpeg, at) => at % APART_FRAMES === 0).slice(0, PICTURES);
      return Buffer.concat(await Promise.all(shown.map(pictureOf)));
    },
  };
};
