import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Raster } from '../../../../../renderer/vision/raster.ts';
import { WORKING_PX } from '../../../../../renderer/vision/document/detect.ts';
import { FaceObserver } from '../../../../../renderer/vision/worker/face-observer.ts';
import { LEAST_PX } from '../../../../../renderer/vision/worker/working-size.ts';
import { detectFaces } from '../../../../../renderer/vision/face/detect.ts';
import { loadFaceNetwork } from '../../../../eval/face-network.ts';
import { paintVariant, VARIANTS, type Variant } from '../../../../eval/face-variants.ts';
import { drawPeople, type StandingPerson } from '../../../../support/people.ts';

const network = await loadFaceNetwork();
const PERSON: StandingPerson = { x: 320, y: 220, eyesPx: 85 };

const look = (frame: Raster, share = 1): string =>
  new FaceObserver(network).look(frame, 0, share).look.hint;

/** The person with something painted over their face. */
const painted = async (variant: Variant): Promise<Raster> => {
  const frame = await drawPeople([PERSON]);
  const [face] = detectFaces(network, frame);
  if (face === undefined) throw new Error('There is a person.');
  return paintVariant(frame, face.points, variant);
};

const inLight = ({ data, ...rest }: Raster, factor: number): Raster => ({
  ...rest,
  data: data.map((value, at) => (at % 4 === 3 ? value : Math.min(255, value * factor))),
});

describe('FaceObserver', () => {
  const hints: readonly [what: string, people: readonly StandingPerson[], hint: string][] = [
    ['one person who looks straight ahead', [PERSON], 'KEEP_STILL'],
    ['an empty room', [], 'NO_FACE'],
    [
      'two people',
      [
        { ...PERSON, x: 170, eyesPx: 72 },
        { ...PERSON, x: 470, eyesPx: 72 },
      ],
      'ONE_FACE_ONLY',
    ],
    ['a person far away', [{ ...PERSON, eyesPx: 35 }], 'CLOSER'],
    ['a person at the left border', [{ ...PERSON, x: 75 }], 'MOVE_LEFT'],
    ['a person at the right border', [{ ...PERSON, x: 565 }], 'MOVE_RIGHT'],
    ['a person at the top', [{ ...PERSON, y: 110 }], 'MOVE_DOWN'],
    ['a person who is too near', [{ ...PERSON, eyesPx: 140 }], 'FARTHER'],
    ['a tilted head', [{ ...PERSON, tiltDeg: 30 }], 'LOOK_STRAIGHT'],
  ];
  for (const [what, people, hint] of hints)
    it(`says ${hint} to ${what}`, async () => {
      expect(look(await drawPeople(people))).toBe(hint);
    });

  it('says the same on a slow machine, which looks for faces with fewer pixels', async () => {
    for (const [, people, hint] of hints.slice(0, 3))
      expect(look(await drawPeople(people), LEAST_PX / WORKING_PX)).toBe(hint);
  });

  it('asks for light in the dark, and for less of it where the face is white', async () => {
    const frame = await drawPeople([PERSON]);
    expect(look(inLight(frame, 0.25))).toBe('MORE_LIGHT');
    expect(look(inLight(frame, 1.55))).toBe('LESS_LIGHT');
  });

  it('asks a blurred face to hold still', async () => {
    const { widthPx: width, heightPx: height, data } = await drawPeople([PERSON]);
    const blurred = await sharp(data, { raw: { width, height, channels: 4 } })
      .blur(5)
      .raw()
      .toBuffer();
    const frame: Raster = { widthPx: width, heightPx: height, channels: 4, data: blurred };
    expect(look(frame)).toBe('HOLD_STILL');
  });

  it.each(VARIANTS)('says of %s what to do about it', async (variant) => {
    const hint = variant.startsWith('mask') ? 'UNCOVER_MOUTH' : 'OPEN_EYES';
    expect(look(await painted(variant))).toBe(hint);
  });

  it('lets shut eyes hold the shutter for three seconds, and refuses no picture for them', async () => {
    const frame = await painted('eyes-shut');
    const observer = new FaceObserver(network);
    const times = [0, 1500, 2900, 3100, 3200, 3300, 3400];
    const looks = times.map((atMs) => observer.look(frame, atMs, 1));
    expect(looks.map(({ isComplete }) => isComplete)).toEqual([
      ...Array<boolean>(6).fill(false),
      true,
    ]);
    expect(looks.every(({ look: { isGood } }) => isGood)).toBe(true);
  });

  it('completes a run of good frames in which the person stands still', async () => {
    const observer = new FaceObserver(network);
    const frame = await drawPeople([PERSON]);
    const completed = [0, 100, 200, 300].map((atMs) => observer.look(frame, atMs, 1).isComplete);
    expect(completed).toEqual([false, false, false, true]);
  });

  it('sees within three frames that somebody else has come, and at once that the person has gone', async () => {
    const observer = new FaceObserver(network);
    const alone = await drawPeople([{ ...PERSON, x: 170, eyesPx: 72 }]);
    const together = await drawPeople([
      { ...PERSON, x: 170, eyesPx: 72 },
      { ...PERSON, x: 470, eyesPx: 72 },
    ]);
    expect(observer.look(alone, 0, 1).look.hint).not.toBe('ONE_FACE_ONLY');
    const hints = [100, 200, 300].map((atMs) => observer.look(together, atMs, 1).look.hint);
    expect(hints).toContain('ONE_FACE_ONLY');
    expect(observer.look(await drawPeople([]), 400, 1).look.hint).toBe('NO_FACE');
  });

  it('begins the run anew when the person moves', async () => {
    const observer = new FaceObserver(network);
    const here = await drawPeople([PERSON]);
    const there = await drawPeople([{ ...PERSON, x: 360 }]);
    observer.look(here, 0, 1);
    observer.look(here, 150, 1);
    const moved = observer.look(there, 300, 1);
    expect(moved).toMatchObject({ isComplete: false, look: { hint: 'HOLD_STILL', progress: 0 } });
  });
});
