/**
 * Owns finding where a picture may show a PDF417: a patch of strong edges that mostly run one way.
 * Never reads it and never needs it upright.
 *
 * Gradients are summed as structure tensors over blocks (Bigün, Granlund 1987): bars make them point
 * along the rows of the code, carpets and leaves make them point everywhere.
 */
import { type GreyRaster, shrink } from '../luma.ts';

/** A rectangle at any angle, in pixels of the picture. */
export interface Region {
  readonly centreX: number;
  readonly centreY: number;
  /** Direction of the rows, degrees clockwise, −90 … 90. */
  readonly deg: number;
  /** Along and across the rows. */
  readonly lengthPx: number;
  readonly widthPx: number;
}

/** Long side of the picture that is searched: bars of a licence are still a pixel wide. */
const LONG_SIDE_PX = 800;
const BLOCK_PX = 8;
/** Blocks around each that are summed: five by five. */
const REACH_BLOCKS = 2;
/** Share of the edges that must run one way. */
const MIN_COHERENCE = 0.18;
/** Edges weaker than this share of the strongest block are print or texture. */
const MIN_STRENGTH_SHARE = 0.12;
/** Blocks belong together where their directions differ less. */
const MAX_TURN_DEG = 14;
const MIN_BLOCKS = 12;
/** Rows are longer than the stack of them is high; edges of documents are stacks without rows. */
const MIN_ASPECT = 0.8;
/** Regions handed on, strongest first. */
const MAX_REGIONS = 3;

/** Sums of gradient products of one block. */
interface Tensors {
  readonly blocks: number;
  readonly rows: number;
  readonly xx: Float64Array;
  readonly xy: Float64Array;
  readonly yy: Float64Array;
}

const tensorsOf = (picture: GreyRaster, factor: number): Tensors => {
  const { widthPx: width, heightPx: height, data: out } = shrink(picture, factor);
  const blocks = Math.ceil(width / BLOCK_PX);
  const rows = Math.ceil(height / BLOCK_PX);
  const xx = new Float64Array(blocks * rows);
  const xy = new Float64Array(blocks * rows);
  const yy = new Float64Array(blocks * rows);
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      const dx = (out[at + 1] ?? 0) - (out[at - 1] ?? 0);
      const dy = (out[at + width] ?? 0) - (out[at - width] ?? 0);
      const block = Math.floor(y / BLOCK_PX) * blocks + Math.floor(x / BLOCK_PX);
      xx[block] = (xx[block] ?? 0) + dx * dx;
      xy[block] = (xy[block] ?? 0) + dx * dy;
      yy[block] = (yy[block] ?? 0) + dy * dy;
    }
  }
  return { blocks, rows, xx, xy, yy };
};

/** Sum over the blocks around each. */
const spread = (values: Float64Array, blocks: number, rows: number): Float64Array => {
  const out = new Float64Array(values.length);
  for (let row = 0; row < rows; row += 1) {
    for (let block = 0; block < blocks; block += 1) {
      let sum = 0;
      for (let y = Math.max(0, row - REACH_BLOCKS); y <= row + REACH_BLOCKS && y < rows; y += 1) {
        for (
          let x = Math.max(0, block - REACH_BLOCKS);
          x <= block + REACH_BLOCKS && x < blocks;
          x += 1
        ) {
          sum += values[y * blocks + x] ?? 0;
        }
      }
      out[row * blocks + block] = sum;
    }
  }
  return out;
};

/** Direction in which the gradients mostly point, degrees −90 … 90. */
const directionOf = (xx: number, xy: number, yy: number): number =>
  (Math.atan2(2 * xy, xx - yy) / 2) * (180 / Math.PI);

/** Smaller angle between two undirected lines, degrees 0 … 90. */
const turnBetween = (one: number, other: number): number => {
  const turn = Math.abs(one - other) % 180;
  return Math.min(turn, 180 - turn);
};

