import { describe, expect, it } from 'vitest';
import type { Quad } from '../../../../../renderer/vision/geometry.ts';
import { assessQuality, type Quality } from '../../../../../renderer/vision/quality/assess.ts';
import { drawFrame, type SceneChoices } from '../../../../support/scenes.ts';

const CARD_MM = 85.6;

const assess = async (choices: SceneChoices): Promise<Quality> => {
  const { frame, quad } = await drawFrame(choices);
  if (quad === null) throw new Error('A scene with a document.');
  return assessQuality(frame, quad, CARD_MM);
};

/** Names of the measures that are not good. */
const faultsOf = ({ measures }: Quality): string[] =>
  Object.entries(measures)
    .filter(([, { verdict }]) => verdict !== 'good')
    .map(([name, { verdict }]) => `${name} ${verdict}`);

describe('assessQuality', () => {
  for (const document of ['identity-card-front', 'driving-licence-back', 'passport'] as const)
    it(`finds nothing wrong with a ${document} that lies well`, async () => {
      expect(faultsOf(await assess({ document }))).toEqual([]);
    });

  it('calls a blurred card blurred, and a moving one', async () => {
    expect(faultsOf(await assess({ defects: { blurSigmaPx: 2.5 } }))).toContain(
      'edgeSpreadPermille too-high',
    );
    expect(faultsOf(await assess({ defects: { motionBlurPx: 14 } }))).toContain(
      'edgeSpreadPermille too-high',
    );
  });

  it('measures the same spread in a darker picture', async () => {
    const light = await assess({});
    const dark = await assess({ defects: { exposure: 0.5 } });
    expect(dark.measures.edgeSpreadPermille.value).toBeCloseTo(
      light.measures.edgeSpreadPermille.value,
      0,
    );
  });

  it('finds glare and says where it is', async () => {
    const glaring = await assess({ defects: { glare: 1 } });
    expect(faultsOf(glaring)).toContain('glareShare too-high');
    expect(glaring.glareAt?.x).toBeGreaterThan(0.2);
    expect(glaring.glareAt?.x).toBeLessThan(0.85);
    expect((await assess({})).glareAt).toBeNull();
  });

  it('calls a card in the dark too dark', async () => {
    expect(faultsOf(await assess({ defects: { exposure: 0.16 } }))).toContain('lightMean too-low');
  });

  it('calls a card far away too small, and one at the border cut', async () => {
    expect(faultsOf(await assess({ placement: { fill: 0.35 } }))).toContain('fillShare too-low');
    expect(faultsOf(await assess({ placement: { shiftX: 0.25 } }))).toContain(
      'marginShare too-low',
    );
  });

  it('calls a card seen at a slant tilted', async () => {
    expect(faultsOf(await assess({ placement: { tiltXDeg: 50, tiltYDeg: 30 } }))).toContain(
      'tiltDeg too-high',
    );
  });

  it('calls a grey copy colourless', async () => {
    const { frame, quad } = await drawFrame({});
    const grey = frame.data.map((_, at) =>
      at % 4 === 3 ? 255 : (frame.data[at - (at % 4) + 1] ?? 0),
    );
    const copy = assessQuality({ ...frame, data: grey }, quad as Quad, CARD_MM);
    expect(faultsOf(copy)).toContain('colourfulness too-low');
  });

  it('measures pixels per inch from the longer side', async () => {
    const { longSidePx, measures } = await assess({});
    expect(measures.resolutionDpi.value).toBeCloseTo((longSidePx / CARD_MM) * 25.4, 3);
  });
});
