/**
 * Paints what photographs of willing people do not show: eyes that are shut or behind dark glasses, a
 * mask over nose and mouth. Painted in proportion to the distance of the eyes, in colours of the picture.
 */
import sharp from 'sharp';
import type { FacePoints } from '../../renderer/vision/face/detect.ts';
import type { Point } from '../../renderer/vision/geometry.ts';
import type { Raster } from '../../renderer/vision/raster.ts';

export const VARIANTS = [
  'eyes-shut',
  'dark-glasses',
  'mask-blue',
  'mask-white',
  'mask-black',
] as const;
export type Variant = (typeof VARIANTS)[number];

const MASKS = { 'mask-blue': '#78aacd', 'mask-white': '#e8e8e4', 'mask-black': '#1e1e22' } as const;
const GLASSES = '#141416';
const LASHES = '#2d1e19';

/** What is painted is measured where the eyes lie at x = ±40, y = 0. */
const EYE_X = 40;

/** Mean colour of a square of the frame, as CSS has it. */
const colourAt = ({ widthPx, heightPx, data }: Raster, at: Point, reach: number): string => {
  const sums = [0, 0, 0];
  let count = 0;
  const between = (value: number, most: number): number => Math.min(most - 1, Math.max(0, value));
  for (let dy = -reach; dy <= reach; dy += 1)
    for (let dx = -reach; dx <= reach; dx += 1) {
      const x = between(Math.round(at.x) + dx, widthPx);
      const y = between(Math.round(at.y) + dy, heightPx);
      for (let colour = 0; colour < 3; colour += 1)
        sums[colour] = (sums[colour] ?? 0) + (data[(y * widthPx + x) * 4 + colour] ?? 0);
      count += 1;
    }
  return `rgb(${sums.map((sum) => Math.round(sum / count)).join(',')})`;
};

/** A copy of the frame with the variant painted over the face. */
export const paintVariant = async (
  frame: Raster,
  { rightEye, leftEye, noseTip, mouth }: FacePoints,
  variant: Variant,
): Promise<Raster> => {
  const { widthPx, heightPx } = frame;
  const middle = { x: (rightEye.x + leftEye.x) / 2, y: (rightEye.y + leftEye.y) / 2 };
  const across = {
    x: (leftEye.x - rightEye.x) / (2 * EYE_X),
    y: (leftEye.y - rightEye.y) / (2 * EYE_X),
  };
  const square = across.x ** 2 + across.y ** 2;
  const down = (point: Point): number =>
    ((point.y - middle.y) * across.x - (point.x - middle.x) * across.y) / square;
  const shutEye = (x: number): string => {
    const cheek = {
      x: middle.x + across.x * x - across.y * 22,
      y: middle.y + across.y * x + across.x * 22,
    };
    const lid = colourAt(frame, cheek, Math.ceil(7 * Math.sqrt(square)));
    return `<ellipse cx="${x}" rx="21" ry="10" fill="${lid}"/>
      <path d="M${x - 18} 2 Q${x} 9 ${x + 18} 2" fill="none" stroke="${LASHES}" stroke-width="2.6"/>`;
  };
  const glass = (x: number): string =>
    `<ellipse cx="${x}" cy="2" rx="32" ry="24" fill="${GLASSES}"/>`;
  const nose = down(noseTip);
  const chin = down(mouth) + 12;
  const drawing =
    variant === 'eyes-shut'
      ? shutEye(-EYE_X) + shutEye(EYE_X)
      : variant === 'dark-glasses'
        ? `${glass(-EYE_X)}${glass(EYE_X)}<rect x="-10" y="-6" width="20" height="5" fill="${GLASSES}"/>`
        : `<path d="M-62 ${nose - 8} Q0 ${nose - 26} 62 ${nose - 8} L58 ${chin} Q0 ${chin + 50} -58 ${chin} Z" fill="${MASKS[variant]}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}">
    <filter id="soft"><feGaussianBlur stdDeviation="0.8"/></filter>
    <g filter="url(#soft)" transform="matrix(${across.x} ${across.y} ${-across.y} ${across.x} ${middle.x} ${middle.y})">${drawing}</g></svg>`;
  const painted = await sharp(frame.data, {
    raw: { width: widthPx, height: heightPx, channels: 4 },
  })
    .composite([{ input: Buffer.from(svg) }])
    .raw()
    .toBuffer();
  return { widthPx, heightPx, channels: 4, data: painted };
};

const SCENE = { widthPx: 1280, heightPx: 720 };
const WALL = { r: 150, g: 150, b: 146, alpha: 1 };

/** Pictures beside each other before a wall, each as large as its share of the height says. */
export const standTogether = async (
  pictures: readonly { readonly frame: Raster; readonly share: number }[],
): Promise<Raster> => {
  const columnPx = Math.floor(SCENE.widthPx / pictures.length);
  const layers = await Promise.all(
    pictures.map(async ({ frame, share }, index) => {
      const { data, info } = await sharp(frame.data, {
        raw: { width: frame.widthPx, height: frame.heightPx, channels: 4 },
      })
        .resize(columnPx, Math.round(SCENE.heightPx * share), { fit: 'inside' })
        .raw()
        .toBuffer({ resolveWithObject: true });
      const left = index * columnPx + Math.floor((columnPx - info.width) / 2);
      const raw = { width: info.width, height: info.height, channels: 4 as const };
      return { input: data, raw, left, top: SCENE.heightPx - info.height };
    }),
  );
  const { widthPx: width, heightPx: height } = SCENE;
  const data = await sharp({ create: { width, height, channels: 4, background: WALL } })
    .composite(layers)
    .raw()
    .toBuffer();
  return { ...SCENE, channels: 4, data };
};
