/**
 * Why there is no usable live picture: the closed set the camera screens know, and how the
 * browser's errors map to it. Must never carry a message or a device name of the browser.
 */

/** Each has words for customer and staff: `camera.<PROBLEM>.customer` and `.staff`. */
export type CameraProblem =
  /** No camera that may be used is attached. */
  | 'CAMERA_NONE'
  /** The camera is there but another program or a driver fault holds it. */
  | 'CAMERA_BUSY'
  /** The system or the policy refuses access. */
  | 'CAMERA_DENIED'
  /** The camera went away while it was used. */
  | 'CAMERA_UNPLUGGED'
  /** The camera delivers black frames: covered, or switched off by a hardware switch. */
  | 'CAMERA_BLACK'
  /** Anything else, such as a camera that never delivers a frame. */
  | 'CAMERA_FAILED';

/**
 * Maps what getUserMedia or enumerateDevices threw. Names: W3C Media Capture and Streams §10.3.
 * Anything unknown is CAMERA_FAILED.
 */
export const cameraProblemOf = (thrown: unknown): CameraProblem => {
  const name = thrown instanceof Error || thrown instanceof DOMException ? thrown.name : '';
  switch (name) {
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'CAMERA_NONE';
    case 'NotReadableError':
      return 'CAMERA_BUSY';
    case 'NotAllowedError':
    case 'SecurityError':
      return 'CAMERA_DENIED';
    default:
      return 'CAMERA_FAILED';
  }
};
