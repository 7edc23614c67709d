/** Clips that others made: KIOSK_CLIPS names their folder. Without it there is nothing to prove here. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'playwright/test';
import { intersectionOverUnion, type Quad } from '../../renderer/vision/geometry.ts';
import type { CaptureStep, DocumentType } from '../../preload/contract/vocabulary.ts';
import { driverOf, test } from './support/fixtures.ts';
import { frameShown, frameTaken, readGivenClip } from './support/given-clip.ts';
import { noteShots, shotsOf } from './support/shutter-watch.ts';

const FOLDER = process.env['KIOSK_CLIPS'] ?? '';
/** A loop and a half of six seconds. */
const WATCH_MS = 9_000;
/** From the first frame in which the document lies still. */
const AT_ONCE_MS = 1_000;

interface Given {
  readonly clip: string;
  readonly documentType: DocumentType;
  /** The step that is shown; the policy asks for it first. */
  readonly step: CaptureStep;
}

const FIRING: readonly Given[] = [
  { clip: 'id_front_settle', documentType: 'ID_CARD', step: 'FRONT' },
  { clip: 'passport_mrz_settle', documentType: 'PASSPORT', step: 'FRONT' },
  { clip: 'id_back_barcode_settle', documentType: 'DRIVER_LICENSE', step: 'BACK' },
  { clip: 'face_approach', documentType: 'ID_CARD', step: 'FACE' },
];
const SPOILT: readonly Given[] = [
  { clip: 'id_blurred', documentType: 'ID_CARD', step: 'FRONT' },
  { clip: 'id_glare', documentType: 'ID_CARD', step: 'FRONT' },
];

/** A policy that asks for this step alone. */
const asksFor = async (folder: string, { documentType, step }: Given): Promise<void> => {
  const steps = { [documentType]: { required: [step], optional: [] } };
  await writeFile(join(folder, 'policy.json'), JSON.stringify({ documents: { steps } }));
};

for (const given of FIRING)
  test(`given clip ${given.clip}: the picture takes itself within a second, as it lies still`, async ({
    launch,
    folder,
  }, info) => {
    info.skip(!existsSync(join(FOLDER, `${given.clip}.mjpeg`)), 'no such clip');
    await asksFor(folder, given);
    const frames = await readGivenClip(FOLDER, given.clip);
    const clip = join(FOLDER, `${given.clip}.mjpeg`);
    const kiosk = await launch({ args: [`--use-file-for-fake-video-capture=${clip}`] });
    const driver = driverOf(kiosk);
    await noteShots(kiosk.page);
    await driver.begin({ country: 'US', documentType: given.documentType });
    await driver.screen('review');
    const [shot] = await shotsOf(kiosk.page);
    const shown = (shot?.seen ?? []).map(({ thumb, beforeMs }) => ({
      ...frameShown(frames, thumb),
      beforeMs,
    }));
    const taken = await frameTaken(frames, await driver.picture(given.step));
    expect(['settling', 'still']).toContain(taken.phase);
    if (given.step !== 'FACE')
      expect(intersectionOverUnion(shot?.quad as Quad, taken.quad as Quad)).toBeGreaterThan(0.9);
    const lastMoving = shown.findLastIndex(({ phase }) => phase !== 'still');
    const stillForMs = shown[lastMoving + 1]?.beforeMs ?? 0;
    info.annotations.push({ type: 'ms after settling', description: stillForMs.toFixed(0) });
    // A clip that already lay still when the camera began says nothing about how long it took.
    if (lastMoving >= 0) expect(stillForMs).toBeLessThan(AT_ONCE_MS);
  });

for (const given of SPOILT)
  test(`given clip ${given.clip}: never a picture`, async ({ launch, folder }, info) => {
    info.skip(!existsSync(join(FOLDER, `${given.clip}.mjpeg`)), 'no such clip');
    await asksFor(folder, given);
    const clip = join(FOLDER, `${given.clip}.mjpeg`);
    const kiosk = await launch({ args: [`--use-file-for-fake-video-capture=${clip}`] });
    const driver = driverOf(kiosk);
    await noteShots(kiosk.page);
    await driver.begin({ country: 'US', documentType: given.documentType });
    await driver.screen('capture');
    await kiosk.page.waitForTimeout(WATCH_MS);
    expect(await shotsOf(kiosk.page)).toEqual([]);
  });
