/**
 * Owns clips of one condition: what a camera shows when something is wrong, or nothing is.
 * Never slates them: they stand for any camera.
 */
import { CLIP_NOISE_SIGMA, drawForClip, HELD, type ClipRequest } from './clip-request.ts';
import { encodeFrame, repeatFrames, writeClip, type ClipTruth } from './clip-writer.ts';
import { SIDES } from './documents/catalogue.ts';
import { newFrame, quantise, type Frame } from './frame.ts';
import type { Quad } from '../../renderer/vision/geometry.ts';
import { createPrng } from './prng.ts';
import { composeScene, type Defects } from './scene.ts';

/** The front of a document, well shown or spoiled; an empty table; a covered lens. */
export const CONDITIONS = ['still', 'blurred', 'glare', 'dark', 'empty', 'black'] as const;
export type Condition = (typeof CONDITIONS)[number];

const DEFECTS: Readonly<Record<Condition, Defects>> = {
  still: {},
  blurred: { blurSigmaPx: 3.2 },
  glare: { glare: 1 },
  dark: { exposure: 0.16 },
  empty: {},
  black: {},
};

/** One second at 30 frames a second. */
const FRAMES = 30;
const VARIANTS = 3;

/** How the document is shown, where it is not its front, upright. */
export interface Showing {
  readonly side?: 'FRONT' | 'BACK';
  /** Degrees clockwise. */
  readonly rotationDeg?: number;
}

async function compose(
  condition: Condition,
  request: ClipRequest,
  { side: shown = 'FRONT', rotationDeg = HELD.rotationDeg }: Showing,
): Promise<{ readonly frame: Frame; readonly quad: Quad | null }> {
  const { widthPx, heightPx, seed } = request;
  if (condition === 'black') return { frame: newFrame(widthPx, heightPx), quad: null };
  const side = SIDES[request.documentType][shown];
  if (side === null) throw new RangeError('The document has no such side.');
  const { frame, truth } = await composeScene({
    widthPx,
    heightPx,
    seed,
    background: 'wood',
    specimen: condition === 'empty' ? null : await drawForClip(side, request),
    placement: { ...HELD, rotationDeg },
    defects: DEFECTS[condition],
    noiseSigma: CLIP_NOISE_SIGMA,
  });
  return { frame, quad: truth.quad };
}

/** Write one second of one condition. */
export async function writeConditionClip(
  file: string,
  condition: Condition,
  request: ClipRequest,
  showing: Showing = {},
): Promise<ClipTruth> {
  const { frame, quad } = await compose(condition, request, showing);
  const noiseSigma = condition === 'black' ? 0 : CLIP_NOISE_SIGMA;
  const step = quad === null ? null : (showing.side ?? 'FRONT');
  const frames = await Promise.all(
    Array.from({ length: VARIANTS }, async (_, variant) => {
      const picture = quantise(frame, noiseSigma, createPrng(request.seed + variant, 'noise'));
      return await encodeFrame(picture, { step, isSettled: step !== null, quad });
    }),
  );
  const { widthPx, heightPx } = request;
  return await writeClip(file, repeatFrames(frames, FRAMES), { widthPx, heightPx }, {});
}
