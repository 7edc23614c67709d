/**
 * Owns choosing which lines of text may form one MRZ: two or three beside each other, alike, of one
 * pitch. Never reads them.
 */
import type { LevelPicture } from './level-picture.ts';
import { edgesIn, type MeasuredLine, PITCHES_PX } from './line-pitch.ts';
import type { LinePlace } from './strip.ts';

/** Lines that may be an MRZ, top first, with one extent and one pitch. */
export interface Block {
  readonly lines: readonly MeasuredLine[];
  readonly left: number;
  readonly right: number;
  readonly pitchPx: number;
  /** Characters that repeat at the pitch, in each line: the larger, the likelier. */
  readonly score: number;
}

/** Letters of one zone differ this much at most in measured height. */
const MAX_HEIGHT_RATIO = 1.45;
const MAX_SLOPE_DIFFERENCE = 0.03;
const MIN_SHARED_LENGTH = 0.5;
/** Lines farther apart than this many heights are none of one zone; a page of text has many pairs. */
const MAX_DISTANCE_HEIGHTS = 6;
/** Distance of lines in pitches: Doc 9303 has 1.67 (TD1) and 2.5; prints vary. */
const LEADING = { least: 1.15, most: 3.4 };
const MAX_LEADING_RATIO = 1.3;
/** A character has edges of at least this share of the mean. */
const MIN_EDGE_SHARE = 0.4;

const middleAt = ({ middleY, slope }: MeasuredLine, x: number): number => middleY + slope * x;

const areAlike = (one: MeasuredLine, other: MeasuredLine): boolean => {
  const ratio = one.heightPx / other.heightPx;
  const shared = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const shorter = Math.min(one.right - one.left, other.right - other.left);
  const centre = (Math.max(one.left, other.left) + Math.min(one.right, other.right)) / 2;
  const distance = Math.abs(middleAt(other, centre) - middleAt(one, centre));
  return (
    distance < MAX_DISTANCE_HEIGHTS * Math.max(one.heightPx, other.heightPx) &&
    Math.max(ratio, 1 / ratio) < MAX_HEIGHT_RATIO &&
    Math.abs(one.slope - other.slope) < MAX_SLOPE_DIFFERENCE &&
    shared > MIN_SHARED_LENGTH * shorter
  );
};

/**
 * The pitch that shows in all lines. What the weakest line says of it counts, so that an edge beside two
 * lines of an MRZ does not make them three.
 */
const blockOf = (lines: readonly MeasuredLine[]): Block => {
  const left = Math.min(...lines.map((line) => line.left));
  const right = Math.max(...lines.map((line) => line.right));
  let pitchPx = 0;
  let score = -1;
  for (const [index, pitch] of PITCHES_PX.entries()) {
    const weakest = lines.reduce(
      (least, line) =>
        Math.min(least, ((line.spectrum[index] ?? 0) * (line.right - line.left)) / pitch),
      Infinity,
    );
    if (weakest * lines.length > score) {
      score = weakest * lines.length;
      pitchPx = pitch;
    }
  }
  return { lines, left, right, pitchPx, score };
};

const hasLeading = ({ lines, pitchPx, left, right }: Block): boolean => {
  const centre = (left + right) / 2;
  const gaps = lines
    .slice(1)
    .map((line, index) => middleAt(line, centre) - middleAt(lines[index] ?? line, centre));
  const ratio = (gaps[1] ?? gaps[0] ?? 1) / (gaps[0] ?? 1);
  return (
    gaps.every((gap) => gap > LEADING.least * pitchPx && gap < LEADING.most * pitchPx) &&
    Math.max(ratio, 1 / ratio) < MAX_LEADING_RATIO
  );
};

/**
 * The block with its ends where its print ends: a line may have been found in part alone. Goes on from
 * character to character while there are edges in any of its lines, over gaps of less than two.
 *
 * @param characters length of the longest line it may hold.
 */
export const extend = (picture: LevelPicture, block: Block, characters: number): Block => {
  const { lines, pitchPx } = block;
  const edgesBetween = (from: number, to: number): number =>
    lines.reduce((sum, line) => sum + edgesIn(picture, line, from, to), 0);
  const enough = MIN_EDGE_SHARE * edgesBetween(block.left, block.right);
  let { left, right } = block;
  const room = (): boolean => right - left < characters * pitchPx;
  for (let at = left; at > left - 2 * pitchPx && at > 0 && room(); at -= pitchPx) {
    if (edgesBetween(at - pitchPx, at) > enough) left = at - pitchPx;
  }
  for (let at = right; at < right + 2 * pitchPx && at < picture.widthPx && room(); at += pitchPx) {
    if (edgesBetween(at, at + pitchPx) > enough) right = at + pitchPx;
  }
  return { ...block, left, right };
};

/** All blocks of two and three lines, likeliest first. */
export const findBlocks = (lines: readonly MeasuredLine[]): readonly Block[] => {
  const pairs: MeasuredLine[][] = [];
  for (const [index, upper] of lines.entries()) {
    for (const lower of lines.slice(index + 1))
      if (areAlike(upper, lower)) pairs.push([upper, lower]);
  }
  const triples = pairs.flatMap((pair) =>
    pairs
      .filter(([upper]) => upper === pair[1])
      .map(([, lower]) => [...pair, ...(lower ? [lower] : [])]),
  );
  return [...pairs, ...triples]
    .map(blockOf)
    .filter(hasLeading)
    .toSorted((one, other) => other.score - one.score);
};

/**
 * Where a strip of `characters` about the middle of the block begins on one of its lines, in the source.
 *
 * @param look upside down or not, and how many pitches to look higher than the line was measured.
 */
export const placeOf = (
  picture: LevelPicture,
  block: Block,
  line: MeasuredLine,
  characters: number,
  look: { readonly isTurned: boolean; readonly lift: number },
): LinePlace => {
  const direction = look.isTurned ? -1 : 1;
  const { left, right } = block;
  const step = direction * block.pitchPx;
  const x = (left + right) / 2 - ((characters - 1) / 2) * step;
  const lift = look.lift * step;
  const from = picture.toSource({ x, y: middleAt(line, x) - lift });
  const next = picture.toSource({ x: x + step, y: middleAt(line, x + step) - lift });
  return { x: from.x, y: from.y, stepX: next.x - from.x, stepY: next.y - from.y };
};
