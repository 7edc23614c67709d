/** Turns the inside of a quad upright and flat: what a scanner would have seen of the document. */
import type { Quad } from './geometry.ts';
import { squareToQuad } from './homography.ts';
import type { Raster } from './raster.ts';

/**
 * The document alone, RGBA, bilinear. Places outside the frame repeat its border.
 *
 * @param quad top left, top right, bottom right, bottom left of what becomes the picture.
 */
export const rectify = (frame: Raster, quad: Quad, widthPx: number, heightPx: number): Raster => {
  const [a, b, c, d, e, f, g, h] = squareToQuad(quad);
  const { data, channels: step } = frame;
  const channels = step === 4 ? 3 : 1;
  const lastX = frame.widthPx - 1;
  const lastY = frame.heightPx - 1;
  const out = new Uint8ClampedArray(widthPx * heightPx * 4);
  let to = 0;
  for (let row = 0; row < heightPx; row += 1) {
    const v = (row + 0.5) / heightPx;
    for (let column = 0; column < widthPx; column += 1) {
      const u = (column + 0.5) / widthPx;
      const w = g * u + h * v + 1;
      const x = Math.min(lastX, Math.max(0, (a * u + b * v + c) / w - 0.5));
      const y = Math.min(lastY, Math.max(0, (d * u + e * v + f) / w - 0.5));
      const x0 = Math.floor(x);
      const y0 = Math.floor(y);
      const right = x0 < lastX ? step : 0;
      const down = y0 < lastY ? frame.widthPx * step : 0;
      const at = (y0 * frame.widthPx + x0) * step;
      const fx = x - x0;
      const fy = y - y0;
      const w00 = (1 - fx) * (1 - fy);
      const w01 = fx * (1 - fy);
      const w10 = (1 - fx) * fy;
      const w11 = fx * fy;
      const below = at + down;
      for (let channel = 0; channel < channels; channel += 1)
        out[to + channel] =
          w00 * (data[at + channel] ?? 0) +
          w01 * (data[at + right + channel] ?? 0) +
          w10 * (data[below + channel] ?? 0) +
          w11 * (data[below + right + channel] ?? 0);
      if (channels === 1) {
        out[to + 1] = out[to] ?? 0;
        out[to + 2] = out[to] ?? 0;
      }
      out[to + 3] = 255;
      to += 4;
    }
  }
  return { widthPx, heightPx, channels: 4, data: out };
};
