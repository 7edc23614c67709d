/**
 * Owns a camera frame while it is composed: linear arithmetic on floats, quantised once at the end.
 * Never reads or writes files.
 */
import type { Prng } from './prng.ts';
import type { Raster } from './raster.ts';

/** RGB, row by row, 0–255; may leave the range until it is quantised. */
export interface Frame {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly data: Float32Array;
}

export function newFrame(widthPx: number, heightPx: number): Frame {
  return { widthPx, heightPx, data: new Float32Array(widthPx * heightPx * 3) };
}

export function copyFrame(frame: Frame): Frame {
  return { ...frame, data: frame.data.slice() };
}

const NOISE_TABLE = 1 << 16;

/**
 * The frame as the sensor delivers it: with read-out noise of the given standard deviation, clipped, 8 bits.
 * Noise is a table read from a random place in each row: a fresh draw for each sample would cost more than the scene.
 */
export function quantise(frame: Frame, noiseSigma: number, random: Prng): Raster {
  const { widthPx, heightPx, data } = frame;
  const table = Float32Array.from(
    { length: NOISE_TABLE },
    () => random.gaussian() * noiseSigma + 0.5,
  );
  const out = new Uint8ClampedArray(data.length);
  const rowLength = widthPx * 3;
  for (let row = 0; row < heightPx; row += 1) {
    let at = random.int(0, NOISE_TABLE - 1);
    const end = (row + 1) * rowLength;
    for (let index = row * rowLength; index < end; index += 1) {
      /** Truncation after + 0.5 rounds; the array clips. */
      out[index] = Math.floor((data[index] ?? 0) + (table[at] ?? 0));
      at = (at + 1) & (NOISE_TABLE - 1);
    }
  }
  return { widthPx, heightPx, channels: 3, data: new Uint8Array(out.buffer) };
}
