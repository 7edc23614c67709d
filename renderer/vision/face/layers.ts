/** The five kinds of layers that BlazeFace has. Loops alone: must never know an order or a size. */

/** Activations, row by row, channels innermost, with a border of one pixel that stays 0. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Float32Array;
}

/** A layer of 1 × 1: for each four outputs the weights of each input. */
export interface Pointwise {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/** 3 × 3 in each channel, then 1 × 1 over all. */
export interface Block {
  readonly stride: 1 | 2;
  readonly depthwise: Float32Array;
  readonly pointwise: Pointwise;
}

/** The first layer: 5 × 5 over red, green and blue, 24 outputs. */
export interface Stem {
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

export const STEM = { side: 5, inputs: 3, outputs: 24 } as const;
/** Outputs worked on at once. */
export const LANES = 4;

const planeOf = (width: number, height: number, channels: number): Plane => ({
  width,
  height,
  channels,
  data: new Float32Array((width + 2) * (height + 2) * channels),
});

/** 5 × 5 over RGB, every second pixel; one pixel of border before, two behind. */
export const runStem = (
  { weights, bias }: Stem,
  rgb: Float32Array,
  widthPx: number,
  heightPx: number,
): Plane => {
  const out = planeOf(widthPx / 2, heightPx / 2, STEM.outputs);
  const sums = new Float64Array(STEM.outputs);
  for (let y = 0; y < out.height; y += 1)
    for (let x = 0; x < out.width; x += 1) {
      sums.set(bias);
      for (let ky = 0; ky < STEM.side; ky += 1) {
        const row = 2 * y + ky - 1;
        if (row < 0 || row >= heightPx) continue;
        for (let kx = 0; kx < STEM.side; kx += 1) {
          const column = 2 * x + kx - 1;
          if (column < 0 || column >= widthPx) continue;
          const from = (row * widthPx + column) * 3;
          const r = rgb[from] ?? 0;
          const g = rgb[from + 1] ?? 0;
          const b = rgb[from + 2] ?? 0;
          const w = (ky * STEM.side + kx) * STEM.inputs * STEM.outputs;
          for (let output = 0; output < STEM.outputs; output += 1)
            sums[output] =
              (sums[output] ?? 0) +
              r * (weights[w + output] ?? 0) +
              g * (weights[w + STEM.outputs + output] ?? 0) +
              b * (weights[w + 2 * STEM.outputs + output] ?? 0);
        }
      }
      const to = ((y + 1) * (out.width + 2) + x + 1) * STEM.outputs;
      for (let output = 0; output < STEM.outputs; output += 1)
        out.data[to + output] = Math.max(0, sums[output] ?? 0);
    }
  return out;
};

/** 3 × 3 in each channel, for one row of the output. */
const depthwiseRow = (
  { width, channels, data }: Plane,
  { stride, depthwise: k }: Block,
  y: number,
  row: Float32Array,
): void => {
  const c = channels;
  const line = (width + 2) * c;
  // SAME padding: at stride 2 the border is behind alone.
  const first = stride === 1 ? y * line : (2 * y + 1) * line + c;
  for (let to = 0, from = first; to < row.length; to += c, from += stride * c)
    for (let i = 0; i < c; i += 1) {
      const a = from + i;
      const b = a + line;
      const d = b + line;
      row[to + i] =
        (data[a] ?? 0) * (k[i] ?? 0) +
        (data[a + c] ?? 0) * (k[i + c] ?? 0) +
        (data[a + 2 * c] ?? 0) * (k[i + 2 * c] ?? 0) +
        (data[b] ?? 0) * (k[i + 3 * c] ?? 0) +
        (data[b + c] ?? 0) * (k[i + 4 * c] ?? 0) +
        (data[b + 2 * c] ?? 0) * (k[i + 5 * c] ?? 0) +
        (data[d] ?? 0) * (k[i + 6 * c] ?? 0) +
        (data[d + c] ?? 0) * (k[i + 7 * c] ?? 0) +
        (data[d + 2 * c] ?? 0) * (k[i + 8 * c] ?? 0);
    }
};

/** All inputs of each pixel of a row into all outputs, two pixels at once; `out` has whole groups of LANES. */
const pointwiseRow = (
  { inputs, weights, bias }: Pointwise,
  row: Float32Array,
  out: Float32Array,
): void => {
  const lanes = bias.length;
  const last = row.length - inputs;
  for (let from = 0, to = 0; from <= last; from += 2 * inputs, to += 2 * lanes) {
    // An odd pixel at the end is worked out twice.
    const next = Math.min(inputs, last - from);
    const nextTo = next === 0 ? to : to + lanes;
    for (let lane = 0, w = 0; lane < lanes; lane += LANES) {
      let s0 = bias[lane] ?? 0;
      let s1 = bias[lane + 1] ?? 0;
      let s2 = bias[lane + 2] ?? 0;
      let s3 = bias[lane + 3] ?? 0;
      let t0 = s0;
      let t1 = s1;
      let t2 = s2;
      let t3 = s3;
      for (let at = from; at < from + inputs; at += 1, w += LANES) {
        const a = row[at] ?? 0;
        const b = row[at + next] ?? 0;
        const w0 = weights[w] ?? 0;
        const w1 = weights[w + 1] ?? 0;
        const w2 = weights[w + 2] ?? 0;
        const w3 = weights[w + 3] ?? 0;
        s0 += a * w0;
        s1 += a * w1;
        s2 += a * w2;
        s3 += a * w3;
        t0 += b * w0;
        t1 += b * w1;
        t2 += b * w2;
        t3 += b * w3;
      }
      out[to + lane] = s0;
      out[to + lane + 1] = s1;
      out[to + lane + 2] = s2;
      out[to + lane + 3] = s3;
      out[nextTo + lane] = t0;
      out[nextTo + lane + 1] = t1;
      out[nextTo + lane + 2] = t2;
      out[nextTo + lane + 3] = t3;
    }
  }
};

/** Depthwise and pointwise with a way around them: the pixel itself, or the largest of four. */
export const runBlock = (input: Plane, block: Block, isResidual: boolean): Plane => {
  const { stride, pointwise } = block;
  const { channels: inputs, data } = input;
  const { outputs } = pointwise;
  const out = planeOf(input.width / stride, input.height / stride, outputs);
  const row = new Float32Array(out.width * inputs);
  const sums = new Float32Array(out.width * outputs);
  const line = (input.width + 2) * inputs;
  for (let y = 0; y < out.height; y += 1) {
    depthwiseRow(input, block, y, row);
    pointwiseRow(pointwise, row, sums);
    const to = ((y + 1) * (out.width + 2) + 1) * outputs;
    if (isResidual) {
      const around = (stride * y + 1) * line + inputs;
      for (let x = 0; x < out.width; x += 1)
        for (let i = 0; i < inputs; i += 1) {
          const a = around + x * stride * inputs + i;
          const b = a + line;
          const shortcut =
            stride === 1
              ? (data[a] ?? 0)
              : Math.max(data[a] ?? 0, data[a + inputs] ?? 0, data[b] ?? 0, data[b + inputs] ?? 0);
          sums[x * outputs + i] = (sums[x * outputs + i] ?? 0) + shortcut;
        }
    }
    for (let i = 0; i < sums.length; i += 1) out.data[to + i] = Math.max(0, sums[i] ?? 0);
  }
  return out;
};

export const runHead = (
  { width, height, channels, data }: Plane,
  head: Pointwise,
): Float32Array => {
  const result = new Float32Array(width * height * head.outputs);
  const sums = new Float32Array(head.bias.length);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const from = ((y + 1) * (width + 2) + x + 1) * channels;
      pointwiseRow(head, data.subarray(from, from + channels), sums);
      result.set(sums.subarray(0, head.outputs), (y * width + x) * head.outputs);
    }
  return result;
};
