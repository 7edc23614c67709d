/** Reading drawn documents: from the desk of a good scanner to what a poor camera makes of them. */
import { readFileSync } from 'node:fs';
import type { Sharp } from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { createMrzReader } from '../../../../../renderer/vision/mrz/read-mrz.ts';
import { drawDocument, type DocumentName } from '../../../../specimens/documents/catalogue.ts';
import { personOf } from '../../../../specimens/documents/person.ts';
import type { Specimen } from '../../../../specimens/documents/specimen.ts';
import { casualPlacement, drawScene } from '../../../../specimens/scene.ts';
import { lumaOf, sharpOf, rendered } from '../../../../support/luma.ts';

const readMrz = createMrzReader(
  readFileSync(new URL('../../../../../renderer/vision/mrz/line-network.bin', import.meta.url)),
);

const draw = async (name: DocumentName, seed: number): Promise<Specimen> =>
  await drawDocument(name, { person: personOf(seed, 'LT'), issuedOn: '2025-03-14', dpi: 200 });

let specimens: Readonly<Record<string, Specimen>>;
beforeAll(async () => {
  specimens = {
    TD3: await draw('passport', 31),
    TD1: await draw('identity-card-back', 32),
  };
}, 60_000);

/** What happens between document and reader; pictures are `widthPx` wide. */
const CONDITIONS: Readonly<
  Record<string, (picture: Sharp, widthPx: number) => Promise<Sharp> | Sharp>
> = {
  'as scanned': (picture) => picture,
  'nine pixels from letter to letter': (picture) => picture.resize(445),
  'turned by 9 degrees': (picture) => picture.rotate(9, { background: '#5b5346' }),
  'turned by −14 degrees': (picture) => picture.rotate(-14, { background: '#5b5346' }),
  'upside down': (picture) => picture.rotate(180),
  'on its side': (picture) => picture.rotate(90),
  'cut out tightly': (picture, widthPx) =>
    picture.extract(
      widthPx > 800
        ? { left: 20, top: 566, width: widthPx - 40, height: 84 }
        : { left: 20, top: 290, width: widthPx - 40, height: 108 },
    ),
  'out of focus': async (picture, widthPx) =>
    (await rendered(picture.resize(700))).blur(widthPx / 900),
  'compressed to a tenth': async (picture) =>
    rendered((await rendered(picture.resize(620))).jpeg({ quality: 30 })),
  'in the dark': (picture) => picture.linear(0.28, 8),
  'in the middle of a large picture': (picture, widthPx) =>
    picture.extend({
      top: 300,
      bottom: 350,
      left: widthPx >> 1,
      right: 260,
      background: '#3d4a44',
    }),
};

describe.each(['TD3', 'TD1'])('a drawn document of format %s', (format) => {
  it.each(Object.keys(CONDITIONS))('is read to the letter %s', async (condition) => {
    const specimen = specimens[format];
    const apply = CONDITIONS[condition];
    if (specimen === undefined || apply === undefined) throw new Error('Not drawn.');
    const upright = await rendered(sharpOf(specimen.picture));
    const picture = await rendered(await apply(upright, specimen.picture.widthPx));
    const reading = readMrz(await lumaOf(picture));
    expect(reading?.lines).toEqual(specimen.mrzLines);
    expect(reading?.format).toBe(format);
    expect(reading?.areCheckDigitsRight).toBe(true);
  });

  it('is read to the letter under a camera that leans, with noise and no rectification', async () => {
    const specimen = specimens[format] ?? null;
    const scene = await drawScene({
      widthPx: 1280,
      heightPx: 720,
      seed: 5,
      background: 'wood',
      specimen,
      placement: casualPlacement(5),
      defects: {},
      noiseSigma: 3,
    });
    const reading = readMrz(await lumaOf(sharpOf(scene.picture)));
    expect(reading?.lines).toEqual(specimen?.mrzLines);
  });
});

it.each(['identity-card-front', 'driving-licence-front', 'utility-bill'] as const)(
  'finds no zone on a document without one: %s',
  async (name) => {
    const { picture } = await draw(name, 33);
    expect(readMrz(await lumaOf(sharpOf(picture)))).toBeNull();
  },
);

it('finds no zone on blank paper', () => {
  const data = new Uint8Array(640 * 480).fill(230);
  expect(readMrz({ widthPx: 640, heightPx: 480, channels: 1, data })).toBeNull();
});
