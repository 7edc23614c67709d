/**
 * Owns the clip file: JPEGs one after the other, as Chromium's fake camera plays them (30 a second, endlessly),
 * and the ground truth beside it. Never draws.
 */
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import type { Quad } from '../../renderer/vision/geometry.ts';
import { encodeJpeg, type Raster } from './raster.ts';
import type { Slate } from './slate.ts';

/** Chromium's rate for MJPEG files, whatever they say. */
const FRAMES_PER_SECOND = 30;

/** Webcams compress about as much; keeps a session of four steps below 15 MB at 1280 × 720. */
const JPEG_QUALITY = 66;

/** One frame's ground truth. */
export interface FrameTruth extends Slate {
  readonly quad: Quad | null;
}

/** A frame that may be shown many times: encoded once. */
export interface EncodedFrame {
  readonly bytes: Uint8Array;
  readonly truth: FrameTruth;
}

/** Ground truth of a clip: `<clip>.json` beside it. */
export interface ClipTruth {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly framesPerSecond: number;
  readonly frames: readonly FrameTruth[];
}

/** Encode a picture as a frame of a clip. */
export async function encodeFrame(picture: Raster, truth: FrameTruth): Promise<EncodedFrame> {
  return { bytes: await encodeJpeg(picture, JPEG_QUALITY), truth };
}

/** `count` frames that go through `frames` over and over, each shown `framesEach` times in a row. */
export function repeatFrames(
  frames: readonly EncodedFrame[],
  count: number,
  framesEach = 1,
): readonly EncodedFrame[] {
  return Array.from({ length: count }, (_, index) => {
    const frame = frames[Math.floor(index / framesEach) % frames.length];
    if (frame === undefined) throw new RangeError('Nothing to repeat.');
    return frame;
  });
}

/** The JPEGs of a motion JPEG, one after the other. */
export function jpegsOf(mjpeg: Buffer): readonly Buffer[] {
  const starts: number[] = [];
  const mark = Buffer.from([0xff, 0xd8, 0xff]);
  for (let at = mjpeg.indexOf(mark); at >= 0; at = mjpeg.indexOf(mark, at + 3)) starts.push(at);
  return starts.map((start, index) => mjpeg.subarray(start, starts[index + 1]));
}

/** Path of the ground truth of a clip. */
export function truthPathOf(clipFile: string): string {
  return `${clipFile.replace(/\.mjpeg$/, '')}.json`;
}

/** Write clip and ground truth; `extra` is added to the truth file. */
export async function writeClip<T extends object>(
  file: string,
  frames: readonly EncodedFrame[],
  size: { readonly widthPx: number; readonly heightPx: number },
  extra: T,
): Promise<ClipTruth & T> {
  const stream = createWriteStream(file);
  for (const { bytes } of frames) stream.write(bytes);
  stream.end();
  await finished(stream);
  const truth = {
    ...size,
    framesPerSecond: FRAMES_PER_SECOND,
    ...extra,
    frames: frames.map((frame) => frame.truth),
  };
  await writeFile(truthPathOf(file), JSON.stringify(truth));
  return truth;
}
