/**
 * The one owner of the open camera: chooses, opens, watches, reopens after a replug, takes stills.
 * Always stops its tracks when it is stopped. Must never switch to another camera by itself while a
 * customer uses one, and knows no screen.
 */
import { fail, type Result } from '../../preload/contract/result.ts';
import type { CameraIdentity } from '../../preload/contract/vocabulary.ts';
import { createBlackFrameJudge, LUMA_SAMPLE_EVERY_MS, type LumaSample } from './black-frames.ts';
import {
  chooseCamera,
  findCamera,
  isWorthRemembering,
  usableCameras,
  type CameraWish,
} from './camera-choice.ts';
import type { CameraProblem } from './camera-problem.ts';
import { listCameras, openCamera, stopStream, type CameraMedia } from './camera-stream.ts';

/** The side effects of the controller. */
export interface CameraPorts {
  readonly media: CameraMedia;
  readonly monotonicNow: () => number;
  readonly readStill: (
    video: HTMLVideoElement,
  ) => Promise<Result<Uint8Array<ArrayBuffer>, CameraProblem>>;
  readonly measureLuma: (video: HTMLVideoElement) => LumaSample | null;
  /** Called with a camera that works and is worth finding again. */
  readonly remember: (camera: CameraIdentity) => void;
}

/** What a screen shows of the camera. */
export interface CameraSnapshot {
  readonly phase: 'off' | 'starting' | 'live' | 'problem';
  /** Only while the phase is `problem`. */
  readonly problem: CameraProblem | null;
  /** The cameras that may be picked. */
  readonly cameras: readonly CameraIdentity[];
  readonly cameraId: string | null;
  /** Of the open track; 0 while none is open. */
  readonly widthPx: number;
  readonly heightPx: number;
}

/** From the open stream to its first frame. Own decision: as long as opening may take. */
const FIRST_FRAME_TIMEOUT_MS = 10_000;
/** A camera that was plugged in again may refuse for a moment. REC-07: back within 5 s. */
const REOPEN_TRIES = 4;
const REOPEN_PAUSE_MS = 1_000;

const OFF: CameraSnapshot = {
  phase: 'off',
  problem: null,
  cameras: [],
  cameraId: null,
  widthPx: 0,
  heightPx: 0,
};

export class CameraController {
  readonly #ports: CameraPorts;
  readonly #listeners = new Set<() => void>();
  #snapshot = OFF;
  #wish: CameraWish = { pinnedLabel: null, picked: null, remembered: null };
  #current: CameraIdentity | null = null;
  #stream: MediaStream | null = null;
  #video: HTMLVideoElement | null = null;
  /** Ends whatever belongs to the present try to open, and to the camera it opened. */
  #run = new AbortController();

  constructor(ports: CameraPorts) {
    this.#ports = ports;
  }

