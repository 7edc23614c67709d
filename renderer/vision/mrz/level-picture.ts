/**
 * Owns the working copy of a picture in which lines of text run level: its size, its turn, and the way
 * back to the picture's own pixels. Never knows where an MRZ is.
 */
import type { Point } from '../geometry.ts';
import { type GreyRaster, lumaAt, type LumaField, shrink } from '../luma.ts';

/** A smaller, levelled copy. */
export interface LevelPicture extends LumaField {
  /** From the copy to the source. */
  toSource(point: Point): Point;
}

/** Long side of the working copy: an MRZ over a third of it still has six pixels a character. */
const LONG_SIDE_PX = 1000;
/** Most a document is turned in front of the reader; beyond, the caller rectifies it first. */
const MAX_SKEW_DEG = 25;
/** Twice the gap that the highest letters sought must have above and below. */
const MARGIN_PX = 20;
const COARSE_STEP_DEG = 0.5;
const FINE_STEP_DEG = 0.1;
/** Edges of photographs and borders count no more than those of print. */
const EDGE_CAP = 48;
/** Columns summed into one before turning: text is smooth along its line at this scale. */
const BLOCK_PX = 8;

/** Strength of upright edges, summed over blocks of columns: `[row][block]`. */
export const upright = (
  { widthPx, heightPx, data }: LumaField,
  blockPx: number,
): { readonly blocks: number; readonly edges: Float32Array } => {
  const blocks = Math.ceil(widthPx / blockPx);
  const edges = new Float32Array(blocks * heightPx);
  for (let row = 0; row < heightPx; row += 1) {
    const start = row * widthPx;
    for (let column = 1; column < widthPx - 1; column += 1) {
      const step = Math.abs((data[start + column + 1] ?? 0) - (data[start + column - 1] ?? 0));
      const at = row * blocks + Math.floor(column / blockPx);
      edges[at] = (edges[at] ?? 0) + Math.min(EDGE_CAP, step);
    }
  }
  return { blocks, edges };
};

/** How clearly rows of text and gaps alternate along `slope`, in every `blockStep`-th block. */
const alternation = (
  edges: Float32Array,
  blocks: number,
  heightPx: number,
  slope: number,
  blockStep: number,
): number => {
  const margin = Math.ceil(Math.abs(slope) * blocks * BLOCK_PX);
  const profile = new Float32Array(heightPx + 2 * margin + 1);
  for (let block = 0; block < blocks; block += blockStep) {
    const shift = margin - Math.round((block - blocks / 2) * BLOCK_PX * slope);
    for (let row = 0; row < heightPx; row += 1) {
      const to = Math.max(0, row + shift);
      profile[to] = (profile[to] ?? 0) + (edges[row * blocks + block] ?? 0);
    }
  }
  let sum = 0;
  for (let row = 2; row < profile.length; row += 1) {
    sum += ((profile[row] ?? 0) - (profile[row - 2] ?? 0)) ** 2;
  }
  return sum;
};

/** Direction of the lines of text, in degrees clockwise. */
const skewOf = (picture: LumaField): number => {
  const { blocks, edges } = upright(picture, BLOCK_PX);
  let best = { deg: 0, score: -1 };
  const search = (from: number, to: number, step: number, blockStep: number): void => {
    best = { ...best, score: -1 };
    for (let deg = from; deg <= to; deg += step) {
      const slope = Math.tan((deg * Math.PI) / 180);
      const score = alternation(edges, blocks, picture.heightPx, slope, blockStep);
      if (score > best.score) best = { deg, score };
    }
  };
  /** Every other block tells the direction, all of them the fraction of a degree. */
  search(-MAX_SKEW_DEG, MAX_SKEW_DEG, COARSE_STEP_DEG, 2);
  search(best.deg - COARSE_STEP_DEG, best.deg + COARSE_STEP_DEG, FINE_STEP_DEG, 1);
  return best.deg;
};

/** The copy turned about its middle so that lines along `deg` become level; what was outside is paper. */
const turn = (picture: LevelPicture, deg: number): LevelPicture => {
  const cos = Math.cos((deg * Math.PI) / 180);
  const sin = Math.sin((deg * Math.PI) / 180);
  const { widthPx, heightPx } = picture;
  const width = Math.ceil(widthPx * cos + heightPx * Math.abs(sin));
  const height = Math.ceil(heightPx * cos + widthPx * Math.abs(sin));
  const back = ({ x, y }: Point): Point => ({
    x: (x - width / 2) * cos - (y - height / 2) * sin + widthPx / 2,
    y: (x - width / 2) * sin + (y - height / 2) * cos + heightPx / 2,
  });
  const out = new Float32Array(width * height);
  for (let row = 0; row < height; row += 1) {
    const start = back({ x: 0.5, y: row + 0.5 });
    for (let column = 0; column < width; column += 1) {
      out[row * width + column] = lumaAt(picture, start.x + column * cos, start.y + column * sin);
    }
  }
  return {
    widthPx: width,
    heightPx: height,
    data: out,
    toSource: (point) => picture.toSource(back(point)),
  };
};

/** The copy with a margin, its edge pixels going on: a line at the very edge has a gap beside it then. */
const withMargin = (picture: LevelPicture): LevelPicture => {
  const widthPx = picture.widthPx + 2 * MARGIN_PX;
  const heightPx = picture.heightPx + 2 * MARGIN_PX;
  const data = new Float32Array(widthPx * heightPx);
  for (let row = 0; row < heightPx; row += 1) {
    const from = Math.min(picture.heightPx - 1, Math.max(0, row - MARGIN_PX)) * picture.widthPx;
    const to = row * widthPx;
    data.set(picture.data.subarray(from, from + picture.widthPx), to + MARGIN_PX);
    data.fill(picture.data[from] ?? 0, to, to + MARGIN_PX);
    data.fill(
      picture.data[from + picture.widthPx - 1] ?? 0,
      to + MARGIN_PX + picture.widthPx,
      to + widthPx,
    );
  }
  const toSource = ({ x, y }: Point): Point =>
    picture.toSource({ x: x - MARGIN_PX, y: y - MARGIN_PX });
  return { widthPx, heightPx, data, toSource };
};

/** Half the size: large letters are sought there, small ones in the picture itself. */
const halve = (picture: LevelPicture): LevelPicture => ({
  ...shrink(picture, 2),
  toSource: ({ x, y }) => picture.toSource({ x: 2 * x, y: 2 * y }),
});

/** Levels a picture of at least 64 × 24 pixels, at a working size and at half of it. */
export const levelPictures = (picture: GreyRaster): readonly [LevelPicture, LevelPicture] => {
  const longSide = Math.max(picture.widthPx, picture.heightPx);
  const factor = Math.max(1, longSide / LONG_SIDE_PX);
  const small: LevelPicture = {
    ...shrink(picture, factor),
    toSource: ({ x, y }) => ({ x: x * factor, y: y * factor }),
  };
  const deg = skewOf(small);
  const level = withMargin(Math.abs(deg) < FINE_STEP_DEG / 2 ? small : turn(small, deg));
  return [level, halve(level)];
};
