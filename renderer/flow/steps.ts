/**
 * Where a session stands, read from main's view of it: pure functions, used both for the usual way
 * forward and for a renderer that comes back after a crash. Must never keep state of its own.
 */
import type { PictureSummary, CaptureStep } from '../../preload/contract/vocabulary.ts';
import type { SessionStep, SessionView } from '../../preload/contract/session-channels.ts';

/** The screens a running session can ask for. */
export type Place = 'document' | 'capture' | 'review';

/** Index of the first step without a picture that the customer did not skip; -1 when there is none. */
export const firstOpenIndex = (
  steps: readonly SessionStep[],
  skipped: readonly CaptureStep[],
): number => steps.findIndex(({ step, picture }) => picture === null && !skipped.includes(step));

/** Where a capturing session goes on: document first, then the first open step, then review. */
export const placeOf = (view: SessionView | null, skipped: readonly CaptureStep[]): Place => {
  if (view === null || view.documentType === null || view.steps.length === 0) return 'document';
  return firstOpenIndex(view.steps, skipped) === -1 ? 'review' : 'capture';
};

/** Whether the step may be left as it is: it is optional, or has a picture already. */
export const canSkip = (step: SessionStep | undefined): boolean =>
  step !== undefined && (!step.required || step.picture !== null);

/** The view with the stored picture in its step; the other pictures stay. */
export const withPicture = (
  view: SessionView,
  step: CaptureStep,
  picture: PictureSummary,
): SessionView => ({
  ...view,
  steps: view.steps.map((entry) => (entry.step === step ? { ...entry, picture } : entry)),
});

/** Steps that must have a picture before the session can be submitted and have none. */
export const missingSteps = (view: SessionView | null): CaptureStep[] =>
  (view?.steps ?? [])
    .filter(({ required, picture }) => required && picture === null)
    .map(({ step }) => step);
