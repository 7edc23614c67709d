/**
 * Owns what each kind of layer hands back: the gradients of its weights and what its input answers for.
 * The counterpart of renderer/vision/mrz/layers.ts, over the same maps. Never knows the network.
 */
import {
  convolve,
  createMap,
  type MapShape,
  planeSize,
} from '../../../renderer/vision/mrz/layers.ts';
import type { Layer } from '../../../renderer/vision/mrz/line-network.ts';

const add = (array: Float64Array, at: number, value: number): void => {
  array[at] = (array[at] ?? 0) + value;
};

/** Gradients of biases: what each channel answers for, summed. */
export const addBiasGradients = (
  deltas: Float64Array,
  shape: MapShape,
  biases: Float64Array,
): void => {
  const plane = planeSize(shape);
  for (let channel = 0; channel < shape.channels; channel += 1) {
    let sum = 0;
    for (let at = channel * plane; at < (channel + 1) * plane; at += 1) sum += deltas[at] ?? 0;
    biases[channel] = (biases[channel] ?? 0) + sum;
  }
};

/** Gradients of 3 × 3 weights. Borders of `deltas` are zero. */
export const addConvolutionGradients = (
  input: Float64Array,
  shape: MapShape,
  deltas: Float64Array,
  outputs: number,
  gradients: Float64Array,
): void => {
  const { channels, rows, columns } = shape;
  const plane = planeSize(shape);
  const stride = columns + 2;
  for (let to = 0; to < outputs; to += 1) {
    for (let from = 0; from < channels; from += 1) {
      let g0 = 0;
      let g1 = 0;
      let g2 = 0;
      let g3 = 0;
      let g4 = 0;
      let g5 = 0;
      let g6 = 0;
      let g7 = 0;
      let g8 = 0;
      for (let row = 1; row <= rows; row += 1) {
        const here = from * plane + row * stride;
        const above = here - stride;
        const below = here + stride;
        const delta = to * plane + row * stride;
        let a0 = input[above] ?? 0;
        let a1 = input[above + 1] ?? 0;
        let b0 = input[here] ?? 0;
        let b1 = input[here + 1] ?? 0;
        let c0 = input[below] ?? 0;
        let c1 = input[below + 1] ?? 0;
        for (let column = 1; column <= columns; column += 1) {
          const d = deltas[delta + column] ?? 0;
          const a2 = input[above + column + 1] ?? 0;
          const b2 = input[here + column + 1] ?? 0;
          const c2 = input[below + column + 1] ?? 0;
          g0 += a0 * d;
          g1 += a1 * d;
          g2 += a2 * d;
          g3 += b0 * d;
          g4 += b1 * d;
          g5 += b2 * d;
          g6 += c0 * d;
          g7 += c1 * d;
          g8 += c2 * d;
          a0 = a1;
          a1 = a2;
          b0 = b1;
          b1 = b2;
          c0 = c1;
          c1 = c2;
        }
      }
      const at = (to * channels + from) * 9;
      add(gradients, at, g0);
      add(gradients, at + 1, g1);
      add(gradients, at + 2, g2);
      add(gradients, at + 3, g3);
      add(gradients, at + 4, g4);
      add(gradients, at + 5, g5);
      add(gradients, at + 6, g6);
      add(gradients, at + 7, g7);
      add(gradients, at + 8, g8);
    }
  }
};

/** What the input of a 3 × 3 convolution answers for: the convolution with turned kernels. */
export const backThroughConvolution = (
  deltas: Float64Array,
  shape: MapShape,
  weights: Float64Array,
  outputs: number,
): Float64Array => {
  const turned = new Float64Array(weights.length);
  for (let to = 0; to < outputs; to += 1) {
    for (let from = 0; from < shape.channels; from += 1) {
      for (let tap = 0; tap < 9; tap += 1) {
        turned[(from * outputs + to) * 9 + 8 - tap] =
          weights[(to * shape.channels + from) * 9 + tap] ?? 0;
      }
    }
  }
  const inputDeltas = createMap(shape);
  convolve(deltas, { ...shape, channels: outputs }, turned, shape.channels, inputDeltas);
  return inputDeltas;
};

