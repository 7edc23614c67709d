/**
 * Owns the arithmetic of a small convolutional network over feature maps in typed arrays.
 * Never knows what the network is for.
 *
 * A map is channel after channel, each `rows + 2` by `columns + 2` with a border of zeros, so that no
 * kernel asks where it is. Doubles, because V8 computes in them: single precision is a fifth slower.
 */

/** Size of a map without its border. */
export interface MapShape {
  readonly channels: number;
  readonly rows: number;
  readonly columns: number;
}

/** Numbers in one channel, border included. */
export const planeSize = ({ rows, columns }: MapShape): number => (rows + 2) * (columns + 2);

/** A map of zeros. */
export const createMap = (shape: MapShape): Float64Array =>
  new Float64Array(shape.channels * planeSize(shape));

/** Adds both 3 × 3 convolutions of one input channel; two outputs share each load of the input. */
const convolvePlanes = (
  input: Float64Array,
  from: number,
  output: Float64Array,
  one: number,
  two: number,
  weights: Float64Array,
  first: number,
  second: number,
  rows: number,
  columns: number,
): void => {
  const stride = columns + 2;
  const v0 = weights[first] ?? 0;
  const v1 = weights[first + 1] ?? 0;
  const v2 = weights[first + 2] ?? 0;
  const v3 = weights[first + 3] ?? 0;
  const v4 = weights[first + 4] ?? 0;
  const v5 = weights[first + 5] ?? 0;
  const v6 = weights[first + 6] ?? 0;
  const v7 = weights[first + 7] ?? 0;
  const v8 = weights[first + 8] ?? 0;
  const w0 = weights[second] ?? 0;
  const w1 = weights[second + 1] ?? 0;
  const w2 = weights[second + 2] ?? 0;
  const w3 = weights[second + 3] ?? 0;
  const w4 = weights[second + 4] ?? 0;
  const w5 = weights[second + 5] ?? 0;
  const w6 = weights[second + 6] ?? 0;
  const w7 = weights[second + 7] ?? 0;
  const w8 = weights[second + 8] ?? 0;
  for (let row = 1; row <= rows; row += 1) {
    const above = from + (row - 1) * stride;
    const here = above + stride;
    const below = here + stride;
    const toOne = one + row * stride;
    const toTwo = two + row * stride;
    let a0 = input[above] ?? 0;
    let a1 = input[above + 1] ?? 0;
    let b0 = input[here] ?? 0;
    let b1 = input[here + 1] ?? 0;
    let c0 = input[below] ?? 0;
    let c1 = input[below + 1] ?? 0;
    for (let column = 1; column <= columns; column += 1) {
      const a2 = input[above + column + 1] ?? 0;
      const b2 = input[here + column + 1] ?? 0;
      const c2 = input[below + column + 1] ?? 0;
      output[toOne + column] =
        (output[toOne + column] ?? 0) +
        (a0 * v0 + a1 * v1 + a2 * v2 + b0 * v3 + b1 * v4 + b2 * v5 + c0 * v6 + c1 * v7 + c2 * v8);
      output[toTwo + column] =
        (output[toTwo + column] ?? 0) +
        (a0 * w0 + a1 * w1 + a2 * w2 + b0 * w3 + b1 * w4 + b2 * w5 + c0 * w6 + c1 * w7 + c2 * w8);
      a0 = a1;
      a1 = a2;
      b0 = b1;
      b1 = b2;
      c0 = c1;
      c1 = c2;
    }
  }
};

/**
 * 3 × 3 convolution, same size, added to what `output` holds.
 *
 * @param weights `[output][input][3 × 3]`; further numbers are ignored.
 * @param outputs number of output channels: even.
 */
