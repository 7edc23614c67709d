/**
 * Lists and opens cameras through the browser. Must never ask for sound, keep a stream it does not
 * hand out, or wait without an end.
 */
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { CameraCandidate } from './camera-choice.ts';
import { cameraProblemOf, type CameraProblem } from './camera-problem.ts';

/** The part of navigator.mediaDevices that is used. */
export type CameraMedia = Pick<
  MediaDevices,
  'enumerateDevices' | 'getUserMedia' | 'addEventListener' | 'removeEventListener'
>;

/** An open camera with the settings its track really has. */
export interface OpenCamera {
  readonly stream: MediaStream;
  readonly track: MediaStreamTrack;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Best first. The first gives whatever the camera has up to 4K; some drivers refuse that and take less. */
const SIZES = [
  { width: { ideal: 3840 }, height: { ideal: 2160 } },
  { width: { ideal: 1920 }, height: { ideal: 1080 } },
  { width: { ideal: 1280 }, height: { ideal: 720 } },
  {},
] as const satisfies readonly MediaTrackConstraints[];

/** One try to open. Own decision: slow USB cameras take 3 s, a hung driver takes for ever. */
const OPEN_TIMEOUT_MS = 10_000;

/** Ends every track of the stream. */
export const stopStream = (stream: MediaStream): void => {
  for (const track of stream.getTracks()) track.stop();
};

/** getUserMedia that ends; a stream that comes too late is stopped. */
const getUserMedia = async (
  media: CameraMedia,
  video: MediaTrackConstraints | true,
): Promise<MediaStream> => {
  const opening = media.getUserMedia({ video, audio: false });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new DOMException('', 'TimeoutError'));
      opening.then(stopStream, () => {});
    }, OPEN_TIMEOUT_MS);
  });
  try {
    return await Promise.race([opening, timeout]);
  } finally {
    clearTimeout(timer);
  }
};

const isInput = (device: MediaDeviceInfo): device is InputDeviceInfo => 'getCapabilities' in device;

const maxPixelsOf = (device: MediaDeviceInfo): number => {
  if (!isInput(device)) return 0;
  const { width, height } = device.getCapabilities();
  return (width?.max ?? 0) * (height?.max ?? 0);
};

const enumerate = async (media: CameraMedia): Promise<CameraCandidate[]> =>
  (await media.enumerateDevices())
    .filter(({ kind }) => kind === 'videoinput')
    .map((device) => ({
      deviceId: device.deviceId,
      label: device.label,
      maxPixels: maxPixelsOf(device),
    }));

/**
 * All cameras, with their names. Browsers hide names until a camera was allowed once: then one is
 * opened for the moment of asking.
 */
export const listCameras = async (
  media: CameraMedia,
): Promise<Result<readonly CameraCandidate[], CameraProblem>> => {
  try {
    const cameras = await enumerate(media);
    if (cameras.length === 0 || cameras.some(({ label }) => label !== '')) return ok(cameras);
    const probe = await getUserMedia(media, true);
    try {
      return ok(await enumerate(media));
    } finally {
      stopStream(probe);
    }
  } catch (thrown) {
    return fail(cameraProblemOf(thrown));
  }
};

/**
 * Opens the camera at the best resolution it has. Smaller ones are tried only after a fault that a
 * smaller one can cure. The caller stops the stream.
 */
export const openCamera = async (
  media: CameraMedia,
  deviceId: string,
): Promise<Result<OpenCamera, CameraProblem>> => {
  let problem: CameraProblem = 'CAMERA_FAILED';
  for (const size of SIZES) {
    try {
      const stream = await getUserMedia(media, { deviceId: { exact: deviceId }, ...size });
      const track = stream.getVideoTracks()[0];
      if (track === undefined) return fail('CAMERA_FAILED');
      const { width = 0, height = 0 } = track.getSettings();
      return ok({ stream, track, widthPx: width, heightPx: height });
    } catch (thrown) {
      problem = cameraProblemOf(thrown);
      const isCurable = thrown instanceof Error && /^(NotReadable|Abort)Error$/.test(thrown.name);
      if (!isCurable) return fail(problem);
    }
  }
  return fail(problem);
};
