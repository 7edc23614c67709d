/**
 * The worker: everything that costs time, away from the page. Takes the newest frame there is and
 * answers before it takes another. Must never keep a frame longer than its run.
 */
import type { FaceLimits } from '../../../preload/contract/quality-limits.ts';
import { outlineOf } from '../outline.ts';
import type { Raster } from '../raster.ts';
import type { DocumentReader } from './document-reader.ts';
import { NOTHING_READ, type DocumentReading, type Side } from './document-reading.ts';
import { encodeJpeg } from './encode.ts';
import type { FaceObserver } from './face-observer.ts';
import type {
  DocumentStep,
  Look,
  PageAnswer,
  PageRequest,
  VisionAnswer,
  VisionRequest,
} from './messages.ts';
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

/** Reads the document of the present step; nothing to read it with or on it: null. */
let reader: Promise<DocumentReader | null> = Promise.resolve(null);
let cardSide: Side | null = null;

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

const answer = (message: VisionAnswer | PageAnswer, transfer: Transferable[] = []): void => {
  postMessage(message, { transfer });
};

/** What is done with a frame, once it is the picture. */
const shoot = async (
  by: 'run' | 'person',
  frame: VideoFrame,
  look: Look,
  { facts, quarterTurns }: DocumentReading,
): Promise<void> => {
  const mine = run;
  const { displayWidth, displayHeight } = frame;
  const bytes = await encodeJpeg(frame, displayWidth, displayHeight, quarterTurns);
  frame.close();
  const outline =
    look.quad === null || faces !== null
      ? null
      : outlineOf(look.quad, look.widthPx, look.heightPx, quarterTurns);
  answer(
    { type: 'shot', run: mine, by, bytes, look, outline, facts },
    bytes === null ? [] : [bytes.buffer],
  );
};

/** Faces come with their code and network when the first one is asked for. */
const startFaces = async (limits: FaceLimits): Promise<FaceObserver> => {
  const { createFaceObserver } = await import('./face-loader.ts');
  return createFaceObserver(limits);
};

/** So does all that documents are read with; without it they are taken unread. */
const startReader = async (step: DocumentStep): Promise<DocumentReader | null> => {
  if (!step.isGlossy) return null;
  try {
    const { createDocumentReader } = await import('./reading-loader.ts');
    return await createDocumentReader(step.cardSide);
  } catch (error) {
    reportError(error);
    return null;
  }
};

/** The frame's own time is the camera's: when it comes here depends on how busy the machine is. */
const observe = async (pixels: Raster, { timestamp }: VideoFrame): Promise<Observation> => {
  const atMs = timestamp / 1000;
  return faces === null
    ? observer.look(pixels, atMs, workingSize.px)
    : (await faces).look(pixels, atMs, workingSize.share);
};

/** Null where another frame must be read as well. */
const read = async (pixels: Raster, { quad }: Look): Promise<DocumentReading | null> => {
  const present = await reader;
  return present === null || quad === null ? NOTHING_READ : present.read(pixels, quad);
};

/** The look of a document that shows the other side than it should; null where it does not. */
const mistaken = (pixels: Raster, look: Look, { side }: DocumentReading): Look | null => {
  if (look.quad === null || side === null || cardSide === null || side === cardSide) return null;
  const hint = cardSide === 'front' ? 'SHOW_FRONT' : 'SHOW_BACK';
  observer.refuse(pixels, look.quad, hint);
  return { ...look, hint, isGood: false, progress: 0 };
};

/** Remembers the document that is taken; a face is never remembered. */
const keep = (pixels: Raster, { quad, isAccepted }: Look): void => {
  if (faces === null && quad !== null && isAccepted) observer.keep(pixels, quad);
};

const lookAt = async (frame: VideoFrame): Promise<void> => {
  const startMs = performance.now();
  const pixels = pixelsOf(frame);
  if (pixels === null) {
    frame.close();
    return;
  }
  const mine = run;
  const { look: seen, isBest, isComplete } = await observe(pixels, frame);
  const look = scaledTo(frame, seen);
  const tell = (shown: Look): void => {
    answer({ type: 'seen', run: mine, look: shown, ms: performance.now() - startMs });
  };
  // The step may have ended while the network was loaded.
  if (run !== mine) {
    frame.close();
    tell(look);
    return;
  }
  if (look.progress === 0 || isBest) dropBest();
  if (isBest) best = { frame, look };
  else frame.close();
  // Faces follow what documents found out: their first look waits for the network to load.
  if (faces === null) workingSize.took(performance.now() - startMs);
  // With the first good frame: the run goes on meanwhile.
  const reading = look.progress > 0 ? await read(pixels, seen) : null;
  const other = reading === null ? null : mistaken(pixels, seen, reading);
  tell(other === null ? look : scaledTo(frame, other));
  if (other !== null) dropBest();
  if (!isComplete || reading === null || best === null || run !== mine) return;
  const { frame: picture, look: shown } = best;
  best = null;
  keep(pixels, seen);
  await shoot('run', picture, shown, reading);
};

const take = async (frame: VideoFrame): Promise<void> => {
  const pixels = pixelsOf(frame);
  if (pixels === null) {
    frame.close();
    return;
  }
  const { look: seen } = await observe(pixels, frame);
  const reading = (seen.isGood ? await read(pixels, seen) : null) ?? NOTHING_READ;
  const other = mistaken(pixels, seen, reading);
  if (other === null) keep(pixels, seen);
  await shoot('person', frame, scaledTo(frame, other ?? seen), reading);
};

/** Documents of a scanned page, of either side. Unread where the page or the reader is not there. */
const readScan = async ({ bytes, widthPx, quads }: PageRequest): Promise<void> => {
  const { pixelsOfJpeg, readPage } = await import('./page-reading.ts');
  const { createDocumentReader } = await import('./reading-loader.ts');
  const page = await pixelsOfJpeg(bytes);
  const makeReader = () => createDocumentReader('back');
  const readings = page === null ? [] : await readPage(makeReader, page, widthPx, quads);
  answer({ type: 'page-read', readings });
};

addEventListener('message', ({ data }: MessageEvent<VisionRequest | PageRequest>) => {
  switch (data.type) {
    case 'begin':
      dropBest();
      run = data.run;
      faces = data.longSideMm === null ? startFaces(data.limits.face) : null;
      // Without its network the page takes the pictures of faces as they come.
      faces?.catch(reportError);
      reader = data.longSideMm === null ? Promise.resolve(null) : startReader(data);
      cardSide = data.longSideMm === null ? null : data.cardSide;
      if (data.longSideMm !== null) observer.begin(data, data.limits.document);
      return;
    case 'look':
      void lookAt(data.frame);
      return;
    case 'take':
      void take(data.frame);
      return;
    case 'read-page':
      void readScan(data);
      return;
  }
});
