/**
 * The types and shared transitions of the session machine, so that its states can stand in files
 * of their own. The real actors are provided by createSessionMachine.
 */
import { assign, sendTo, setup } from 'xstate';
import type { AppStatus } from '../../preload/contract/app-channels.ts';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import { ok, type Result } from '../../preload/contract/result.ts';
import type { SessionView } from '../../preload/contract/session-channels.ts';
import type { createOperatorMachine } from './operator-machine.ts';
import type { createScanMachine } from './scan-machine.ts';
import type { Loaded, sessionActors } from './session-actors.ts';
import type { FlowFailure, SessionContext, SessionEvent } from './session-context.ts';
import { typeOnly } from './type-only.ts';

type SessionActors = ReturnType<typeof sessionActors> & {
  readonly operator: ReturnType<typeof createOperatorMachine>;
  readonly scan: ReturnType<typeof createScanMachine>;
};

/** Context, events and actors of the session machine. */
export const sessionSetup = setup({
  types: {
    context: typeOnly<SessionContext>(),
    events: typeOnly<SessionEvent>(),
    children: typeOnly<{ operator: 'operator'; quiet: 'quietWatch'; scan: 'scan' }>(),
  },
  actors: typeOnly<SessionActors>(),
  guards: {
    isServiceOtherThan: (
      { context, event },
      { state }: { readonly state: AppStatus['service']['state'] },
    ) =>
      event.type === 'STATUS.CHANGED' &&
      // A fault is left by the answer to a new start only: the last customer may not be forgotten yet.
      context.fault === null &&
      event.status.service.state !== state,
  },
  actions: {
    takeStatus: assign(({ event }) =>
      event.type === 'STATUS.CHANGED' ? { status: event.status } : {},
    ),
    /** Provided with the actors; nothing to revoke or to keep without them. */
    revokePictures: () => {},
    keepAids: () => {},
    passToQuietWatch: sendTo('quiet', ({ event }) => event),
    showProgress: assign(({ event }) =>
      event.type === 'DELIVERY.PROGRESSED' ? { progress: event.progress } : {},
    ),
    takeSettledView: assign(({ event }) =>
      event.type === 'DELIVERY.SETTLED' ? viewed(ok(event.view)) : {},
    ),
    noteErrand: assign(({ event }) => ({
      isForOutbox: event.type === 'OPERATOR' && event.isForOutbox === true,
    })),
    takeReference: assign(({ event }) =>
      event.type === 'REFERENCE.TYPED' || event.type === 'REFERENCE.READ'
        ? { typedReference: event.text }
        : {},
    ),
    showSecondsLeft: assign(({ event }) => ({
      secondsLeft: event.type === 'QUIET.TICKED' ? event.secondsLeft : null,
    })),
  },
});

/** What a state that is watched for silence listens to besides its own events. */
export const QUIET_EVENTS = {
  ACTIVITY: { actions: 'passToQuietWatch' },
  CONTINUE: { actions: 'passToQuietWatch' },
  'QUIET.TICKED': { actions: 'showSecondsLeft' },
} as const;

/** The code of a failed answer; null of a good one. */
export const codeOf = (answer: Result<unknown>): ErrorCode | null =>
  answer.ok ? null : answer.error.code;

/** The failure a failed answer means for the failure screen. */
export const failureOf = (
  answer: Result<unknown>,
  during: FlowFailure['during'],
): { failure: FlowFailure | null } => ({
  failure: answer.ok ? null : { code: answer.error.code, during },
});

/** Takes over main's view of the session from a good answer. */
export const viewed = (answer: Result<SessionView>): Partial<SessionContext> =>
  answer.ok ? { view: answer.value.state === 'idle' ? null : answer.value } : {};

/** Takes over status and session from a good answer; the session brings its language and aids along. */
export const loaded = (answer: Result<Loaded>): Partial<SessionContext> =>
  answer.ok
    ? {
        status: answer.value.status,
        language: answer.value.view.language,
        ...(answer.value.view.aids === null ? {} : { aids: answer.value.view.aids }),
        ...viewed(ok(answer.value.view)),
      }
    : {};
