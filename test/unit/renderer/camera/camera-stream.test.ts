/** Listing and opening through the browser, with its errors. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fail } from '../../../../preload/contract/result.ts';
import { cameraProblemOf } from '../../../../renderer/camera/camera-problem.ts';
import { listCameras, openCamera } from '../../../../renderer/camera/camera-stream.ts';
import { asMedia, camera, FakeMedia } from './fake-cameras.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('cameraProblemOf', () => {
  it.each([
    ['NotFoundError', 'CAMERA_NONE'],
    ['OverconstrainedError', 'CAMERA_NONE'],
    ['NotReadableError', 'CAMERA_BUSY'],
    ['NotAllowedError', 'CAMERA_DENIED'],
    ['SecurityError', 'CAMERA_DENIED'],
    ['AbortError', 'CAMERA_FAILED'],
    ['TypeError', 'CAMERA_FAILED'],
  ])('maps %s to %s', (name, problem) => {
    expect(cameraProblemOf(new DOMException('', name))).toBe(problem);
  });

  it('maps what is no error at all', () => {
    for (const thrown of [undefined, null, 'NotFoundError', { name: 'NotFoundError' }])
      expect(cameraProblemOf(thrown)).toBe('CAMERA_FAILED');
  });
});

describe('listCameras', () => {
  it('lists cameras only, with the pixels of their largest picture', async () => {
    const media = new FakeMedia([camera('a', 'Desk Camera', 100, 50)]);
    expect(await listCameras(asMedia(media))).toEqual({
      ok: true,
      value: [{ deviceId: 'a', label: 'Desk Camera', maxPixels: 5_000 }],
    });
    expect(media.tracks).toEqual([]);
  });

  it('opens a camera for a moment where names are hidden, and lets it go', async () => {
    const media = new FakeMedia([camera('a', 'Desk Camera', 100, 50)]);
    media.areNamesHidden = true;
    expect(await listCameras(asMedia(media))).toMatchObject({ value: [{ label: 'Desk Camera' }] });
    expect(media.tracks).toHaveLength(1);
    expect(media.liveTracks()).toEqual([]);
  });

  it('names a refusal', async () => {
    const media = new FakeMedia([{ ...camera('a', 'Desk'), errors: ['NotAllowedError'] }]);
    media.areNamesHidden = true;
    expect(await listCameras(asMedia(media))).toEqual(fail('CAMERA_DENIED'));
  });

  it('lists nothing where nothing is, without asking for access', async () => {
    const media = new FakeMedia([]);
    expect(await listCameras(asMedia(media))).toEqual({ ok: true, value: [] });
    expect(media.askedWidths).toEqual([]);
  });
});

describe('openCamera', () => {
  it('takes a smaller size when the driver refuses the best one', async () => {
    const errors = ['NotReadableError', 'AbortError'];
    const media = new FakeMedia([{ ...camera('a', 'Desk', 1280, 720), errors }]);
    expect(await openCamera(asMedia(media), 'a')).toMatchObject({
      ok: true,
      value: { widthPx: 1280, heightPx: 720 },
    });
    expect(media.askedWidths).toEqual([3840, 1920, 1280]);
  });

  it('gives up a driver that hangs after 10 s, and stops what it delivers later', async () => {
    vi.useFakeTimers();
    const media = new FakeMedia([camera('a', 'Desk')]);
    const { promise, resolve } = Promise.withResolvers<void>();
    media.gate = promise;
    const opening = openCamera(asMedia(media), 'a');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await opening).toEqual(fail('CAMERA_FAILED'));
    expect(vi.getTimerCount()).toBe(0);
    resolve();
    await vi.advanceTimersByTimeAsync(0);
    expect(media.tracks).toHaveLength(1);
    expect(media.liveTracks()).toEqual([]);
  });

  it('says that a camera which is gone is none', async () => {
    expect(await openCamera(asMedia(new FakeMedia([])), 'a')).toEqual(fail('CAMERA_NONE'));
  });
});
