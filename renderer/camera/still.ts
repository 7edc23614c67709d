/**
 * Reads pixels from the live video: the still of the shutter, and the small sample that tells black
 * frames. Must never keep a frame after it was read.
 *
 * A canvas in main memory, not ImageCapture: the canvas gives the frame the customer saw. Measured
 * in Chromium 156 without a GPU, 1280×720: 60 ms, a canvas that may live on the GPU 120 ms,
 * ImageCapture.takePhoto 660 ms; at 3840×2160 takePhoto did not answer within 5 s.
 */
import { LIMITS } from '../../preload/contract/limits.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { lumaOf, type LumaSample } from './black-frames.ts';
import type { CameraProblem } from './camera-problem.ts';

/** Best first; main fits the picture to what is sent, so little may be lost here. */
const QUALITIES = [0.95, 0.9, 0.8, 0.7] as const;

const SAMPLE_WIDTH_PX = 32;
const SAMPLE_HEIGHT_PX = 24;

/** The present frame as JPEG at the camera's own resolution, within LIMITS.pictureBytes. */
export const readStill = async (
  video: HTMLVideoElement,
): Promise<Result<Uint8Array<ArrayBuffer>, CameraProblem>> => {
  const { videoWidth: widthPx, videoHeight: heightPx } = video;
  if (widthPx === 0 || heightPx === 0) return fail('CAMERA_FAILED');
  const canvas = new OffscreenCanvas(widthPx, heightPx);
  const pen = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (pen === null) return fail('CAMERA_FAILED');
  try {
    pen.drawImage(video, 0, 0);
    for (const quality of QUALITIES) {
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality });
      if (blob.size <= LIMITS.pictureBytes) return ok(new Uint8Array(await blob.arrayBuffer()));
    }
    return fail('CAMERA_FAILED');
  } catch {
    return fail('CAMERA_FAILED');
  } finally {
    canvas.width = 0;
  }
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
