/** Brings a frame to working size, as luma and two colour differences. Must never enlarge. */
import type { Raster } from '../raster.ts';
import { scratchFloats } from './scratch.ts';

/** One frame at working size. Working position = full position / scale. */
export interface Planes {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly scale: number;
  /** Luma, blue and red difference, 0…255 and about ±100. A grey frame has luma alone. */
  readonly channels: readonly Float32Array[];
}

const lumaOf = scratchFloats();
const blueOf = scratchFloats();
const redOf = scratchFloats();
const spareOf = scratchFloats();

/** Below this largest colour difference of a sparse sample the frame is taken as grey. */
const GREY_LIMIT = 6;

const isGrey = ({ channels, data }: Raster): boolean => {
  if (channels === 1) return true;
  const step = 4 * Math.max(1, Math.floor(data.length / 4 / 2000));
  for (let at = 0; at < data.length; at += step) {
    const r = data[at] ?? 0;
    const g = data[at + 1] ?? 0;
    const b = data[at + 2] ?? 0;
    if (Math.abs(r - g) > GREY_LIMIT || Math.abs(b - g) > GREY_LIMIT) return false;
  }
  return true;
};

/** Binomial 3 × 3 in place; the border stays as it is. */
const smooth = (plane: Float32Array, spare: Float32Array, width: number, height: number): void => {
  for (let y = 0; y < height; y += 1) {
    const row = y * width;
    spare[row] = plane[row] ?? 0;
    spare[row + width - 1] = plane[row + width - 1] ?? 0;
    for (let at = row + 1; at < row + width - 1; at += 1)
      spare[at] =
        0.25 * (plane[at - 1] ?? 0) + 0.5 * (plane[at] ?? 0) + 0.25 * (plane[at + 1] ?? 0);
  }
  for (let at = width; at < width * (height - 1); at += 1)
    plane[at] =
      0.25 * (spare[at - width] ?? 0) + 0.5 * (spare[at] ?? 0) + 0.25 * (spare[at + width] ?? 0);
};

/**
 * Averages the frame down to about `budgetPx` pixels and takes the noise off.
 * The same number of pixels whatever the shape, so that no frame costs more than another.
 */
export const planesOf = (frame: Raster, budgetPx: number): Planes => {
  const { data, channels: step } = frame;
  const scale = Math.max(1, Math.sqrt((frame.widthPx * frame.heightPx) / budgetPx));
  const width = Math.floor(frame.widthPx / scale);
  const height = Math.floor(frame.heightPx / scale);
  const size = width * height;
  const luma = lumaOf(size);
  const hasColour = !isGrey(frame);
  const blue = blueOf(hasColour ? size : 0);
  const red = redOf(hasColour ? size : 0);
  // Each cell is the mean of four samples: more cost time and change no corner.
  const columns = Int32Array.from(
    { length: 2 * width },
    (_, half) => Math.floor((half * 0.5 + 0.25) * scale) * step,
  );
  for (let y = 0; y < height; y += 1) {
    const upper = Math.floor((y + 0.25) * scale) * frame.widthPx * step;
    const lower = Math.floor((y + 0.75) * scale) * frame.widthPx * step;
    for (let x = 0; x < width; x += 1) {
      const left = columns[2 * x] ?? 0;
      const right = columns[2 * x + 1] ?? 0;
      const a = upper + left;
      const b = upper + right;
      const c = lower + left;
      const d = lower + right;
      const to = y * width + x;
      const green = step === 4 ? 1 : 0;
      const g =
        ((data[a + green] ?? 0) +
          (data[b + green] ?? 0) +
          (data[c + green] ?? 0) +
          (data[d + green] ?? 0)) /
        4;
      if (!hasColour) {
        luma[to] = g;
        continue;
      }
      const r = ((data[a] ?? 0) + (data[b] ?? 0) + (data[c] ?? 0) + (data[d] ?? 0)) / 4;
      const u =
        ((data[a + 2] ?? 0) + (data[b + 2] ?? 0) + (data[c + 2] ?? 0) + (data[d + 2] ?? 0)) / 4;
      const value = 0.299 * r + 0.587 * g + 0.114 * u;
      luma[to] = value;
      blue[to] = 0.8 * (u - value);
      red[to] = 0.9 * (r - value);
    }
  }
  // Cameras and JPEG have smoothed the colours already: they come at half the resolution.
  smooth(luma, spareOf(size), width, height);
  const channels = hasColour ? [luma, blue, red] : [luma];
  return { widthPx: width, heightPx: height, scale, channels };
};
