/**
 * Owns putting a flat picture into a frame under perspective: bilinear, supersampled where it shrinks,
 * with soft edges and alpha. Never decides where: the quad does.
 */
import type { Frame } from './frame.ts';
import type { Quad } from '../../renderer/vision/geometry.ts';
import { invert, squareToQuad } from '../../renderer/vision/homography.ts';
import type { Raster } from './raster.ts';

/** Premultiplied RGBA with a transparent border of one texel, so that edges fade instead of breaking off. */
export interface Texture {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly data: Float32Array;
}

const BORDER = 1;

/** Prepare a picture once for any number of warps. */
export function textureOf(picture: Raster): Texture {
  const { widthPx, heightPx, channels, data } = picture;
  const stride = widthPx + 2 * BORDER;
  const out = new Float32Array(stride * (heightPx + 2 * BORDER) * 4);
  for (let row = 0; row < heightPx; row += 1) {
    let from = row * widthPx * channels;
    let to = ((row + BORDER) * stride + BORDER) * 4;
    for (let column = 0; column < widthPx; column += 1) {
      const alpha = channels === 4 ? (data[from + 3] ?? 0) / 255 : 1;
      out[to] = (data[from] ?? 0) * alpha;
      out[to + 1] = (data[from + 1] ?? 0) * alpha;
      out[to + 2] = (data[from + 2] ?? 0) * alpha;
      out[to + 3] = alpha;
      from += channels;
      to += 4;
    }
  }
  return { widthPx, heightPx, data: out };
}

function distance(quad: Quad, from: 0 | 1 | 2 | 3, to: 0 | 1 | 2 | 3): number {
  return Math.hypot(quad[to].x - quad[from].x, quad[to].y - quad[from].y);
}

/** Samples per pixel and direction that a shrinking warp needs; 4 suffice down to a quarter. */
function samplesFor(texture: Texture, quad: Quad): number {
  const across = Math.min(distance(quad, 0, 1), distance(quad, 3, 2));
  const down = Math.min(distance(quad, 0, 3), distance(quad, 1, 2));
  const shrink = Math.max(texture.widthPx / across, texture.heightPx / down);
  return Math.min(4, Math.max(1, Math.ceil(shrink - 0.2)));
}

/** Lay the picture over the frame, in place; its corners come to lie on the quad's. */
export function warpInto(frame: Frame, texture: Texture, quad: Quad): void {
  const { widthPx, heightPx, data } = frame;
  const [a, b, c, d, e, f, g, h, i] = invert(squareToQuad(quad));
  const samples = samplesFor(texture, quad);
  const stride = texture.widthPx + 2 * BORDER;
  const texels = texture.data;
  const xs = quad.map((point) => point.x);
  const ys = quad.map((point) => point.y);
  const left = Math.max(0, Math.floor(Math.min(...xs)) - 1);
  const right = Math.min(widthPx, Math.ceil(Math.max(...xs)) + 1);
  const top = Math.max(0, Math.floor(Math.min(...ys)) - 1);
  const bottom = Math.min(heightPx, Math.ceil(Math.max(...ys)) + 1);
  /** Texel centres lie at half numbers; the border shifts them by one. */
  const offset = BORDER - 0.5;
  const maxX = texture.widthPx + BORDER;
  const maxY = texture.heightPx + BORDER;
  const share = 1 / (samples * samples);
  for (let row = top; row < bottom; row += 1) {
    for (let column = left; column < right; column += 1) {
      let red = 0;
      let green = 0;
      let blue = 0;
      let alpha = 0;
      for (let sample = 0; sample < samples * samples; sample += 1) {
        const x = column + ((sample % samples) + 0.5) / samples;
        const y = row + (Math.floor(sample / samples) + 0.5) / samples;
        const w = 1 / (g * x + h * y + i);
        const u = (a * x + b * y + c) * w * texture.widthPx + offset;
        const v = (d * x + e * y + f) * w * texture.heightPx + offset;
        if (u < 0 || v < 0 || u >= maxX || v >= maxY) continue;
        const column0 = Math.floor(u);
        const row0 = Math.floor(v);
        const fu = u - column0;
        const fv = v - row0;
        const at = (row0 * stride + column0) * 4;
        const below = at + stride * 4;
        const w00 = (1 - fu) * (1 - fv);
        const w10 = fu * (1 - fv);
        const w01 = (1 - fu) * fv;
        const w11 = fu * fv;
        red +=
          (texels[at] ?? 0) * w00 +
          (texels[at + 4] ?? 0) * w10 +
          (texels[below] ?? 0) * w01 +
          (texels[below + 4] ?? 0) * w11;
        green +=
          (texels[at + 1] ?? 0) * w00 +
          (texels[at + 5] ?? 0) * w10 +
          (texels[below + 1] ?? 0) * w01 +
          (texels[below + 5] ?? 0) * w11;
        blue +=
          (texels[at + 2] ?? 0) * w00 +
          (texels[at + 6] ?? 0) * w10 +
          (texels[below + 2] ?? 0) * w01 +
          (texels[below + 6] ?? 0) * w11;
        alpha +=
          (texels[at + 3] ?? 0) * w00 +
          (texels[at + 7] ?? 0) * w10 +
          (texels[below + 3] ?? 0) * w01 +
          (texels[below + 7] ?? 0) * w11;
      }
      if (alpha === 0) continue;
      const keep = 1 - alpha * share;
      const index = (row * widthPx + column) * 3;
      data[index] = (data[index] ?? 0) * keep + red * share;
      data[index + 1] = (data[index + 1] ?? 0) * keep + green * share;
      data[index + 2] = (data[index + 2] ?? 0) * keep + blue * share;
    }
  }
}
