/**
 * BlazeFace (V. Bazarevsky et al., "BlazeFace: Sub-millisecond Neural Face Detection on Mobile GPUs",
 * 2019), back-camera variant, in plain typed arrays: 134 704 weights need no engine. Its layers know no
 * size, so a frame is looked at in its own shape; 256 pixels is the side it was trained with.
 */
import {
  LANES,
  runBlock,
  runHead,
  runStem,
  STEM,
  type Block,
  type Plane,
  type Pointwise,
  type Stem,
} from './layers.ts';

/** Weights as stored: 32-bit floats, little-endian, layer by layer. */
export const MODEL_BYTES = 538_816;

/** Both sides of what goes in are multiples of this. */
export const STRIDE_PX = 32;

/** What the network says: one of its two grids of cells. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** Pixels of the input from cell to cell. */
  readonly stridePx: number;
  readonly anchorsPerCell: number;
  /** One logit for each anchor of each cell. */
  readonly logits: Float32Array;
  /** For each anchor 16 numbers in pixels from the middle of its cell: x, y, width, height, six points. */
  readonly boxes: Float32Array;
}

/** The network, ready to run. */
export interface FaceNetwork {
  readonly stem: Stem;
  readonly blocks: readonly Block[];
  readonly last: Block;
  readonly heads: readonly Pointwise[];
}

/** Channels of each group of eight blocks; the first of a group halves the sides, but for the stem's. */
const GROUPS = [
  { channels: 24, blocks: 7, stride: 1 },
  { channels: 24, blocks: 8, stride: 2 },
  { channels: 48, blocks: 8, stride: 2 },
  { channels: 96, blocks: 8, stride: 2 },
] as const;
const LAST_CHANNELS = 96;
/** Anchors of each cell of the fine and the coarse grid. */
const ANCHORS = [2, 6] as const;
const BOX_NUMBERS = 16;

/** Reads the weights; null where they are not of this network. */
export const readNetwork = (bytes: ArrayBuffer): FaceNetwork | null => {
  if (bytes.byteLength !== MODEL_BYTES) return null;
  const all = new Float32Array(bytes);
  let at = 0;
  const take = (count: number): Float32Array => all.slice(at, (at += count));
  const pointwise = (inputs: number, outputs: number): Pointwise => {
    const stored = take(inputs * outputs);
    const lanes = Math.ceil(outputs / LANES) * LANES;
    const weights = new Float32Array(inputs * lanes);
    for (let input = 0; input < inputs; input += 1)
      for (let output = 0; output < outputs; output += 1) {
        const group = Math.floor(output / LANES);
        weights[(group * inputs + input) * LANES + (output % LANES)] =
          stored[input * outputs + output] ?? 0;
      }
    const bias = new Float32Array(lanes);
    bias.set(take(outputs));
    return { inputs, outputs, weights, bias };
  };
  const block = (stride: 1 | 2, inputs: number, outputs: number): Block => ({
    stride,
    depthwise: take(9 * inputs),
    pointwise: pointwise(inputs, outputs),
  });
  const stem = {
    weights: take(STEM.side ** 2 * STEM.inputs * STEM.outputs),
    bias: take(STEM.outputs),
  };
  const blocks: Block[] = [];
  let channels: number = STEM.outputs;
  for (const group of GROUPS)
    for (let index = 0; index < group.blocks; index += 1) {
      blocks.push(block(index === 0 ? group.stride : 1, channels, group.channels));
      channels = group.channels;
    }
  const last = block(2, channels, LAST_CHANNELS);
  const heads = ANCHORS.flatMap((anchors) => [
    pointwise(LAST_CHANNELS, anchors),
    pointwise(LAST_CHANNELS, anchors * BOX_NUMBERS),
  ]);
  return { stem, blocks, last, heads };
};

/**
 * Runs the network once.
 *
 * @param rgb red, green and blue of each pixel from -1 to 1, row by row.
 * @param widthPx and heightPx multiples of STRIDE_PX.
 */
export const runNetwork = (
  network: FaceNetwork,
  rgb: Float32Array,
  widthPx: number,
  heightPx: number,
): readonly Grid[] => {
  const fine = network.blocks.reduce<Plane>(
    (plane, block) => runBlock(plane, block, true),
    runStem(network.stem, rgb, widthPx, heightPx),
  );
  const coarse = runBlock(fine, network.last, false);
  return [fine, coarse].flatMap((plane, index) => {
    const logits = network.heads[2 * index];
    const boxes = network.heads[2 * index + 1];
    if (logits === undefined || boxes === undefined) return [];
    return [
      {
        columns: plane.width,
        rows: plane.height,
        stridePx: widthPx / plane.width,
        anchorsPerCell: logits.outputs,
        logits: runHead(plane, logits),
        boxes: runHead(plane, boxes),
      },
    ];
  });
};
