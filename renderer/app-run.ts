/**
 * Puts flow and camera together and starts them: everything that runs beside React.
 * Must never render.
 */
import { createActor } from 'xstate';
import type { KioskApi } from '../preload/contract/kiosk-api.ts';
import { CameraController } from './camera/camera-controller.ts';
import { createLumaMeter, readStill } from './camera/still.ts';
import { createPictureUrls } from './flow/picture-urls.ts';
import { createSessionMachine, type SessionActor } from './flow/session-machine.ts';

/** One run of the screens: until the page goes, or until a screen broke and everything starts anew. */
export interface KioskRun {
  readonly actor: SessionActor;
  readonly camera: CameraController;
  /** Stops camera, timers and listeners, and revokes what was shown. */
  readonly stop: () => void;
}

const monotonicNow = (): number => performance.now();

/** Starts a run; the flow asks main at once where it stands. */
export const startRun = (kiosk: KioskApi): KioskRun => {
  let measureLuma: ReturnType<typeof createLumaMeter> | undefined;
  const camera = new CameraController({
    media: navigator.mediaDevices,
    monotonicNow,
    readStill,
    measureLuma: (video) => (measureLuma ??= createLumaMeter())(video),
    // What is not remembered is chosen anew the next time.
    remember: (identity) => void kiosk.camera.rememberCamera({ camera: identity }),
  });
  const pictureUrls = createPictureUrls();
  const actor = createActor(
    createSessionMachine({ kiosk, takeStill: camera.takeStill, pictureUrls, monotonicNow }),
  );
  actor.start();
  return {
    actor,
    camera,
    stop: () => {
      actor.stop();
      camera.stop();
      pictureUrls.revokeAll();
    },
  };
};
