/** Which kind of document a shape can be. */
import { sidesOf, type Quad } from '../geometry.ts';

/** ISO/IEC 7810 cards and booklets, and ISO 216 paper. */
export type DocumentFormat = 'ID-1' | 'ID-2' | 'ID-3' | 'A-SERIES';

/** Width over height, the longer side first. ID-2 is 105 × 74 mm, ID-3 125 × 88 mm, A is √2. */
const ASPECTS: Readonly<Record<DocumentFormat, number>> = {
  'ID-1': 85.6 / 53.98,
  'ID-2': 105 / 74,
  'ID-3': 125 / 88,
  'A-SERIES': Math.SQRT2,
};

/** What perspective makes of them. Source: Smile ID, ID-1 1.585 ± 0.12, passport page 1.42 ± 0.10. */
const TOLERANCES: Readonly<Record<DocumentFormat, number>> = {
  'ID-1': 0.12,
  'ID-2': 0.1,
  'ID-3': 0.1,
  'A-SERIES': 0.1,
};

const FORMATS = ['ID-1', 'ID-2', 'ID-3', 'A-SERIES'] as const;

/** Longer over shorter side, as seen. */
export const aspectOf = (quad: Quad): number => {
  const [top, right, bottom, left] = sidesOf(quad);
  const aspect = (top + bottom) / (right + left);
  return aspect < 1 ? 1 / aspect : aspect;
};

/** Every format the shape can be, nearest first. ID-2, ID-3 and A differ in size alone. */
export const formatsOf = (quad: Quad): readonly DocumentFormat[] => {
  const aspect = aspectOf(quad);
  const off = (format: DocumentFormat): number => Math.abs(ASPECTS[format] - aspect);
  return FORMATS.filter((format) => off(format) <= TOLERANCES[format]).toSorted(
    (one, other) => off(one) - off(other),
  );
};
