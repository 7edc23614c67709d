/**
 * Owns reading the PDF417 of a picture (zxing-wasm). Never fetches: the caller hands over the
 * WebAssembly. Never logs or keeps a text: it is the customer's.
 */
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import type { GreyRaster } from '../luma.ts';
import { turnsUpright, type QuarterTurns } from '../raster.ts';
import { findBarRegions } from './find-region.ts';
import { rectifyRegion } from './rectify.ts';

/**
 * Makes the reader ready. Its own default would fetch the WebAssembly from a CDN.
 *
 * @param wasm the package's `zxing_reader.wasm`.
 */
export const preparePdf417 = async (wasm: ArrayBuffer): Promise<void> => {
  await prepareZXingModule({ overrides: { wasmBinary: wasm }, fireImmediately: true });
};

/** As large as a rectified card: to try it as it is takes less time than to look for the code. */
const SMALL_PIXELS = 700_000;

/** A code that was read whole. */
export interface Pdf417 {
  readonly text: string;
  /** What puts its rows upright. */
  readonly quarterTurns: QuarterTurns;
}

/**
 * What the library makes of a picture without help.
 *
 * @param turnedDeg clockwise, by which the picture was turned back before.
 */
export const readAsItIs = async (
  { widthPx, heightPx, data }: GreyRaster,
  turnedDeg = 0,
): Promise<Pdf417 | null> => {
  const rgba = new Uint8ClampedArray(widthPx * heightPx * 4).fill(255);
  for (const [pixel, luma] of data.entries()) rgba.fill(luma, pixel * 4, pixel * 4 + 3);
  const picture = { data: rgba, width: widthPx, height: heightPx, colorSpace: 'srgb' } as const;
  try {
    /** Plain: the default writes control characters as words, which no AAMVA parser knows. */
    const [code] = await readBarcodes(picture, {
      formats: ['PDF417'],
      textMode: 'Plain',
      tryHarder: true,
      tryRotate: true,
      tryInvert: false,
      maxNumberOfSymbols: 1,
    });
    if (!code?.isValid) return null;
    return { text: code.text, quarterTurns: turnsUpright(turnedDeg + code.orientation) };
  } catch {
    /** It throws the address of a C++ exception over some blurred codes, and goes on working. */
    return null;
  }
};

/**
 * The PDF417 in a picture: a whole photograph, a document or the code alone, at any angle.
 * `preparePdf417` must have been awaited.
 *
 * @param picture luma; a module needs about a pixel and a half.
 * @param leastLengthPx of its rows: what is shorter is not looked at twice, which costs 0.2 s each time.
 * @returns null where none can be read.
 */
export const readPdf417 = async (
  picture: GreyRaster,
  leastLengthPx = 0,
): Promise<Pdf417 | null> => {
  const isSmall = picture.widthPx * picture.heightPx <= SMALL_PIXELS;
  const first = isSmall ? await readAsItIs(picture) : null;
  if (first !== null) return first;
  for (const region of findBarRegions(picture)) {
    if (region.lengthPx < leastLengthPx) continue;
    const code = await readAsItIs(rectifyRegion(picture, region), region.deg);
    if (code !== null) return code;
  }
  return isSmall ? null : readAsItIs(picture);
};
