/**
 * Puts flow and camera together and starts them: everything that runs beside React.
 * Must never render.
 */
import { createActor } from 'xstate';
import type { KioskApi } from '../preload/contract/kiosk-api.ts';
import { ok } from '../preload/contract/result.ts';
import type { CameraIdentity } from '../preload/contract/vocabulary.ts';
import { usableCameras, type CameraWish } from './camera/camera-choice.ts';
import { CameraController } from './camera/camera-controller.ts';
import { listCameras } from './camera/camera-stream.ts';
import { CaptureWatch } from './camera/capture-watch.ts';
import { countVideoFrames, measureCamera } from './camera/measure-camera.ts';
import { createLumaMeter, readStill } from './camera/still.ts';
import { createPictureUrls } from './flow/picture-urls.ts';
import type { SessionPorts } from './flow/session-actors.ts';
import { createSessionMachine, type SessionActor } from './flow/session-machine.ts';
import { ShownFlow } from './flow/shown-flow.ts';
import { browserSpeech } from './speech/browser-speech.ts';
import { Speaker } from './speech/speaker.ts';
import { createPageReader } from './vision/page-reader.ts';
import { startVisionWorker } from './vision/worker/start-worker.ts';

/** One run of the screens: until the page goes, or until a screen broke and everything starts anew. */
export interface KioskRun {
  readonly actor: SessionActor;
  readonly shown: ShownFlow;
  readonly camera: CameraController;
  readonly watch: CaptureWatch;
  readonly speaker: Speaker;
  /** Gives the element of the live picture to all who look at it. */
  readonly attach: (video: HTMLVideoElement | null) => void;
  /** Stops camera, timers and listeners, and revokes what was shown. */
  readonly stop: () => void;
}

const monotonicNow = (): number => performance.now();

const identityOf = ({ deviceId, label }: CameraIdentity): CameraIdentity => ({ deviceId, label });

/** Where the kiosk stands, as Sweden writes dates: ISO 8601. */
const today = (): string => new Date().toLocaleDateString('sv');

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
  const watch = new CaptureWatch({
    startWorker: startVisionWorker,
    monotonicNow,
    onFired: () => {
      // Whoever holds a document still is there, though they touch nothing.
      actor.send({ type: 'ACTIVITY' });
      actor.send({ type: 'SHOOT' });
    },
  });
  // Where nobody watches, the picture is the camera's, and nothing is known of it.
  const takeStill: SessionPorts['takeStill'] = async () => {
    const watched = await watch.takeStill();
    if (watched !== null) return watched;
    const still = await camera.takeStill();
    return still.ok
      ? ok({ bytes: still.value, outline: null, facts: null, measures: null, isTakenAsIs: false })
      : still;
  };
  const cameraWish = async (): Promise<Pick<CameraWish, 'pinnedLabel' | 'remembered'>> => {
    const status = await kiosk.app.getStatus();
    return status.ok ? status.value.camera : { pinnedLabel: null, remembered: null };
  };
  const actor = createActor(
    createSessionMachine({
      kiosk,
      takeStill,
      measureCamera: async () =>
        measureCamera(
          { media: navigator.mediaDevices, countFrames: countVideoFrames },
          { ...(await cameraWish()), picked: null },
        ),
      listCameras: async () => {
        const [listed, { pinnedLabel }] = await Promise.all([
          listCameras(navigator.mediaDevices),
          cameraWish(),
        ]);
        return listed.ok ? usableCameras(listed.value, pinnedLabel).map(identityOf) : [];
      },
      readPages: createPageReader(startVisionWorker),
      pictureUrls,
      monotonicNow,
      today,
    }),
  );
  // A customer is here, or has gone: the next must not be told that a side was taken before.
  actor.subscribe((snapshot) => {
    const { status, view } = snapshot.context;
    if (status !== null) watch.limits = status.quality;
    if (view === null) watch.forget();
    else watch.prepare();
  });
  actor.start();
  const shown = new ShownFlow(actor, monotonicNow);
  return {
    actor,
    shown,
    camera,
    watch,
    speaker: new Speaker(browserSpeech()),
    attach: (video) => {
      camera.attach(video);
      watch.attach(video);
    },
    stop: () => {
      shown.stop();
      actor.stop();
      watch.forget();
      camera.stop();
      pictureUrls.revokeAll();
    },
  };
};
