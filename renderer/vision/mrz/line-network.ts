/**
 * Owns the network that reads one line of an MRZ: its layers, its file of weights, its forward run.
 * Never finds a line and never decides on a text: it says how likely each character is in each column.
 *
 * Three 3 × 3 convolutions, then one over the whole height and one over neighbouring columns. The
 * weights come from `npm run train-mrz`; recipe, seed and the typeface's licence stand in README.md
 * beside them.
 */
import {
  convolve,
  convolveRows,
  createMap,
  fillWithBiases,
  type MapShape,
  rectify,
  rectifyAndPool,
} from './layers.ts';

/** Classes of the network in this order, then `BLANK`. */
export const MRZ_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<';
/** Between two characters, before the first and after the last. */
export const BLANK = MRZ_ALPHABET.length;
export const CLASSES = MRZ_ALPHABET.length + 1;

/** Height of a strip in pixels. */
export const STRIP_ROWS = 24;
/** Distance from character to character in a strip, about which the network tolerates ± 10 %. */
export const STRIP_PITCH_PX = 16;
/** Strip pixels per column of the answer: two halvings. */
export const COLUMN_PX = 4;

/** One layer: `[output][inputs]`, weights before biases. */
export interface Layer {
  readonly weights: Float64Array;
  readonly biases: Float64Array;
}

/** Inputs to one output, and outputs, of each layer from the strip to the classes. */
export const LAYER_SIZES = [
  { inputs: 9, outputs: 12 },
  { inputs: 12 * 9, outputs: 24 },
  { inputs: 24 * 9, outputs: 40 },
  { inputs: 40 * (STRIP_ROWS / 4) * 3, outputs: 64 },
  { inputs: 64 * 3, outputs: CLASSES },
] as const;

export type LineNetwork = readonly [Layer, Layer, Layer, Layer, Layer];

/** Every map of a forward run, as training needs them; `logits` are not yet normalised. */
export interface ForwardRun {
  readonly strip: Float64Array;
  readonly convolved1: Float64Array;
  readonly pooled1: Float64Array;
  readonly convolved2: Float64Array;
  readonly pooled2: Float64Array;
  readonly convolved3: Float64Array;
  readonly hidden: Float64Array;
  readonly logits: Float64Array;
}

const shape = (channels: number, rows: number, columns: number): MapShape => ({
  channels,
  rows,
  columns,
});

/** Shapes of the maps for a strip of `widthPx`, a multiple of four. */
export const mapShapes = (widthPx: number) => {
  const [one, two, three, four, five] = LAYER_SIZES;
  const quarter = widthPx / 4;
  return {
    strip: shape(1, STRIP_ROWS, widthPx),
    convolved1: shape(one.outputs, STRIP_ROWS, widthPx),
    pooled1: shape(one.outputs, STRIP_ROWS / 2, widthPx / 2),
    convolved2: shape(two.outputs, STRIP_ROWS / 2, widthPx / 2),
    pooled2: shape(two.outputs, STRIP_ROWS / 4, quarter),
    convolved3: shape(three.outputs, STRIP_ROWS / 4, quarter),
    hidden: shape(four.outputs, 1, quarter),
    logits: shape(five.outputs, 1, quarter),
  };
};

/** Maps for repeated runs over strips of one width. */
export const createRun = (widthPx: number): ForwardRun => {
  const shapes = mapShapes(widthPx);
  return {
    strip: createMap(shapes.strip),
    convolved1: createMap(shapes.convolved1),
    pooled1: createMap(shapes.pooled1),
    convolved2: createMap(shapes.convolved2),
    pooled2: createMap(shapes.pooled2),
    convolved3: createMap(shapes.convolved3),
    hidden: createMap(shapes.hidden),
    logits: createMap(shapes.logits),
  };
};

/** Runs the network over `run.strip`, which the caller has filled; the answer is in `run.logits`. */
export const forward = (network: LineNetwork, run: ForwardRun, widthPx: number): void => {
  const [one, two, three, four, five] = network;
  const shapes = mapShapes(widthPx);
  fillWithBiases(run.convolved1, shapes.convolved1, one.biases);
  convolve(run.strip, shapes.strip, one.weights, LAYER_SIZES[0].outputs, run.convolved1);
  rectifyAndPool(run.convolved1, shapes.convolved1, run.pooled1);
  fillWithBiases(run.convolved2, shapes.convolved2, two.biases);
  convolve(run.pooled1, shapes.pooled1, two.weights, LAYER_SIZES[1].outputs, run.convolved2);
  rectifyAndPool(run.convolved2, shapes.convolved2, run.pooled2);
  fillWithBiases(run.convolved3, shapes.convolved3, three.biases);
  convolve(run.pooled2, shapes.pooled2, three.weights, LAYER_SIZES[2].outputs, run.convolved3);
  rectify(run.convolved3);
  fillWithBiases(run.hidden, shapes.hidden, four.biases);
  convolveRows(run.convolved3, shapes.convolved3, four.weights, LAYER_SIZES[3].outputs, run.hidden);
  rectify(run.hidden);
  fillWithBiases(run.logits, shapes.logits, five.biases);
  convolveRows(run.hidden, shapes.hidden, five.weights, LAYER_SIZES[4].outputs, run.logits);
};

