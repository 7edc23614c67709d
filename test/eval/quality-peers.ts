/**
 * The field's rules of blur and glare, as Smile ID publishes them: the variance of OpenCV's Laplacian at
 * 640 pixels of width, and the share of pixels from 240 on inside the document. They get the document
 * that our own detector found.
 */
import { longSidePx } from '../../renderer/vision/quality/framing.ts';
import { sidesOf, type Quad } from '../../renderer/vision/geometry.ts';
import type { Raster } from '../../renderer/vision/raster.ts';
import { rectify } from '../../renderer/vision/rectify.ts';
import { matOf, type OpenCv } from './opencv.ts';

/** What the rules say of one picture. */
export interface FieldRules {
  /** Lower is blurred: less than 60 of a desktop camera. */
  readonly laplacianOfFrame: number;
  /** The same of the document alone: kinder, since no background counts. */
  readonly laplacianOfDocument: number;
  /** More than 0.18 of a desktop camera is glare. */
  readonly saturatedShare: number;
}

/** Smile ID's lines for a desktop camera. */
export const LEAST_LAPLACIAN = 60;
export const MOST_SATURATED = 0.18;

const WIDTH_PX = 640;
const SATURATED = 240;

const laplacianVariance = (cv: OpenCv, picture: Raster): number => {
  const height = Math.round((picture.heightPx * WIDTH_PX) / picture.widthPx);
  const image = matOf(cv, picture);
  const grey = new cv.Mat();
  const edges = new cv.Mat();
  const mean = new cv.Mat();
  const deviation = new cv.Mat();
  try {
    cv.resize(image, image, new cv.Size(WIDTH_PX, height), 0, 0, cv.INTER_AREA);
    cv.cvtColor(image, grey, cv.COLOR_RGBA2GRAY);
    cv.Laplacian(grey, edges, cv.CV_64F);
    cv.meanStdDev(edges, mean, deviation);
    return (deviation.data64F[0] ?? Number.NaN) ** 2;
  } finally {
    for (const mat of [image, grey, edges, mean, deviation]) mat.delete();
  }
};

const saturatedShare = ({ data, widthPx, heightPx }: Raster): number => {
  let saturated = 0;
  for (let at = 0; at < data.length; at += 4) {
    const luma =
      0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
    if (luma >= SATURATED) saturated += 1;
  }
  return saturated / (widthPx * heightPx);
};

/** Applies them to the document in the quad. */
export const fieldRulesOf = (cv: OpenCv, frame: Raster, quad: Quad): FieldRules => {
  const [top, right, bottom, left] = sidesOf(quad);
  const scale = WIDTH_PX / longSidePx(quad);
  const document = rectify(
    frame,
    quad,
    Math.round((scale * (top + bottom)) / 2),
    Math.round((scale * (left + right)) / 2),
  );
  return {
    laplacianOfFrame: laplacianVariance(cv, frame),
    laplacianOfDocument: laplacianVariance(cv, document),
    saturatedShare: saturatedShare(document),
  };
};
