/**
 * Owns the way from a picture to what the network sees: one line of text, level, at one pitch, its
 * light evened out. Training uses the same way, so that both see alike. Never decides where a line is.
 */
import { type GreyRaster, lumaAt } from '../luma.ts';
import { STRIP_PITCH_PX, STRIP_ROWS } from './line-network.ts';

/** Where a line of text lies: its middle from the first to the last character, and its pitch there. */
export interface LinePlace {
  /** Centre of the first character in pixels. */
  readonly x: number;
  readonly y: number;
  /** Step from character to character along the line, in pixels. */
  readonly stepX: number;
  readonly stepY: number;
}

/** Characters of margin before the first and after the last place. */
export const STRIP_MARGIN = 2;

/** Widest reach of the evening out, in strip pixels to each side: two characters. */
const LEVEL_REACH_PX = 2 * STRIP_PITCH_PX;
/** Contrast beyond this many standard deviations says nothing more. */
const CLIP = 4;
/** Where the spread is lower than this share of the whole strip's, nothing is printed: keep noise small. */
const MIN_SPREAD_SHARE = 0.4;

/** Evens out light and contrast in place: dark ink becomes positive, in standard deviations nearby. */
const level = (strip: Float64Array, widthPx: number): void => {
  const sums = new Float64Array(widthPx + 1);
  const squares = new Float64Array(widthPx + 1);
  for (let column = 0; column < widthPx; column += 1) {
    let sum = 0;
    let square = 0;
    for (let row = 0; row < STRIP_ROWS; row += 1) {
      const value = strip[row * widthPx + column] ?? 0;
      sum += value;
      square += value * value;
    }
    sums[column + 1] = (sums[column] ?? 0) + sum;
    squares[column + 1] = (squares[column] ?? 0) + square;
  }
  const spreadOf = (from: number, to: number): { mean: number; spread: number } => {
    const count = (to - from) * STRIP_ROWS;
    const mean = ((sums[to] ?? 0) - (sums[from] ?? 0)) / count;
    const square = ((squares[to] ?? 0) - (squares[from] ?? 0)) / count;
    return { mean, spread: Math.sqrt(Math.max(0, square - mean * mean)) };
  };
  const floor = Math.max(1, spreadOf(0, widthPx).spread * MIN_SPREAD_SHARE);
  for (let column = 0; column < widthPx; column += 1) {
    const from = Math.max(0, column - LEVEL_REACH_PX);
    const to = Math.min(widthPx, column + LEVEL_REACH_PX + 1);
    const { mean, spread } = spreadOf(from, to);
    const gain = 1 / Math.max(spread, floor);
    for (let row = 0; row < STRIP_ROWS; row += 1) {
      const at = row * widthPx + column;
      const value = (mean - (strip[at] ?? 0)) * gain;
      strip[at] = Math.min(CLIP, Math.max(-CLIP, value));
    }
  }
};

/** Width of the strip for a number of characters, in pixels: a multiple of four. */
export const stripWidth = (characters: number): number =>
  (characters + 2 * STRIP_MARGIN) * STRIP_PITCH_PX;

/**
 * Cuts a line out of a picture: `STRIP_ROWS` rows, the centre of the first character
 * `STRIP_MARGIN + ½` pitches from the left. Where the picture is finer than the strip, pixels are averaged.
 *
 * @returns rows without border, luma evened out, ink positive.
 */
export const sampleStrip = (
  picture: GreyRaster,
  { x, y, stepX, stepY }: LinePlace,
  characters: number,
): Float64Array => {
  const widthPx = stripWidth(characters);
  const strip = new Float64Array(widthPx * STRIP_ROWS);
  const dx = stepX / STRIP_PITCH_PX;
  const dy = stepY / STRIP_PITCH_PX;
  const samples = Math.min(4, Math.max(1, Math.round(Math.hypot(dx, dy))));
  const share = 1 / (samples * samples);
  const originColumn = (STRIP_MARGIN + 0.5) * STRIP_PITCH_PX;
  for (let row = 0; row < STRIP_ROWS; row += 1) {
    for (let column = 0; column < widthPx; column += 1) {
      let sum = 0;
      for (let sample = 0; sample < samples * samples; sample += 1) {
        const along = column + ((sample % samples) + 0.5) / samples - originColumn;
        const across = row + (Math.floor(sample / samples) + 0.5) / samples - STRIP_ROWS / 2;
        sum += lumaAt(picture, x + along * dx - across * dy, y + along * dy + across * dx);
      }
      strip[row * widthPx + column] = sum * share;
    }
  }
  level(strip, widthPx);
  return strip;
};
