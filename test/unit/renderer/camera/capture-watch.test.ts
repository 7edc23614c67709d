import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CaptureWatch, MANUAL_AFTER_MS } from '../../../../renderer/camera/capture-watch.ts';
import { QUALITY_LIMITS } from '../../../../preload/contract/quality-limits.ts';
import { ok } from '../../../../preload/contract/result.ts';
import type { Outline } from '../../../../renderer/vision/outline.ts';
import type { Hint } from '../../../../renderer/vision/shutter/hints.ts';
import type {
  Look,
  VisionAnswer,
  VisionRequest,
} from '../../../../renderer/vision/worker/messages.ts';

const LOOK: Look = {
  widthPx: 1280,
  heightPx: 720,
  quad: null,
  isAccepted: false,
  isGood: false,
  hint: 'SHOW_DOCUMENT',
  progress: 0,
  measures: null,
};

const STEP = { side: 'FRONT', longSideMm: 85.6, isGlossy: true, cardSide: 'front' } as const;

const OUTLINE: Outline = [
  { x: 0.1, y: 0.1 },
  { x: 0.9, y: 0.1 },
  { x: 0.9, y: 0.9 },
  { x: 0.1, y: 0.9 },
];

const FACTS = {
  documentType: 'ID_CARD',
  country: 'LT',
  expiresOn: '2031-05-04',
  areCheckDigitsRight: true,
} as const;

/** A worker that only notes what it is told. */
class FakeWorker extends EventTarget {
  readonly requests: VisionRequest[] = [];
  isTerminated = false;

  postMessage(request: VisionRequest): void {
    this.requests.push(request);
  }

  terminate(): void {
    this.isTerminated = true;
  }

  answer(data: VisionAnswer): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }

  /** Of the step that was begun last. */
  get run(): number {
    const begins = this.requests.filter((request) => request.type === 'begin');
    return begins.at(-1)?.run ?? 0;
  }

  count(type: VisionRequest['type']): number {
    return this.requests.filter((request) => request.type === type).length;
  }
}

/** A video whose frames are shown when the test says so. */
const fakeVideo = () => {
  let waiting: (() => void)[] = [];
  return {
    video: {
      readyState: 4,
      requestVideoFrameCallback: (callback: () => void) => waiting.push(callback),
      cancelVideoFrameCallback: () => {},
    } as unknown as HTMLVideoElement,
    showFrame: (): void => {
      const callbacks = waiting;
      waiting = [];
      for (const callback of callbacks) callback();
    },
  };
};

