/**
 * The states with a customer at the screen: consent, token, document, failure, and between them the
 * pictures (capture-states.ts). All are watched for silence, and each can be ended.
 * Must never lead back in a way that loses a picture.
 */
import { assign } from 'xstate';
import { DOOR_ERROR_CODES, type ErrorCode } from '../../preload/contract/error-codes.ts';
import type { CaptureStep } from '../../preload/contract/vocabulary.ts';
import { captureState, reviewState } from './capture-states.ts';
import { scanState } from './scan-states.ts';
import {
  hasSession,
  isScanned,
  offeredActions,
  shownLanguage,
  shownReference,
  type SessionContext,
} from './session-context.ts';
import type { Loaded } from './session-actors.ts';
import { codeOf, failureOf, loaded, QUIET_EVENTS, sessionSetup, viewed } from './session-setup.ts';
import { firstOpenIndex, placeOf } from './steps.ts';

const isShownOnDocument = (code: ErrorCode): boolean =>
  code === 'DOCUMENT_NOT_ALLOWED' || DOOR_ERROR_CODES.some((known) => known === code);

const isFreshStart = ({ status, view }: Loaded): boolean =>
  status.service.state === 'ready' && view.state === 'idle';

const consent = sessionSetup.createStateConfig({
  on: {
    ACCEPT: [
      { guard: ({ context }) => hasSession(context), target: 'document' },
      { guard: ({ context }) => context.status?.tokenSource === 'handoff', target: 'token' },
      { target: 'opening' },
    ],
  },
});

const token = sessionSetup.createStateConfig({
  on: {
    'TOKEN.GIVEN': [
      { guard: ({ context }) => hasSession(context), target: 'replacing' },
      { target: 'opening' },
    ],
    BACK: [
      { guard: ({ context }) => hasSession(context), target: 'placing' },
      { target: 'consent' },
    ],
  },
});

/** Begins the session in main, with the token where the bank hands one over. */
const opening = sessionSetup.createStateConfig({
  invoke: {
    src: 'startSession',
    input: ({ context, event }) => {
      const customerReference = shownReference(context);
      return {
        language: shownLanguage(context),
        aids: context.aids,
        consentVersion: context.status?.consent.version ?? '',
        ...(event.type === 'TOKEN.GIVEN' ? { token: event.token } : {}),
        ...(customerReference === null ? {} : { customerReference }),
      };
    },
    onDone: [
      {
        guard: ({ event }) => event.output.ok,
        target: 'placing',
        actions: assign(({ event }) => viewed(event.output)),
      },
      { target: 'failure', actions: assign(({ event }) => failureOf(event.output, 'session')) },
    ],
  },
});

/** A new token for the pictures that are there. */
const replacing = sessionSetup.createStateConfig({
  invoke: {
    src: 'replaceToken',
    input: ({ event }) => {
      if (event.type !== 'TOKEN.GIVEN') throw new Error('A token is replaced by a given one only.');
      return { token: event.token };
    },
    onDone: [
      {
        guard: ({ event }) => event.output.ok,
        target: 'placing',
        actions: assign(({ event }) => viewed(event.output)),
      },
      { target: 'failure', actions: assign(({ event }) => failureOf(event.output, 'session')) },
    ],
  },
});

/** The first step that needs a picture. */
const openStep = ({ view, skipped }: SessionContext): CaptureStep | undefined =>
  view?.steps[firstOpenIndex(view.steps, skipped)]?.step;

/** Goes where the session stands. */
const placing = sessionSetup.createStateConfig({
  entry: assign({ isRetake: false }),
  always: [
    {
      guard: ({ context }) =>
        placeOf(context.view, context.skipped) === 'capture' &&
        isScanned(context, openStep(context)),
      target: 'scan',
      actions: assign(({ context }) => ({
        stepIndex: firstOpenIndex(context.view?.steps ?? [], context.skipped),
      })),
    },
    {
      guard: ({ context }) => placeOf(context.view, context.skipped) === 'capture',
      target: 'capture',
      actions: assign(({ context }) => ({
        stepIndex: firstOpenIndex(context.view?.steps ?? [], context.skipped),
      })),
    },
    {
      guard: ({ context }) => placeOf(context.view, context.skipped) === 'review',
      target: 'review',
    },
    { target: 'document' },
  ],
});

