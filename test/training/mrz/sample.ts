/**
 * Owns one training example: a piece of an MRZ line as a camera or scanner may have seen it, and the
 * right answer for each column. Never uses a picture of a real document: everything is drawn.
 */
import {
  BLANK,
  COLUMN_PX,
  MRZ_ALPHABET,
  STRIP_PITCH_PX,
} from '../../../renderer/vision/mrz/line-network.ts';
import type { GreyRaster } from '../../../renderer/vision/luma.ts';
import { sampleStrip, STRIP_MARGIN, stripWidth } from '../../../renderer/vision/mrz/strip.ts';
import type { Prng } from '../../specimens/prng.ts';
import { addPaper, blur, type Field, jpegOf, printLine, resample, sharpen } from './print.ts';
import type { Atlas } from './glyphs.ts';

/** Characters of a training strip, without its margins. */
export const SAMPLE_CHARACTERS = 8;
export const SAMPLE_WIDTH_PX = stripWidth(SAMPLE_CHARACTERS);
export const SAMPLE_COLUMNS = SAMPLE_WIDTH_PX / COLUMN_PX;
/** No answer is asked for in a column half way between a character and the gap. */
export const UNASKED = -1;

export interface Sample {
  readonly strip: Float64Array;
  /** Class of each column, or `UNASKED`. */
  readonly labels: Int8Array;
}

/** A character belongs to columns this near to its centre; farther than the second, they are blank. */
const CHARACTER_REACH_PX = 3.3;
const BLANK_REACH_PX = 4.7;

/** Slots drawn on each side of the strip's own characters. */
const OVERHANG = 5;

/** Nearly half of all runs are drawn evenly, the others look like parts of lines: fillers, dates, names, twins. */
const drawText = (prng: Prng, length: number): string => {
  const letters = MRZ_ALPHABET.slice(10, 36);
  const digits = MRZ_ALPHABET.slice(0, 10);
  let text = '';
  const draw = (choices: string, count: number): void => {
    for (let index = 0; index < count; index += 1) text += prng.pick(Array.from(choices));
  };
  while (text.length < length) {
    const kind = prng.next();
    if (kind < 0.45) draw(MRZ_ALPHABET, prng.int(1, 6));
    else if (kind < 0.6) draw(letters, prng.int(2, 8));
    else if (kind < 0.75) draw(digits, prng.int(2, 8));
    else if (kind < 0.87) draw('<', prng.int(1, 9));
    else draw('O0QDI1B8S5Z2G6CKXUVYN<L4A7T', prng.int(1, 4));
  }
  return text.slice(0, length);
};

/** Log-uniform: as many small pictures as large ones. */
const logBetween = (prng: Prng, low: number, high: number): number =>
  low * Math.exp(prng.next() * Math.log(high / low));

/** Blank where a line begins or ends inside the strip. */
const withEnds = (prng: Prng, text: string): string => {
  const kind = prng.next();
  if (kind > 0.4) return text;
  const cut = prng.int(OVERHANG - 1, OVERHANG + SAMPLE_CHARACTERS - 2);
  return kind < 0.2
    ? ' '.repeat(cut) + text.slice(cut)
    : text.slice(0, text.length - cut) + ' '.repeat(cut);
};

/** Ink of the line and of its neighbours, 0…1. */
const printed = (prng: Prng, atlas: Atlas, text: string, pitchPx: number): Field => {
  const field: Field = {
    widthPx: Math.ceil(text.length * pitchPx),
    heightPx: Math.ceil(3.2 * pitchPx),
    data: new Float32Array(Math.ceil(text.length * pitchPx) * Math.ceil(3.2 * pitchPx)),
  };
  const look = {
    pitchPx,
    /** Letters wide or narrow for their pitch, tall or low. */
    widthScale: prng.between(0.8, 1.12),
    heightScale: prng.between(0.8, prng.next() < 0.7 ? 1.1 : 1.3),
    digitScale: prng.between(0.92, 1.02),
    fillerScale: prng.between(0.85, 1.08),
    fillerDropPx: prng.next() < 0.5 ? 0 : pitchPx * prng.between(-0.03, 0.12),
    slant: prng.next() < 0.3 ? prng.between(-0.12, 0.12) : 0,
    wobblePx: prng.next() < 0.5 ? 0 : pitchPx * prng.between(0, 0.03),
  };
  const middle = field.heightPx / 2;
  printLine(prng, field, atlas, text, middle, look);
  const leading = pitchPx * prng.between(1.4, 2.6);
  if (prng.next() < 0.5)
    printLine(prng, field, atlas, drawText(prng, text.length), middle - leading, look);
  if (prng.next() < 0.5)
    printLine(prng, field, atlas, drawText(prng, text.length), middle + leading, look);
  return field;
};

