/**
 * Shows the live picture to the vision worker and takes what it answers: where the document is, what
 * to do, and the picture when the shutter fires by itself. At most one frame is under way, and it is
 * the newest; the page itself never looks at a pixel. Must never keep bytes that were asked for once.
 */
import { QUALITY_LIMITS, type QualityLimits } from '../../preload/contract/quality-limits.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { DocumentFacts } from '../vision/document-facts.ts';
import type { Outline } from '../vision/outline.ts';
import type { Hint } from '../vision/shutter/hints.ts';
import type { Look, VisionAnswer, VisionRequest, WatchedStep } from '../vision/worker/messages.ts';
import type { CameraProblem } from './camera-problem.ts';

/** What a screen shows of the watch. */
export interface WatchSnapshot {
  readonly look: Look | null;
  /** Changes no faster than it can be read. */
  readonly hint: Hint | null;
  /** Why the last picture a person took was not kept. */
  readonly rejection: Hint | null;
  /** The shutter has not fired by itself for so long that a person should press it. */
  readonly isManualDue: boolean;
}

export interface WatchPorts {
  readonly startWorker: () => Worker;
  readonly monotonicNow: () => number;
  /** The shutter has fired: the picture waits in `takeStill`. */
  readonly onFired: () => void;
}

/** A picture, with what is known of it. */
export interface Still {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The document in the picture; null where nobody saw one. */
  readonly outline: Outline | null;
  /** What the document says of itself; null where nobody read it. */
  readonly facts: DocumentFacts | null;
  /** What was measured; null where nothing was seen. */
  readonly measures: Look['measures'];
  /** It was not good enough, and was taken after others had been refused. */
  readonly isTakenAsIs: boolean;
}

/** Smile ID shows the manual shutter after 10 to 20 s. */
export const MANUAL_AFTER_MS = 10_000;
/** Pictures of a person that are refused before one is taken as it is. */
const REJECTIONS = 2;
/** A hint stays this long: a short sentence is read in less. Own decision. */
const HINT_MS = 700;
/** A picture takes 0.3 s on a slow machine; a worker that says nothing is no reason to wait on. */
const TAKE_TIMEOUT_MS = 5_000;

const NOTHING: WatchSnapshot = { look: null, hint: null, rejection: null, isManualDue: false };

export class CaptureWatch {
  /** What is good enough; holds from the next step on. */
  limits: QualityLimits = QUALITY_LIMITS;
  readonly #ports: WatchPorts;
  readonly #listeners = new Set<() => void>();
  #snapshot = NOTHING;
  #worker: Worker | null = null;
  #video: HTMLVideoElement | null = null;
  #step: WatchedStep | null = null;
  /** The side watched last: coming back to it is another try of the same. */
  #side = '';
  /** Ends the watching of the present step. */
  #run = new AbortController();
  /** Tells its answers from those that come late. */
  #runNumber = 0;
  #isBusy = false;
  #hintAtMs = 0;
  #rejections = 0;
  /** The picture of the automatic shutter, until it is asked for. */
  #fired: Still | null = null;
  #onTaken: ((answer: Extract<VisionAnswer, { type: 'shot' }>) => void) | null = null;

  constructor(ports: WatchPorts) {
    this.#ports = ports;
  }

  readonly getSnapshot = (): WatchSnapshot => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The element that shows the live picture; null when it goes away. */
  readonly attach = (video: HTMLVideoElement | null): void => {
    this.#video = video;
  };

  /** Starts the worker before it is needed: loading takes as long as several frames. */
  prepare(): void {
    this.#running();
  }

  /** Begins to watch for a step; the live picture is there. */
  start(step: WatchedStep): void {
    this.stop();
    const { rejection } = this.#snapshot;
    const isAgain = step.side === this.#side;
    if (!isAgain) this.#rejections = 0;
    this.#step = step;
    this.#side = step.side;
    this.#runNumber += 1;
    this.#send({ type: 'begin', run: this.#runNumber, limits: this.limits, ...step });
    this.#show({ ...NOTHING, rejection: isAgain ? rejection : null });
    const { signal } = this.#run;
    const timer = setTimeout(() => {
      this.#show({ ...this.#snapshot, isManualDue: true });
    }, MANUAL_AFTER_MS);
    signal.addEventListener('abort', () => clearTimeout(timer));
    this.#next(signal);
  }

  /** Ends watching; what was seen last stays on show, a picture that nobody asked for does not. */
  stop(): void {
    this.#run.abort();
    this.#run = new AbortController();
    this.#step = null;
    this.#fired?.bytes.fill(0);
    this.#fired = null;
  }

