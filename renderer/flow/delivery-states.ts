/**
 * From the press on "send" to the receipt: saving, which nothing may interrupt, the delivery, which
 * needs nobody, and the proof to take along. Main delivers; these states only follow.
 */
import { assign } from 'xstate';
import { codeOf, failureOf, QUIET_EVENTS, sessionSetup, viewed } from './session-setup.ts';

/** How long a receipt stands. Own decision: long enough to write a number down. */
const RECEIPT_SHOWN_MS = 30_000;

/** Main's word on how a delivery goes and how it ended; it may come before the answer to the submission. */
const DELIVERY_EVENTS = {
  'DELIVERY.PROGRESSED': { actions: 'showProgress' },
  'DELIVERY.SETTLED': { target: '#kiosk.following', actions: 'takeSettledView' },
} as const;

/** Not watched for silence: main ends it within the time a disk takes. */
export const submittingState = sessionSetup.createStateConfig({
  initial: 'saving',
  entry: assign({ progress: null }),
  on: DELIVERY_EVENTS,
  states: {
    saving: {
      invoke: {
        src: 'submitSession',
        onDone: [
          {
            guard: ({ event }) => event.output.ok,
            target: '#kiosk.delivering',
            actions: assign(({ context, event }) =>
              event.output.ok && context.view !== null
                ? {
                    view: {
                      ...context.view,
                      state: 'delivering',
                      receipt: event.output.value,
                      refusal: null,
                    },
                  }
                : {},
            ),
          },
          {
            guard: ({ event }) => codeOf(event.output) === 'SUBMISSION_RUNNING',
            target: 'waiting',
          },
          {
            target: '#kiosk.customer.failure',
            actions: assign(({ event }) => failureOf(event.output, 'submission')),
          },
        ],
      },
    },
    /** Another renderer began it; its answer went there. */
    waiting: {
      invoke: {
        src: 'awaitPassing',
        input: { state: 'submitting' },
        onDone: [
          {
            guard: ({ event }) => event.output.ok,
            target: '#kiosk.following',
            actions: assign(({ event }) => viewed(event.output)),
          },
          {
            target: '#kiosk.customer.failure',
            actions: assign(({ event }) => failureOf(event.output, 'session')),
          },
        ],
      },
    },
  },
});

/** Saved and on its way. Whoever leaves, by a press or by silence, leaves nothing undone. */
export const deliveringState = sessionSetup.createStateConfig({
  exit: assign({ progress: null, secondsLeft: null }),
  invoke: [
    {
      // Beside main's event, which a renderer that was just replaced may have missed.
      src: 'awaitPassing',
      input: { state: 'delivering' },
      onDone: {
        guard: ({ event }) => event.output.ok,
        target: '#kiosk.following',
        actions: assign(({ event }) => viewed(event.output)),
      },
    },
    {
      id: 'quiet',
      src: 'quietWatch',
      input: ({ context }) => ({
        warnAfterMs: context.status?.idle.warnAfterMs ?? 0,
        expireAfterMs: context.status?.idle.wipeAfterMs ?? 0,
      }),
    },
  ],
  on: {
    ...DELIVERY_EVENTS,
    ...QUIET_EVENTS,
    'QUIET.EXPIRED': { target: '#kiosk.ending' },
    END: { target: '#kiosk.ending' },
  },
});

/** The proof, of a delivery or of what is saved for one. */
export const receiptState = sessionSetup.createStateConfig({
  invoke: {
    id: 'quiet',
    src: 'quietWatch',
    input: { warnAfterMs: 0, expireAfterMs: RECEIPT_SHOWN_MS },
  },
  exit: assign({ secondsLeft: null }),
  on: {
    ...QUIET_EVENTS,
    'QUIET.EXPIRED': { target: '#kiosk.ending' },
    END: { target: '#kiosk.ending' },
  },
});