/** What lens, sensor, scanner, print shop and compression do to it. */
const photographed = async (prng: Prng, ink: Field, pitchPx: number): Promise<GreyRaster> => {
  let field = addPaper(prng, ink, pitchPx);
  /** From focused to as blurred as people can still read. */
  field = blur(field, prng.between(0.15, 0.35 + 0.068 * pitchPx), prng.between(0.8, 1.25));
  if (prng.next() < 0.2 && pitchPx > 9) {
    const small = prng.between(Math.max(0.5, 7.5 / pitchPx), 1);
    field = resample(
      resample(field, field.widthPx * small, field.heightPx * small),
      field.widthPx,
      field.heightPx,
    );
  }
  if (prng.next() < 0.3) field = sharpen(field, prng.between(0.6, 1.4), prng.between(0.3, 1.5));
  const noise = prng.next() < 0.4 ? 0 : logBetween(prng, 0.5, 9);
  const data = Uint8Array.from(field.data, (value) =>
    Math.min(255, Math.max(0, Math.round(value + noise * prng.gaussian()))),
  );
  const raster: GreyRaster = {
    widthPx: field.widthPx,
    heightPx: field.heightPx,
    channels: 1,
    data,
  };
  return prng.next() < 0.75 ? await jpegOf(raster, Math.round(prng.between(25, 95))) : raster;
};

/** Draws one example. */
export const drawSample = async (
  prng: Prng,
  atlases: { readonly ocrB: readonly Atlas[]; readonly others: readonly Atlas[] },
): Promise<Sample> => {
  const atlas = prng.pick(prng.next() < 0.76 ? atlases.ocrB : atlases.others);
  const pitchPx = logBetween(prng, 6.4, 30);
  const length = SAMPLE_CHARACTERS + 2 * OVERHANG;
  const text = withEnds(prng, drawText(prng, length));
  const picture = await photographed(prng, printed(prng, atlas, text, pitchPx), pitchPx);

  /** The line as a reader may have placed it: a little off, a little tilted, pitch not quite right. */
  const seenPitch = pitchPx * (1 + 0.05 * prng.gaussian());
  const tilt = (prng.gaussian() * 0.7 * Math.PI) / 180;
  const phase = prng.next();
  const centreX = (length / 2) * pitchPx;
  const startX = centreX - (SAMPLE_CHARACTERS / 2 - phase) * seenPitch;
  const offsetY = pitchPx * 0.085 * prng.gaussian();
  const place = {
    x: startX,
    y: picture.heightPx / 2 + offsetY + (startX - centreX) * Math.tan(tilt),
    stepX: seenPitch * Math.cos(tilt),
    stepY: seenPitch * Math.sin(tilt),
  };
  const strip = sampleStrip(picture, place, SAMPLE_CHARACTERS);

  const labels = new Int8Array(SAMPLE_COLUMNS);
  for (let column = 0; column < SAMPLE_COLUMNS; column += 1) {
    const stripX = (column + 0.5) * COLUMN_PX;
    const x = startX + (stripX / STRIP_PITCH_PX - STRIP_MARGIN - 0.5) * seenPitch;
    const slot = Math.floor(x / pitchPx);
    const offPx = Math.abs(x / pitchPx - slot - 0.5) * STRIP_PITCH_PX;
    const klass = MRZ_ALPHABET.indexOf(text.charAt(slot) || ' ');
    if (klass < 0 || offPx > BLANK_REACH_PX) labels[column] = BLANK;
    else labels[column] = offPx < CHARACTER_REACH_PX ? klass : UNASKED;
  }
  return { strip, labels };
};
