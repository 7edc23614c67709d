/** Puts every measure of a found document beside its threshold. */
import {
  QUALITY_LIMITS,
  type DocumentLimits,
  type DocumentMeasure,
  type Range,
} from '../../../preload/contract/quality-limits.ts';
import { sidesOf, type Point, type Quad } from '../geometry.ts';
import type { Raster } from '../raster.ts';
import { rectify } from '../rectify.ts';
import { coveredShare } from './covered.ts';
import { fillShare, longSidePx, marginShare, resolutionDpi, tiltDeg } from './framing.ts';
import { glareOf } from './glare.ts';
import { edgeSpreadPx } from './sharpness.ts';

/** On which side of its range a measure lies. */
export type Verdict = 'good' | 'too-low' | 'too-high';

/** One number, in the unit its name says. */
export interface Measure {
  readonly value: number;
  readonly verdict: Verdict;
}

export interface Quality {
  readonly measures: Readonly<Record<DocumentMeasure, Measure>>;
  /** Middle of the glare, shares of the document's width and height; null without any. */
  readonly glareAt: Point | null;
  /** The resolution falls short, and the camera could give it if the document came closer. */
  readonly isCloserNeeded: boolean;
  /** The longer side has so many pixels in the frame. */
  readonly longSidePx: number;
}

/** The longer side of a rectified document: enough for print, and the same whatever the camera. */
const RECTIFIED_PX = 400;

/** Nobody is asked to fill more of the frame than this. Own decision, below the line of fillShare. */
const FULLEST_SHARE = 0.9;

/** What is wrong with the value, if anything. */
export const judgeWithin = ({ least, most }: Range, value: number): Measure => ({
  value,
  verdict: value < least ? 'too-low' : value > most ? 'too-high' : 'good',
});

const rectified = (frame: Raster, quad: Quad): Raster => {
  const [top, right, bottom, left] = sidesOf(quad);
  const scale = RECTIFIED_PX / longSidePx(quad);
  const size = (one: number, other: number): number =>
    Math.max(16, Math.round((scale * (one + other)) / 2));
  return rectify(frame, quad, size(top, bottom), size(left, right));
};

/** Mean luma and mean difference between the strongest and the weakest colour. */
const lightOf = ({ data }: Raster): { lightMean: number; colourfulness: number } => {
  let light = 0;
  let colour = 0;
  for (let at = 0; at < data.length; at += 4) {
    const r = data[at] ?? 0;
    const g = data[at + 1] ?? 0;
    const b = data[at + 2] ?? 0;
    light += 0.299 * r + 0.587 * g + 0.114 * b;
    colour += Math.max(r, g, b) - Math.min(r, g, b);
  }
  const pixels = data.length / 4;
  return { lightMean: light / pixels, colourfulness: colour / pixels };
};

/**
 * Measures the document in a frame.
 *
 * @param longSideMm of the document, for the resolution: ID-1 85.6, ID-3 125, A4 297.
 */
export const assessQuality = (
  frame: Raster,
  quad: Quad,
  longSideMm: number,
  limits: DocumentLimits = QUALITY_LIMITS.document,
): Quality => {
  const judge = (name: DocumentMeasure, value: number): Measure => judgeWithin(limits[name], value);
  const { widthPx, heightPx } = frame;
  const document = rectified(frame, quad);
  const glare = glareOf(document);
  const { lightMean, colourfulness } = lightOf(document);
  const fill = fillShare(quad, widthPx, heightPx);
  const dpi = resolutionDpi(quad, longSideMm);
  const wantedDpi = limits.resolutionDpi.least;
  return {
    measures: {
      edgeSpreadPermille: judge(
        'edgeSpreadPermille',
        (1000 * edgeSpreadPx(document)) / RECTIFIED_PX,
      ),
      glareShare: judge('glareShare', glare.share),
      lightMean: judge('lightMean', lightMean),
      fillShare: judge('fillShare', fill),
      marginShare: judge('marginShare', marginShare(quad, widthPx, heightPx)),
      tiltDeg: judge('tiltDeg', tiltDeg(quad)),
      resolutionDpi: judge('resolutionDpi', dpi),
      colourfulness: judge('colourfulness', colourfulness),
      coveredShare: judge('coveredShare', coveredShare(frame, quad)),
    },
    glareAt: glare.at,
    isCloserNeeded: dpi < wantedDpi && (dpi * FULLEST_SHARE) / fill >= wantedDpi,
    longSidePx: longSidePx(quad),
  };
};
