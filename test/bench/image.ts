/**
 * Owns the race of the image pipeline against the two ways it replaces, on a drawn 12 Mpx photograph.
 * Never lets a peer do less work than we do: all go from the same JPEG to the best quality within the
 * same budget and size, and their pictures are compared with the original.
 */
import { Jimp } from 'jimp';
import sharp from 'sharp';
import { ssim } from 'ssim.js';
import { fitPicture } from '../../main/capture/image-pipeline.ts';
import { photograph, toSharp } from '../support/pictures.ts';
import { type Bench, raceMs, round } from './bench.ts';

/** The camera's target of main/capture/image-pipeline.ts, and the qualities it searches. */
const LONG_PX = 3200;
const BUDGET_BYTES = 1_200_000;
const TOP_QUALITY = 90;
const FLOOR_QUALITY = 70;

const ORIGINAL = { widthPx: 4000, heightPx: 3000 };
const SSIM_PX = { width: 1600, height: 1200 };

const MIN_TIMES_FASTER_THAN_JIMP = 10;
const MAX_SHARE_OF_RE_DECODING = 1 / 3;
/**
 * One step of quality, 0.00001 to 0.00004 on this picture: our search may leave one unused where the
 * bisection does not, and no eye can tell.
 */
const SSIM_TOLERANCE = 0.00005;

const RE_DECODING_ROUNDS = 9;
/** One takes 20 s. */
const JIMP_ROUNDS = 3;

/** The usual search: the top first, as most pictures fit there, then bisection. Five or six tries. */
const bisectQuality = async (encode: (quality: number) => Promise<Buffer>): Promise<Buffer> => {
  let best = await encode(TOP_QUALITY);
  let low = FLOOR_QUALITY;
  let high = best.byteLength <= BUDGET_BYTES ? low - 1 : TOP_QUALITY - 1;
  while (low <= high) {
    const quality = Math.floor((low + high) / 2);
    const tried = await encode(quality);
    if (tried.byteLength <= BUDGET_BYTES) {
      best = tried;
      low = quality + 1;
    } else {
      high = quality - 1;
    }
  }
  if (best.byteLength > BUDGET_BYTES)
    throw new Error('The drawn photograph must fit above the floor.');
  return best;
};

const byPipeline = async (original: Buffer): Promise<Uint8Array> => {
  const fitted = await fitPicture(original, 'camera');
  if (!fitted.ok) throw new Error(fitted.error.code);
  return fitted.value.jpeg;
};

/** The same library and options, with the original decoded again for each try. */
const byReDecoding = (original: Buffer): Promise<Buffer> =>
  bisectQuality((quality) =>
    sharp(original, { failOn: 'error', autoOrient: true })
      .resize(LONG_PX, LONG_PX, { fit: 'inside' })
      .jpeg({ quality, chromaSubsampling: '4:2:0' })
      .toBuffer(),
  );

/** Decodes and resizes once and searches on the bitmap: the kindest way to use it. */
const byJimp = async (original: Buffer): Promise<Buffer> => {
  const bitmap = await Jimp.read(original);
  bitmap.scaleToFit({ w: LONG_PX, h: LONG_PX });
  return bisectQuality((quality) => bitmap.getBuffer('image/jpeg', { quality }));
};

/** Luma at one size for all. The comparison's own reduction, to 256 px, would level every difference. */
const lumaOf = async (jpeg: Uint8Array) => {
  const { width, height } = SSIM_PX;
  const rgba = await sharp(jpeg)
    .resize(width, height, { fit: 'fill' })
    .greyscale()
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer();
  return { width, height, data: new Uint8ClampedArray(rgba) };
};

export const imageBench: Bench = {
  name: 'image',
  target: '12 Mpx picture: ≥ 10 × faster than jimp, ≤ 1/3 of the re-decoding search, SSIM no worse',

  async run(tell) {
    const original = await toSharp(photograph(ORIGINAL, 7)).jpeg({ quality: 97 }).toBuffer();
    tell(`drew ${ORIGINAL.widthPx} × ${ORIGINAL.heightPx} px, ${original.byteLength} bytes`);
    const ours = await byPipeline(original);
    const reDecoded = await byReDecoding(original);
    const jimped = await byJimp(original);

    const reference = await lumaOf(original);
    const ssimOf = async (jpeg: Uint8Array): Promise<number> =>
      ssim(reference, await lumaOf(jpeg), { downsample: false }).mssim;
    const oursSsim = await ssimOf(ours);
    const reDecodingSsim = await ssimOf(reDecoded);
    const jimpSsim = await ssimOf(jimped);

    const pipeline = (): Promise<unknown> => byPipeline(original);
    tell('racing the re-decoding search');
    const first = await raceMs(RE_DECODING_ROUNDS, pipeline, () => byReDecoding(original));
    tell('racing jimp');
    const second = await raceMs(JIMP_ROUNDS, pipeline, () => byJimp(original));

    const shareOfReDecoding = first.oursMs / first.peerMs;
    const timesFasterThanJimp = second.peerMs / second.oursMs;
    return {
      reached:
        shareOfReDecoding <= MAX_SHARE_OF_RE_DECODING &&
        timesFasterThanJimp >= MIN_TIMES_FASTER_THAN_JIMP &&
        oursSsim >= Math.max(reDecodingSsim, jimpSsim) - SSIM_TOLERANCE,
      figures: {
        oursMs: round(first.oursMs, 0),
        reDecodingMs: round(first.peerMs, 0),
        shareOfReDecoding: round(shareOfReDecoding, 3),
        jimpMs: round(second.peerMs, 0),
        timesFasterThanJimp: round(timesFasterThanJimp, 1),
        oursSsim: round(oursSsim, 5),
        reDecodingSsim: round(reDecodingSsim, 5),
        jimpSsim: round(jimpSsim, 5),
        oursBytes: ours.byteLength,
        reDecodingBytes: reDecoded.byteLength,
        jimpBytes: jimped.byteLength,
      },
    };
  },
};
