/** Owns the measure of what must not be accepted: pictures that show a document in part, or none. */
import { detectDocument } from '../../renderer/vision/document/detect.ts';
import { rounded, shareOf, type Suite } from './suite.ts';

export const visibilitySuite: Suite = {
  name: 'visibility',
  measures: 'partial and empty pictures that would be accepted as a document: must be none',

  async run(pictures, tell) {
    const seen: { visibility: string; isAccepted: boolean }[] = [];
    for (const picture of pictures) {
      const { visibility } = picture.truth;
      if (visibility === undefined || visibility === 'full') continue;
      const found = detectDocument(await picture.read()).document;
      const isAccepted = found?.isAccepted ?? false;
      seen.push({ visibility, isAccepted });
      if (isAccepted) tell(`${picture.file}: accepted at ${found?.confidence.toFixed(2)}`);
    }
    const figures = (which: readonly { isAccepted: boolean }[]) => ({
      n: which.length,
      accepted: which.filter(({ isAccepted }) => isAccepted).length,
      acceptedShare: rounded(shareOf(which.map(({ isAccepted }) => isAccepted)), 4),
    });
    return {
      ...figures(seen),
      byKind: {
        partial: figures(seen.filter(({ visibility }) => visibility === 'partial')),
        none: figures(seen.filter(({ visibility }) => visibility === 'none')),
      },
    };
  },
};
