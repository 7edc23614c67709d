/**
 * Owns making one reading of several frames of one document: what one frame leaves open, another shows.
 * Never mixes formats: a frame of another format is a frame of something else.
 */
import { LAYOUTS } from './formats.ts';
import type { MrzReading } from './read-mrz.ts';
import { spell } from './spell.ts';

/** No single frame may rule a character out: glare can make it look like anything. */
const FLOOR = -6;

/**
 * The reading that all frames together make most likely.
 *
 * @returns null for no reading; where formats differ, the format most frames agree on, and of equal
 *   ones the first.
 */
export const voteMrz = (readings: readonly MrzReading[]): MrzReading | null => {
  const countOf = ({ format }: MrzReading): number =>
    readings.filter((reading) => reading.format === format).length;
  const [first] = readings.toSorted((one, other) => countOf(other) - countOf(one));
  const layout = LAYOUTS.find(({ format }) => format === first?.format);
  if (first === undefined || layout === undefined) return null;
  const like = readings.filter(({ format }) => format === first.format);
  const seen = first.seen.map((line, index) =>
    line.map(
      (_, at) =>
        like.reduce(
          (sum, reading) => sum + Math.max(FLOOR, reading.seen[index]?.[at] ?? FLOOR),
          0,
        ) / like.length,
    ),
  );
  return {
    format: first.format,
    seen,
    quarterTurns: first.quarterTurns,
    ...spell(layout, seen),
  };
};
