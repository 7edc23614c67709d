/** The life of the open camera: first good open, loss, return, problems with a way on. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fail } from '../../../../preload/contract/result.ts';
import { camera, controllerOver, settle } from './fake-cameras.ts';

const DESK = camera('desk', 'Desk Camera', 3840, 2160);
const LAPTOP = camera('laptop', 'Integrated Webcam', 1280, 720);
const INFRARED = camera('infrared', 'Integrated IR Camera', 3840, 2160);

const pass = async (ms: number): Promise<void> => {
  await vi.advanceTimersByTimeAsync(ms);
};

afterEach(() => {
  vi.useRealTimers();
});

describe('opening', () => {
  it('opens the best usable camera, tells its real size and remembers it', async () => {
    const { controller, start, stands, running, remembered } = controllerOver([
      INFRARED,
      LAPTOP,
      DESK,
    ]);
    await start();
    expect(stands()).toBe('live');
    expect(running()).toBe('Desk Camera');
    expect(controller.getSnapshot()).toMatchObject({
      cameraId: 'desk',
      widthPx: 3840,
      heightPx: 2160,
    });
    expect(controller.getSnapshot().cameras.map(({ label }) => label)).toEqual([
      'Integrated Webcam',
      'Desk Camera',
    ]);
    expect(remembered).toEqual(['Desk Camera']);
  });

  it('is not live before the first frame, and fails when none comes', async () => {
    const { video, start, stands, running } = controllerOver([DESK]);
    video.isFrozen = true;
    await start();
    expect(stands()).toBe('starting');
    await pass(9_900);
    expect(stands()).toBe('starting');
    await pass(200);
    expect(stands()).toBe('CAMERA_FAILED');
    expect(running()).toBeNull();
  });

  it.each([
    ['NotAllowedError', 'CAMERA_DENIED'],
    ['NotFoundError', 'CAMERA_NONE'],
    ['SomethingNew', 'CAMERA_FAILED'],
  ])('names %s as %s at once, and opens on retry', async (name, problem) => {
    const broken = { ...DESK, errors: [name] };
    const { controller, media, start, stands } = controllerOver([broken]);
    await start();
    expect(stands()).toBe(problem);
    expect(media.askedWidths).toEqual([3840]);
    controller.retry();
    await settle();
    expect(stands()).toBe('live');
  });

  it('is busy only after every smaller size was refused as well', async () => {
    const refused = Array.from({ length: 4 }, () => 'NotReadableError');
    const { media, start, stands } = controllerOver([{ ...DESK, errors: refused }]);
    await start();
    expect(media.askedWidths).toEqual([3840, 1920, 1280, 0]);
    expect(stands()).toBe('CAMERA_BUSY');
  });

  it('says that there is none when only excluded ones are plugged in', async () => {
    const { start, stands } = controllerOver([INFRARED]);
    await start();
    expect(stands()).toBe('CAMERA_NONE');
  });

  it('stops a camera that opens after it is no longer wanted', async () => {
    const { controller, media, start, stands } = controllerOver([DESK]);
    const { promise, resolve } = Promise.withResolvers<void>();
    media.gate = promise;
    await start();
    controller.stop();
    resolve();
    await settle();
    expect(media.tracks).toHaveLength(1);
    expect(media.liveTracks()).toEqual([]);
    expect(stands()).toBe('off');
    await start();
    expect(stands()).toBe('live');
  });
});

describe('stopping', () => {
  it('ends every track, and hears no more of devices', async () => {
    const { controller, media, video, start, stands, running } = controllerOver([DESK]);
    await start();
    controller.stop();
    expect(running()).toBeNull();
    expect(video.srcObject).toBeNull();
    media.unplug('desk');
    await pass(60_000);
    expect(stands()).toBe('off');
  });

  it('leaves no timer behind', async () => {
    const { controller, start } = controllerOver([DESK]);
    await start();
    controller.stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a camera that is pulled and plugged', () => {
  it('is opened again when it comes back under the same id', async () => {
    const { media, start, stands, running } = controllerOver([DESK, LAPTOP]);
    await start();
    media.unplug('desk');
    await settle();
    expect(stands()).toBe('CAMERA_UNPLUGGED');
    media.plug(DESK);
    await settle();
    expect(stands()).toBe('live');
    expect(running()).toBe('Desk Camera');
  });

  it('is opened again when only its name is the same', async () => {
    const { media, start, stands, remembered } = controllerOver([DESK]);
    await start();
    media.unplug('desk');
    await settle();
    media.plug(camera('desk-again', 'Desk Camera'));
    await settle();
    expect(stands()).toBe('live');
    expect(media.liveTracks()[0]?.deviceId).toBe('desk-again');
    expect(remembered).toEqual(['Desk Camera', 'Desk Camera']);
  });

  it('is back within 5 s although it refuses at first', async () => {
    const { media, start, stands } = controllerOver([DESK]);
    await start();
    media.unplug('desk');
    await settle();
    const refusals = Array.from({ length: 8 }, () => 'NotReadableError');
    media.plug({ ...DESK, errors: refusals });
    await pass(5_000);
    expect(stands()).toBe('live');
  });

  it('is not replaced by another camera without a person', async () => {
    const { controller, media, start, stands, running } = controllerOver([DESK, LAPTOP]);
    await start();
    media.unplug('desk');
    await pass(60_000);
    expect(stands()).toBe('CAMERA_UNPLUGGED');
    expect(running()).toBeNull();
    controller.choose('laptop');
    await settle();
    expect(stands()).toBe('live');
    expect(running()).toBe('Integrated Webcam');
  });

  it('is noticed when only the list of devices tells', async () => {
    const { media, start, stands } = controllerOver([DESK]);
    await start();
    media.plugged.length = 0;
    media.dispatchEvent(new Event('devicechange'));
    await settle();
    expect(stands()).toBe('CAMERA_UNPLUGGED');
    expect(media.liveTracks()).toEqual([]);
  });

  it('is opened when it is the first one there is', async () => {
    const { media, start, stands } = controllerOver([]);
    await start();
    expect(stands()).toBe('CAMERA_NONE');
    media.plug(INFRARED);
    await settle();
    expect(stands()).toBe('CAMERA_NONE');
    media.plug(DESK);
    await settle();
    expect(stands()).toBe('live');
  });

  it('shows new cameras in the list without a change of the live one', async () => {
    const { controller, media, start, running } = controllerOver([DESK]);
    await start();
    media.plug(LAPTOP);
    await settle();
    expect(running()).toBe('Desk Camera');
    expect(controller.getSnapshot().cameras).toHaveLength(2);
  });
});

describe('picking and remembering', () => {
  it('uses the remembered camera, by name when the id is new', async () => {
    const { start, running, remembered } = controllerOver([DESK, LAPTOP]);
    await start({
      pinnedLabel: null,
      remembered: { deviceId: 'of-yesterday', label: 'Integrated Webcam' },
    });
    expect(running()).toBe('Integrated Webcam');
    expect(remembered).toEqual(['Integrated Webcam']);
  });

  it('does not remember a stand-in for a camera that is away', async () => {
    const { start, running, remembered } = controllerOver([LAPTOP]);
    await start({ pinnedLabel: null, remembered: { deviceId: 'desk', label: 'Desk Camera' } });
    expect(running()).toBe('Integrated Webcam');
    expect(remembered).toEqual([]);
  });

  it('remembers the camera a person picked, also for the next customer', async () => {
    const { controller, start, running, remembered } = controllerOver([DESK, LAPTOP]);
    const wish = { pinnedLabel: null, remembered: { deviceId: 'desk', label: 'Desk Camera' } };
    await start(wish);
    controller.choose('laptop');
    await settle();
    expect(running()).toBe('Integrated Webcam');
    controller.stop();
    await start(wish);
    expect(running()).toBe('Integrated Webcam');
    expect(remembered).toEqual(['Integrated Webcam']);
  });

  it('ignores a pick that is not in the list', async () => {
    const { controller, start, running } = controllerOver([DESK, INFRARED]);
    await start();
    controller.choose('infrared');
    await settle();
    expect(running()).toBe('Desk Camera');
  });
});

describe('black frames', () => {
  it('are a problem after two seconds, and the camera is let go', async () => {
    const { light, start, stands, running } = controllerOver([DESK]);
    await start();
    light.sample = { mean: 3, variance: 2 };
    await pass(2_000);
    expect(stands()).toBe('live');
    await pass(500);
    expect(stands()).toBe('CAMERA_BLACK');
    expect(running()).toBeNull();
  });

  it('are none when light comes back in between, or nothing can be measured', async () => {
    const { light, start, stands } = controllerOver([DESK]);
    await start();
    for (const sample of [{ mean: 3, variance: 2 }, { mean: 90, variance: 500 }, null]) {
      light.sample = sample;
      await pass(1_800);
    }
    expect(stands()).toBe('live');
  });
});

describe('the shutter', () => {
  it('gives the frame of a live camera', async () => {
    const { controller, start } = controllerOver([DESK]);
    await start();
    expect(await controller.takeStill()).toEqual({ ok: true, value: new Uint8Array([1]) });
  });

  it('gives nothing before the camera is live', async () => {
    const { controller, video, start } = controllerOver([DESK]);
    video.isFrozen = true;
    await start();
    expect(await controller.takeStill()).toEqual(fail('CAMERA_FAILED'));
  });

  it('makes a still that failed the problem of the camera', async () => {
    const { controller, still, start, stands } = controllerOver([DESK]);
    await start();
    still.result = fail('CAMERA_FAILED');
    await controller.takeStill();
    expect(stands()).toBe('CAMERA_FAILED');
  });

  it('does not rename a problem that came while the still was read', async () => {
    const { controller, media, still, start, stands } = controllerOver([DESK]);
    await start();
    still.result = fail('CAMERA_FAILED');
    const taking = controller.takeStill();
    media.unplug('desk');
    await taking;
    expect(stands()).toBe('CAMERA_UNPLUGGED');
  });
});
