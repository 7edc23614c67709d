/** A kiosk's status and an operator's door as main would tell them, and all camera problems; without Latin letters. */
import type { AppStatus } from '../../../../preload/contract/app-channels.ts';
import type { OperatorDoor } from '../../../../preload/contract/operator-channels.ts';
import type { CameraProblem } from '../../../../renderer/camera/camera-problem.ts';

/** A problem that is missing here is a type error. */
const PROBLEMS: Readonly<Record<CameraProblem, true>> = {
  CAMERA_NONE: true,
  CAMERA_BUSY: true,
  CAMERA_DENIED: true,
  CAMERA_UNPLUGGED: true,
  CAMERA_BLACK: true,
  CAMERA_FAILED: true,
};

/** All problems a camera can have. */
export const CAMERA_PROBLEMS = Object.keys(PROBLEMS).filter(
  (name): name is CameraProblem => name in PROBLEMS,
);

export const door: OperatorDoor = {
  isPinSet: true,
  isInside: true,
  lockedForMs: 0,
  vault: 'open',
  hasCredentials: true,
};

export const status: AppStatus = {
  version: '0.1.0',
  environment: 'training',
  mode: 'self-service',
  service: { state: 'out-of-service', code: 'POLICY_INVALID' },
  warnings: ['SETTINGS_DAMAGED'],
  bankName: 'Банк',
  languages: { offered: ['en'], preferred: 'en' },
  consent: { version: '1', text: {} },
  documents: { countries: null, types: ['PASSPORT'] },
  tokenSource: 'mint',
  camera: { remembered: null, pinnedLabel: 'Камера' },
  idle: { warnAfterMs: 45_000, wipeAfterMs: 60_000 },
};
