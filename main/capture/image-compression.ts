/**
 * Owns how pixels become a JPEG of a wanted size: the quality search, and scaling where quality alone
 * can't do it. Never sees a file that came from outside, only decoded pixels.
 */
import sharp from 'sharp';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Pixels } from './image-decoder.ts';

/** What the JPEG may weigh, and how far the pixels may shrink for it. */
export interface WeightLimits {
  /** Wanted size. Exceeded only where it would cost lines below `minShortPx`. */
  readonly budgetBytes: number;
  /** Never exceeded. */
  readonly capBytes: number;
  /** Scaling stops before the short side falls below this. */
  readonly minShortPx: number;
}

export interface CompressedPicture {
  readonly jpeg: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
  /** libjpeg's scale. */
  readonly quality: number;
}

/** Qualities searched, ends included. Source: delivery.md. */
const TOP_QUALITY = 90;
const FLOOR_QUALITY = 70;

/** What one step of scaling leaves of each side. Source: delivery.md. */
const SCALE_STEP = 0.85;

/** Side of a 4:2:0 block: whole blocks compress outside the picture as they do inside. */
const BLOCK_PX = 16;

/**
 * Columns a row of blocks is cut into; one of them is sampled. The walk is coprime to it, so that the
 * sample visits every column. Own decision: a twelfth errs by a few per cent on photographs.
 */
const SAMPLE_COLUMNS = 12;
const SAMPLE_WALK = 5;

/**
 * Compresses to the best quality within the budget; where the floor quality is too big, it takes away
 * pixels instead (delivery.md). Deterministic.
 *
 * @returns PICTURE_NOT_COMPRESSIBLE when even the smallest allowed picture exceeds the cap.
 */
export const compressPixels = async (
  pixels: Pixels,
  { budgetBytes, capBytes, minShortPx }: WeightLimits,
): Promise<Result<CompressedPicture, 'PICTURE_NOT_COMPRESSIBLE'>> => {
  const shortPx = Math.min(pixels.widthPx, pixels.heightPx);
  let current = pixels;
  for (let scale = SCALE_STEP; ; scale *= SCALE_STEP) {
    const best = await bestWithin(current, budgetBytes);
    if (best.jpeg.byteLength <= budgetBytes) return ok(best);
    if (shortPx * scale < minShortPx) {
      return best.jpeg.byteLength <= capBytes ? ok(best) : fail('PICTURE_NOT_COMPRESSIBLE');
    }
    current = await scalePixels(pixels, scale);
  }
};

/**
 * The highest quality that is expected to fit and does, else the floor's picture. The size follows a
 * power law of the quantiser: two cheap probes on a sample of the blocks give its exponent, and every
 * whole encoding corrects its factor, so that one or two of them mostly settle it. Quantisers are whole
 * numbers, so single steps are uneven and one may stay unused.
 */
const bestWithin = async (pixels: Pixels, budgetBytes: number): Promise<CompressedPicture> => {
  // Three bytes a pixel are more than any JPEG of the top quality takes: nothing to search for.
  if (pixels.rgb.byteLength <= budgetBytes) return encode(pixels, TOP_QUALITY, 'usual');
  const sample = sampleBlocks(pixels);
  const [atTop, atFloor] = await Promise.all([
    encode(sample, TOP_QUALITY),
    encode(sample, FLOOR_QUALITY),
  ]);
  const exponent =
    Math.log(atTop.jpeg.byteLength / atFloor.jpeg.byteLength) /
    Math.log(quantiserScale(FLOOR_QUALITY) / quantiserScale(TOP_QUALITY));
  let factor =
    atTop.jpeg.byteLength *
    (pixels.widthPx / sample.widthPx) *
    quantiserScale(TOP_QUALITY) ** exponent;
  const expectedBytes = (quality: number): number => factor * quantiserScale(quality) ** -exponent;

  let low = FLOOR_QUALITY;
  let high = TOP_QUALITY;
  let best: CompressedPicture | undefined;
  for (;;) {
    let quality = high;
    while (quality > low && expectedBytes(quality) > budgetBytes) quality -= 1;
    const tried = await encode(pixels, quality);
    factor *= tried.jpeg.byteLength / expectedBytes(quality);
    if (tried.jpeg.byteLength <= budgetBytes) {
      best = tried;
      low = quality + 1;
    } else {
      high = quality - 1;
    }
    if (low > high || (best !== undefined && expectedBytes(low) > budgetBytes))
      return best ?? tried;
  }
};

/** The percentage libjpeg applies to its quantiser tables at a quality of 50 or more. */
const quantiserScale = (quality: number): number => 200 - 2 * quality;

const rawInput = ({ widthPx, heightPx }: Pixels) =>
  ({ raw: { width: widthPx, height: heightPx, channels: 3 } }) as const;

/**
 * Huffman tables made for one picture save 1 to 4 % of its bytes, take longer than all the rest of the
 * encoding, and change no pixel: they pay where bytes are short.
 */
type HuffmanTables = 'own' | 'usual';

/**
 * Chroma stays 4:2:0, as a switch within the search would jump the size; no mozjpeg: ten times slower
 * and no smaller at equal SSIM (delivery.md). Without a source file there is no metadata to carry.
 */
const encode = async (
  pixels: Pixels,
  quality: number,
  tables: HuffmanTables = 'own',
): Promise<CompressedPicture> => {
  const jpeg = await sharp(pixels.rgb, rawInput(pixels))
    .jpeg({
      quality,
      chromaSubsampling: '4:2:0',
      mozjpeg: false,
      optimiseCoding: tables === 'own',
    })
    .toBuffer();
  return { jpeg, widthPx: pixels.widthPx, heightPx: pixels.heightPx, quality };
};

/** The same picture, made smaller. */
const scalePixels = async (pixels: Pixels, scale: number): Promise<Pixels> => {
  const { data, info } = await sharp(pixels.rgb, rawInput(pixels))
    .resize(Math.round(pixels.widthPx * scale), Math.round(pixels.heightPx * scale), {
      fit: 'fill',
    })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { rgb: data, widthPx: info.width, heightPx: info.height };
};

/** A narrow picture of the same height: of every row of blocks one column, each time another. */
const sampleBlocks = ({ rgb, widthPx, heightPx }: Pixels): Pixels => {
  const columnPx = Math.max(BLOCK_PX, Math.floor(widthPx / SAMPLE_COLUMNS / BLOCK_PX) * BLOCK_PX);
  const sample = new Uint8Array(columnPx * heightPx * 3);
  for (let y = 0; y < heightPx; y += 1) {
    const column = (Math.floor(y / BLOCK_PX) * SAMPLE_WALK) % SAMPLE_COLUMNS;
    const from = (y * widthPx + column * columnPx) * 3;
    sample.set(rgb.subarray(from, from + columnPx * 3), y * columnPx * 3);
  }
  return { rgb: sample, widthPx: columnPx, heightPx };
};
