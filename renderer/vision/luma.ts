/** Owns looking into pictures of luma: between pixels, and in a smaller size. Never changes one. */
import type { Raster } from './raster.ts';

/** A picture of luma alone. */
export type GreyRaster = Raster & { readonly channels: 1 };

/** Luma row by row, whole numbers or fractions, 0…255. */
export interface LumaField {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly data: Uint8Array | Uint8ClampedArray | Float32Array;
}

/** Luma (BT.601) of a picture; what is transparent lies on white paper. */
export const greyOf = ({ widthPx, heightPx, channels, data }: Raster): GreyRaster => {
  if (channels === 1) return { widthPx, heightPx, channels, data };
  const luma = new Uint8ClampedArray(widthPx * heightPx);
  for (let pixel = 0; pixel < luma.length; pixel += 1) {
    const at = pixel * 4;
    const ink =
      0.299 * (255 - (data[at] ?? 0)) +
      0.587 * (255 - (data[at + 1] ?? 0)) +
      0.114 * (255 - (data[at + 2] ?? 0));
    luma[pixel] = 255 - (ink * (data[at + 3] ?? 0)) / 255;
  }
  return { widthPx, heightPx, channels: 1, data: luma };
};

/** Luma between pixels (bilinear), whose centres lie at half numbers; outside the picture its edge goes on. Two pixels each way at least. */
export const lumaAt = ({ widthPx, heightPx, data }: LumaField, x: number, y: number): number => {
  const cx = Math.min(widthPx - 1, Math.max(0, x - 0.5));
  const cy = Math.min(heightPx - 1, Math.max(0, y - 0.5));
  const left = Math.min(widthPx - 2, Math.floor(cx));
  const top = Math.min(heightPx - 2, Math.floor(cy));
  const at = top * widthPx + left;
  const fx = cx - left;
  const fy = cy - top;
  const upper = (data[at] ?? 0) * (1 - fx) + (data[at + 1] ?? 0) * fx;
  const lower = (data[at + widthPx] ?? 0) * (1 - fx) + (data[at + widthPx + 1] ?? 0) * fx;
  return upper * (1 - fy) + lower * fy;
};

/** Means of the pixels under each pixel of a picture `factor` (≥ 1) times smaller. */
export const shrink = ({ widthPx, heightPx, data }: LumaField, factor: number): LumaField => {
  if (factor === 1) return { widthPx, heightPx, data: Float32Array.from(data) };
  const width = Math.max(2, Math.floor(widthPx / factor));
  const height = Math.max(2, Math.floor(heightPx / factor));
  const out = new Float32Array(width * height);
  for (let row = 0; row < height; row += 1) {
    const top = Math.floor(row * factor);
    const bottom = Math.max(top + 1, Math.floor((row + 1) * factor));
    for (let column = 0; column < width; column += 1) {
      const left = Math.floor(column * factor);
      const right = Math.max(left + 1, Math.floor((column + 1) * factor));
      let sum = 0;
      for (let y = top; y < bottom; y += 1) {
        for (let x = left; x < right; x += 1) sum += data[y * widthPx + x] ?? 0;
      }
      out[row * width + column] = sum / ((bottom - top) * (right - left));
    }
  }
  return { widthPx: width, heightPx: height, data: out };
};

/** The picture turned clockwise by a quarter. */
export const quarterTurn = ({ widthPx, heightPx, data }: GreyRaster): GreyRaster => {
  const out = new Uint8Array(widthPx * heightPx);
  for (let row = 0; row < heightPx; row += 1) {
    for (let column = 0; column < widthPx; column += 1) {
      out[column * heightPx + heightPx - 1 - row] = data[row * widthPx + column] ?? 0;
    }
  }
  return { widthPx: heightPx, heightPx: widthPx, channels: 1, data: out };
};
