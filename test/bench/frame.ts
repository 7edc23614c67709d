/**
 * Owns the time one frame takes, by stage, on drawn scenes at 720p and 1080p, with two peers that find
 * documents as well in the same run. Never counts what is done once: drawing, loading, warming up.
 */
import sharp from 'sharp';
import { crossingsOf } from '../../renderer/vision/document/crossings.ts';
import { cutDocumentsOf } from '../../renderer/vision/document/cut.ts';
import { detectDocument, WORKING_PX } from '../../renderer/vision/document/detect.ts';
import { edgesOf } from '../../renderer/vision/document/edges.ts';
import { linesOf } from '../../renderer/vision/document/lines.ts';
import { planesOf } from '../../renderer/vision/document/planes.ts';
import { quadsOf } from '../../renderer/vision/document/quads.ts';
import { assessQuality } from '../../renderer/vision/quality/assess.ts';
import type { Raster } from '../../renderer/vision/raster.ts';
import { loadPeers } from '../eval/peers.ts';
import { quantileOf } from '../eval/suite.ts';
import { BACKGROUNDS } from '../specimens/backgrounds.ts';
import { drawFrame } from '../support/scenes.ts';
import { round, type Bench } from './bench.ts';

const SIZES = { p720: { widthPx: 1280, heightPx: 720 }, p1080: { widthPx: 1920, heightPx: 1080 } };
const DOCUMENTS = ['identity-card-front', 'driving-licence-back', 'passport'] as const;
const CARD_MM = 85.6;
const WARM_UP_ROUNDS = 3;
const ROUNDS = 8;

const MAX_MEDIAN_MS = 15;
const MAX_P90_MS = 25;
const MIN_TIMES_JSCANIFY = 4;

/** Milliseconds of every run, by name. */
type Times = Map<string, number[]>;

const timed = <T>(times: Times, name: string, act: () => T): T => {
  const startMs = performance.now();
  const result = act();
  const taken = performance.now() - startMs;
  const list = times.get(name) ?? [];
  list.push(taken);
  times.set(name, list);
  return result;
};

/** The stages of a detection, each by itself. */
const runStages = (times: Times, frame: Raster): void => {
  const planes = timed(times, 'planes', () => planesOf(frame, WORKING_PX));
  const { widthPx, heightPx } = planes;
  const edges = timed(times, 'edges', () => edgesOf(planes));
  const lines = timed(times, 'lines', () => linesOf(edges, widthPx, heightPx));
  timed(times, 'search', () => {
    const crossings = crossingsOf(lines, widthPx, heightPx);
    quadsOf(lines, crossings, widthPx, heightPx);
    cutDocumentsOf(lines, crossings, widthPx, heightPx);
  });
};

const drawAll = async (size: { widthPx: number; heightPx: number }): Promise<Raster[]> => {
  const frames: Raster[] = [];
  for (const background of BACKGROUNDS)
    for (const document of DOCUMENTS)
      frames.push((await drawFrame({ document, background, size })).frame);
  return frames;
};

export const frameBench: Bench = {
  name: 'frame',
  target: `corners of a 720p frame in ≤ ${MAX_MEDIAN_MS} ms (p90 ≤ ${MAX_P90_MS} ms), jscanify ≥ ${MIN_TIMES_JSCANIFY} × slower`,

  async run(tell) {
    // The image pipeline of another bench takes this away from its whole process.
    sharp.unblock({ operation: ['VipsForeignLoadSvg'] });
    const drawn: (readonly [name: string, frames: readonly Raster[]])[] = [];
    for (const [name, size] of Object.entries(SIZES)) {
      drawn.push([name, await drawAll(size)]);
      tell(`drew frames of ${size.widthPx} × ${size.heightPx} px`);
    }
    const { jscanify, opencv } = await loadPeers();
    const figures: Record<string, number> = {};
    for (const [name, frames] of drawn) {
      let times: Times = new Map();
      for (let turn = 0; turn < WARM_UP_ROUNDS + ROUNDS; turn += 1) {
        if (turn === WARM_UP_ROUNDS) times = new Map();
        for (const frame of frames) {
          const { document } = timed(times, 'corners', () => detectDocument(frame));
          timed(times, 'jscanify', () => jscanify(frame));
          timed(times, 'opencv', () => opencv(frame));
          if (document !== null)
            timed(times, 'quality', () => assessQuality(frame, document.quad, CARD_MM));
          runStages(times, frame);
        }
      }
      for (const [stage, ms] of times) {
        figures[`${name}.${stage}Ms`] = round(quantileOf(ms, 0.5) ?? Number.NaN, 2);
        figures[`${name}.${stage}P90Ms`] = round(quantileOf(ms, 0.9) ?? Number.NaN, 2);
      }
    }
    const median = figures['p720.cornersMs'] ?? Number.NaN;
    const p90 = figures['p720.cornersP90Ms'] ?? Number.NaN;
    const timesJscanify = round((figures['p720.jscanifyMs'] ?? Number.NaN) / median, 1);
    return {
      reached: median <= MAX_MEDIAN_MS && p90 <= MAX_P90_MS && timesJscanify >= MIN_TIMES_JSCANIFY,
      figures: { ...figures, timesJscanify },
    };
  },
};
