/**
 * Which camera is used: pure rules over names, sizes and what is remembered.
 * Must never let in a camera whose picture may not come from a lens in front of the customer.
 */
// SECURITY: SEC-33
import type { CameraIdentity } from '../../preload/contract/vocabulary.ts';

/** A camera as the browser lists it. */
export interface CameraCandidate extends CameraIdentity {
  /** Pixels of its largest picture; 0 where the browser does not tell. */
  readonly maxPixels: number;
}

/** What policy, staff and earlier days ask for. */
export interface CameraWish {
  /** Only cameras whose label contains this text. */
  readonly pinnedLabel: string | null;
  /** Picked at this kiosk since it was started. */
  readonly picked: CameraIdentity | null;
  readonly remembered: CameraIdentity | null;
}

/**
 * Programs that feed drawn, recorded or relayed pictures. Source: the device names these programs
 * register on Windows, macOS and Linux. A name that is only part of another word does not count.
 */
const VIRTUAL_NAMES = [
  'virtual',
  'obs',
  'manycam',
  'snap camera',
  'xsplit',
  'mmhmm',
  'ndi',
  'droidcam',
  'droidcamx',
  'ivcam',
  'e2esoft',
  'vcam',
  'epoccam',
  'iriun',
  'camo',
  'sparkocam',
  'splitcam',
  'altercam',
  'chromacam',
  'youcam',
  'perfectcam',
  'webcammax',
  'webcamoid',
  'akvcam',
  'camtwist',
  'prism live',
  'nvidia broadcast',
  'logi capture',
  'logitech capture',
  'unity video capture',
  'screen capture',
  'dummy video device',
  'v4l2loopback',
  'v4l2 loopback',
  'loopback',
] as const;

/** Second lenses of laptops for face log-on: grey, dim pictures. */
const INFRARED_NAMES = ['ir', 'infrared', 'infra-red', 'windows hello'] as const;

const EXCLUDED = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${[...VIRTUAL_NAMES, ...INFRARED_NAMES].join('|')})(?![\\p{L}\\p{N}])`,
  'iu',
);

/** True for virtual and infrared cameras, and for one without a name: it can't be judged. */
export const isExcludedLabel = (label: string): boolean =>
  label.trim() === '' || EXCLUDED.test(label);

/** The cameras that may be used at all. A pin narrows the table above and never opens it. */
export const usableCameras = (
  cameras: readonly CameraCandidate[],
  pinnedLabel: string | null,
): readonly CameraCandidate[] => {
  const pin = pinnedLabel?.toLowerCase() ?? '';
  return cameras.filter(
    ({ label }) => !isExcludedLabel(label) && label.toLowerCase().includes(pin),
  );
};

/** The same camera by id, else by label: ids change when the in-memory session store is cleared. */
export const findCamera = <Camera extends CameraIdentity>(
  cameras: readonly Camera[],
  wanted: CameraIdentity | null,
): Camera | undefined =>
  wanted === null
    ? undefined
    : (cameras.find(({ deviceId }) => deviceId === wanted.deviceId) ??
      cameras.find(({ label }) => label === wanted.label));

/** The camera to open: picked, else remembered, else the one with the largest picture; null for none. */
export const chooseCamera = (
  cameras: readonly CameraCandidate[],
  { pinnedLabel, picked, remembered }: CameraWish,
): CameraCandidate | null => {
  const usable = usableCameras(cameras, pinnedLabel);
  const known = findCamera(usable, picked) ?? findCamera(usable, remembered);
  if (known !== undefined) return known;
  return usable.reduce<CameraCandidate | null>(
    (best, camera) => (best === null || camera.maxPixels > best.maxPixels ? camera : best),
    null,
  );
};

/**
 * Whether a camera that works should be remembered: it was picked, none is remembered yet, or the
 * remembered one came back under another id. A stand-in for an absent camera is not.
 */
export const isWorthRemembering = (camera: CameraIdentity, wish: CameraWish): boolean => {
  const { picked, remembered } = wish;
  if (remembered === null) return true;
  if (remembered.deviceId === camera.deviceId && remembered.label === camera.label) return false;
  return remembered.label === camera.label || picked?.deviceId === camera.deviceId;
};
