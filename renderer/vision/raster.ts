/** What a picture is inside `vision`: pixels in memory, as canvas and decoders give them. */

/** How often a picture must be turned clockwise by a quarter to stand upright. */
export type QuarterTurns = 0 | 1 | 2 | 3;

/** Rows of 8-bit sRGB samples from the top left, without padding. One channel is luma, four are RGBA. */
export interface Raster {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly channels: 1 | 4;
  readonly data: Uint8Array | Uint8ClampedArray;
}

const UPRIGHT: readonly QuarterTurns[] = [0, 3, 2, 1];

/** What puts upright what has been turned clockwise by about so many degrees. */
export const turnsUpright = (deg: number): QuarterTurns => UPRIGHT[Math.round(deg / 90) & 3] ?? 0;
