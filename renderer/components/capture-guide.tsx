/** The frame over the live picture that shows where to hold things. Must never hide what it frames. */
import type { ReactNode } from 'react';
import type { CaptureSubject } from './capture-subject.ts';

/**
 * Width to height of the guide: ISO/IEC 7810 ID-1 (85.60 × 53.98 mm) and ID-3 (125 × 88 mm), ISO 216
 * A4 upright; the oval of a face by eye. The same numbers are in styles/scene.css.
 */
export const CaptureGuide = ({ subject }: { readonly subject: CaptureSubject }): ReactNode => (
  <div className="guide" data-guide={subject} aria-hidden="true">
    {subject !== 'FACE' && (
      <>
        <i className="guide-corner" />
        <i className="guide-corner" />
        <i className="guide-corner" />
        <i className="guide-corner" />
      </>
    )}
  </div>
);
