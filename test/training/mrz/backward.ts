/**
 * Owns the gradients of the line network. Never changes a weight: the optimiser does.
 */

import {
  CLASSES,
  type ForwardRun,
  LAYER_SIZES,
  type Layer,
  type LineNetwork,
  mapShapes,
} from '../../../renderer/vision/mrz/line-network.ts';
import {
  addBiasGradients,
  addConvolutionGradients,
  backThroughConvolution,
  backThroughPool,
  backThroughRectifier,
  backThroughRows,
} from './gradients.ts';
import { UNASKED } from './sample.ts';

/** Zeros in the shape of a network: gradients or moments. */
export const zeroNetwork = (): LineNetwork => {
  const [one, two, three, four, five] = LAYER_SIZES;
  const layer = ({ inputs, outputs }: { inputs: number; outputs: number }): Layer => ({
    weights: new Float64Array(inputs * outputs),
    biases: new Float64Array(outputs),
  });
  return [layer(one), layer(two), layer(three), layer(four), layer(five)];
};

/** Cross entropy of the asked columns, summed, and what the logits answer for. */
const lossOf = (
  run: ForwardRun,
  labels: Int8Array,
): { loss: number; right: number; asked: number; deltas: Float64Array } => {
  const stride = labels.length + 2;
  const deltas = new Float64Array(run.logits.length);
  let loss = 0;
  let right = 0;
  let asked = 0;
  for (const [column, label] of labels.entries()) {
    if (label === UNASKED) continue;
    const logits = Float64Array.from(
      { length: CLASSES },
      (_, klass) => run.logits[(klass * 3 + 1) * stride + column + 1] ?? 0,
    );
    const top = Math.max(...logits);
    const powers = logits.map((logit) => Math.exp(logit - top));
    const sum = powers.reduce((total, power) => total + power, 0);
    asked += 1;
    loss -= Math.log((powers[label] ?? 0) / sum + 1e-30);
    if (logits[label] === top) right += 1;
    for (const [klass, power] of powers.entries()) {
      deltas[(klass * 3 + 1) * stride + column + 1] = power / sum - (klass === label ? 1 : 0);
    }
  }
  return { loss, right, asked, deltas };
};

/** Adds the gradients of one example, whose forward run has been made, to `gradients`. */
export const backward = (
  network: LineNetwork,
  run: ForwardRun,
  widthPx: number,
  labels: Int8Array,
  gradients: LineNetwork,
): { readonly loss: number; readonly right: number; readonly asked: number } => {
  const shapes = mapShapes(widthPx);
  const { loss, right, asked, deltas } = lossOf(run, labels);
  const hidden = backThroughRows(
    run.hidden,
    shapes.hidden,
    deltas,
    network[4],
    CLASSES,
    gradients[4],
  );
  backThroughRectifier(run.hidden, hidden);
  const third = backThroughRows(
    run.convolved3,
    shapes.convolved3,
    hidden,
    network[3],
    LAYER_SIZES[3].outputs,
    gradients[3],
  );
  backThroughRectifier(run.convolved3, third);
  addConvolutionGradients(
    run.pooled2,
    shapes.pooled2,
    third,
    LAYER_SIZES[2].outputs,
    gradients[2].weights,
  );
  addBiasGradients(third, shapes.convolved3, gradients[2].biases);
  const pooled2 = backThroughConvolution(
    third,
    shapes.pooled2,
    network[2].weights,
    LAYER_SIZES[2].outputs,
  );
  const second = backThroughPool(run.convolved2, shapes.convolved2, run.pooled2, pooled2);
  addConvolutionGradients(
    run.pooled1,
    shapes.pooled1,
    second,
    LAYER_SIZES[1].outputs,
    gradients[1].weights,
  );
  addBiasGradients(second, shapes.convolved2, gradients[1].biases);
  const pooled1 = backThroughConvolution(
    second,
    shapes.pooled1,
    network[1].weights,
    LAYER_SIZES[1].outputs,
  );
  const first = backThroughPool(run.convolved1, shapes.convolved1, run.pooled1, pooled1);
  addConvolutionGradients(
    run.strip,
    shapes.strip,
    first,
    LAYER_SIZES[0].outputs,
    gradients[0].weights,
  );
  addBiasGradients(first, shapes.convolved1, gradients[0].biases);
  return { loss, right, asked };
};
