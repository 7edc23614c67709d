/** Reading the barcode of drawn licences as they lie on a desk. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, expect, it } from 'vitest';
import { preparePdf417, readPdf417 } from '../../../../../renderer/vision/barcode/read-pdf417.ts';
import { rectifyRegion } from '../../../../../renderer/vision/barcode/rectify.ts';
import { drawDocument } from '../../../../specimens/documents/catalogue.ts';
import { personOf } from '../../../../specimens/documents/person.ts';
import type { Specimen } from '../../../../specimens/documents/specimen.ts';
import { casualPlacement, drawScene } from '../../../../specimens/scene.ts';
import { lumaOf, sharpOf, rendered } from '../../../../support/luma.ts';

let back: Specimen;
beforeAll(async () => {
  const wasm = readFileSync(
    createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'),
  );
  await preparePdf417(new Uint8Array(wasm).buffer);
  back = await drawDocument('driving-licence-back', {
    person: personOf(41, 'LT'),
    issuedOn: '2025-03-14',
    dpi: 400,
  });
}, 60_000);

it.each([
  [-20, 0],
  [-11, 0],
  [-3, 0],
  [0, 0],
  [5, 0],
  [14, 0],
  [20, 0],
  [90, 3],
  [170, 2],
  [180, 2],
  [270, 1],
])(
  'reads the code of a licence turned by %i degrees, and says how it is put upright',
  async (deg, quarterTurns) => {
    const upright = await rendered(sharpOf(back.picture));
    const picture = await rendered(upright.rotate(deg, { background: '#6a5f50' }));
    const text = back.barcodeText;
    expect(await readPdf417(await lumaOf(picture))).toEqual({ text, quarterTurns });
  },
);

it.each([1, 2, 3, 4])(
  'reads it under a camera that leans, on a textured desk (%i)',
  async (seed) => {
    const scene = await drawScene({
      widthPx: 1600,
      heightPx: 1200,
      seed,
      background: 'wood',
      specimen: back,
      placement: casualPlacement(seed),
      defects: {},
      noiseSigma: 2,
    });
    const code = await readPdf417(await lumaOf(sharpOf(scene.picture)));
    expect(code?.text).toBe(back.barcodeText);
  },
);

it.each([
  ['blank paper', () => 230],
  ['stripes', (x: number) => (x % 4 < 2 ? 40 : 220)],
  ['a single edge', (x: number) => (x < 300 ? 40 : 220)],
])('a region of %s makes a picture of bounded size', (_what, lumaOfColumn) => {
  const data = Uint8Array.from({ length: 640 * 480 }, (_, at) => lumaOfColumn(at % 640));
  const region = { centreX: 320, centreY: 240, deg: 86, lengthPx: 90, widthPx: 1200 };
  const picture = rectifyRegion({ widthPx: 640, heightPx: 480, channels: 1, data }, region);
  expect(picture.widthPx * picture.heightPx).toBeLessThan(3_000_000);
});

it('says that there is none on a passport', async () => {
  const passport = await drawDocument('passport', {
    person: personOf(42, 'UTO'),
    issuedOn: '2025-03-14',
    dpi: 150,
  });
  expect(await readPdf417(await lumaOf(sharpOf(passport.picture)))).toBeNull();
});