const started = () => {
  const worker = new FakeWorker();
  const { video, showFrame } = fakeVideo();
  let nowMs = 0;
  const onFired = vi.fn();
  const watch = new CaptureWatch({
    startWorker: () => worker as unknown as Worker,
    monotonicNow: () => nowMs,
    onFired,
  });
  watch.attach(video);
  watch.start(STEP);
  const see = (hint: Hint, ms: number): void => {
    nowMs = ms;
    worker.answer({ type: 'seen', run: worker.run, look: { ...LOOK, hint }, ms: 20 });
  };
  const shot = (
    by: 'run' | 'person',
    hint: Hint = 'KEEP_STILL',
    run = worker.run,
  ): Uint8Array<ArrayBuffer> => {
    const bytes = new Uint8Array([1, 2, 3]);
    const look = { ...LOOK, hint, isGood: hint === 'KEEP_STILL' };
    worker.answer({ type: 'shot', run, by, bytes, look, outline: OUTLINE, facts: FACTS });
    return bytes;
  };
  return { watch, worker, showFrame, see, shot, onFired };
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal(
    'VideoFrame',
    class {
      readonly displayWidth = 1280;
    },
  );
  vi.stubGlobal('HTMLMediaElement', { HAVE_CURRENT_DATA: 2 });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('CaptureWatch', () => {
  it('has one frame under way and lets those in between go', () => {
    const { worker, showFrame, see } = started();
    for (let shown = 0; shown < 4; shown += 1) showFrame();
    expect(worker.count('look')).toBe(1);
    see('SHOW_DOCUMENT', 100);
    showFrame();
    expect(worker.count('look')).toBe(2);
  });

  it('tells the worker with each step what is good enough', () => {
    const { watch, worker } = started();
    const moved = { ...QUALITY_LIMITS.document, lightMean: { least: 80, most: 250 } };
    watch.limits = { ...QUALITY_LIMITS, document: moved };
    watch.start(STEP);
    expect(worker.requests.at(-1)).toMatchObject({ type: 'begin', limits: { document: moved } });
  });

  it('keeps a hint long enough to be read', () => {
    const { watch, see } = started();
    see('CLOSER', 0);
    see('MOVE_LEFT', 300);
    expect(watch.getSnapshot().hint).toBe('CLOSER');
    see('MOVE_LEFT', 800);
    expect(watch.getSnapshot().hint).toBe('MOVE_LEFT');
  });

  it('fires once and hands the picture out once', async () => {
    const { watch, worker, showFrame, shot, onFired } = started();
    const bytes = shot('run');
    expect(onFired).toHaveBeenCalledTimes(1);
    showFrame();
    expect(worker.count('look')).toBe(0);
    expect(await watch.takeStill()).toEqual(
      ok({ bytes, outline: OUTLINE, facts: FACTS, measures: null, isTakenAsIs: false }),
    );
    watch.stop();
    expect(await watch.takeStill()).toBeNull();
  });

  it('wipes a picture that comes after its step', () => {
    const { watch, shot, onFired } = started();
    watch.stop();
    expect([...shot('run')]).toEqual([0, 0, 0]);
    expect(onFired).not.toHaveBeenCalled();
  });

  it('refuses two bad pictures of a person, says why, and takes the third as it is, marked', async () => {
    const { watch, shot } = started();
    for (const _ of [1, 2]) {
      const taking = watch.takeStill();
      shot('person', 'TILT_GLARE');
      expect((await taking)?.ok).toBe(false);
      expect(watch.getSnapshot().rejection).toBe('TILT_GLARE');
    }
    const taking = watch.takeStill();
    const bytes = shot('person', 'TILT_GLARE');
    expect(await taking).toEqual(
      ok({ bytes, outline: OUTLINE, facts: FACTS, measures: null, isTakenAsIs: true }),
    );
  });

  it('counts refusals on while the same side is tried again, and afresh for the next side', async () => {
    const { watch, shot } = started();
    const take = async (): Promise<boolean | undefined> => {
      const taking = watch.takeStill();
      watch.stop();
      shot('person', 'TILT_GLARE');
      return (await taking)?.ok;
    };
    expect(await take()).toBe(false);
    watch.start(STEP);
    expect(watch.getSnapshot().rejection).toBe('TILT_GLARE');
    expect(await take()).toBe(false);
    watch.start(STEP);
    expect(await take()).toBe(true);
    watch.start({ ...STEP, side: 'BACK' });
    expect(watch.getSnapshot().rejection).toBeNull();
    expect(await take()).toBe(false);
  });

  it('never takes a late picture of one step for that of the next', async () => {
    const { watch, worker, shot, onFired } = started();
    const former = worker.run;
    watch.start({ ...STEP, side: 'BACK' });
    expect([...shot('run', 'KEEP_STILL', former)]).toEqual([0, 0, 0]);
    expect(onFired).not.toHaveBeenCalled();
    const unasked = shot('run');
    watch.start({ ...STEP, side: 'UTILITY_BILL' });
    expect([...unasked]).toEqual([0, 0, 0]);
  });

  it('leaves the picture to the camera when the worker breaks, and starts another for the next step', async () => {
    const { watch, worker } = started();
    worker.dispatchEvent(new Event('error'));
    expect(worker.isTerminated).toBe(true);
    expect(await watch.takeStill()).toBeNull();
  });

  it('takes a good picture of a person at once', async () => {
    const { watch, shot } = started();
    const taking = watch.takeStill();
    const bytes = shot('person');
    expect(await taking).toEqual(
      ok({ bytes, outline: OUTLINE, facts: FACTS, measures: null, isTakenAsIs: false }),
    );
  });

  it('leaves the picture to the camera where the worker says nothing', async () => {
    const { watch } = started();
    const taking = watch.takeStill();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await taking).toBeNull();
  });

  it('asks for a person after ten seconds', () => {
    const { watch } = started();
    vi.advanceTimersByTime(MANUAL_AFTER_MS - 1);
    expect(watch.getSnapshot().isManualDue).toBe(false);
    vi.advanceTimersByTime(1);
    expect(watch.getSnapshot().isManualDue).toBe(true);
  });

  it('SEC-22 forgets a customer with all that waits, and ends the worker that saw and read it', async () => {
    const { watch, worker, shot } = started();
    const bytes = shot('run');
    watch.forget();
    expect([...bytes]).toEqual([0, 0, 0]);
    expect(worker.isTerminated).toBe(true);
    expect(await watch.takeStill()).toBeNull();
  });
});
