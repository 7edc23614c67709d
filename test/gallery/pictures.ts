/** What cameras and scanners show in the gallery: drawn specimens, the same in every run. */
import type { PageQuad } from '../../preload/contract/scanner-channels.ts';
import type { Raster } from '../specimens/raster.ts';
import { encodeJpeg } from '../specimens/raster.ts';
import { drawForClip, HELD, type ClipRequest } from '../specimens/clip-request.ts';
import type { DocumentName } from '../specimens/documents/catalogue.ts';
import { drawGlass } from '../specimens/glass.ts';
import { drawScene } from '../specimens/scene.ts';
import type { Placement } from '../specimens/homography.ts';
import { drawPeople } from '../support/people.ts';

const SIZE = { widthPx: 1280, heightPx: 720 };
const SEED = 20_261;
const JPEG_QUALITY = 88;
/** Of a glass that is shown small. */
const GLASS_DPI = 100;

const REQUEST: ClipRequest = {
  ...SIZE,
  seed: SEED,
  issuer: 'UTO',
  documentType: 'ID_CARD',
  issuedOn: '2024-05-14',
  billIssuedOn: '2026-10-30',
};

/** Of another country than the one that a resumed session has chosen, and expired. */
const DOUBTFUL: Partial<ClipRequest> = { issuer: 'LV', issuedOn: '2012-05-14' };

/** Too far away for the shutter, so that a screen stands as long as it is looked at. */
const FAR: Placement = { ...HELD, fill: 0.4, shiftX: 0.04, shiftY: -0.03 };

/** From the eyes down to where a drawn portrait ends, in distances between the pupils. */
const SHOULDERS = 3.4;

const jpegOf = async (raster: Raster): Promise<Uint8Array<ArrayBuffer>> =>
  Uint8Array.from(await encodeJpeg(raster, JPEG_QUALITY));

const sceneOf = async (
  name: DocumentName | null,
  placement: Placement = HELD,
  request: Partial<ClipRequest> = {},
): Promise<Uint8Array<ArrayBuffer>> => {
  const specimen = name === null ? null : await drawForClip(name, { ...REQUEST, ...request });
  const { picture } = await drawScene({
    ...SIZE,
    seed: SEED,
    background: 'wood',
    specimen,
    placement,
    defects: {},
    noiseSigma: 1,
  });
  return jpegOf(picture);
};

/** Somebody whose shoulders reach the lower edge. */
const faceOf = async (eyesPx: number): Promise<Uint8Array<ArrayBuffer>> => {
  const y = SIZE.heightPx - eyesPx * SHOULDERS;
  const people = [{ x: SIZE.widthPx / 2, y, eyesPx }];
  const { widthPx, heightPx, data } = await drawPeople(people, SIZE);
  const rgb = new Uint8Array(widthPx * heightPx * 3);
  for (let pixel = 0; pixel < widthPx * heightPx; pixel += 1)
    rgb.set(data.subarray(pixel * 4, pixel * 4 + 3), pixel * 3);
  return jpegOf({ widthPx, heightPx, channels: 3, data: rgb });
};

/** Where the sides of a card lie on the glass: middles in millimetres, turned clockwise. */
const LAID = {
  'identity-card-front': { xMm: 60, yMm: 60, turnDeg: 2 },
  'identity-card-back': { xMm: 66, yMm: 160, turnDeg: -3 },
} as const;

const glass = async (): Promise<Uint8Array<ArrayBuffer>> => {
  const laid = await Promise.all(
    (['identity-card-front', 'identity-card-back'] as const).map(async (name) => ({
      specimen: await drawForClip(name, REQUEST),
      ...LAID[name],
    })),
  );
  return jpegOf(drawGlass({ seed: 5, dpi: GLASS_DPI, lid: 246, laid }).page);
};

/** The corners of both cards in pixels of a page of 300 dpi, as main finds them. */
export const GLASS_QUADS = Object.values(LAID).map(({ xMm, yMm, turnDeg }): PageQuad => {
  const turn = (turnDeg * Math.PI) / 180;
  const corner = (right: number, down: number) => ({
    x: ((xMm + right * Math.cos(turn) - down * Math.sin(turn)) * 300) / 25.4,
    y: ((yMm + right * Math.sin(turn) + down * Math.cos(turn)) * 300) / 25.4,
  });
  return [corner(-42.8, -27), corner(42.8, -27), corner(42.8, 27), corner(-42.8, 27)];
});

const DRAW = {
  table: () => sceneOf(null),
  'card-far': () => sceneOf('identity-card-front', FAR),
  'back-far': () => sceneOf('identity-card-back', FAR),
  'bill-far': () => sceneOf('utility-bill', { ...FAR, fill: 0.5 }),
  'face-far': () => faceOf(70),
  FRONT: () => sceneOf('identity-card-front'),
  BACK: () => sceneOf('identity-card-back'),
  passport: () => sceneOf('passport', HELD, DOUBTFUL),
  FACE: () => faceOf(120),
  UTILITY_BILL: () => sceneOf('utility-bill', { ...HELD, fill: 0.9 }),
  glass,
} as const satisfies Record<string, () => Promise<Uint8Array<ArrayBuffer>>>;

export type PictureName = keyof typeof DRAW;

/** JPEGs by name; all of them unless some are named. */
export const drawPictures = async (
  names: readonly PictureName[] = Object.keys(DRAW) as PictureName[],
): Promise<ReadonlyMap<PictureName, Uint8Array<ArrayBuffer>>> =>
  new Map(await Promise.all(names.map(async (name) => [name, await DRAW[name]()] as const)));
