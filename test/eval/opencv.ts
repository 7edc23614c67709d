/**
 * Loads the OpenCV.js that jscanify brings along. Development alone: its code needs `eval` and never
 * reaches the product.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Raster } from '../../renderer/vision/raster.ts';

export interface Mat {
  readonly data: Uint8Array;
  readonly data32S: Int32Array;
  readonly data64F: Float64Array;
  readonly rows: number;
  delete(): void;
}

interface MatVector {
  size(): number;
  get(index: number): Mat;
  delete(): void;
}

/** The part of OpenCV.js that is used. */
export interface OpenCv {
  readonly Mat: new (rows?: number, columns?: number, type?: number) => Mat;
  readonly MatVector: new () => MatVector;
  readonly Size: new (width: number, height: number) => object;
  readonly CV_8UC4: number;
  readonly CV_8U: number;
  readonly CV_64F: number;
  readonly COLOR_RGBA2GRAY: number;
  readonly INTER_AREA: number;
  readonly RETR_LIST: number;
  readonly CHAIN_APPROX_SIMPLE: number;
  cvtColor(from: Mat, to: Mat, code: number): void;
  resize(from: Mat, to: Mat, size: object, fx: number, fy: number, how: number): void;
  GaussianBlur(from: Mat, to: Mat, size: object, sigma: number): void;
  Laplacian(from: Mat, to: Mat, depth: number): void;
  meanStdDev(from: Mat, mean: Mat, deviation: Mat): void;
  Canny(from: Mat, to: Mat, low: number, high: number): void;
  dilate(from: Mat, to: Mat, kernel: Mat): void;
  findContours(from: Mat, to: MatVector, hierarchy: Mat, mode: number, method: number): void;
  arcLength(contour: Mat, isClosed: boolean): number;
  approxPolyDP(contour: Mat, to: Mat, epsilon: number, isClosed: boolean): void;
  contourArea(contour: Mat): number;
  isContourConvex(contour: Mat): boolean;
}

/** The pixels as OpenCV holds them; the caller deletes it. */
export const matOf = (cv: OpenCv, { widthPx, heightPx, data }: Raster): Mat => {
  const mat = new cv.Mat(heightPx, widthPx, cv.CV_8UC4);
  mat.data.set(data);
  return mat;
};

/**
 * Loads it into the global scope, where jscanify looks for it; takes a second. It calls back when it is
 * ready and has a `then` of its own that never settles, so it must not be awaited or resolved with.
 */
export const loadOpenCv = async (): Promise<{ readonly cv: OpenCv }> => {
  const require = createRequire(import.meta.url);
  const cv = require(join(dirname(require.resolve('jscanify/client')), 'opencv.js')) as OpenCv & {
    onRuntimeInitialized?: () => void;
  };
  await new Promise<void>((resolve) => {
    cv.onRuntimeInitialized = resolve;
  });
  Object.assign(globalThis, { cv });
  return { cv };
};
