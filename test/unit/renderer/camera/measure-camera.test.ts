import { describe, expect, it } from 'vitest';
import { measureCamera } from '../../../../renderer/camera/measure-camera.ts';
import { asMedia, camera, FakeMedia } from './fake-cameras.ts';

const ANY = { pinnedLabel: null, picked: null, remembered: null };
const UNOPENED = { isOpen: false, widthPx: 0, heightPx: 0, framesPerSecond: 0, focus: null };

const measured = (
  media: FakeMedia,
  wish: Partial<{ pinnedLabel: string }> = {},
  countFrames = () => Promise.resolve(29.97),
) => measureCamera({ media: asMedia(media), countFrames }, { ...ANY, ...wish });

describe('the measurement of a camera', () => {
  it('tells size and frames a second, and lets the camera go', async () => {
    const media = new FakeMedia([camera('a', 'Desk Camera', 1920, 1080)]);
    expect(await measured(media)).toMatchObject({
      isOpen: true,
      widthPx: 1920,
      heightPx: 1080,
      framesPerSecond: 30,
    });
    expect(media.tracks).not.toEqual([]);
    expect(media.liveTracks()).toEqual([]);
  });

  it.each([
    [['continuous', 'manual'], 'automatic'],
    [['single-shot'], 'automatic'],
    [['manual'], 'fixed'],
    [undefined, null],
  ])('calls a camera with the focus modes %j %s', async (focusModes, focus) => {
    const media = new FakeMedia([{ ...camera('a', 'Desk Camera', 1920, 1080), focusModes }]);
    expect(await measured(media)).toMatchObject({ focus });
  });

  it('measures no camera but the one customers would use', async () => {
    const media = new FakeMedia([camera('a', 'Laptop'), camera('b', 'OBS Virtual Camera')]);
    expect(await measured(media, { pinnedLabel: 'BRIO' })).toEqual(UNOPENED);
    expect(media.tracks).toEqual([]);
  });

  it('finds one that does not open, or brings no picture, not open', async () => {
    const errors = ['NotAllowedError'];
    expect(await measured(new FakeMedia([{ ...camera('a', 'Desk'), errors }]))).toEqual(UNOPENED);
    const media = new FakeMedia([camera('a', 'Desk')]);
    const silent = () => Promise.reject(new Error('no picture'));
    expect(await measured(media, {}, silent)).toEqual(UNOPENED);
    expect(media.liveTracks()).toEqual([]);
  });
});
