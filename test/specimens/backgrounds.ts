/**
 * Owns what lies below a document: table tops without and with things on them.
 * Never draws a document.
 */
import { newFrame, type Frame } from './frame.ts';
import { createPrng, type Prng } from './prng.ts';
import { rasterFromSvg } from './raster.ts';
import { textureOf, warpInto } from './warp.ts';

export const BACKGROUNDS = ['plain', 'wood', 'fabric', 'clutter'] as const;
export type Background = (typeof BACKGROUNDS)[number];

type Colour = readonly [red: number, green: number, blue: number];

/** Smooth random field, −1…1, with lattice cells of the given size; unlike cell sides make streaks. */
function addNoise(
  field: Float32Array,
  widthPx: number,
  heightPx: number,
  cell: readonly [width: number, height: number],
  amount: number,
  random: Prng,
): void {
  const [cellWidth, cellHeight] = cell;
  const columns = Math.ceil(widthPx / cellWidth) + 2;
  const rows = Math.ceil(heightPx / cellHeight) + 2;
  const lattice = Float32Array.from({ length: columns * rows }, () =>
    random.between(-amount, amount),
  );
  const smooth = (t: number) => t * t * (3 - 2 * t);
  const weightX = Float32Array.from({ length: widthPx }, (_, x) => smooth((x / cellWidth) % 1));
  for (let y = 0; y < heightPx; y += 1) {
    const latticeRow = Math.floor(y / cellHeight) * columns;
    const fy = smooth((y / cellHeight) % 1);
    for (let x = 0; x < widthPx; x += 1) {
      const at = latticeRow + Math.floor(x / cellWidth);
      const fx = weightX[x] ?? 0;
      const upper = (lattice[at] ?? 0) * (1 - fx) + (lattice[at + 1] ?? 0) * fx;
      const lower = (lattice[at + columns] ?? 0) * (1 - fx) + (lattice[at + columns + 1] ?? 0) * fx;
      const index = y * widthPx + x;
      field[index] = (field[index] ?? 0) + upper * (1 - fy) + lower * fy;
    }
  }
}

/** A frame of one colour, lightened and darkened by a field (1 = the colour itself). */
function tinted(
  widthPx: number,
  heightPx: number,
  [red, green, blue]: Colour,
  field: Float32Array,
): Frame {
  const frame = newFrame(widthPx, heightPx);
  for (let pixel = 0; pixel < field.length; pixel += 1) {
    const factor = 1 + (field[pixel] ?? 0);
    frame.data[pixel * 3] = red * factor;
    frame.data[pixel * 3 + 1] = green * factor;
    frame.data[pixel * 3 + 2] = blue * factor;
  }
  return frame;
}

function plain(widthPx: number, heightPx: number, scale: number, random: Prng): Frame {
  const field = new Float32Array(widthPx * heightPx);
  addNoise(field, widthPx, heightPx, [260 * scale, 260 * scale], 0.05, random);
  const colour = random.pick([
    [52, 58, 66],
    [88, 96, 104],
    [38, 66, 72],
    [150, 146, 138],
  ] as const);
  return tinted(widthPx, heightPx, colour, field);
}

function wood(widthPx: number, heightPx: number, scale: number, random: Prng): Frame {
  const field = new Float32Array(widthPx * heightPx);
  addNoise(field, widthPx, heightPx, [420 * scale, 46 * scale], 0.16, random);
  addNoise(field, widthPx, heightPx, [240 * scale, 9 * scale], 0.12, random);
  addNoise(field, widthPx, heightPx, [120 * scale, 4 * scale], 0.06, random);
  const plank = Math.round(random.between(150, 230) * scale);
  for (let y = 0; y < heightPx; y += 1) {
    const seam = y % plank;
    const depth = seam < 3 * scale ? -0.5 : 0;
    const tone = ((Math.floor(y / plank) * 0.37) % 0.24) - 0.12;
    for (let x = 0; x < widthPx; x += 1) {
      const index = y * widthPx + x;
      field[index] = (field[index] ?? 0) + tone + depth;
    }
  }
  const colour = random.pick([
    [118, 78, 48],
    [84, 54, 36],
    [142, 104, 68],
  ] as const);
  return tinted(widthPx, heightPx, colour, field);
}

