/** Owns the measure of what must not be accepted: pictures that show a document in part, or none. */
import { detectDocument } from '../../renderer/vision/document/detect.ts';
import type { Raster } from '../../renderer/vision/raster.ts';
import type { EvalPicture } from './manifest.ts';
import { loadPeers } from './peers.ts';
import { rounded, shareOf, type Figures, type Suite } from './suite.ts';

/** How sure a finder is of a document that it would take; null where it would take none. */
type Acceptor = (frame: Raster) => number | null;

const ours: Acceptor = (frame) => {
  const { document } = detectDocument(frame);
  return document?.isAccepted === true ? document.confidence : null;
};

const measureAll = async (
  pictures: readonly EvalPicture[],
  accept: Acceptor,
  tell: (line: string) => void,
): Promise<Figures> => {
  const seen: { visibility: string; isAccepted: boolean }[] = [];
  for (const picture of pictures) {
    const { visibility } = picture.truth;
    if (visibility === undefined || visibility === 'full') continue;
    const sureness = accept(await picture.read());
    seen.push({ visibility, isAccepted: sureness !== null });
    if (sureness !== null) tell(`${picture.file}: accepted at ${sureness.toFixed(2)}`);
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
};

export const visibilitySuite: Suite = {
  name: 'visibility',
  measures: 'partial and empty pictures that would be accepted as a document: must be none',

  async run(pictures, tell, { peers }) {
    const figures = await measureAll(pictures, ours, tell);
    if (!peers) return figures;
    const { jscanify, opencv } = await loadPeers();
    /** A peer has no opinion of its own find: what it finds is taken. */
    const taken = (find: typeof jscanify) =>
      measureAll(
        pictures,
        (frame) => (find(frame) === null ? null : 1),
        () => {},
      );
    return { ...figures, peers: { jscanify: await taken(jscanify), opencv: await taken(opencv) } };
  },
};
