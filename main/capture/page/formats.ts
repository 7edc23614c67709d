/** Which kind of document a size on the glass can be. A scanner measures: sizes, not shapes, decide. */

import type { CardFormat } from '../../../preload/contract/scanner-channels.ts';

interface CardSize {
  readonly format: CardFormat;
  readonly longMm: number;
  readonly shortMm: number;
}

/** Smallest first (ISO/IEC 7810 §5). */
export const CARD_SIZES: readonly CardSize[] = [
  { format: 'ID-1', longMm: 85.6, shortMm: 53.98 },
  { format: 'ID-2', longMm: 105, shortMm: 74 },
  { format: 'ID-3', longMm: 125, shortMm: 88 },
];

/** Cards that are laid down in pairs, and booklets that lie open: two of ID-2 are a sheet of A6. */
const PAIRED: ReadonlySet<CardFormat> = new Set<CardFormat>(['ID-1', 'ID-3']);

/** Shadows and worn edges on both sides, and scanners that feed 1 % too fast. */
const TOLERANCE_MM = 3;

/** Shadows fill a gap of this width: what lies on either side of it is seen as one. */
const GAP_MM = 5;

/** Smaller things on the glass are no document: coins, rings, clips, a receipt's corner. */
const MIN_LONG_MM = 60;
const MIN_SHORT_MM = 38;

/** From here on it is paper: A6 is 148 × 105 mm. */
const PAPER_LONG_MM = 140;
const PAPER_SHORT_MM = 95;

const isNear = (one: number, other: number): boolean => Math.abs(one - other) <= TOLERANCE_MM;

const isTwice = (bothMm: number, oneMm: number): boolean =>
  bothMm >= 2 * oneMm - TOLERANCE_MM && bothMm <= 2 * oneMm + TOLERANCE_MM + GAP_MM;

/** The card or booklet page of this size; null for none. */
export const cardFormatOf = (longMm: number, shortMm: number): CardFormat | null =>
  CARD_SIZES.find((size) => isNear(size.longMm, longMm) && isNear(size.shortMm, shortMm))?.format ??
  null;

/** Whether anything of this size can be a document. */
export const isDocumentSize = (longMm: number, shortMm: number): boolean =>
  longMm >= MIN_LONG_MM && shortMm >= MIN_SHORT_MM;

/** The format of this size; null for none. */
export const formatOf = (longMm: number, shortMm: number): CardFormat | null =>
  cardFormatOf(longMm, shortMm) ??
  (longMm >= PAPER_LONG_MM && shortMm >= PAPER_SHORT_MM ? 'PAPER' : null);

/**
 * Two cards side by side with hardly a gap, or an open passport: how much of the longer side
 * belongs to each. Null for everything else.
 */
export const pairedLengthMm = (longMm: number, shortMm: number): number | null => {
  for (const size of CARD_SIZES.filter(({ format }) => PAIRED.has(format))) {
    if (isTwice(longMm, size.shortMm) && isNear(shortMm, size.longMm)) return size.shortMm;
    if (isTwice(longMm, size.longMm) && isNear(shortMm, size.shortMm)) return size.longMm;
  }
  return null;
};