/** Logits to logarithms of likelihoods: `[column][class]`. */
const normalised = (logits: Float64Array, columns: number): Float64Array => {
  const likelihoods = new Float64Array(columns * CLASSES);
  for (let column = 0; column < columns; column += 1) {
    let top = -Infinity;
    for (let klass = 0; klass < CLASSES; klass += 1) {
      const logit = logits[(klass * 3 + 1) * (columns + 2) + column + 1] ?? 0;
      likelihoods[column * CLASSES + klass] = logit;
      top = Math.max(top, logit);
    }
    const seen = likelihoods.subarray(column * CLASSES, (column + 1) * CLASSES);
    const sum = seen.reduce((total, logit) => total + Math.exp(logit - top), 0);
    for (const [klass, logit] of seen.entries()) seen[klass] = logit - top - Math.log(sum);
  }
  return likelihoods;
};

/**
 * Natural logarithms of the likelihood of each class in each column: `[column][class]`.
 *
 * @param strip what `sampleStrip` gives: `STRIP_ROWS` rows without border, `widthPx` a multiple of four.
 */
export type LineReader = (strip: Float64Array, widthPx: number) => Float64Array;

/** A reader that keeps its maps from line to line: making them anew costs as much as a tenth of a run. */
export const createLineReader = (network: LineNetwork): LineReader => {
  const runs = new Map<number, ForwardRun>();
  return (strip, widthPx) => {
    const run = runs.get(widthPx) ?? createRun(widthPx);
    runs.set(widthPx, run);
    for (let row = 0; row < STRIP_ROWS; row += 1) {
      const line = strip.subarray(row * widthPx, (row + 1) * widthPx);
      run.strip.set(line, (row + 1) * (widthPx + 2) + 1);
    }
    forward(network, run, widthPx);
    return normalised(run.logits, widthPx / COLUMN_PX);
  };
};

/** Bytes of the file of weights: per layer a scale and a bias for each output (float32), then int8 weights. */
const FILE_SIZE = LAYER_SIZES.reduce(
  (sum, { inputs, outputs }) => sum + outputs * 8 + outputs * inputs,
  0,
);

/** Reads a file of weights. Throws a RangeError for a file of another shape: a fault of the build. */
export const parseNetwork = (file: Uint8Array): LineNetwork => {
  if (file.byteLength !== FILE_SIZE) throw new RangeError('Not the weights of this network.');
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let at = 0;
  const layer = ({ inputs, outputs }: { inputs: number; outputs: number }): Layer => {
    const weights = new Float64Array(inputs * outputs);
    const biases = new Float64Array(outputs);
    const start = at + outputs * 8;
    for (let output = 0; output < outputs; output += 1) {
      const scale = view.getFloat32(at + output * 8, true);
      biases[output] = view.getFloat32(at + output * 8 + 4, true);
      for (let input = 0; input < inputs; input += 1) {
        const index = output * inputs + input;
        weights[index] = view.getInt8(start + index) * scale;
      }
    }
    at = start + inputs * outputs;
    return { weights, biases };
  };
  const [one, two, three, four, five] = LAYER_SIZES;
  return [layer(one), layer(two), layer(three), layer(four), layer(five)];
};

/** Writes a file of weights: eight bits a weight, one scale an output. */
export const serialiseNetwork = (network: LineNetwork): Uint8Array => {
  const file = new Uint8Array(FILE_SIZE);
  const view = new DataView(file.buffer);
  let at = 0;
  for (const [index, { inputs, outputs }] of LAYER_SIZES.entries()) {
    const layer = network[index];
    if (layer === undefined) throw new RangeError('A layer is missing.');
    const start = at + outputs * 8;
    for (let output = 0; output < outputs; output += 1) {
      const row = layer.weights.subarray(output * inputs, (output + 1) * inputs);
      const scale = row.reduce((top, weight) => Math.max(top, Math.abs(weight)), 1e-9) / 127;
      view.setFloat32(at + output * 8, scale, true);
      view.setFloat32(at + output * 8 + 4, layer.biases[output] ?? 0, true);
      for (const [input, weight] of row.entries()) {
        view.setInt8(start + output * inputs + input, Math.round(weight / scale));
      }
    }
    at = start + inputs * outputs;
  }
  return file;
};
