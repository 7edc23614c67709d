/**
 * Measures the kiosk's camera for the self-test: opens the one that would be used, counts its frames
 * for a moment and lets it go. Must never keep or look at a picture.
 */
import type { CameraReport } from '../../preload/contract/diagnostics-channels.ts';
import { chooseCamera, type CameraWish } from './camera-choice.ts';
import { listCameras, openCamera, stopStream, type CameraMedia } from './camera-stream.ts';

/** Side effects of the measurement. */
export interface MeasurePorts {
  readonly media: CameraMedia;
  /** Frames a second that the stream really gives. */
  readonly countFrames: (stream: MediaStream) => Promise<number>;
}

const UNOPENED = { isOpen: false, widthPx: 0, heightPx: 0, framesPerSecond: 0, focus: null };

/** `focusMode` is of the W3C's Image Capture, which TypeScript's own list does not know. */
interface Capabilities extends MediaTrackCapabilities {
  readonly focusMode?: readonly string[];
}

const focusOf = (track: MediaStreamTrack): CameraReport['focus'] => {
  const { focusMode }: Capabilities = track.getCapabilities();
  if (focusMode === undefined) return null;
  return focusMode.includes('continuous') || focusMode.includes('single-shot')
    ? 'automatic'
    : 'fixed';
};

/** What the camera is found to do; one that does not open, for whatever reason, is not open. */
export const measureCamera = async (
  { media, countFrames }: MeasurePorts,
  wish: CameraWish,
): Promise<CameraReport> => {
  const listed = await listCameras(media);
  const choice = listed.ok ? chooseCamera(listed.value, wish) : null;
  const opened = choice === null ? null : await openCamera(media, choice.deviceId);
  if (opened === null || !opened.ok) return UNOPENED;
  const { stream, track, widthPx, heightPx } = opened.value;
  try {
    const framesPerSecond = Math.round(await countFrames(stream));
    return { isOpen: true, widthPx, heightPx, framesPerSecond, focus: focusOf(track) };
  } catch {
    return UNOPENED;
  } finally {
    stopStream(stream);
  }
};

/** Exposure and buffers settle first. Own decisions: a second each; nobody waits longer for a test. */
const SETTLE_MS = 1_000;
const COUNT_MS = 1_000;

const wait = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** Counts the frames a stream brings to an element that nobody sees. */
export const countVideoFrames = async (stream: MediaStream): Promise<number> => {
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = stream;
  await video.play();
  let frames = 0;
  let handle = 0;
  const count = (): void => {
    frames += 1;
    handle = video.requestVideoFrameCallback(count);
  };
  handle = video.requestVideoFrameCallback(count);
  await wait(SETTLE_MS);
  const [framesBefore, startedAt] = [frames, performance.now()];
  await wait(COUNT_MS);
  const perSecond = ((frames - framesBefore) * 1000) / (performance.now() - startedAt);
  video.cancelVideoFrameCallback(handle);
  video.srcObject = null;
  return perSecond;
};