export const convolve = (
  input: Float64Array,
  shape: MapShape,
  weights: Float64Array,
  outputs: number,
  output: Float64Array,
): void => {
  const plane = planeSize(shape);
  const { channels, rows, columns } = shape;
  for (let to = 0; to < outputs; to += 2) {
    for (let from = 0; from < channels; from += 1) {
      const first = (to * channels + from) * 9;
      const second = first + channels * 9;
      convolvePlanes(
        input,
        from * plane,
        output,
        to * plane,
        (to + 1) * plane,
        weights,
        first,
        second,
        rows,
        columns,
      );
    }
  }
};

/**
 * Convolution along rows with three taps: every row of every input channel is an input of its own, so
 * that the output has one row. Added to what `output` (one row a channel, bordered) holds.
 *
 * @param weights `[output][input channel][input row][3]`; further numbers are ignored.
 * @param outputs number of output channels: even.
 */
export const convolveRows = (
  input: Float64Array,
  shape: MapShape,
  weights: Float64Array,
  outputs: number,
  output: Float64Array,
): void => {
  const { channels, rows, columns } = shape;
  const stride = columns + 2;
  const inputs = channels * rows;
  for (let to = 0; to < outputs; to += 2) {
    const one = to * 3 * stride + stride;
    const two = one + 3 * stride;
    for (let from = 0; from < inputs; from += 1) {
      const channel = Math.floor(from / rows);
      const start = (channel * (rows + 2) + (from % rows) + 1) * stride;
      const first = (to * inputs + from) * 3;
      const second = first + inputs * 3;
      const v0 = weights[first] ?? 0;
      const v1 = weights[first + 1] ?? 0;
      const v2 = weights[first + 2] ?? 0;
      const w0 = weights[second] ?? 0;
      const w1 = weights[second + 1] ?? 0;
      const w2 = weights[second + 2] ?? 0;
      let a0 = input[start] ?? 0;
      let a1 = input[start + 1] ?? 0;
      for (let column = 1; column <= columns; column += 1) {
        const a2 = input[start + column + 1] ?? 0;
        output[one + column] = (output[one + column] ?? 0) + (a0 * v0 + a1 * v1 + a2 * v2);
        output[two + column] = (output[two + column] ?? 0) + (a0 * w0 + a1 * w1 + a2 * w2);
        a0 = a1;
        a1 = a2;
      }
    }
  }
};

/** Sets the inside of each channel to its bias: what the convolutions are added to. */
export const fillWithBiases = (map: Float64Array, shape: MapShape, biases: Float64Array): void => {
  const plane = planeSize(shape);
  const stride = shape.columns + 2;
  for (let channel = 0; channel < shape.channels; channel += 1) {
    const bias = biases[channel] ?? 0;
    for (let row = 1; row <= shape.rows; row += 1) {
      const start = channel * plane + row * stride;
      map.fill(bias, start + 1, start + 1 + shape.columns);
    }
  }
};

/** Negative numbers become zero, in place. */
export const rectify = (map: Float64Array): void => {
  for (let at = 0; at < map.length; at += 1) if ((map[at] ?? 0) < 0) map[at] = 0;
};

/** Largest of each 2 × 2 block, none below zero. `rows` and `columns` of `shape` (the input's) are even. */
export const rectifyAndPool = (
  input: Float64Array,
  shape: MapShape,
  output: Float64Array,
): void => {
  const plane = planeSize(shape);
  const stride = shape.columns + 2;
  const outStride = shape.columns / 2 + 2;
  const outPlane = (shape.rows / 2 + 2) * outStride;
  for (let channel = 0; channel < shape.channels; channel += 1) {
    for (let row = 0; row < shape.rows / 2; row += 1) {
      const from = channel * plane + (2 * row + 1) * stride + 1;
      const to = channel * outPlane + (row + 1) * outStride + 1;
      for (let column = 0; column < shape.columns / 2; column += 1) {
        const at = from + 2 * column;
        const upper = Math.max(input[at] ?? 0, input[at + 1] ?? 0);
        const lower = Math.max(input[at + stride] ?? 0, input[at + stride + 1] ?? 0);
        output[to + column] = Math.max(0, upper, lower);
      }
    }
  }
};
