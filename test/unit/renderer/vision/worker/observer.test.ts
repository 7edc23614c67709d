import { describe, expect, it } from 'vitest';
import { QUALITY_LIMITS } from '../../../../../preload/contract/quality-limits.ts';
import { Observer } from '../../../../../renderer/vision/worker/observer.ts';
import { WORKING_PX } from '../../../../../renderer/vision/document/detect.ts';
import { drawFrame, type SceneChoices } from '../../../../support/scenes.ts';

const FRONT = { side: 'FRONT', longSideMm: 85.6, isGlossy: true, cardSide: 'front' } as const;
const BACK = { ...FRONT, side: 'BACK', cardSide: 'back' } as const;

const observing = (): Observer => {
  const observer = new Observer();
  observer.begin(FRONT);
  return observer;
};

const hintOf = async (choices: SceneChoices): Promise<string> => {
  const { frame } = await drawFrame(choices);
  return observing().look(frame, 0, WORKING_PX).look.hint;
};

describe('Observer', () => {
  const hints: readonly [what: string, choices: SceneChoices, hint: string][] = [
    ['a card that lies well', {}, 'KEEP_STILL'],
    ['an empty table', { document: null }, 'SHOW_DOCUMENT'],
    [
      'a passport that leaves the frame on the right',
      { document: 'passport', background: 'fabric', placement: { shiftX: 0.42 } },
      'MOVE_LEFT',
    ],
    [
      'a passport that leaves the frame at the bottom',
      { document: 'passport', background: 'fabric', placement: { shiftY: 0.42 } },
      'MOVE_UP',
    ],
    ['a card far away', { placement: { fill: 0.4 } }, 'CLOSER'],
    ['a card at a slant', { placement: { tiltXDeg: 40, tiltYDeg: 20 } }, 'HOLD_FLAT'],
    ['a card in the dark', { defects: { exposure: 0.16 } }, 'MORE_LIGHT'],
    ['a card with glare', { defects: { glare: 1 } }, 'TILT_GLARE'],
    ['a blurred card', { defects: { blurSigmaPx: 2.5 } }, 'HOLD_STILL'],
    ['a card with a finger over its edge', { defects: { hasFinger: true } }, 'FINGERS_OFF'],
  ];
  for (const [what, choices, hint] of hints)
    it(`says ${hint} to ${what}`, async () => {
      expect(await hintOf(choices)).toBe(hint);
    });

  it('takes the white of a sheet of paper for paper, and that of a card for glare', async () => {
    const { frame } = await drawFrame({ defects: { glare: 1 } });
    const observer = new Observer();
    observer.begin({ side: 'UTILITY_BILL', longSideMm: 297, isGlossy: false, cardSide: null });
    expect(observer.look(frame, 0, WORKING_PX).look.hint).toBe('KEEP_STILL');
  });

  it('asks a card closer until it has the pixels per inch, unless no place would give them', async () => {
    const size = { widthPx: 640, heightPx: 480 };
    const { frame } = await drawFrame({ size, placement: { fill: 0.6 } });
    expect(observing().look(frame, 0, WORKING_PX).look.hint).toBe('CLOSER');
    const observer = new Observer();
    observer.begin({ ...FRONT, longSideMm: 125 });
    expect(observer.look(frame, 0, WORKING_PX).look.hint).not.toBe('CLOSER');
  });

  it('measures against the lines that the bank has moved', async () => {
    const { frame } = await drawFrame({});
    const observer = new Observer();
    const { document } = QUALITY_LIMITS;
    observer.begin(FRONT, { ...document, fillShare: { least: 0.9, most: 0.97 } });
    expect(observer.look(frame, 0, WORKING_PX).look.hint).toBe('CLOSER');
  });

  it('lets a finger over the edge hold the shutter for three seconds, and refuses no picture for it', async () => {
    const { frame } = await drawFrame({ defects: { hasFinger: true } });
    const observer = observing();
    const looks = [0, 1_000, 2_900, 3_000, 3_100, 3_200, 3_300].map((atMs) =>
      observer.look(frame, atMs, WORKING_PX),
    );
    expect(looks.map(({ look }) => look.isGood)).not.toContain(false);
    expect(looks.map(({ isComplete }) => isComplete)).toEqual([
      ...Array<boolean>(6).fill(false),
      true,
    ]);
  });

  it('completes a run of good frames and asks to turn the card over for its back', async () => {
    const observer = observing();
    const front = await drawFrame({});
    const completed = [0, 100, 200, 300].map(
      (atMs) => observer.look(front.frame, atMs, WORKING_PX).isComplete,
    );
    expect(completed).toEqual([false, false, false, true]);
    if (front.quad === null) throw new Error('A scene with a document.');
    observer.keep(front.frame, front.quad);
    observer.begin(BACK);
    const again = await drawFrame({ placement: { rotationDeg: 4 } });
    expect(observer.look(again.frame, 400, WORKING_PX).look.hint).toBe('TURN_OVER');
    const back = await drawFrame({ document: 'identity-card-back' });
    expect(observer.look(back.frame, 500, WORKING_PX).look.hint).toBe('HOLD_STILL');
    expect(observer.look(back.frame, 600, WORKING_PX).look.hint).toBe('KEEP_STILL');
  });

  it('takes the same side again where its step is repeated', async () => {
    const { frame, quad } = await drawFrame({});
    const observer = observing();
    if (quad === null) throw new Error('A scene with a document.');
    observer.keep(frame, quad);
    observer.begin(FRONT);
    expect(observer.look(frame, 0, WORKING_PX).look.hint).toBe('KEEP_STILL');
  });

  it('says of a document that was refused what to do about it, until the next step', async () => {
    const { frame, quad } = await drawFrame({ document: 'identity-card-back' });
    const observer = observing();
    if (quad === null) throw new Error('A scene with a document.');
    observer.refuse(frame, quad, 'SHOW_FRONT');
    const { look, isComplete } = observer.look(frame, 0, WORKING_PX);
    expect(look).toMatchObject({ hint: 'SHOW_FRONT', isGood: false, progress: 0 });
    expect(isComplete).toBe(false);
    observer.begin(BACK);
    expect(observer.look(frame, 100, WORKING_PX).look.hint).toBe('KEEP_STILL');
  });
});