const document = sessionSetup.createStateConfig({
  initial: 'choosing',
  exit: assign({ error: null }),
  states: {
    choosing: {
      on: {
        'DOCUMENT.CHOSEN': { target: 'storing' },
        BACK: { target: '#kiosk.customer.consent' },
      },
    },
    storing: {
      entry: assign({ error: null }),
      invoke: {
        src: 'chooseDocument',
        input: ({ event }) => {
          if (event.type !== 'DOCUMENT.CHOSEN')
            throw new Error('A document is chosen by a person.');
          return { country: event.country, documentType: event.documentType };
        },
        onDone: [
          {
            guard: ({ event }) => event.output.ok,
            target: '#kiosk.customer.placing',
            actions: assign(({ event }) => ({ ...viewed(event.output), skipped: [], doubt: null })),
          },
          {
            guard: ({ event }) => !event.output.ok && isShownOnDocument(event.output.error.code),
            target: 'choosing',
            actions: assign(({ event }) => ({ error: codeOf(event.output) })),
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

/** Each offered action leads on; one that is not offered leads nowhere. */
const failure = sessionSetup.createStateConfig({
  exit: assign({ failure: null }),
  on: {
    'FAILURE.ANSWERED': [
      { guard: ({ context, event }) => !offeredActions(context).includes(event.action) },
      {
        guard: ({ context, event }) =>
          event.action === 'retry' && context.failure?.during === 'submission',
        target: '#kiosk.submitting',
      },
      { guard: ({ event }) => event.action === 'retry', target: 'refreshing' },
      { guard: ({ event }) => event.action === 'retake', target: 'placing' },
      { guard: ({ event }) => event.action === 'document', target: 'document' },
      { guard: ({ event }) => event.action === 'token', target: 'token' },
      { target: '#kiosk.ending' },
    ],
  },
});

/** Asks main anew what it holds, and goes on from there: consent where no session was begun. */
const refreshing = sessionSetup.createStateConfig({
  invoke: {
    src: 'load',
    onDone: [
      {
        guard: ({ event }) => event.output.ok && isFreshStart(event.output.value),
        target: 'consent',
        actions: assign(({ event }) => loaded(event.output)),
      },
      {
        guard: ({ event }) => event.output.ok,
        target: '#kiosk.routing',
        actions: assign(({ event }) => loaded(event.output)),
      },
      { target: 'failure', actions: assign(({ event }) => failureOf(event.output, 'session')) },
    ],
  },
});

/** The customer's part of the flow. Leaving it for attract goes through `ending`. */
export const customerState = sessionSetup.createStateConfig({
  initial: 'consent',
  invoke: {
    id: 'quiet',
    src: 'quietWatch',
    input: ({ context }) => ({
      warnAfterMs: context.status?.idle.warnAfterMs ?? 0,
      expireAfterMs: context.status?.idle.wipeAfterMs ?? 0,
    }),
  },
  exit: assign({ secondsLeft: null, isStartOverAsked: false }),
  on: {
    ...QUIET_EVENTS,
    'QUIET.EXPIRED': { target: 'ending' },
    'START_OVER.ASKED': { actions: assign({ isStartOverAsked: true }) },
    'START_OVER.CANCELLED': { actions: assign({ isStartOverAsked: false }) },
    END: { target: 'ending' },
  },
  states: {
    consent,
    token,
    opening,
    replacing,
    placing,
    document,
    scan: scanState,
    capture: captureState,
    review: reviewState,
    failure,
    refreshing,
  },
});
