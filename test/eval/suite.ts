/** Owns what an evaluation suite is. Never knows a particular one. */
import type { EvalPicture } from './manifest.ts';

/** Figures as JSON: shares are 0…1, milliseconds and percentages say so in their names. */
export type Figures = { readonly [name: string]: number | string | null | Figures };

/** One question asked of every picture that can answer it. */
export interface Suite {
  /** As typed on the command line: kebab-case. */
  readonly name: string;
  /** What it measures, for people. */
  readonly measures: string;
  /**
   * @param pictures all pictures of the manifest: the suite takes those it has a use for.
   * @param tell takes lines for people about single pictures.
   */
  run(
    pictures: readonly EvalPicture[],
    tell: (line: string) => void,
    options: { readonly peers: boolean },
  ): Promise<Figures>;
}

const sorted = (values: readonly number[]): number[] =>
  values.toSorted((one, other) => one - other);

/** Value below which this share of the values lies; null of none. */
export const quantileOf = (values: readonly number[], share: number): number | null =>
  sorted(values)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? null;

/** Share of true values; null of none. */
export const shareOf = (values: readonly boolean[]): number | null =>
  values.length === 0 ? null : values.filter(Boolean).length / values.length;

/**
 * Probability that a positive scores above a negative (area under the ROC curve); null without both.
 * Throws where a score is no number: it would count as lost.
 */
export const aucOf = (
  positives: readonly number[],
  negatives: readonly number[],
): number | null => {
  if (positives.length === 0 || negatives.length === 0) return null;
  if ([...positives, ...negatives].some(Number.isNaN)) throw new Error('A score is no number.');
  let wins = 0;
  for (const positive of positives)
    for (const negative of negatives)
      wins += positive > negative ? 1 : positive === negative ? 0.5 : 0;
  return wins / (positives.length * negatives.length);
};

/** Rounds a figure for printing; null stays. */
export const rounded = (value: number | null, decimals: number): number | null =>
  value === null ? null : Number(value.toFixed(decimals));
