/**
 * Taking the pictures, one step after the other, and reviewing them. A picture is replaced only by
 * a stored newer one: going back, skipping and failing leave it as it is.
 */
import { assign } from 'xstate';
import {
  DOOR_ERROR_CODES,
  PICTURE_ERROR_CODES,
  type ErrorCode,
} from '../../preload/contract/error-codes.ts';
import type { CaptureStep } from '../../preload/contract/vocabulary.ts';
import { choiceOf, doubtAfter } from './document-doubt.ts';
import {
  currentStep,
  isScanned,
  isScannerOffered,
  type SessionContext,
} from './session-context.ts';
import { codeOf, failureOf, sessionSetup } from './session-setup.ts';
import { canSkip, withPicture } from './steps.ts';

/** Another try with the same camera may do better; every other code ends the capture. */
const isShownOnCapture = (code: ErrorCode): boolean =>
  [...PICTURE_ERROR_CODES, ...DOOR_ERROR_CODES].some((known) => known === code);

const aiming = sessionSetup.createStateConfig({
  on: {
    SHOOT: { target: 'shooting' },
    CHANGE_DOCUMENT: { target: '#kiosk.customer.document' },
    USE_SCANNER: {
      guard: ({ context }) => isScannerOffered(context) && currentStep(context)?.step !== 'FACE',
      target: '#kiosk.customer.scan',
      actions: assign({ prefersCamera: false }),
    },
    SKIP: {
      guard: ({ context }) => canSkip(currentStep(context)),
      target: '#kiosk.customer.placing',
      actions: assign(({ context }) => {
        const step = currentStep(context);
        return step === undefined || step.picture !== null
          ? {}
          : { skipped: [...context.skipped, step.step] };
      }),
    },
    BACK: [
      { guard: ({ context }) => context.isRetake, target: '#kiosk.customer.placing' },
      {
        guard: ({ context }) => context.stepIndex > 0,
        actions: assign(({ context }) => ({ stepIndex: context.stepIndex - 1, error: null })),
      },
      { target: '#kiosk.customer.document' },
    ],
  },
});

const shooting = sessionSetup.createStateConfig({
  entry: assign({ error: null }),
  invoke: {
    src: 'takePicture',
    input: ({ context }) => {
      const entry = currentStep(context);
      if (entry === undefined) throw new Error('A picture is taken of a step only.');
      return { step: entry.step, choice: choiceOf(context.view) };
    },
    onDone: [
      {
        // No still: the camera's owner shows why.
        guard: ({ event }) => event.output.ok && event.output.value === null,
        target: 'aiming',
      },
      {
        guard: ({ event }) => event.output.ok,
        target: '#kiosk.customer.placing',
        actions: assign(({ context, event }) => {
          const entry = currentStep(context);
          const taken = event.output.ok ? event.output.value : null;
          if (context.view === null || entry === undefined || taken === null) return {};
          const { step } = entry;
          return {
            view: withPicture(context.view, step, taken.picture),
            outlines: { ...context.outlines, [step]: taken.outline },
            qualities: { ...context.qualities, [step]: taken.quality },
            doubt: doubtAfter(context.doubt, step, taken.doubt),
          };
        }),
      },
      {
        guard: ({ event }) => !event.output.ok && isShownOnCapture(event.output.error.code),
        target: 'aiming',
        actions: assign(({ event }) => ({ error: codeOf(event.output) })),
      },
      {
        target: '#kiosk.customer.failure',
        actions: assign(({ event }) => failureOf(event.output, 'session')),
      },
    ],
  },
});

/** One step: aiming until the shutter, shooting until main has fitted and kept the picture. */
export const captureState = sessionSetup.createStateConfig({
  initial: 'aiming',
  exit: assign({ error: null }),
  states: { aiming, shooting },
});

const isStep = ({ view }: SessionContext, { step }: { readonly step: CaptureStep }): boolean =>
  view?.steps.some((entry) => entry.step === step) === true;

const againAt = ({ view }: SessionContext, again: CaptureStep): Partial<SessionContext> => ({
  isRetake: true,
  stepIndex: view?.steps.findIndex(({ step }) => step === again) ?? 0,
});

/** The very pictures that will be sent. Their URLs live as long as this state. */
export const reviewState = sessionSetup.createStateConfig({
  initial: 'reading',
  exit: ['revokePictures', assign({ pictures: [] })],
  states: {
    reading: {
      invoke: {
        src: 'readPictures',
        input: ({ context }) => ({ steps: context.view?.steps ?? [] }),
        onDone: [
          {
            guard: ({ event }) => event.output.ok,
            target: 'ready',
            actions: assign(({ event }) => ({
              pictures: event.output.ok ? event.output.value : [],
            })),
          },
          {
            target: '#kiosk.customer.failure',
            actions: assign(({ event }) => failureOf(event.output, 'session')),
          },
        ],
      },
    },
    ready: { on: { SUBMIT: { target: '#kiosk.submitting' } } },
  },
  on: {
    CHANGE_DOCUMENT: { target: 'document' },
    RETAKE: [
      {
        guard: ({ context, event }) => isScanned(context, event.step) && isStep(context, event),
        target: 'scan',
        actions: assign(({ context, event }) => againAt(context, event.step)),
      },
      {
        guard: ({ context, event }) => isStep(context, event),
        target: 'capture',
        actions: assign(({ context, event }) => againAt(context, event.step)),
      },
    ],
    BACK: {
      target: 'capture',
      actions: assign(({ context }) => ({
        stepIndex: Math.max(0, (context.view?.steps.length ?? 0) - 1),
      })),
    },
  },
});
