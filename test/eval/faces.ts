/**
 * Owns the measure of faces: whether none, one or more are told as somebody counted them, in the pictures
 * and in scenes made of them; and whether shut eyes, dark glasses and masks that are painted are told.
 */
import { assessFace, type FaceQuality } from '../../renderer/vision/face/assess.ts';
import { detectFaces, type Face } from '../../renderer/vision/face/detect.ts';
import type { FaceNetwork } from '../../renderer/vision/face/network.ts';
import type { Raster } from '../../renderer/vision/raster.ts';
import { loadFaceNetwork } from './face-network.ts';
import { paintVariant, standTogether, VARIANTS } from './face-variants.ts';
import { loadHuman } from './human.ts';
import type { EvalPicture } from './manifest.ts';
import { aucOf, quantileOf, rounded, shareOf, type Figures, type Suite } from './suite.ts';

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

/** A picture, or a scene of several. */
type Scene = Pick<EvalPicture, 'file' | 'truth' | 'read'>;

type Counter = (frame: Raster) => number | Promise<number>;

const measureAll = async (
  pictures: readonly Scene[],
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

/** How tall the pictures of a scene are, share of the scene: somebody stands farther away. */
const SHARES = [1, 0.7, 0.85, 0.55] as const;
/** Pictures of one scene. */
const GROUPS = [1, 2, 3] as const;

/** Scenes in which every picture stands with the ones after it, at one size and another. */
const scenesOf = (pictures: readonly Scene[]): readonly Scene[] => {
  const known = pictures.filter(({ truth }) => truth.faces !== undefined);
  return GROUPS.flatMap((group) =>
    known.map((first, index): Scene => {
      const members = Array.from(
        { length: group },
        (_, at) => known[(index + at * (group + 1)) % known.length] ?? first,
      );
      return {
        file: members.map(({ file }) => file).join(' + '),
        truth: { faces: members.reduce((sum, { truth }) => sum + (truth.faces ?? 0), 0) },
        read: async () =>
          standTogether(
            await Promise.all(
              members.map(async (member, at) => ({
                frame: await member.read(),
                share: SHARES[(index + at) % SHARES.length] ?? 1,
              })),
            ),
          ),
      };
    }),
  );
};

const largestOf = (faces: readonly Face[]): Face | undefined =>
  faces.toSorted((one, other) => other.sidePx - one.sidePx)[0];

/** What is measured of the largest face; null where none is found, or it is too blurred to be judged. */
const featuresIn = (
  network: FaceNetwork,
  frame: Raster,
): { readonly face: Face; readonly measures: FaceQuality['measures'] } | null => {
  const face = largestOf(detectFaces(network, frame));
  if (face === undefined) return null;
  const { measures } = assessFace(frame, face, []);
  return measures.edgeSpreadPermille.verdict === 'good' ? { face, measures } : null;
};

/** Sharp pictures of one person as they are, and with each variant painted over the face. */
const measureFeatures = async (
  network: FaceNetwork,
  pictures: readonly EvalPicture[],
  tell: (line: string) => void,
): Promise<Figures> => {
  const bare: FaceQuality['measures'][] = [];
  const painted = new Map(VARIANTS.map((variant) => [variant, [] as FaceQuality['measures'][]]));
  for (const picture of pictures) {
    if (picture.truth.faces !== 1) continue;
    const frame = await picture.read();
    const seen = featuresIn(network, frame);
    if (seen === null) continue;
    bare.push(seen.measures);
    for (const variant of VARIANTS) {
      const other = featuresIn(network, await paintVariant(frame, seen.face.points, variant));
      if (other !== null) painted.get(variant)?.push(other.measures);
    }
    const { eyesOpenContrast, mouthOcclusionShare } = seen.measures;
    for (const [name, { value, verdict }] of Object.entries({
      eyesOpenContrast,
      mouthOcclusionShare,
    }))
      if (verdict !== 'good') tell(`${picture.file}: ${name} ${value.toFixed(2)}`);
  }
  const figuresFor = (
    name: 'eyesOpenContrast' | 'mouthOcclusionShare',
    spoilt: readonly FaceQuality['measures'][],
  ): Figures => {
    const isTold = (measures: FaceQuality['measures']): boolean =>
      measures[name].verdict !== 'good';
    const sign = name === 'eyesOpenContrast' ? -1 : 1;
    const scores = (list: readonly FaceQuality['measures'][]): number[] =>
      list.map((measures) => sign * measures[name].value);
    return {
      n: spoilt.length,
      auc: rounded(aucOf(scores(spoilt), scores(bare)), 4),
      bareWorst: rounded(sign * Math.max(...scores(bare)), 3),
      spoiltLeast: rounded(sign * Math.min(...scores(spoilt)), 3),
      told: rounded(shareOf(spoilt.map(isTold)), 4),
      toldWrongly: rounded(shareOf(bare.map(isTold)), 4),
    };
  };
  return {
    n: bare.length,
    ...Object.fromEntries(
      VARIANTS.map((variant) => [
        variant,
        figuresFor(
          variant.startsWith('mask') ? 'mouthOcclusionShare' : 'eyesOpenContrast',
          painted.get(variant) ?? [],
        ),
      ]),
    ),
  };
};

export const facesSuite: Suite = {
  name: 'faces',
  measures:
    'none, one or more faces told as counted by eye, in pictures and scenes of them; features',

  async run(pictures, tell, { peers }) {
    const network = await loadFaceNetwork();
    const count: Counter = (frame) => detectFaces(network, frame).length;
    const figures = {
      ...(await measureAll(pictures, count, tell)),
      scenes: await measureAll(scenesOf(pictures), count, tell),
      features: await measureFeatures(network, pictures, tell),
    };
    if (!peers) return figures;
    return {
      ...figures,
      peers: { human: await measureAll(pictures, await loadHuman(), () => {}) },
    };
  },
};
