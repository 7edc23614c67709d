/**
 * Owns reading the machine-readable zone of a picture, from pixels to text.
 * Never logs or keeps a text: it is the customer's, and belongs to whoever asked.
 */
import { type GreyRaster, quarterTurn } from '../luma.ts';
import type { QuarterTurns } from '../raster.ts';
import { alignLine, type SeenLine, seenLine } from './align.ts';
import { type Block, extend, findBlocks, placeOf } from './blocks.ts';
import { LAYOUTS, type Layout, type MrzFormat } from './formats.ts';
import { type LevelPicture, levelPictures } from './level-picture.ts';
import { createLineReader, type LineReader, parseNetwork } from './line-network.ts';
import { measureLine } from './line-pitch.ts';
import type { SeenLines } from './mend.ts';
import { placesOf, spell } from './spell.ts';
import { sampleStrip, stripWidth } from './strip.ts';
import { findTextLines } from './text-lines.ts';

/** What was read. */
export interface MrzReading {
  readonly format: MrzFormat;
  /** Lines of text, top first. */
  readonly lines: readonly string[];
  readonly areCheckDigitsRight: boolean;
  /** Mean logarithm of the likelihood of the characters: 0 is certain. */
  readonly meanLikelihood: number;
  /** What puts the zone upright. */
  readonly quarterTurns: QuarterTurns;
  /** For voting: likelihoods of each line, `[place][character]`. */
  readonly seen: SeenLines;
}

/** Blocks that are read at most, so that the time is bounded. */
const MAX_BLOCKS = 3;
/**
 * Repeating characters of a block that is looked at: zones had 7 to 51 where they could be read, other
 * text of 40 documents mostly below 4 (measured).
 */
const MIN_BLOCK_SCORE = 4;
/** Characters of a strip beyond the longest line it may hold. */
const SPARE_CHARACTERS = 6;
/** As certain as this, and with right check digits, nothing better is looked for. */
const CONVINCING = -0.1;
/** As certain as this, even where the check digits are wrong: those of some documents are. */
const CERTAIN = -0.04;
/** Lines of other text fit no layout: their characters are guesses. */
const MIN_MEAN_LIKELIHOOD = -0.6;

/** How a block is looked at: upright or upside down, a little higher or lower than it was measured. */
interface Look {
  readonly isTurned: boolean;
  /** In pitches, up the page. */
  readonly lift: number;
}

const UPRIGHT: Look = { isTurned: false, lift: 0 };
const TURNED: Look = { isTurned: true, lift: 0 };
/** Fillers of some prints lie lower than letters and draw the measured middle with them. */
const LIFTS = [0.15, -0.15];

interface Candidate {
  readonly level: LevelPicture;
  readonly block: Block;
}

interface Fit {
  readonly layout: Layout;
  readonly seen: SeenLines;
  readonly score: number;
}

const fitLayout = (layout: Layout, lines: readonly SeenLine[]): Fit | null => {
  const seen: Float64Array[] = [];
  let score = 0;
  for (const [index, places] of placesOf(layout).entries()) {
    const line = lines[index];
    const alignment = line === undefined ? null : alignLine(line, places);
    if (alignment === null) return null;
    seen.push(alignment.likelihoods);
    score += alignment.score;
  }
  return { layout, seen, score };
};

/** Reads a block in the layout that explains it best. */
const readBlock = (
  picture: GreyRaster,
  { level, block }: Candidate,
  look: Look,
  readLine: LineReader,
): MrzReading | null => {
  const layouts = LAYOUTS.filter(({ lines }) => lines === block.lines.length);
  const longest = Math.max(...layouts.map(({ length }) => length));
  const whole = extend(level, block, longest);
  const characters = longest + SPARE_CHARACTERS;
  const lines = look.isTurned ? block.lines.toReversed() : block.lines;
  const seen = lines.map((line) => {
    const place = placeOf(level, whole, line, characters, look);
    const strip = sampleStrip(picture, place, characters);
    return seenLine(readLine(strip, stripWidth(characters)));
  });
  const fits = layouts.map((layout) => fitLayout(layout, seen)).filter((fit) => fit !== null);
  const [best] = fits.toSorted((one, other) => other.score - one.score);
  if (best === undefined) return null;
  return {
    format: best.layout.format,
    seen: best.seen,
    quarterTurns: look.isTurned ? 2 : 0,
    ...spell(best.layout, best.seen),
  };
};

