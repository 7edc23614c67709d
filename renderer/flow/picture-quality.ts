/** What was measured on a picture, as far as it was: for staff, who may take it again. Decides nothing. */
import type { DocumentFacts } from '../vision/document-facts.ts';
import type { Verdict } from '../vision/quality/assess.ts';
import type { Look } from '../vision/worker/messages.ts';

export interface QualityFact {
  /** `dpi` of the document, `blur` in ‰ of its edges, `glare` in %, `eyes` in px between them. */
  readonly name: 'dpi' | 'blur' | 'glare' | 'eyes';
  readonly value: number;
  readonly isGood: boolean;
}

export interface PictureQuality {
  readonly facts: readonly QualityFact[];
  /** Of the machine-readable zone; null where none was read. */
  readonly areCheckDigitsRight: boolean | null;
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

const factOf = (
  name: QualityFact['name'],
  { value, verdict }: { readonly value: number; readonly verdict: Verdict },
  digits: number,
  unit = 1,
): QualityFact => ({ name, value: rounded(value * unit, digits), isGood: verdict === 'good' });

/** Of a picture from a camera that was watched. */
export const watchedQuality = (
  measures: Look['measures'],
  facts: DocumentFacts | null,
): PictureQuality => {
  const areCheckDigitsRight = facts?.areCheckDigitsRight ?? null;
  if (measures === null) return { facts: [], areCheckDigitsRight };
  const blur = factOf('blur', measures.edgeSpreadPermille, 1);
  return 'interEyeDistancePx' in measures
    ? { facts: [factOf('eyes', measures.interEyeDistancePx, 0), blur], areCheckDigitsRight }
    : {
        facts: [
          factOf('dpi', measures.resolutionDpi, 0),
          blur,
          factOf('glare', measures.glareShare, 1, 100),
        ],
        areCheckDigitsRight,
      };
};

/**
 * Of a picture from a scanner, which tells its resolution itself.
 *
 * @param leastDpi what is good enough.
 */
export const scannedQuality = (
  dpi: number,
  leastDpi: number,
  facts: DocumentFacts | null,
): PictureQuality => ({
  facts: [{ name: 'dpi', value: rounded(dpi, 0), isGood: dpi >= leastDpi }],
  areCheckDigitsRight: facts?.areCheckDigitsRight ?? null,
});
