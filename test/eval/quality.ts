/** Owns the measure of blur and glare: how well the numbers tell spoilt pictures from good ones. */
import { detectDocument } from '../../renderer/vision/document/detect.ts';
import { assessQuality } from '../../renderer/vision/quality/assess.ts';
import { loadOpenCv } from './opencv.ts';
import { fieldRulesOf, LEAST_LAPLACIAN, MOST_SATURATED, type FieldRules } from './quality-peers.ts';
import { aucOf, quantileOf, rounded, type Figures, type Suite } from './suite.ts';

/** The resolution plays no part here: any size will do. */
const CARD_MM = 85.6;

interface Seen {
  readonly kind: string;
  readonly edgeSpreadPermille: number;
  readonly glareShare: number;
  readonly isBlurred: boolean;
  readonly isGlaring: boolean;
  readonly ms: number;
  /** Null where no peers were asked for. */
  readonly rules: FieldRules | null;
}

/** How well one number tells the spoilt from the others, and how its own line does. */
const scoreOf = (
  spoilt: readonly number[],
  others: readonly number[],
  isSpoilt: (value: number) => boolean,
): Figures => ({
  auc: rounded(aucOf(spoilt, others), 4),
  found: spoilt.filter(isSpoilt).length,
  wrong: others.filter(isSpoilt).length,
});

const isBlurKind = ({ kind }: Seen): boolean => kind.startsWith('blur');
const isGlareKind = ({ kind }: Seen): boolean => kind === 'glare';

/** The same questions, asked of the field's rules. */
const peerFigures = (seen: readonly Seen[]): Figures => {
  const score = (
    isKind: (one: Seen) => boolean,
    valueOf: (rules: FieldRules) => number,
    isSpoilt: (value: number) => boolean,
  ): Figures => {
    const values = (of: readonly Seen[]): number[] =>
      of.flatMap(({ rules }) => (rules === null ? [] : [valueOf(rules)]));
    return scoreOf(
      values(seen.filter(isKind)),
      values(seen.filter((one) => !isKind(one))),
      isSpoilt,
    );
  };
  const isFlat = (blur: number): boolean => blur > -LEAST_LAPLACIAN;
  return {
    blurByLaplacianOfFrame: score(isBlurKind, (rules) => -rules.laplacianOfFrame, isFlat),
    blurByLaplacianOfDocument: score(isBlurKind, (rules) => -rules.laplacianOfDocument, isFlat),
    glareBySaturatedShare: score(
      isGlareKind,
      (rules) => rules.saturatedShare,
      (share) => share > MOST_SATURATED,
    ),
  };
};

export const qualitySuite: Suite = {
  name: 'quality',
  measures: 'area under the ROC curve of blur and glare, on the quad that was found',

  async run(pictures, tell, { peers }) {
    const opencv = peers ? await loadOpenCv() : null;
    const seen: Seen[] = [];
    let missed = 0;
    for (const picture of pictures) {
      const { quality } = picture.truth;
      if (quality === undefined) continue;
      const frame = await picture.read();
      const { document } = detectDocument(frame);
      if (document === null) {
        missed += 1;
        tell(`${picture.file}: no document`);
        continue;
      }
      const startMs = performance.now();
      const { measures } = assessQuality(frame, document.quad, CARD_MM);
      const ms = performance.now() - startMs;
      const { edgeSpreadPermille, glareShare } = measures;
      const one = {
        kind: quality.kind,
        edgeSpreadPermille: edgeSpreadPermille.value,
        glareShare: glareShare.value,
        isBlurred: edgeSpreadPermille.verdict !== 'good',
        isGlaring: glareShare.verdict !== 'good',
        ms,
        rules: opencv === null ? null : fieldRulesOf(opencv.cv, frame, document.quad),
      };
      seen.push(one);
      if (one.isBlurred !== one.kind.startsWith('blur'))
        tell(`${picture.file}: spread ${one.edgeSpreadPermille.toFixed(2)} ‰`);
      if (one.isGlaring !== (one.kind === 'glare'))
        tell(`${picture.file}: glare ${one.glareShare.toFixed(3)}`);
    }
    const blurred = seen.filter(isBlurKind);
    const notBlurred = seen.filter((one) => !isBlurKind(one));
    const glaring = seen.filter(isGlareKind);
    const notGlaring = seen.filter((one) => !isGlareKind(one));
    const spread = (one: Seen): number => one.edgeSpreadPermille;
    const share = (one: Seen): number => one.glareShare;
    return {
      n: seen.length,
      missed,
      blurAuc: rounded(aucOf(blurred.map(spread), notBlurred.map(spread)), 4),
      glareAuc: rounded(aucOf(glaring.map(share), notGlaring.map(share)), 4),
      blurFound: blurred.filter(({ isBlurred }) => isBlurred).length,
      blurWrong: notBlurred.filter(({ isBlurred }) => isBlurred).length,
      glareFound: glaring.filter(({ isGlaring }) => isGlaring).length,
      glareWrong: notGlaring.filter(({ isGlaring }) => isGlaring).length,
      msMedian: rounded(
        quantileOf(
          seen.map(({ ms }) => ms),
          0.5,
        ),
        1,
      ),
      byKind: Object.fromEntries(
        [...new Set(seen.map(({ kind }) => kind))].map((kind) => {
          const these = seen.filter((one) => one.kind === kind);
          return [
            kind,
            {
              n: these.length,
              edgeSpreadPermilleMedian: rounded(quantileOf(these.map(spread), 0.5), 2),
              glareShareMedian: rounded(quantileOf(these.map(share), 0.5), 3),
            },
          ];
        }),
      ),
      ...(peers ? { peers: peerFigures(seen) } : {}),
    };
  },
};
