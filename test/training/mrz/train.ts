/**
 * `npm run -s train-mrz -- [--steps N] [--out FILE]`: trains the network that reads MRZ lines and writes
 * its weights, by default over those the product ships. One seed draws the same examples in the same order.
 *
 * Never looks at a photograph: every example is drawn from the project's own typefaces.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  createRun,
  forward,
  LAYER_SIZES,
  type LineNetwork,
  serialiseNetwork,
  STRIP_ROWS,
} from '../../../renderer/vision/mrz/line-network.ts';
import { createPrng } from '../../specimens/prng.ts';
import { backward, zeroNetwork } from './backward.ts';
import { drawAtlases } from './glyphs.ts';
import { drawSample, SAMPLE_WIDTH_PX, type Sample } from './sample.ts';

const SEED = 20_260_114;
const STEPS = 1_600;
const BATCH = 12;
/** Adam (Kingma, Ba 2014) with its usual moments; the rate falls along a half cosine. */
const RATE = 2.5e-3;
const MOMENTUM = 0.9;
const SECOND_MOMENTUM = 0.999;
const EPSILON = 1e-8;
const WARM_UP_STEPS = 50;
const REPORT_EVERY = 100;

/** He initialisation: variance 2 / inputs. */
const initialNetwork = (): LineNetwork => {
  const prng = createPrng(SEED, 'weights');
  const network = zeroNetwork();
  for (const [index, { inputs }] of LAYER_SIZES.entries()) {
    const weights = network[index]?.weights;
    weights?.forEach((_, at) => {
      weights[at] = prng.gaussian() * Math.sqrt(2 / inputs);
    });
  }
  return network;
};

const arraysOf = (network: LineNetwork): Float64Array[] =>
  network.flatMap(({ weights, biases }) => [weights, biases]);

/** One step of Adam; empties the gradients. */
const createOptimiser = (network: LineNetwork, gradients: LineNetwork) => {
  const means = arraysOf(zeroNetwork());
  const squares = arraysOf(zeroNetwork());
  const values = arraysOf(network);
  const slopes = arraysOf(gradients);
  return (step: number, rate: number, scale: number): void => {
    const correction1 = 1 - MOMENTUM ** step;
    const correction2 = 1 - SECOND_MOMENTUM ** step;
    for (const [index, array] of values.entries()) {
      const mean = means[index] ?? new Float64Array();
      const square = squares[index] ?? new Float64Array();
      const slope = slopes[index] ?? new Float64Array();
      for (let at = 0; at < array.length; at += 1) {
        const gradient = (slope[at] ?? 0) * scale;
        const first = MOMENTUM * (mean[at] ?? 0) + (1 - MOMENTUM) * gradient;
        const second = SECOND_MOMENTUM * (square[at] ?? 0) + (1 - SECOND_MOMENTUM) * gradient ** 2;
        mean[at] = first;
        square[at] = second;
        const move = first / correction1 / (Math.sqrt(second / correction2) + EPSILON);
        array[at] = (array[at] ?? 0) - rate * move;
      }
      slope.fill(0);
    }
  };
};

const rateAt = (step: number, steps: number): number =>
  RATE *
  Math.min(1, step / WARM_UP_STEPS) *
  (0.02 + 0.98 * 0.5 * (1 + Math.cos((Math.PI * step) / steps)));

const setStrip = (target: Float64Array, sample: Sample): void => {
  for (let row = 0; row < STRIP_ROWS; row += 1) {
    const line = sample.strip.subarray(row * SAMPLE_WIDTH_PX, (row + 1) * SAMPLE_WIDTH_PX);
    target.set(line, (row + 1) * (SAMPLE_WIDTH_PX + 2) + 1);
  }
};

const train = async (steps: number): Promise<LineNetwork> => {
  const atlases = await drawAtlases();
  const network = initialNetwork();
  const gradients = zeroNetwork();
  const optimise = createOptimiser(network, gradients);
  const run = createRun(SAMPLE_WIDTH_PX);
  let sums = { loss: 0, right: 0, asked: 0 };
  const startMs = performance.now();
  for (let step = 1; step <= steps; step += 1) {
    let asked = 0;
    /** A generator for each example: drawn side by side, they stay the same. */
    const samples = await Promise.all(
      Array.from({ length: BATCH }, (_, index) =>
        drawSample(createPrng(SEED, `example ${step * BATCH + index}`), atlases),
      ),
    );
    for (const sample of samples) {
      setStrip(run.strip, sample);
      forward(network, run, SAMPLE_WIDTH_PX);
      const result = backward(network, run, SAMPLE_WIDTH_PX, sample.labels, gradients);
      asked += result.asked;
      sums = {
        loss: sums.loss + result.loss,
        right: sums.right + result.right,
        asked: sums.asked + result.asked,
      };
    }
    optimise(step, rateAt(step, steps), 1 / asked);
    if (step % REPORT_EVERY === 0 || step === steps) {
      const seconds = ((performance.now() - startMs) / 1000).toFixed(0);
      const loss = (sums.loss / sums.asked).toFixed(4);
      const right = ((100 * sums.right) / sums.asked).toFixed(2);
      console.error(`step ${step}: loss ${loss}, columns right ${right} %, ${seconds} s`);
      sums = { loss: 0, right: 0, asked: 0 };
    }
  }
  return network;
};

const main = async (): Promise<number> => {
  const shipped = fileURLToPath(
    new URL('../../../renderer/vision/mrz/line-network.bin', import.meta.url),
  );
  const { values } = parseArgs({
    options: {
      steps: { type: 'string', default: String(STEPS) },
      out: { type: 'string', default: shipped },
    },
  });
  const steps = Number(values.steps);
  if (!Number.isSafeInteger(steps) || steps < 1) {
    console.error('Usage: npm run -s train-mrz -- [--steps N] [--out FILE]');
    return 64;
  }
  const file = serialiseNetwork(await train(steps));
  writeFileSync(values.out, file);
  console.error(`${file.byteLength} bytes written.`);
  return 0;
};

process.exitCode = await main();
