/** What a step puts before the camera: the one table from step and document to words, drawing and guide. */
import type { CaptureStep, DocumentType } from '../../preload/contract/vocabulary.ts';

/** A passport's FRONT is its picture page; other documents are shown as cards. */
export type CaptureSubject = 'CARD_FRONT' | 'CARD_BACK' | 'PASSPORT' | 'FACE' | 'BILL';

const SUBJECTS: Readonly<Record<CaptureStep, CaptureSubject>> = {
  FRONT: 'CARD_FRONT',
  BACK: 'CARD_BACK',
  FACE: 'FACE',
  UTILITY_BILL: 'BILL',
};

/** What the step asks for with this document. */
export const captureSubject = (step: CaptureStep, type: DocumentType): CaptureSubject =>
  step === 'FRONT' && type === 'PASSPORT' ? 'PASSPORT' : SUBJECTS[step];
