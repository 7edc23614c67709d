/**
 * The worker: everything that costs time, away from the page. Takes the newest frame there is and
 * answers before it takes another. Must never keep a frame longer than its run.
 */
import type { Raster } from '../raster.ts';
import { encodeJpeg } from './encode.ts';
import type { FaceObserver } from './face-observer.ts';
import type { Look, VisionAnswer, VisionRequest } from './messages.ts';
import type { Observation } from './observation.ts';
import { Observer } from './observer.ts';
import { WorkingSize } from './working-size.ts';

/** Frames are looked at no larger than this, longer side; the picture is taken at full size. */
const ANALYSIS_PX = 1280;

const observer = new Observer();
const workingSize = new WorkingSize();
const canvas = new OffscreenCanvas(1, 1);
const pen = canvas.getContext('2d', { alpha: false, willReadFrequently: true });

/** Looks for the face of the present step; null where it shows a document. */
let faces: Promise<FaceObserver> | null = null;

/** As the page named the present step; 0 without one. */
let run = 0;
/** The best frame of the present run, with what it showed. */
let best: { readonly frame: VideoFrame; readonly look: Look } | null = null;

const dropBest = (): void => {
  best?.frame.close();
  best = null;
};

const pixelsOf = (frame: VideoFrame): Raster | null => {
  const scale = Math.min(1, ANALYSIS_PX / Math.max(frame.displayWidth, frame.displayHeight));
  const widthPx = Math.round(frame.displayWidth * scale);
  const heightPx = Math.round(frame.displayHeight * scale);
  if (pen === null || widthPx === 0 || heightPx === 0) return null;
  if (canvas.width !== widthPx || canvas.height !== heightPx) {
    canvas.width = widthPx;
    canvas.height = heightPx;
  }
  pen.drawImage(frame, 0, 0, widthPx, heightPx);
  return { widthPx, heightPx, channels: 4, data: pen.getImageData(0, 0, widthPx, heightPx).data };
};

/** The look in pixels of the frame itself. */
const scaledTo = (frame: VideoFrame, look: Look): Look => {
  const scale = frame.displayWidth / look.widthPx;
  const at = ({ x, y }: { readonly x: number; readonly y: number }) => ({
    x: x * scale,
    y: y * scale,
  });
  const [a, b, c, d] = look.quad ?? [];
  return {
    ...look,
    widthPx: frame.displayWidth,
    heightPx: frame.displayHeight,
    quad:
      a === undefined || b === undefined || c === undefined || d === undefined
        ? null
        : [at(a), at(b), at(c), at(d)],
  };
};

const answer = (message: VisionAnswer, transfer: Transferable[] = []): void => {
  postMessage(message, { transfer });
};

const shoot = async (by: 'run' | 'person', frame: VideoFrame, look: Look): Promise<void> => {
  const mine = run;
  const bytes = await encodeJpeg(frame, frame.displayWidth, frame.displayHeight);
  frame.close();
  answer({ type: 'shot', run: mine, by, bytes, look }, bytes === null ? [] : [bytes.buffer]);
};

/** Faces come with their code and network when the first one is asked for. */
const startFaces = async (): Promise<FaceObserver> => {
  const { createFaceObserver } = await import('./face-loader.ts');
  return createFaceObserver();
};

const observe = async (pixels: Raster, atMs: number): Promise<Observation> =>
  faces === null ? observer.look(pixels, atMs, workingSize.px) : (await faces).look(pixels, atMs);

/** Remembers the document that is taken; a face is never remembered. */
const keep = (pixels: Raster, { quad, isAccepted }: Look): void => {
  if (faces === null && quad !== null && isAccepted) observer.keep(pixels, quad);
};

const lookAt = async (frame: VideoFrame, atMs: number): Promise<void> => {
  const startMs = performance.now();
  const pixels = pixelsOf(frame);
  if (pixels === null) {
    frame.close();
    return;
  }
  const mine = run;
  const { look: seen, isBest, isComplete } = await observe(pixels, atMs);
  const look = scaledTo(frame, seen);
  // The step may have ended while the network was loaded.
  if (run !== mine) {
    frame.close();
    answer({ type: 'seen', run: mine, look, ms: performance.now() - startMs });
    return;
  }
  if (look.progress === 0 || isBest) dropBest();
  if (isBest) best = { frame, look };
  else frame.close();
  const ms = performance.now() - startMs;
  if (faces === null) workingSize.took(ms);
  answer({ type: 'seen', run, look, ms });
  if (!isComplete || best === null) return;
  const { frame: picture, look: shown } = best;
  best = null;
  keep(pixels, seen);
  await shoot('run', picture, shown);
};

const take = async (frame: VideoFrame): Promise<void> => {
  const pixels = pixelsOf(frame);
  if (pixels === null) {
    frame.close();
    return;
  }
  const { look: seen } = await observe(pixels, performance.now());
  keep(pixels, seen);
  await shoot('person', frame, scaledTo(frame, seen));
};

addEventListener('message', ({ data }: MessageEvent<VisionRequest>) => {
  switch (data.type) {
    case 'begin':
      dropBest();
      run = data.run;
      faces = data.longSideMm === null ? startFaces() : null;
      // Without its network the page takes the pictures of faces as they come.
      faces?.catch(reportError);
      if (data.longSideMm !== null) observer.begin(data);
      return;
    case 'forget':
      dropBest();
      run = 0;
      faces = null;
      observer.forget();
      return;
    case 'look':
      void lookAt(data.frame, data.atMs);
      return;
    case 'take':
      void take(data.frame);
      return;
  }
});
