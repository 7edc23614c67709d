/** Cameras that are plugged, pulled and broken by hand, as navigator.mediaDevices would show them. */
import { vi } from 'vitest';
import { ok, type Result } from '../../../../preload/contract/result.ts';
import type { LumaSample } from '../../../../renderer/camera/black-frames.ts';
import { CameraController } from '../../../../renderer/camera/camera-controller.ts';
import type { CameraProblem } from '../../../../renderer/camera/camera-problem.ts';
import type { CameraMedia } from '../../../../renderer/camera/camera-stream.ts';

export interface FakeCamera {
  readonly deviceId: string;
  readonly label: string;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Names of the errors the next tries to open throw, in order. */
  readonly errors: string[];
  /** As its capabilities tell them; undefined: it tells nothing of its focus. */
  readonly focusModes?: readonly string[] | undefined;
}

export const camera = (
  deviceId: string,
  label: string,
  widthPx = 1920,
  heightPx = 1080,
): FakeCamera => ({ deviceId, label, widthPx, heightPx, errors: [] });

class FakeTrack extends EventTarget {
  readonly deviceId: string;
  readonly #settings: { width: number; height: number };
  readonly #focusMode: readonly string[] | undefined;
  isLive = true;

  constructor({ deviceId, widthPx, heightPx, focusModes }: FakeCamera) {
    super();
    this.deviceId = deviceId;
    this.#settings = { width: widthPx, height: heightPx };
    this.#focusMode = focusModes;
  }

  getCapabilities(): { focusMode?: readonly string[] | undefined } {
    return { focusMode: this.#focusMode };
  }

  getSettings(): { width: number; height: number } {
    return this.#settings;
  }

  stop(): void {
    this.isLive = false;
  }

  /** As the browser does when the device goes: `ended` is told, which stop() does not do. */
  end(): void {
    this.isLive = false;
    this.dispatchEvent(new Event('ended'));
  }
}

class FakeStream {
  readonly track: FakeTrack;

  constructor(track: FakeTrack) {
    this.track = track;
  }

  getTracks(): FakeTrack[] {
    return [this.track];
  }

  getVideoTracks(): FakeTrack[] {
    return [this.track];
  }
}

interface FakeConstraints {
  readonly video?: boolean | { deviceId?: { exact: string }; width?: { ideal: number } };
}

/** Everything plugged into one machine. */
export class FakeMedia extends EventTarget {
  readonly plugged: FakeCamera[];
  readonly tracks: FakeTrack[] = [];
  /** Ideal widths that were asked for, 0 for none. */
  readonly askedWidths: number[] = [];
  /** Names are hidden until a camera is open, as before the first permission. */
  areNamesHidden = false;
  /** Opening waits for this; a promise that never resolves is a driver that hangs. */
  gate: Promise<void> = Promise.resolve();

  constructor(plugged: FakeCamera[]) {
    super();
    this.plugged = plugged;
  }

  enumerateDevices(): Promise<unknown[]> {
    const isAnyOpen = this.tracks.some(({ isLive }) => isLive);
    return Promise.resolve([
      { kind: 'audioinput', deviceId: 'microphone', label: 'Microphone' },
      ...this.plugged.map(({ deviceId, label, widthPx, heightPx }) => ({
        kind: 'videoinput',
        deviceId,
        label: this.areNamesHidden && !isAnyOpen ? '' : label,
        getCapabilities: () => ({ width: { max: widthPx }, height: { max: heightPx } }),
      })),
    ]);
  }

  async getUserMedia({ video }: FakeConstraints): Promise<FakeStream> {
    const asked = typeof video === 'object' ? video : {};
    this.askedWidths.push(asked.width?.ideal ?? 0);
    await this.gate;
    const found = this.plugged.find(
      ({ deviceId }) => asked.deviceId === undefined || deviceId === asked.deviceId.exact,
    );
    if (found === undefined) throw new DOMException('', 'OverconstrainedError');
    const error = found.errors.shift();
    if (error !== undefined) throw new DOMException('', error);
    const track = new FakeTrack(found);
    this.tracks.push(track);
    return new FakeStream(track);
  }

  liveTracks(): FakeTrack[] {
    return this.tracks.filter(({ isLive }) => isLive);
  }

  unplug(deviceId: string): void {
    this.plugged.splice(
      this.plugged.findIndex((entry) => entry.deviceId === deviceId),
      1,
    );
    for (const track of this.liveTracks()) if (track.deviceId === deviceId) track.end();
    this.dispatchEvent(new Event('devicechange'));
  }

  plug(entry: FakeCamera): void {
    this.plugged.push(entry);
    this.dispatchEvent(new Event('devicechange'));
  }
}

/** Plays at once, and tells the first frame, unless it is frozen. */
export class FakeVideo extends EventTarget {
  isFrozen = false;
  #source: FakeStream | null = null;

  get srcObject(): FakeStream | null {
    return this.#source;
  }

  set srcObject(source: FakeStream | null) {
    this.#source = source;
  }

  async play(): Promise<void> {
    await Promise.resolve();
    if (!this.isFrozen && this.#source !== null) this.dispatchEvent(new Event('loadeddata'));
  }
}

/** The fakes stand for the browser's own, of which only what they have is used. */
export function asMedia(media: FakeMedia): CameraMedia;
export function asMedia(media: FakeMedia): unknown {
  return media;
}
function asVideo(video: FakeVideo): HTMLVideoElement;
function asVideo(video: FakeVideo): unknown {
  return video;
}

export const settle = async (): Promise<void> => {
  await vi.advanceTimersByTimeAsync(0);
};

/** A controller over fake cameras, with its video element attached, on fake time. */
export const controllerOver = (plugged: FakeCamera[]) => {
  vi.useFakeTimers();
  const media = new FakeMedia(plugged);
  const video = new FakeVideo();
  const light: { sample: LumaSample | null } = { sample: { mean: 120, variance: 900 } };
  const remembered: string[] = [];
  const still: { result: Result<Uint8Array<ArrayBuffer>, CameraProblem> } = {
    result: ok(new Uint8Array([1])),
  };
  const controller = new CameraController({
    media: asMedia(media),
    monotonicNow: () => performance.now(),
    readStill: () => Promise.resolve(still.result),
    measureLuma: () => light.sample,
    remember: ({ label }) => {
      remembered.push(label);
    },
  });
  controller.attach(asVideo(video));
  const start = async (
    wish: Parameters<CameraController['start']>[0] = { pinnedLabel: null, remembered: null },
  ): Promise<void> => {
    controller.start(wish);
    await settle();
  };
  const stands = (): string => {
    const { phase, problem } = controller.getSnapshot();
    return problem ?? phase;
  };
  /** Label of the only camera whose track runs; null for none. */
  const running = (): string | null => {
    const tracks = media.liveTracks();
    if (tracks.length > 1) throw new Error('More than one camera runs.');
    return plugged.find(({ deviceId }) => deviceId === tracks[0]?.deviceId)?.label ?? null;
  };
  return { controller, media, video, light, still, remembered, start, stands, running };
};
