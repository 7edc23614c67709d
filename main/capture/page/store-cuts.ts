/** Makes pictures of a session out of parts of its scanned pages. */
import { ok, type Result } from '../../../preload/contract/result.ts';
import type { PageQuad } from '../../../preload/contract/scanner-channels.ts';
import type { SessionView } from '../../../preload/contract/session-channels.ts';
import type { CaptureStep } from '../../../preload/contract/vocabulary.ts';
import type { CaptureSession } from '../capture-session.ts';

/** Which part of which page becomes which picture. */
export interface PageCut {
  readonly step: CaptureStep;
  readonly pageId: string;
  readonly quad: PageQuad;
}

/** Cuts each part and keeps it as the picture of its step, page by page. What was kept before a failure stays. */
export const storeCuts = async (
  session: CaptureSession,
  cuts: readonly PageCut[],
): Promise<Result<SessionView>> => {
  for (const [pageId, ofPage] of Map.groupBy(cuts, (cut) => cut.pageId)) {
    for (const { step } of ofPage) {
      const expected = session.expects(step);
      if (!expected.ok) return expected;
    }
    const pictures = await session.pages.cut(
      pageId,
      ofPage.map(({ quad }) => quad),
    );
    if (!pictures.ok) return pictures;
    for (const [index, { step }] of ofPage.entries()) {
      const picture = pictures.value[index];
      if (picture === undefined) throw new Error('Every part of a page gives a picture.');
      const stored = session.store(step, 'scanner', picture);
      if (stored.ok) continue;
      for (const { jpeg } of pictures.value.slice(index)) jpeg.fill(0);
      return stored;
    }
  }
  return ok(session.view());
};
