/**
 * Owns pictures of the letters that the training composes lines from, in several typefaces and weights.
 * Never uses a typeface the project does not carry: fonts/LICENSE.md and the notices name their terms.
 */
import sharp from 'sharp';
import { MRZ_ALPHABET } from '../../../renderer/vision/mrz/line-network.ts';
import { ocrBSizeForPitch, outlineText, type Typeface } from '../../specimens/typeface.ts';

/** Step from letter to letter, and the cell around each, in pixels of the atlas. */
export const GLYPH_PITCH = 48;
export const CELL_WIDTH = 64;
export const CELL_HEIGHT = 72;
const BASELINE = 58;
/** Height of capitals in OCR-B at this pitch, to which the others are set. */
const CAPITAL_HEIGHT = 44;
/** Capital heights in em, from the font files. */
const CAPITAL_EM: Readonly<Record<Exclude<Typeface, 'ocr-b'>, number>> = {
  sans: 0.698,
  'sans-medium': 0.698,
  'sans-bold': 0.698,
  'open-sans': 0.714,
  'pt-mono': 0.7,
  'courier-prime': 0.58,
};
/** Widest letter of a proportional face after squeezing. */
const WIDEST = 41;

/** All letters of one look: `[letter][row][column]`, ink 0…1. */
export type Atlas = Float32Array;

const letterPath = (letter: string, typeface: Typeface, left: number): string => {
  if (typeface === 'ocr-b') {
    const x = left + (CELL_WIDTH - GLYPH_PITCH) / 2;
    const { pathData } = outlineText(letter, typeface, ocrBSizeForPitch(GLYPH_PITCH));
    return `<path transform="translate(${x} ${BASELINE})" d="${pathData}"/>`;
  }
  const { pathData, width } = outlineText(letter, typeface, CAPITAL_HEIGHT / CAPITAL_EM[typeface]);
  const squeeze = Math.min(1, WIDEST / width);
  const x = left + (CELL_WIDTH - width * squeeze) / 2;
  return `<path transform="translate(${x} ${BASELINE}) scale(${squeeze} 1)" d="${pathData}"/>`;
};

/** Draws every letter; `emboldenPx` (of the atlas) is added all round, or taken away. */
const drawAtlas = async (typeface: Typeface, emboldenPx: number): Promise<Atlas> => {
  const width = CELL_WIDTH * MRZ_ALPHABET.length;
  const paths = Array.from(MRZ_ALPHABET, (letter, index) =>
    letterPath(letter, typeface, index * CELL_WIDTH),
  );
  const ink = emboldenPx < 0 ? '#fff' : '#000';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${CELL_HEIGHT}">
    <rect width="${width}" height="${CELL_HEIGHT}" fill="#fff"/>
    <g stroke="${ink}" stroke-width="${2 * Math.abs(emboldenPx)}" stroke-linejoin="round">${paths.join('')}</g>
  </svg>`;
  const luma = await sharp(Buffer.from(svg), { density: 72 }).greyscale().raw().toBuffer();
  const atlas = new Float32Array(luma.length);
  for (let letter = 0; letter < MRZ_ALPHABET.length; letter += 1) {
    for (let row = 0; row < CELL_HEIGHT; row += 1) {
      for (let column = 0; column < CELL_WIDTH; column += 1) {
        const from = row * width + letter * CELL_WIDTH + column;
        const to = (letter * CELL_HEIGHT + row) * CELL_WIDTH + column;
        atlas[to] = 1 - (luma[from] ?? 0) / 255;
      }
    }
  }
  return atlas;
};

/** Weights of each face, from thin to bold: OCR-B has one cut, so it gets most of them. */
const LOOKS: Readonly<Partial<Record<Typeface, readonly number[]>>> = {
  'ocr-b': [-1.2, -0.8, -0.4, 0, 0.4, 0.8, 1.3, 1.8],
  sans: [0],
  'sans-bold': [0],
  'open-sans': [-0.6, 0, 0.8],
  'pt-mono': [-0.8, 0, 0.8],
  'courier-prime': [0, 0.8],
};

/** Atlases by kind of face; OCR-B is what documents are printed in, the others stand for its substitutes. */
export const drawAtlases = async (): Promise<{
  readonly ocrB: readonly Atlas[];
  readonly others: readonly Atlas[];
}> => {
  const ocrB: Atlas[] = [];
  const others: Atlas[] = [];
  for (const [typeface, weights] of Object.entries(LOOKS) as [Typeface, readonly number[]][]) {
    for (const weight of weights) {
      (typeface === 'ocr-b' ? ocrB : others).push(await drawAtlas(typeface, weight));
    }
  }
  return { ocrB, others };
};