  /** The customer has gone, and with the worker all that it has seen and read; the next has another. */
  // SECURITY: SEC-22
  forget(): void {
    this.#side = '';
    this.#end();
  }

  /**
   * The picture that is wanted now: the one the shutter fired for, or one of this moment. Null where
   * nothing is watched: the camera's own still is the picture then. Fails where the picture is not
   * good enough; the snapshot says why, and after two of those it is taken as it is.
   */
  readonly takeStill = async (): Promise<Result<Still, CameraProblem> | null> => {
    const fired = this.#fired;
    this.#fired = null;
    if (fired !== null) return ok(fired);
    const frame = this.#step === null ? null : this.#frame();
    if (frame === null) return null;
    const taken = await this.#take(frame);
    if (taken === null || taken.bytes === null) return null;
    const { bytes, look, outline, facts } = taken;
    if (!look.isGood && this.#rejections < REJECTIONS) {
      this.#rejections += 1;
      bytes.fill(0);
      this.#show({ ...this.#snapshot, rejection: look.hint });
      return fail('CAMERA_FAILED');
    }
    const { measures } = look;
    return ok({ bytes, outline, facts, measures, isTakenAsIs: !look.isGood });
  };

  #take(frame: VideoFrame): Promise<Extract<VisionAnswer, { type: 'shot' }> | null> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#onTaken = null;
        resolve(null);
      }, TAKE_TIMEOUT_MS);
      this.#onTaken = (answer) => {
        clearTimeout(timer);
        this.#onTaken = null;
        resolve(answer);
      };
      this.#send({ type: 'take', frame }, [frame]);
    });
  }

  /** The frame that is shown now; null while there is none. */
  #frame(): VideoFrame | null {
    const video = this.#video;
    if (video === null || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null;
    try {
      return new VideoFrame(video);
    } catch {
      return null;
    }
  }

  /** Shows the worker the next frame that comes, unless one is under way. */
  #next(signal: AbortSignal): void {
    const video = this.#video;
    if (video === null || signal.aborted) return;
    const handle = video.requestVideoFrameCallback(() => {
      if (signal.aborted) return;
      const frame = this.#isBusy || this.#fired !== null ? null : this.#frame();
      if (frame !== null) {
        this.#isBusy = true;
        this.#send({ type: 'look', frame }, [frame]);
      }
      this.#next(signal);
    });
    signal.addEventListener('abort', () => video.cancelVideoFrameCallback(handle), { once: true });
  }

  readonly #onAnswer = ({ data }: MessageEvent<VisionAnswer>): void => {
    if (data.type === 'seen') {
      this.#isBusy = false;
      if (this.#step !== null && data.run === this.#runNumber) this.#see(data.look);
      return;
    }
    if (data.by === 'person' && this.#onTaken !== null) {
      this.#onTaken(data);
      return;
    }
    // The step may be over, and another one begun: then nobody asks for the picture.
    if (this.#step === null || data.run !== this.#runNumber || data.bytes === null) {
      data.bytes?.fill(0);
      return;
    }
    const { bytes, outline, facts, look } = data;
    this.#fired = { bytes, outline, facts, measures: look.measures, isTakenAsIs: false };
    this.#show({ ...this.#snapshot, look });
    this.#ports.onFired();
  };

  /** A worker that breaks leaves the picture to the camera and the person; the next step has a new one. */
  readonly #onBroken = (): void => {
    this.#end();
  };

  #end(): void {
    this.stop();
    this.#worker?.terminate();
    this.#worker = null;
    this.#isBusy = false;
    this.#show(NOTHING);
  }

  #see(look: Look): void {
    const nowMs = this.#ports.monotonicNow();
    const { hint } = this.#snapshot;
    const isDue = hint === null || nowMs - this.#hintAtMs >= HINT_MS;
    if (isDue && hint !== look.hint) this.#hintAtMs = nowMs;
    this.#show({ ...this.#snapshot, look, hint: isDue ? look.hint : hint });
  }

  #send(request: VisionRequest, transfer: Transferable[] = []): void {
    this.#running().postMessage(request, transfer);
  }

  #running(): Worker {
    if (this.#worker === null) {
      this.#worker = this.#ports.startWorker();
      this.#worker.addEventListener('message', this.#onAnswer);
      this.#worker.addEventListener('error', this.#onBroken);
    }
    return this.#worker;
  }

  #show(snapshot: WatchSnapshot): void {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener();
  }
}
