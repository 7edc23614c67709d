/** Owns the measure of faces: whether none, one or more are told as somebody counted them. */
import { detectFaces } from '../../renderer/vision/face/detect.ts';
import type { Raster } from '../../renderer/vision/raster.ts';
import { loadFaceNetwork } from './face-network.ts';
import { loadHuman } from './human.ts';
import type { EvalPicture } from './manifest.ts';
import { quantileOf, rounded, shareOf, type Figures, type Suite } from './suite.ts';

/** One picture. */
export interface Counted {
  readonly truth: number;
  readonly found: number;
  readonly ms: number;
}

/** What matters to a person who takes the picture: more is more. */
const classOf = (count: number): 0 | 1 | 2 => (count === 0 ? 0 : count === 1 ? 1 : 2);

/** Figures of a set of pictures: `countExact` of none, one and more; `numberExact` of the very number. */
export const countFigures = (counted: readonly Counted[]): Record<string, number | null> => ({
  n: counted.length,
  countExact: rounded(
    shareOf(counted.map(({ truth, found }) => classOf(truth) === classOf(found))),
    4,
  ),
  numberExact: rounded(shareOf(counted.map(({ truth, found }) => truth === found)), 4),
  missed: counted.filter(({ truth, found }) => found < truth).length,
  invented: counted.filter(({ truth, found }) => found > truth).length,
  msMedian: rounded(
    quantileOf(
      counted.map(({ ms }) => ms),
      0.5,
    ),
    1,
  ),
  msP90: rounded(
    quantileOf(
      counted.map(({ ms }) => ms),
      0.9,
    ),
    1,
  ),
});

type Counter = (frame: Raster) => number | Promise<number>;

const measureAll = async (
  pictures: readonly EvalPicture[],
  count: Counter,
  tell: (line: string) => void,
): Promise<Figures> => {
  const counted: Counted[] = [];
  for (const picture of pictures) {
    const { faces: truth } = picture.truth;
    if (truth === undefined) continue;
    const frame = await picture.read();
    // The first picture warms the compiler up.
    if (counted.length === 0) await count(frame);
    const startMs = performance.now();
    const found = await count(frame);
    counted.push({ truth, found, ms: performance.now() - startMs });
    if (found !== truth) tell(`${picture.file}: ${found} for ${truth}`);
  }
  return {
    ...countFigures(counted),
    byCount: Object.fromEntries(
      (['none', 'one', 'more'] as const).map((name, index) => [
        name,
        countFigures(counted.filter(({ truth }) => classOf(truth) === index)),
      ]),
    ),
  };
};

export const facesSuite: Suite = {
  name: 'faces',
  measures: 'pictures in which none, one or more faces were told as counted by eye',

  async run(pictures, tell, { peers }) {
    const network = await loadFaceNetwork();
    const figures = await measureAll(pictures, (frame) => detectFaces(network, frame).length, tell);
    if (!peers) return figures;
    return {
      ...figures,
      peers: { human: await measureAll(pictures, await loadHuman(), () => {}) },
    };
  },
};
