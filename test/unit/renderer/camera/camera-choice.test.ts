/** Which camera is used: the label table and the order of wishes. */
import { describe, expect, it } from 'vitest';
import {
  chooseCamera,
  isExcludedLabel,
  isWorthRemembering,
  usableCameras,
  type CameraCandidate,
  type CameraWish,
} from '../../../../renderer/camera/camera-choice.ts';

const candidate = (deviceId: string, label: string, maxPixels = 0): CameraCandidate => ({
  deviceId,
  label,
  maxPixels,
});

const NO_WISH: CameraWish = { pinnedLabel: null, picked: null, remembered: null };

describe('SEC-33 the label table', () => {
  it.each([
    'OBS Virtual Camera',
    'OBS-Camera',
    'ManyCam Virtual Webcam',
    'Snap Camera',
    'XSplit VCam',
    'mmhmm Camera',
    'NDI Webcam Video 1',
    'NewTek NDI Video',
    'DroidCam Source 3',
    'DroidCam Video',
    'e2eSoft iVCam',
    'EpocCam Camera',
    'Iriun Webcam',
    'Camo',
    'NVIDIA Broadcast',
    'Logi Capture',
    'Unity Video Capture',
    'SplitCam Video Driver',
    'Dummy video device (0x0000)',
    'v4l2loopback device',
    'Windows Virtual Camera Device',
    'VIRTUAL CAM',
    'Integrated IR Camera',
    'HP IR Camera (04f2:b65c)',
    'USB2.0 IR UVC WebCam',
    'Front_IR_Camera',
    'Infrared Camera',
    'Camera (Windows Hello)',
    '',
    '   ',
  ])('excludes "%s"', (label) => {
    expect(isExcludedLabel(label)).toBe(true);
  });

  it.each([
    'Integrated Webcam (0c45:6a09)',
    'Logitech BRIO',
    'HD Pro Webcam C920 (046d:082d)',
    'FaceTime HD Camera',
    'Microsoft® LifeCam HD-3000',
    'CZUR Document Camera',
    'IPEVO V4K',
    'Firefly Camera',
    'Mirror Camera',
    'MacBook Air Camera',
    'Fjordjobs Cam',
    'Observer HD',
    'Candid Cam',
    'Snapdragon Camera Front',
    'Camozzi Vision',
    'Sandisk Cam',
    'fake_device_0',
    'Веб-камера',
  ])('lets "%s" be used', (label) => {
    expect(isExcludedLabel(label)).toBe(false);
  });

  it('holds against a pin: a pin narrows and never opens', () => {
    const cameras = [candidate('a', 'OBS Virtual Camera'), candidate('b', 'Desk Camera')];
    expect(usableCameras(cameras, 'camera')).toEqual([cameras[1]]);
    expect(chooseCamera(cameras, { ...NO_WISH, pinnedLabel: 'OBS Virtual Camera' })).toBeNull();
  });
});

describe('chooseCamera', () => {
  const small = candidate('small', 'Integrated Webcam', 921_600);
  const large = candidate('large', 'Desk Camera', 8_294_400);
  const unknown = candidate('unknown', 'Other Camera');
  const all = [unknown, small, large];

  it('takes the largest picture where nothing is wished', () => {
    expect(chooseCamera(all, NO_WISH)).toBe(large);
  });

  it('takes the first of equals', () => {
    expect(chooseCamera([unknown, { ...unknown, deviceId: 'other' }], NO_WISH)).toBe(unknown);
  });

  it('takes the remembered one before the largest', () => {
    expect(chooseCamera(all, { ...NO_WISH, remembered: small })).toBe(small);
  });

  it('knows the remembered one by its label when its id is new', () => {
    const remembered = { deviceId: 'old', label: small.label };
    expect(chooseCamera(all, { ...NO_WISH, remembered })).toBe(small);
  });

  it('prefers the id where id and label point to different cameras', () => {
    const remembered = { deviceId: 'large', label: small.label };
    expect(chooseCamera(all, { ...NO_WISH, remembered })).toBe(large);
  });

  it('takes the picked one before the remembered one', () => {
    expect(chooseCamera(all, { ...NO_WISH, picked: unknown, remembered: small })).toBe(unknown);
  });

  it('takes the pinned one before anything else, whatever its case', () => {
    const wish = { pinnedLabel: 'desk', picked: small, remembered: small };
    expect(chooseCamera(all, wish)).toBe(large);
  });

  it('takes none rather than one that is not pinned', () => {
    expect(chooseCamera([small], { ...NO_WISH, pinnedLabel: 'Desk' })).toBeNull();
  });

  it('takes none of none', () => {
    expect(chooseCamera([], NO_WISH)).toBeNull();
  });
});

describe('isWorthRemembering', () => {
  const desk = { deviceId: 'desk', label: 'Desk Camera' };
  const laptop = { deviceId: 'laptop', label: 'Integrated Webcam' };

  it.each([
    ['the first good one', desk, NO_WISH, true],
    ['the remembered one', desk, { ...NO_WISH, remembered: desk }, false],
    [
      'it again under a new id',
      { ...desk, deviceId: 'new' },
      { ...NO_WISH, remembered: desk },
      true,
    ],
    ['a stand-in', laptop, { ...NO_WISH, remembered: desk }, false],
    ['a picked one', laptop, { ...NO_WISH, remembered: desk, picked: laptop }, true],
  ] as const)('judges %s', (_name, camera, wish, expected) => {
    expect(isWorthRemembering(camera, wish)).toBe(expected);
  });
});