  readonly getSnapshot = (): CameraSnapshot => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Opens the camera the wish leads to; does nothing when it is on already. */
  start({ pinnedLabel, remembered }: Omit<CameraWish, 'picked'>): void {
    if (this.#snapshot.phase !== 'off') return;
    // What was remembered since the page was loaded is newer than any status.
    this.#wish = { ...this.#wish, pinnedLabel, remembered: this.#wish.remembered ?? remembered };
    this.#ports.media.addEventListener('devicechange', this.#onDeviceChange);
    void this.#open();
  }

  /** Stops every track and forgets the camera's list. */
  stop(): void {
    this.#ports.media.removeEventListener('devicechange', this.#onDeviceChange);
    this.#release();
    this.#show(OFF);
  }

  /** Tries again after a problem. */
  readonly retry = (): void => {
    if (this.#snapshot.phase !== 'off') void this.#open();
  };

  /** Uses the camera a person picked, now and later. */
  readonly choose = (deviceId: string): void => {
    const camera = this.#snapshot.cameras.find((known) => known.deviceId === deviceId);
    if (camera === undefined) return;
    this.#wish = { ...this.#wish, picked: camera };
    void this.#open();
  };

  /** The element that shows the live picture; null when it goes away. */
  readonly attach = (video: HTMLVideoElement | null): void => {
    if (this.#video !== null && video !== this.#video) this.#video.srcObject = null;
    this.#video = video;
    this.#play();
  };

  /** The frame that is shown now. A failure becomes the camera's problem. */
  readonly takeStill = async (): Promise<Result<Uint8Array<ArrayBuffer>, CameraProblem>> => {
    const video = this.#video;
    if (video === null || this.#snapshot.phase !== 'live') return fail('CAMERA_FAILED');
    const { signal } = this.#run;
    const still = await this.#ports.readStill(video);
    if (!still.ok && !signal.aborted) this.#giveUp(still.error.code);
    return still;
  };

  async #open(tries = 1): Promise<void> {
    this.#release();
    const { signal } = this.#run;
    this.#show({ ...this.#snapshot, phase: 'starting', problem: null });
    const listed = await listCameras(this.#ports.media);
    if (signal.aborted) return;
    if (!listed.ok) {
      this.#giveUp(listed.error.code);
      return;
    }
    const cameras = usableCameras(listed.value, this.#wish.pinnedLabel);
    const choice = chooseCamera(listed.value, this.#wish);
    this.#show({ ...this.#snapshot, cameras, cameraId: choice?.deviceId ?? null });
    if (choice === null) {
      this.#giveUp('CAMERA_NONE');
      return;
    }
    this.#current = { deviceId: choice.deviceId, label: choice.label };
    const opened = await openCamera(this.#ports.media, choice.deviceId);
    if (signal.aborted) {
      if (opened.ok) stopStream(opened.value.stream);
      return;
    }
    if (!opened.ok) {
      if (tries > 1) this.#after(REOPEN_PAUSE_MS, () => void this.#open(tries - 1));
      else this.#giveUp(opened.error.code);
      return;
    }
    const { stream, track, widthPx, heightPx } = opened.value;
    this.#stream = stream;
    track.addEventListener('ended', () => this.#giveUp('CAMERA_UNPLUGGED'), { signal });
    this.#show({ ...this.#snapshot, widthPx, heightPx });
    this.#after(FIRST_FRAME_TIMEOUT_MS, () => {
      if (this.#snapshot.phase === 'starting') this.#giveUp('CAMERA_FAILED');
    });
    this.#play();
  }

  /** Shows the stream in the element, when both are there, and waits for the first frame. */
  #play(): void {
    const video = this.#video;
    if (video === null || this.#stream === null || video.srcObject === this.#stream) return;
    video.srcObject = this.#stream;
    const { signal } = this.#run;
    video.addEventListener('loadeddata', () => this.#goLive(), { signal, once: true });
    // Refused when the element goes away meanwhile; a picture that never comes is named by the time-out.
    video.play().catch(() => {});
  }

  #goLive(): void {
    if (this.#snapshot.phase === 'live' || this.#current === null) return;
    this.#show({ ...this.#snapshot, phase: 'live' });
    if (isWorthRemembering(this.#current, this.#wish)) {
      this.#wish = { ...this.#wish, remembered: this.#current };
      this.#ports.remember(this.#current);
    }
    this.#watchLight();
  }

  #watchLight(): void {
    const isBlack = createBlackFrameJudge();
    const timer = setInterval(() => {
      const sample = this.#video === null ? null : this.#ports.measureLuma(this.#video);
      if (sample !== null && isBlack(sample, this.#ports.monotonicNow()))
        this.#giveUp('CAMERA_BLACK');
    }, LUMA_SAMPLE_EVERY_MS);
    this.#run.signal.addEventListener('abort', () => clearInterval(timer));
  }

  readonly #onDeviceChange = (): void => {
    void this.#lookAgain();
  };

  /** Cameras came or went: the list is fresh, a lost camera that is back is opened again. */
  async #lookAgain(): Promise<void> {
    const { signal } = this.#run;
    const listed = await listCameras(this.#ports.media);
    if (signal.aborted || !listed.ok) return;
    const cameras = usableCameras(listed.value, this.#wish.pinnedLabel);
    this.#show({ ...this.#snapshot, cameras });
    const { phase, problem } = this.#snapshot;
    const isThere = findCamera(cameras, this.#current) !== undefined;
    if (phase === 'live' && !isThere) this.#giveUp('CAMERA_UNPLUGGED');
    else if (problem === 'CAMERA_UNPLUGGED' && isThere) void this.#open(REOPEN_TRIES);
    else if (problem === 'CAMERA_NONE' && cameras.length > 0) void this.#open(REOPEN_TRIES);
  }

  #giveUp(problem: CameraProblem): void {
    this.#release();
    this.#show({ ...this.#snapshot, phase: 'problem', problem });
  }

  /** Ends the present run: its timers, its listeners, its tracks. */
  #release(): void {
    this.#run.abort();
    this.#run = new AbortController();
    if (this.#stream !== null) stopStream(this.#stream);
    this.#stream = null;
    if (this.#video !== null) this.#video.srcObject = null;
  }

  #after(ms: number, act: () => void): void {
    const timer = setTimeout(act, ms);
    this.#run.signal.addEventListener('abort', () => clearTimeout(timer));
  }

  #show(snapshot: CameraSnapshot): void {
    const { phase, widthPx, heightPx } = snapshot;
    const isOpen = phase === 'live' || this.#stream !== null;
    this.#snapshot = {
      ...snapshot,
      widthPx: isOpen ? widthPx : 0,
      heightPx: isOpen ? heightPx : 0,
    };
    for (const listener of this.#listeners) listener();
  }
}