/** Gradients of a convolution along rows, and what its input answers for. */
export const backThroughRows = (
  input: Float64Array,
  shape: MapShape,
  deltas: Float64Array,
  layer: Layer,
  outputs: number,
  gradients: Layer,
): Float64Array => {
  const { channels, rows, columns } = shape;
  const stride = columns + 2;
  const inputs = channels * rows;
  const inputDeltas = createMap(shape);
  for (let to = 0; to < outputs; to += 2) {
    const one = to * 3 * stride + stride;
    const two = one + 3 * stride;
    for (let from = 0; from < inputs; from += 1) {
      const start = (Math.floor(from / rows) * (rows + 2) + (from % rows) + 1) * stride;
      const first = (to * inputs + from) * 3;
      const second = first + inputs * 3;
      const v0 = layer.weights[first] ?? 0;
      const v1 = layer.weights[first + 1] ?? 0;
      const v2 = layer.weights[first + 2] ?? 0;
      const w0 = layer.weights[second] ?? 0;
      const w1 = layer.weights[second + 1] ?? 0;
      const w2 = layer.weights[second + 2] ?? 0;
      let g0 = 0;
      let g1 = 0;
      let g2 = 0;
      let h0 = 0;
      let h1 = 0;
      let h2 = 0;
      let d0 = 0;
      let d1 = deltas[one + 1] ?? 0;
      let e0 = 0;
      let e1 = deltas[two + 1] ?? 0;
      let a0 = input[start] ?? 0;
      let a1 = input[start + 1] ?? 0;
      for (let column = 1; column <= columns; column += 1) {
        const d2 = deltas[one + column + 1] ?? 0;
        const e2 = deltas[two + column + 1] ?? 0;
        const here = start + column;
        const a2 = input[here + 1] ?? 0;
        g0 += a0 * d1;
        g1 += a1 * d1;
        g2 += a2 * d1;
        h0 += a0 * e1;
        h1 += a1 * e1;
        h2 += a2 * e1;
        inputDeltas[here] =
          (inputDeltas[here] ?? 0) + (d2 * v0 + d1 * v1 + d0 * v2 + e2 * w0 + e1 * w1 + e0 * w2);
        d0 = d1;
        d1 = d2;
        e0 = e1;
        e1 = e2;
        a0 = a1;
        a1 = a2;
      }
      add(gradients.weights, first, g0);
      add(gradients.weights, first + 1, g1);
      add(gradients.weights, first + 2, g2);
      add(gradients.weights, second, h0);
      add(gradients.weights, second + 1, h1);
      add(gradients.weights, second + 2, h2);
    }
  }
  addBiasGradients(deltas, { channels: outputs, rows: 1, columns }, gradients.biases);
  return inputDeltas;
};

/** A rectified number that is zero answers for nothing. In place. */
export const backThroughRectifier = (rectified: Float64Array, deltas: Float64Array): void => {
  for (let at = 0; at < deltas.length; at += 1) if ((rectified[at] ?? 0) <= 0) deltas[at] = 0;
};

/** The largest of each block answers for all, where it was above zero. */
export const backThroughPool = (
  input: Float64Array,
  shape: MapShape,
  pooled: Float64Array,
  deltas: Float64Array,
): Float64Array => {
  const stride = shape.columns + 2;
  const plane = planeSize(shape);
  const outStride = shape.columns / 2 + 2;
  const outPlane = (shape.rows / 2 + 2) * outStride;
  const inputDeltas = createMap(shape);
  for (let channel = 0; channel < shape.channels; channel += 1) {
    for (let row = 0; row < shape.rows / 2; row += 1) {
      for (let column = 0; column < shape.columns / 2; column += 1) {
        const from = channel * outPlane + (row + 1) * outStride + column + 1;
        const top = pooled[from] ?? 0;
        if (top <= 0) continue;
        const corner = channel * plane + (2 * row + 1) * stride + 2 * column + 1;
        const at = [corner, corner + 1, corner + stride, corner + stride + 1].find(
          (index) => input[index] === top,
        );
        if (at !== undefined) inputDeltas[at] = deltas[from] ?? 0;
      }
    }
  }
  return inputDeltas;
};
