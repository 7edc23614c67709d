/** The gradients that training follows are those of the network that the product runs. */
import { expect, it } from 'vitest';
import {
  createRun,
  forward,
  type LineNetwork,
  parseNetwork,
  serialiseNetwork,
} from '../../../renderer/vision/mrz/line-network.ts';
import { createPrng } from '../../specimens/prng.ts';
import { backward, zeroNetwork } from '../../training/mrz/backward.ts';

const WIDTH_PX = 32;
const LABELS = Int8Array.from([3, 37, -1, 12, 37, 36, 0, 20]);

const randomNetwork = (): LineNetwork => {
  const prng = createPrng(4, 'network');
  const network = zeroNetwork();
  for (const { weights, biases } of network) {
    for (const values of [weights, biases]) {
      values.forEach((_, at) => {
        values[at] = prng.gaussian() * 0.15;
      });
    }
  }
  return network;
};

const randomRun = () => {
  const prng = createPrng(4, 'strip');
  const run = createRun(WIDTH_PX);
  for (let row = 1; row <= 24; row += 1) {
    for (let column = 1; column <= WIDTH_PX; column += 1) {
      run.strip[row * (WIDTH_PX + 2) + column] = prng.gaussian();
    }
  }
  return run;
};

it('agrees with the difference that a small change of a weight makes, in every layer', () => {
  const network = randomNetwork();
  const run = randomRun();
  const gradients = zeroNetwork();
  forward(network, run, WIDTH_PX);
  backward(network, run, WIDTH_PX, LABELS, gradients);
  const prng = createPrng(4, 'probes');
  const lossAt = (values: Float64Array, at: number, change: number): number => {
    const before = values[at] ?? 0;
    values[at] = before + change;
    forward(network, run, WIDTH_PX);
    const { loss } = backward(network, run, WIDTH_PX, LABELS, zeroNetwork());
    values[at] = before;
    return loss;
  };
  for (const [index, layer] of network.entries()) {
    for (const part of ['weights', 'biases'] as const) {
      for (let probe = 0; probe < 4; probe += 1) {
        const at = prng.int(0, layer[part].length - 1);
        const change = 1e-5;
        const measured =
          (lossAt(layer[part], at, change) - lossAt(layer[part], at, -change)) / (2 * change);
        expect(gradients[index]?.[part][at]).toBeCloseTo(measured, 4);
      }
    }
  }
});

it('weights come back from their file within half a step of eight bits', () => {
  const network = randomNetwork();
  const copy = parseNetwork(serialiseNetwork(network));
  for (const [index, { weights, biases }] of network.entries()) {
    const largest = weights.reduce((top, weight) => Math.max(top, Math.abs(weight)), 0);
    for (const [at, weight] of weights.entries()) {
      expect(Math.abs((copy[index]?.weights[at] ?? 0) - weight)).toBeLessThan(largest / 250);
    }
    expect(copy[index]?.biases).toEqual(biases.map(Math.fround));
  }
});

it('a file of another size is refused', () => {
  expect(() => parseNetwork(new Uint8Array(100))).toThrow(RangeError);
});
