/**
 * Owns the peers that find documents with OpenCV: jscanify as it is, and the usual recipe of edges,
 * contours and polygons. Development alone: their code needs `eval` and never reaches the product.
 */
import { createRequire } from 'node:module';
import type { Point, Quad } from '../../renderer/vision/geometry.ts';
import type { Raster } from '../../renderer/vision/raster.ts';
import { loadOpenCv, matOf, type Mat, type OpenCv } from './opencv.ts';

/** Finds the corners of a document; null where it finds none. */
export type Peer = (frame: Raster) => Quad | null;

interface Jscanify {
  findPaperContour(image: Mat): Mat | null;
  getCornerPoints(contour: Mat): Readonly<Record<string, Point | undefined>>;
}

const byJscanify =
  (cv: OpenCv, scanner: Jscanify): Peer =>
  (frame) => {
    const image = matOf(cv, frame);
    try {
      const contour = scanner.findPaperContour(image);
      if (contour === null) return null;
      const corners = scanner.getCornerPoints(contour);
      contour.delete();
      const a = corners['topLeftCorner'];
      const b = corners['topRightCorner'];
      const c = corners['bottomRightCorner'];
      const d = corners['bottomLeftCorner'];
      return a && b && c && d ? [a, b, c, d] : null;
    } finally {
      image.delete();
    }
  };

/** Working width of the recipe, its thresholds, and how far a polygon may stray from its contour. */
const RECIPE = { widthPx: 480, low: 50, high: 150, stray: 0.02, leastArea: 0.03 } as const;

/** The largest convex polygon of four corners among the contours of Canny's edges. */
const byContours =
  (cv: OpenCv): Peer =>
  (frame) => {
    const scale = Math.max(1, frame.widthPx / RECIPE.widthPx);
    const size = new cv.Size(Math.round(frame.widthPx / scale), Math.round(frame.heightPx / scale));
    const image = matOf(cv, frame);
    const grey = new cv.Mat();
    const edges = new cv.Mat();
    const hierarchy = new cv.Mat();
    const polygon = new cv.Mat();
    const kernel = new cv.Mat(3, 3, cv.CV_8U);
    kernel.data.fill(1);
    const contours = new cv.MatVector();
    try {
      cv.resize(image, image, size, 0, 0, cv.INTER_AREA);
      cv.cvtColor(image, grey, cv.COLOR_RGBA2GRAY);
      cv.GaussianBlur(grey, grey, new cv.Size(5, 5), 0);
      cv.Canny(grey, edges, RECIPE.low, RECIPE.high);
      cv.dilate(edges, edges, kernel);
      cv.findContours(edges, contours, hierarchy, cv.RETR_LIST, cv.CHAIN_APPROX_SIMPLE);
      let best: Quad | null = null;
      let bestArea = (RECIPE.leastArea * frame.widthPx * frame.heightPx) / scale ** 2;
      for (let index = 0; index < contours.size(); index += 1) {
        const contour = contours.get(index);
        cv.approxPolyDP(contour, polygon, RECIPE.stray * cv.arcLength(contour, true), true);
        contour.delete();
        if (polygon.rows !== 4 || !cv.isContourConvex(polygon)) continue;
        const area = cv.contourArea(polygon);
        if (area <= bestArea) continue;
        const at = (corner: number): Point => ({
          x: (polygon.data32S[2 * corner] ?? 0) * scale,
          y: (polygon.data32S[2 * corner + 1] ?? 0) * scale,
        });
        best = [at(0), at(1), at(2), at(3)];
        bestArea = area;
      }
      return best;
    } finally {
      for (const mat of [image, grey, edges, hierarchy, polygon, kernel, contours]) mat.delete();
    }
  };

/** Loads both peers; takes a second. */
export const loadPeers = async (): Promise<Readonly<Record<'jscanify' | 'opencv', Peer>>> => {
  const { cv } = await loadOpenCv();
  const Scanner = createRequire(import.meta.url)('jscanify/client') as new () => Jscanify;
  return { jscanify: byJscanify(cv, new Scanner()), opencv: byContours(cv) };
};