const isConvincing = ({ meanLikelihood, areCheckDigitsRight }: MrzReading): boolean =>
  meanLikelihood > (areCheckDigitsRight ? CONVINCING : CERTAIN);

/** Blocks of both sizes of the picture, likeliest first. */
const findCandidates = (picture: GreyRaster): readonly Candidate[] =>
  levelPictures(picture)
    .flatMap((level) => {
      const lines = findTextLines(level).map((line) => measureLine(level, line));
      return findBlocks(lines).map((block) => ({ level, block }));
    })
    .filter(({ block }) => block.score >= MIN_BLOCK_SCORE)
    .toSorted((one, other) => other.block.score - one.block.score)
    .slice(0, MAX_BLOCKS);

/** The best reading so far, and where and how it was seen. */
interface Finding {
  readonly candidate: Candidate;
  readonly look: Look;
  readonly reading: MrzReading;
}

/**
 * Looks at blocks in turn until one convinces.
 *
 * @returns the best reading, convincing or not; null where there is none.
 */
const lookAt = (
  picture: GreyRaster,
  looks: readonly { readonly candidate: Candidate; readonly look: Look }[],
  readLine: LineReader,
): Finding | null => {
  let best: Finding | null = null;
  for (const { candidate, look } of looks) {
    const reading = readBlock(picture, candidate, look, readLine);
    if (reading === null) continue;
    if (best === null || reading.meanLikelihood > best.reading.meanLikelihood) {
      best = { candidate, look, reading };
    }
    if (isConvincing(reading)) break;
  }
  return best;
};

/** Reads a picture whose lines run level, within 25°. */
const readLevel = (picture: GreyRaster, readLine: LineReader): MrzReading | null => {
  const candidates = findCandidates(picture);
  const looks = [
    ...candidates.map((candidate) => ({ candidate, look: UPRIGHT })),
    ...candidates.slice(0, 1).map((candidate) => ({ candidate, look: TURNED })),
  ];
  const first = lookAt(picture, looks, readLine);
  if (first === null || isConvincing(first.reading)) return first?.reading ?? null;
  const lifted = LIFTS.map((lift) => ({ ...first, look: { ...first.look, lift } }));
  const second = lookAt(picture, lifted, readLine);
  const best =
    second !== null && second.reading.meanLikelihood > first.reading.meanLikelihood
      ? second.reading
      : first.reading;
  return best.meanLikelihood > MIN_MEAN_LIKELIHOOD ? best : null;
};

/** Reads a picture whose lines run upright, once it is turned by a quarter. */
const readLying = (picture: GreyRaster, readLine: LineReader): MrzReading | null => {
  const reading = readLevel(quarterTurn(picture), readLine);
  return reading && { ...reading, quarterTurns: reading.quarterTurns === 2 ? 3 : 1 };
};

/**
 * Reads the MRZ of a picture: a whole document or the part with the zone, upright, upside down or on
 * its side, and turned by up to 25° from that. Luma, at least 64 × 24 pixels; letters need about 7
 * pixels from one to the next. Null where nothing looks like an MRZ.
 */
export type MrzReader = (picture: GreyRaster) => MrzReading | null;

/**
 * Makes a reader.
 *
 * @param weights the file line-network.bin. Throws a RangeError for any other.
 */
export const createMrzReader = (weights: Uint8Array): MrzReader => {
  const readLine = createLineReader(parseNetwork(weights));
  return (picture) => readLevel(picture, readLine) ?? readLying(picture, readLine);
};
