/** What the network is shown: a part of the frame, made smaller and turned upright. */
import type { Point } from '../geometry.ts';
import type { Raster } from '../raster.ts';

/** A rectangle laid over the frame. */
export interface View {
  /** Place in the frame of its top left corner. */
  readonly origin: Point;
  /** Pixels of the frame for one of the view, along its own x axis; the y axis stands on it. */
  readonly step: Point;
  /** Size of the view in its own pixels. */
  readonly width: number;
  readonly height: number;
}

/** Place in the frame of a place in the view. */
export const toFrame = ({ origin, step }: View, { x, y }: Point): Point => ({
  x: origin.x + step.x * x - step.y * y,
  y: origin.y + step.y * x + step.x * y,
});

/** A view of this size around a place of the frame, its x axis at this angle. */
export const viewAround = (
  middle: Point,
  angleRad: number,
  scale: number,
  width: number,
  height: number,
): View => {
  const step = { x: scale * Math.cos(angleRad), y: scale * Math.sin(angleRad) };
  const corner = toFrame(
    { origin: middle, step, width, height },
    { x: -width / 2, y: -height / 2 },
  );
  return { origin: corner, step, width, height };
};

/** Samples of one pixel on either axis: as dense as it takes against aliasing. */
const MOST_SAMPLES = 3;

/** Red, green and blue of each pixel from -1 to 1, as the network was trained; black outside the frame. */
export const pixelsOf = (frame: Raster, view: View): Float32Array => {
  const { widthPx, heightPx, channels, data } = frame;
  const { width, height, step } = view;
  const scale = Math.hypot(step.x, step.y);
  const samples = Math.max(1, Math.min(MOST_SAMPLES, Math.round(scale / 1.5)));
  const green = channels === 1 ? 0 : 1;
  const blue = 2 * green;
  const norm = 127.5 * samples * samples;
  const rgb = new Float32Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1, to += 3) {
      let r = 0;
      let g = 0;
      let b = 0;
      for (let sample = 0; sample < samples * samples; sample += 1) {
        const u = x + ((sample % samples) + 0.5) / samples;
        const v = y + (Math.floor(sample / samples) + 0.5) / samples;
        const column = Math.floor(view.origin.x + step.x * u - step.y * v);
        const row = Math.floor(view.origin.y + step.y * u + step.x * v);
        if (column < 0 || row < 0 || column >= widthPx || row >= heightPx) continue;
        const at = (row * widthPx + column) * channels;
        r += data[at] ?? 0;
        g += data[at + green] ?? 0;
        b += data[at + blue] ?? 0;
      }
      rgb[to] = r / norm - 1;
      rgb[to + 1] = g / norm - 1;
      rgb[to + 2] = b / norm - 1;
    }
  return rgb;
};
