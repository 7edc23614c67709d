import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'playwright/test';
import sharp from 'sharp';
import { detectFaces } from '../../renderer/vision/face/detect.ts';
import { intersectionOverUnion, type Quad } from '../../renderer/vision/geometry.ts';
import { sessionClip } from '../commands/session-clip.ts';
import { loadFaceNetwork } from '../eval/face-network.ts';
import type { ClipRequest } from '../specimens/clip-request.ts';
import { truthPathOf, type ClipTruth } from '../specimens/clip-writer.ts';
import { readSlate, type Slate } from '../specimens/slate.ts';
import { writeConditionClip, type Condition, type Showing } from '../specimens/condition-clips.ts';
import { filmOf } from './support/film.ts';
import { cameraFor, driverOf, test } from './support/fixtures.ts';
import { noteShots, shotsOf } from './support/shutter-watch.ts';

const cameraShowing = (clip: string): readonly string[] => [
  `--use-file-for-fake-video-capture=${clip}`,
];

/** What our own clips say of the frame that was taken: the screen may show a later one by then. */
const slateOn = async (picture: Uint8Array): Promise<Slate | null> => {
  const { data, info } = await sharp(picture)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return readSlate(data, info.width);
};

/** A run of good frames fires after 250 ms (renderer/vision/shutter/steady-run.ts): many times that. */
const WATCH_MS = 3_500;

test('untouched from the choice to the review, a card and the face take their own pictures, where they are and while they are there', async ({
  launch,
}, info) => {
  const clip = await sessionClip('ID_CARD', ['FRONT', 'BACK', 'FACE']);
  const truth = JSON.parse(readFileSync(truthPathOf(clip), 'utf8')) as ClipTruth;
  const kiosk = await launch({ args: cameraShowing(clip) });
  const driver = driverOf(kiosk);
  await driver.begin({ country: 'LT', documentType: 'ID_CARD' });
  await noteShots(kiosk.page);
  await driver.screen('review');
  const shots = await shotsOf(kiosk.page);
  const steps = ['FRONT', 'BACK', 'FACE'] as const;
  expect(shots.map(({ step }) => step)).toEqual(steps);
  for (const [index, step] of steps.entries()) {
    const { quad, afterSettledMs } = shots[index] ?? { quad: null, afterSettledMs: null };
    info.annotations.push({ type: `${step} ms after settling`, description: `${afterSettledMs}` });
    expect(await slateOn(await driver.picture(step))).toEqual({ step, isSettled: true });
    if (step === 'FACE') continue;
    const lying = truth.frames.find((frame) => frame.step === step && frame.isSettled)?.quad;
    expect(intersectionOverUnion(quad as Quad, lying as Quad)).toBeGreaterThan(0.9);
  }
});

const CARD: ClipRequest = {
  widthPx: 1280,
  heightPx: 720,
  seed: 3,
  issuer: 'LT',
  documentType: 'ID_CARD',
  issuedOn: '2024-03-01',
  billIssuedOn: '2024-03-01',
};

test('a card that lies upside down is sent upright', async ({ launch, folder }) => {
  const clip = join(folder, 'turned.mjpeg');
  await writeConditionClip(clip, 'still', CARD, { rotationDeg: 178 });
  const kiosk = await launch({ args: cameraShowing(clip) });
  const driver = driverOf(kiosk);
  await driver.begin({ country: 'LT', documentType: 'ID_CARD' });
  await kiosk.page.locator('[data-screen="capture"][data-step="BACK"]').waitFor();
  const picture = await driver.picture('FRONT');
  const { data, info } = await sharp(picture)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const frame = { widthPx: info.width, heightPx: info.height, channels: 4, data } as const;
  const [face] = detectFaces(await loadFaceNetwork(), frame);
  expect(face?.points.mouth.y).toBeGreaterThan(face?.points.noseTip.y ?? Infinity);
});

test('a document of another country than was chosen is told of, holds nothing up, and can be put right', async ({
  launch,
}) => {
  const kiosk = await launch(await cameraFor('PASSPORT'));
  const driver = driverOf(kiosk);
  await driver.begin({ country: 'LV', documentType: 'PASSPORT' });
  await driver.screen('review');
  await kiosk.page.locator('[data-doubt~="COUNTRY_DIFFERS"]').waitFor();
  await driver.press('change-document');
  await driver.screen('document');
  await driver.press('choose');
  await driver.screen('review');
  expect(await driver.session()).toMatchObject({ country: 'LT', documentType: 'PASSPORT' });
  await expect(kiosk.page.locator('[data-doubt]')).toHaveCount(0);
});

/** What lies before the camera, and what the hint says of it for as long as it does. */
const REFUSED: readonly [scene: string, hint: string, condition: Condition, Showing?][] = [
  ['the back of a card', 'SHOW_FRONT', 'still', { side: 'BACK' }],
  ['a blurred card', 'HOLD_STILL', 'blurred'],
  ['glare', 'TILT_GLARE', 'glare'],
  ['the dark', 'MORE_LIGHT', 'dark'],
  ['an empty table', 'SHOW_DOCUMENT', 'empty'],
];

test('no picture takes itself of what is spoilt, empty or the wrong side, and the hint says why', async ({
  launch,
  folder,
}) => {
  const seen = join(folder, 'seen.y4m');
  const kiosk = await launch({ args: cameraShowing(seen) });
  const driver = driverOf(kiosk);
  let isFirst = true;
  for (const [scene, hint, condition, showing] of REFUSED)
    await test.step(`${scene}: ${hint}`, async () => {
      const clip = join(folder, 'scene.mjpeg');
      await writeConditionClip(clip, condition, CARD, showing);
      const film = await filmOf(clip);
      // The fake camera opens its file anew each time it is switched on; until then it keeps the old one.
      await rm(seen, { force: true });
      await writeFile(seen, Buffer.concat([film.header, await film.scene(() => true)]));
      if (isFirst) await driver.begin({ country: 'LT', documentType: 'ID_CARD' });
      else await driver.press('choose');
      isFirst = false;
      await kiosk.page.locator(`.guidance[data-hint="${hint}"]`).waitFor();
      await kiosk.page.waitForTimeout(WATCH_MS);
      await expect(kiosk.page.locator('.guidance')).toHaveAttribute('data-hint', hint);
      const { steps } = await driver.session();
      expect(steps.filter(({ picture }) => picture !== null)).toEqual([]);
      await driver.press('back');
      await driver.screen('document');
    });
});
