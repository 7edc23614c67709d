/** How far a customer has come, counted in screens that ask something of them. Pure. */
import { hasSession, type SessionContext } from './session-context.ts';

/** The screens that count. */
export type JourneyStop = 'consent' | 'token' | 'document' | 'scan' | 'capture' | 'review';

/** Steps to expect until the document tells them: most documents need three pictures. */
const USUAL_STEPS = 3;

/** `index` counts from 1 to `total`. */
export interface JourneyProgress {
  readonly index: number;
  readonly total: number;
}

/** Consent, token where one is handed over, document, each picture, review. */
export const journeyProgress = (stop: JourneyStop, context: SessionContext): JourneyProgress => {
  const steps = context.view?.steps.length ?? 0;
  const pictures = steps === 0 ? USUAL_STEPS : steps;
  const tokens = context.status?.tokenSource === 'handoff' ? 1 : 0;
  const document = 1 + tokens + 1;
  const total = document + pictures + 1;
  switch (stop) {
    case 'consent':
      return { index: 1, total };
    case 'token':
      // A token that replaces a spent one is asked for when everything else is there.
      return { index: hasSession(context) ? total : 2, total };
    case 'document':
      return { index: document, total };
    case 'scan':
    case 'capture':
      return { index: document + 1 + context.stepIndex, total };
    case 'review':
      break;
  }
  return { index: total, total };
};
