/**
 * Owns the drawn portrait: one invented person per seed, the same on documents and in front of the camera.
 * Never resembles anybody on purpose, never uses a photograph.
 */
import { createPrng, type Prng } from './prng.ts';
import { rasterFromSvg, type Raster } from './raster.ts';
import { FACE_CANVAS, shadeHead, type HeadShape } from './face-relief.ts';
import { backLayer, frontLayer, skinLayer } from './face-layers.ts';

type HairStyle = 'long' | 'short';

/** Everything that tells one portrait from another. */
export interface FaceLook {
  readonly shape: HeadShape;
  readonly hair: HairStyle;
  readonly skin: string;
  readonly lips: string;
  readonly hairColour: string;
  readonly iris: string;
  readonly clothes: string;
  readonly backdrop: string;
  /** Stroke width of the brows, canvas units. */
  readonly browWidth: number;
  /** Seed of the strands of hair. */
  readonly strandSeed: number;
}

const SKINS = [
  ['#f0c8ab', '#c9776c'],
  ['#e6b594', '#bd6b60'],
  ['#d39d78', '#a95c50'],
  ['#b27f5c', '#8f4a41'],
] as const;
const HAIRS = ['#2b211c', '#4a3324', '#6b4a2f', '#8d6a45', '#1c1a1b'] as const;
const IRISES = ['#5b7f9a', '#6d5a38', '#4a3626', '#5f7d5b'] as const;
const CLOTHES = ['#27374d', '#4b3a4f', '#31493f', '#5a2f35', '#3a3d42'] as const;

function shapeOf(random: Prng, hair: HairStyle): HeadShape {
  const slim = hair === 'long';
  return {
    halfWidth: random.between(204, 216) - (slim ? 6 : 0),
    halfChin: random.between(96, 112) - (slim ? 10 : 0),
    chinY: random.between(744, 756) - (slim ? 6 : 0),
    halfNose: random.between(38, 44) - (slim ? 3 : 0),
    noseHeight: random.between(42, 52) - (slim ? 4 : 0),
    halfEyes: random.between(93, 99),
  };
}

/** The look that belongs to a seed. Sex X draws either hair style. */
export function faceLook(seed: number, sex: 'F' | 'M' | 'X'): FaceLook {
  const random = createPrng(seed, 'face');
  const either = random.pick(['long', 'short'] as const);
  const hair = sex === 'F' ? 'long' : sex === 'M' ? 'short' : either;
  const [skin, lips] = random.pick(SKINS);
  return {
    shape: shapeOf(random, hair),
    hair,
    skin,
    lips,
    hairColour: random.pick(HAIRS),
    iris: random.pick(IRISES),
    clothes: random.pick(CLOTHES),
    backdrop: '#dfe4e8',
    browWidth: hair === 'short' ? random.between(15, 19) : random.between(10, 13),
    strandSeed: random.int(1, 1_000_000),
  };
}

/** Lay `top` over `base`, in place. */
function over(base: Uint8Array, top: Uint8Array): void {
  for (let index = 0; index < base.length; index += 4) {
    const alpha = (top[index + 3] ?? 0) / 255;
    if (alpha === 0) continue;
    const keep = 1 - alpha;
    base[index] = (base[index] ?? 0) * keep + (top[index] ?? 0) * alpha;
    base[index + 1] = (base[index + 1] ?? 0) * keep + (top[index + 1] ?? 0) * alpha;
    base[index + 2] = (base[index + 2] ?? 0) * keep + (top[index + 2] ?? 0) * alpha;
    base[index + 3] = Math.max(base[index + 3] ?? 0, top[index + 3] ?? 0);
  }
}

/** Shadow on skin is warm: red falls least (light scatters below the surface). */
const SHADOW_POWER = [0.78, 1.06, 1.16] as const;
const STEPS = 512;
const SHADOW = SHADOW_POWER.map((power) =>
  Float32Array.from({ length: STEPS + 1 }, (_, step) => Math.max(0.4, step / STEPS) ** power),
);

function shadeSkin(skin: Uint8Array, shade: Float32Array): void {
  const [red, green, blue] = SHADOW;
  if (red === undefined || green === undefined || blue === undefined) return;
  for (let pixel = 0; pixel < shade.length; pixel += 1) {
    const index = pixel * 4;
    if ((skin[index + 3] ?? 0) === 0) continue;
    const factor = shade[pixel] ?? 1;
    const step = Math.min(STEPS, Math.round(factor * STEPS));
    const light = Math.max(1, factor);
    skin[index] = Math.min(255, (skin[index] ?? 0) * light * (red[step] ?? 1));
    skin[index + 1] = Math.min(255, (skin[index + 1] ?? 0) * light * (green[step] ?? 1));
    skin[index + 2] = Math.min(255, (skin[index + 2] ?? 0) * light * (blue[step] ?? 1));
  }
}

/**
 * Draw the portrait, 7:9, `heightPx` high, opaque. With `backdrop` null the background is transparent,
 * to stand the person before a scene.
 */
export async function drawPortrait(
  look: FaceLook,
  heightPx: number,
  options: { readonly transparent?: boolean } = {},
): Promise<Raster> {
  const widthPx = Math.round((heightPx * FACE_CANVAS.width) / FACE_CANVAS.height);
  const layers = await Promise.all(
    [backLayer(look, options.transparent ?? false), skinLayer(look), frontLayer(look)].map(
      async (content) =>
        await rasterFromSvg(
          `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}" viewBox="0 0 ${FACE_CANVAS.width} ${FACE_CANVAS.height}" preserveAspectRatio="none">${content}</svg>`,
          widthPx,
          heightPx,
        ),
    ),
  );
  const [back, skin, front] = layers;
  if (back === undefined || skin === undefined || front === undefined)
    throw new Error('No layers.');
  shadeSkin(skin.data, shadeHead(look.shape, widthPx, heightPx));
  over(back.data, skin.data);
  over(back.data, front.data);
  return back;
}