function fabric(widthPx: number, heightPx: number, scale: number, random: Prng): Frame {
  const field = new Float32Array(widthPx * heightPx);
  addNoise(field, widthPx, heightPx, [200 * scale, 150 * scale], 0.12, random);
  addNoise(field, widthPx, heightPx, [60 * scale, 2.4 * scale], 0.08, random);
  addNoise(field, widthPx, heightPx, [2.4 * scale, 60 * scale], 0.08, random);
  const thread = (2 * Math.PI) / (5 * scale);
  const warpThread = Float32Array.from({ length: widthPx }, (_, x) => 0.07 * Math.sin(x * thread));
  for (let y = 0; y < heightPx; y += 1) {
    const weft = 0.07 * Math.sin(y * thread);
    for (let x = 0; x < widthPx; x += 1) {
      const index = y * widthPx + x;
      field[index] = (field[index] ?? 0) + weft + (warpThread[x] ?? 0);
    }
  }
  const colour = random.pick([
    [70, 84, 112],
    [112, 66, 62],
    [92, 96, 84],
  ] as const);
  return tinted(widthPx, heightPx, colour, field);
}

/** Things people leave on a counter, strewn around the middle. 1280 × 720 units. */
function thingsSvg(widthPx: number, heightPx: number, random: Prng): string {
  const place = (x: number, y: number, turn: number, content: string) =>
    `<g transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn.toFixed(1)})">${content}</g>`;
  const lines = Array.from(
    { length: 12 },
    (_, line) =>
      `<path d="M24 ${40 + line * 26}H${random.int(180, 300)}" stroke="#6a7077" stroke-width="3"/>`,
  ).join('');
  const paper = `<rect width="330" height="430" fill="#000" fill-opacity="0.25" transform="translate(5 7)"/><rect width="330" height="430" fill="#efede6"/>${lines}`;
  const pen = `<rect x="-150" y="-8" width="270" height="16" rx="7" fill="#1e3f7a"/><path d="M120 -8L158 0L120 8Z" fill="#c9cdd2"/><rect x="-140" y="-11" width="86" height="4" rx="2" fill="#c9cdd2"/>`;
  const cup = `<circle r="104" fill="#000" fill-opacity="0.3" cx="7" cy="9"/><circle r="100" fill="#e9e6df"/><circle r="86" fill="#3a2415"/><ellipse cx="-22" cy="-28" rx="34" ry="18" fill="#6b4a33" fill-opacity="0.6"/>`;
  const phone = `<rect width="170" height="340" rx="22" fill="#17191c"/><rect x="8" y="12" width="154" height="316" rx="12" fill="#272d36"/><path d="M20 20L110 20L24 180Z" fill="#fff" fill-opacity="0.07"/>`;
  const keys = `<circle r="34" fill="none" stroke="#b8bcc0" stroke-width="6"/><path d="M30 10L120 60M26 20L96 96" stroke="#a8905a" stroke-width="14"/>`;
  const jitter = (range: number) => random.between(-range, range);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}" viewBox="0 0 1280 720" preserveAspectRatio="none">${[
    place(-90 + jitter(60), 330 + jitter(50), -18 + jitter(14), paper),
    place(1040 + jitter(50), -140 + jitter(50), 16 + jitter(12), paper),
    place(1140 + jitter(40), 590 + jitter(40), 0, cup),
    place(250 + jitter(80), 46 + jitter(26), 8 + jitter(20), pen),
    place(30 + jitter(30), -60 + jitter(50), 24 + jitter(12), phone),
    place(720 + jitter(90), 680 + jitter(20), jitter(50), keys),
  ].join('')}</svg>`;
}

async function clutter(
  widthPx: number,
  heightPx: number,
  scale: number,
  random: Prng,
): Promise<Frame> {
  const frame = wood(widthPx, heightPx, scale, random);
  const things = await rasterFromSvg(thingsSvg(widthPx, heightPx, random), widthPx, heightPx);
  warpInto(frame, textureOf(things), [
    { x: 0, y: 0 },
    { x: widthPx, y: 0 },
    { x: widthPx, y: heightPx },
    { x: 0, y: heightPx },
  ]);
  return frame;
}

const DRAW = { plain, wood, fabric, clutter } as const;

/** Draw a table top. */
export async function drawBackground(
  kind: Background,
  widthPx: number,
  heightPx: number,
  seed: number,
): Promise<Frame> {
  const random = createPrng(seed, `background-${kind}`);
  return await DRAW[kind](widthPx, heightPx, widthPx / 1280, random);
}
