/**
 * Owns the command that writes specimens for people to look at: node test/specimens/draw.ts --out DIR [--seed N]
 * Never used by tests: they draw what they need.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BACKGROUNDS } from './backgrounds.ts';
import { writeSessionClip } from './clips.ts';
import { CONDITIONS, writeConditionClip } from './condition-clips.ts';
import { DOCUMENT_NAMES, drawDocument } from './documents/catalogue.ts';
import { personOf } from './documents/person.ts';
import { truthOf, type Specimen } from './documents/specimen.ts';
import { drawPortrait, faceLook } from './face.ts';
import { encodePng } from './raster.ts';
import { casualPlacement, drawScene, type Defects } from './scene.ts';

/** The commands' own days of issue: fixed, so that a seed alone decides. */
const ISSUED_ON = '2025-03-14';
const BILL_ISSUED_ON = '2026-01-20';
const DPI = 300;
const BILL_DPI = 150;
const FRAME = { widthPx: 1280, heightPx: 720 } as const;

const DEFECTS: Readonly<Record<string, Defects>> = {
  good: {},
  blurred: { blurSigmaPx: 2.4 },
  moved: { motionBlurPx: 14 },
  glare: { glare: 1 },
  finger: { hasFinger: true },
  shadow: { hasCastShadow: true },
  dark: { exposure: 0.3 },
};

async function writeJson(file: string, value: unknown): Promise<void> {
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
}

async function drawDocuments(out: string, seed: number): Promise<readonly Specimen[]> {
  const specimens: Specimen[] = [];
  for (const name of DOCUMENT_NAMES) {
    const isBill = name === 'utility-bill';
    const specimen = await drawDocument(name, {
      person: personOf(seed, name === 'passport' ? 'UTO' : 'LT'),
      issuedOn: isBill ? BILL_ISSUED_ON : ISSUED_ON,
      dpi: isBill ? BILL_DPI : DPI,
    });
    await writeFile(join(out, `${name}.png`), await encodePng(specimen.picture, specimen.dpi));
    await writeJson(join(out, `${name}.json`), truthOf(specimen));
    specimens.push(specimen);
  }
  return specimens;
}

async function drawScenes(
  out: string,
  seed: number,
  specimens: readonly Specimen[],
): Promise<void> {
  for (const [index, [name, defects]] of Object.entries(DEFECTS).entries()) {
    const scene = await drawScene({
      ...FRAME,
      seed: seed + index,
      background: BACKGROUNDS[index % BACKGROUNDS.length] ?? 'wood',
      specimen: specimens[index % specimens.length] ?? null,
      placement: casualPlacement(seed + index),
      defects,
      noiseSigma: 2,
    });
    await writeFile(join(out, `scene-${name}.png`), await encodePng(scene.picture));
    await writeJson(join(out, `scene-${name}.json`), scene.truth);
  }
}

async function drawClips(out: string, seed: number): Promise<void> {
  const request = {
    ...FRAME,
    seed,
    issuer: 'LT',
    documentType: 'ID_CARD',
    issuedOn: ISSUED_ON,
    billIssuedOn: BILL_ISSUED_ON,
  } as const;
  const steps = ['FRONT', 'BACK', 'FACE', 'UTILITY_BILL'] as const;
  await writeSessionClip(join(out, 'session.mjpeg'), { ...request, steps });
  for (const condition of CONDITIONS) {
    await writeConditionClip(join(out, `${condition}.mjpeg`), condition, request);
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { out: { type: 'string' }, seed: { type: 'string', default: '1' } },
  });
  const seed = Number(values.seed);
  if (values.out === undefined || !Number.isSafeInteger(seed)) {
    console.error('Usage: node test/specimens/draw.ts --out DIR [--seed N]');
    return 64;
  }
  await mkdir(values.out, { recursive: true });
  const specimens = await drawDocuments(values.out, seed);
  for (const sex of ['F', 'M'] as const) {
    const portrait = await drawPortrait(faceLook(seed, sex), 900);
    await writeFile(join(values.out, `face-${sex}.png`), await encodePng(portrait));
  }
  await drawScenes(values.out, seed, specimens);
  await drawClips(values.out, seed);
  console.error(`Specimens of seed ${seed} are in ${values.out}.`);
  return 0;
}

process.exitCode = await main();
