/**
 * Reads pixels from the live video: the still of the shutter, and the small sample that tells black
 * frames. Must never keep a frame after it was read.
 *
 * A canvas in main memory, not ImageCapture: the canvas gives the frame the customer saw. Measured
 * in Chromium 156 without a GPU, 1280×720: 60 ms, a canvas that may live on the GPU 120 ms,
 * ImageCapture.takePhoto 660 ms; at 3840×2160 takePhoto did not answer within 5 s.
 */
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { lumaOf, type LumaSample } from './black-frames.ts';
import { encodeJpeg } from '../vision/worker/encode.ts';
import type { CameraProblem } from './camera-problem.ts';

const SAMPLE_WIDTH_PX = 32;
const SAMPLE_HEIGHT_PX = 24;

/** The present frame as JPEG at the camera's own resolution, within LIMITS.pictureBytes. */
export const readStill = async (
  video: HTMLVideoElement,
): Promise<Result<Uint8Array<ArrayBuffer>, CameraProblem>> => {
  const bytes = await encodeJpeg(video, video.videoWidth, video.videoHeight);
  return bytes === null ? fail('CAMERA_FAILED') : ok(bytes);
};

/** Measures how bright frames are; null while there is none. Keeps one small canvas. */
export const createLumaMeter = (): ((video: HTMLVideoElement) => LumaSample | null) => {
  const canvas = new OffscreenCanvas(SAMPLE_WIDTH_PX, SAMPLE_HEIGHT_PX);
  const pen = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  return (video) => {
    if (pen === null || video.videoWidth === 0) return null;
    pen.drawImage(video, 0, 0, SAMPLE_WIDTH_PX, SAMPLE_HEIGHT_PX);
    return lumaOf(pen.getImageData(0, 0, SAMPLE_WIDTH_PX, SAMPLE_HEIGHT_PX).data);
  };
};