/** Blocks reachable from `start` over neighbours of like direction; takes them out of `isOpen`. */
const grow = (
  start: number,
  isOpen: Uint8Array,
  directions: Float64Array,
  blocks: number,
): number[] => {
  const members = [start];
  isOpen[start] = 0;
  for (let index = 0; index < members.length; index += 1) {
    const at = members[index] ?? 0;
    const column = at % blocks;
    for (const near of [
      at - blocks,
      at + blocks,
      column > 0 ? at - 1 : -1,
      column < blocks - 1 ? at + 1 : -1,
    ]) {
      if (isOpen[near] !== 1) continue;
      if (turnBetween(directions[near] ?? 0, directions[at] ?? 0) > MAX_TURN_DEG) continue;
      isOpen[near] = 0;
      members.push(near);
    }
  }
  return members;
};

/** The rectangle around blocks, along the direction they share. */
const regionOf = (
  members: readonly number[],
  { blocks, xx, xy, yy }: Tensors,
  factor: number,
): Region => {
  let sums = { xx: 0, xy: 0, yy: 0 };
  for (const at of members) {
    sums = {
      xx: sums.xx + (xx[at] ?? 0),
      xy: sums.xy + (xy[at] ?? 0),
      yy: sums.yy + (yy[at] ?? 0),
    };
  }
  const deg = directionOf(sums.xx, sums.xy, sums.yy);
  const cos = Math.cos((deg * Math.PI) / 180);
  const sin = Math.sin((deg * Math.PI) / 180);
  const along: number[] = [];
  const across: number[] = [];
  for (const at of members) {
    const x = ((at % blocks) + 0.5) * BLOCK_PX * factor;
    const y = (Math.floor(at / blocks) + 0.5) * BLOCK_PX * factor;
    along.push(x * cos + y * sin);
    across.push(y * cos - x * sin);
  }
  const u0 = Math.min(...along);
  const u1 = Math.max(...along);
  const v0 = Math.min(...across);
  const v1 = Math.max(...across);
  const u = (u0 + u1) / 2;
  const v = (v0 + v1) / 2;
  return {
    centreX: u * cos - v * sin,
    centreY: u * sin + v * cos,
    deg,
    lengthPx: u1 - u0 + BLOCK_PX * factor,
    widthPx: v1 - v0 + BLOCK_PX * factor,
  };
};

/** Regions that may be a PDF417, strongest first; none where the picture is plain. */
export const findBarRegions = (picture: GreyRaster): readonly Region[] => {
  const factor = Math.max(1, Math.max(picture.widthPx, picture.heightPx) / LONG_SIDE_PX);
  const raw = tensorsOf(picture, factor);
  const { blocks, rows } = raw;
  const xx = spread(raw.xx, blocks, rows);
  const xy = spread(raw.xy, blocks, rows);
  const yy = spread(raw.yy, blocks, rows);
  const strengths = xx.map((value, at) => Math.hypot(value - (yy[at] ?? 0), 2 * (xy[at] ?? 0)));
  const floor = MIN_STRENGTH_SHARE * strengths.reduce((top, value) => Math.max(top, value), 1);
  const isOpen = Uint8Array.from(strengths, (strength, at) =>
    strength > floor && strength > MIN_COHERENCE * ((xx[at] ?? 0) + (yy[at] ?? 0)) ? 1 : 0,
  );
  const directions = xx.map((value, at) => directionOf(value, xy[at] ?? 0, yy[at] ?? 0));
  const found: { members: number[]; weight: number }[] = [];
  for (let at = 0; at < isOpen.length; at += 1) {
    if (isOpen[at] !== 1) continue;
    const members = grow(at, isOpen, directions, blocks);
    const weight = members.reduce((sum, member) => sum + (strengths[member] ?? 0), 0);
    if (members.length >= MIN_BLOCKS) found.push({ members, weight });
  }
  return found
    .toSorted((one, other) => other.weight - one.weight)
    .slice(0, MAX_REGIONS)
    .map(({ members }) => regionOf(members, raw, factor))
    .filter(({ lengthPx, widthPx }) => lengthPx > MIN_ASPECT * widthPx);
};
