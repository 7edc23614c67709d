/**
 * Owns finding long lines of text in a levelled picture: where they run and how high they are.
 * Never reads them and never cares what is written.
 *
 * A line is a band of upright edges between two gaps. Bands are sought in each block of columns at
 * several heights, and linked from block to block, so that a line may rise or fall a little.
 */
import { type LevelPicture, upright } from './level-picture.ts';

/** A line of text in a levelled picture: y = middleY + slope · x. Pixels. */
export interface TextLine {
  readonly left: number;
  readonly right: number;
  readonly middleY: number;
  readonly slope: number;
  /** Height of its letters, within about a fifth. */
  readonly heightPx: number;
}

const BLOCK_PX = 6;
/** Blocks to each side over which edges are averaged: four to ten letters in all. */
const REACH_BLOCKS = 5;
/** Heights of letters that are sought in each size of the picture, each a sixth more than the one before. */
const HEIGHTS_PX = [6, 7, 8, 9, 11, 13, 15];
/** Rows above and below that must be emptier, as a share of the height. */
const GAP_SHARE = 0.3;
/** Edges as weak as noise make no band: mean per pixel. */
const NOISE = 1.5;
const MIN_CONTRAST = 0.16;
/** Blocks a line may skip: a stamp, a crease, a spot of glare. */
const MAX_MISSES = 6;
/** Letters are about as wide as high with their gap: shorter lines than this are no part of an MRZ. */
const MIN_LENGTH_HEIGHTS = 14;
/** Lines of an MRZ are among the longest of a document; a page of text must not cost more than one. */
const MAX_LINES = 24;

interface Band {
  readonly y: number;
  readonly heightPx: number;
}

interface Chain {
  readonly bands: { readonly block: number; readonly band: Band }[];
  lastBlock: number;
}

/** Sums of edges down each column of blocks, so that a band costs two look-ups: `[block][row]`. */
const accumulate = (picture: LevelPicture): { blocks: number; sums: Float64Array } => {
  const { blocks, edges } = upright(picture, BLOCK_PX);
  const { heightPx } = picture;
  const sums = new Float64Array((heightPx + 1) * blocks);
  for (let block = 0; block < blocks; block += 1) {
    const from = Math.max(0, block - REACH_BLOCKS);
    const to = Math.min(blocks - 1, block + REACH_BLOCKS);
    const share = 1 / ((to - from + 1) * BLOCK_PX);
    const start = block * (heightPx + 1);
    for (let row = 0; row < heightPx; row += 1) {
      let sum = 0;
      for (let near = from; near <= to; near += 1) sum += edges[row * blocks + near] ?? 0;
      sums[start + row + 1] = (sums[start + row] ?? 0) + sum * share;
    }
  }
  return { blocks, sums };
};

/** Best band around each row of one block: contrast of text to the gaps, 0…1, and its height. */
const bandsOf = (sums: Float64Array): readonly Band[] => {
  const heightPx = sums.length - 1;
  const contrasts = new Float32Array(heightPx);
  const heights = new Uint8Array(heightPx);
  for (const height of HEIGHTS_PX) {
    const gap = Math.max(2, Math.round(height * GAP_SHARE));
    const above = Math.floor(height / 2);
    for (let row = above + gap + 1; row < heightPx - height - gap - 1; row += 1) {
      const top = row - above;
      const bottom = top + height;
      const text = ((sums[bottom] ?? 0) - (sums[top] ?? 0)) / height;
      const upper = ((sums[top - 1] ?? 0) - (sums[top - 1 - gap] ?? 0)) / gap;
      const lower = ((sums[bottom + 1 + gap] ?? 0) - (sums[bottom + 1] ?? 0)) / gap;
      const empty = upper > lower ? upper : lower;
      const contrast = (text - empty) / (text + empty + NOISE);
      if (contrast > (contrasts[row] ?? 0)) {
        contrasts[row] = contrast;
        heights[row] = height;
      }
    }
  }
  const bands: Band[] = [];
  for (let row = 2; row < heightPx - 2; row += 1) {
    const contrast = contrasts[row] ?? 0;
    if (contrast < MIN_CONTRAST) continue;
    const isPeak =
      contrast >= (contrasts[row - 1] ?? 0) &&
      contrast > (contrasts[row + 1] ?? 0) &&
      contrast >= (contrasts[row - 2] ?? 0) &&
      contrast >= (contrasts[row + 2] ?? 0);
    const height = heights[row] ?? 0;
    if (isPeak) bands.push({ y: row - Math.floor(height / 2) + height / 2, heightPx: height });
  }
  return bands;
};

/** Adds a block's bands to the chains they continue, or starts new ones. */
const link = (chains: Chain[], block: number, bands: readonly Band[]): void => {
  const open = chains.filter(({ lastBlock }) => block - lastBlock <= MAX_MISSES + 1);
  for (const band of bands) {
    let best: Chain | undefined;
    let bestAway = Infinity;
    for (const chain of open) {
      const last = chain.bands.at(-1)?.band;
      if (last === undefined || chain.lastBlock === block) continue;
      const away = Math.abs(band.y - last.y);
      const ratio = band.heightPx / last.heightPx;
      if (away < 0.3 * last.heightPx + 0.5 && ratio > 0.6 && ratio < 1.67 && away < bestAway) {
        best = chain;
        bestAway = away;
      }
    }
    if (best === undefined) chains.push({ bands: [{ block, band }], lastBlock: block });
    else {
      best.bands.push({ block, band });
      best.lastBlock = block;
    }
  }
};

/** Straight line through a chain by least squares. */
const lineOf = ({ bands }: Chain): TextLine => {
  let sx = 0;
  let sy = 0;
  let sxx = 0;
  let sxy = 0;
  for (const { block, band } of bands) {
    const x = (block + 0.5) * BLOCK_PX;
    sx += x;
    sy += band.y;
    sxx += x * x;
    sxy += x * band.y;
  }
  const n = bands.length;
  const slope = (n * sxy - sx * sy) / Math.max(1, n * sxx - sx * sx);
  const heights = bands.map(({ band }) => band.heightPx).toSorted((a, b) => a - b);
  return {
    left: (bands[0]?.block ?? 0) * BLOCK_PX,
    right: ((bands.at(-1)?.block ?? 0) + 1) * BLOCK_PX,
    middleY: (sy - slope * sx) / n,
    slope,
    heightPx: heights[Math.floor(heights.length / 2)] ?? 0,
  };
};

/** Length in heights: about the number of letters. */
const lettersIn = ({ left, right, heightPx }: TextLine): number => (right - left) / heightPx;

/** The longest lines of text with letters of 6 to 15 pixels, from top to bottom. */
export const findTextLines = (picture: LevelPicture): readonly TextLine[] => {
  const { blocks, sums } = accumulate(picture);
  const chains: Chain[] = [];
  for (let block = 0; block < blocks; block += 1) {
    const start = block * (picture.heightPx + 1);
    link(chains, block, bandsOf(sums.subarray(start, start + picture.heightPx + 1)));
  }
  return chains
    .filter(({ bands }) => bands.length > 1)
    .map(lineOf)
    .filter((line) => lettersIn(line) >= MIN_LENGTH_HEIGHTS)
    .toSorted((one, other) => lettersIn(other) - lettersIn(one))
    .slice(0, MAX_LINES)
    .toSorted((one, other) => one.middleY - other.middleY);
};
