/**
 * One kiosk, from attract to receipt and back: which screen stands, and what leads to the next.
 * Main owns the session; this machine follows main's view of it, so a renderer that was replaced
 * stands where the lost one stood. Must never know React, the DOM, a camera or a word of any language.
 *
 * Every state has a way on: a person's, or the quiet watch, which wipes and returns to attract.
 */
// SECURITY: SEC-27
import { assign, sendTo, type ActorRefFrom, type SnapshotFrom } from 'xstate';
import type { AppStatus } from '../../preload/contract/app-channels.ts';
import { customerState } from './customer-states.ts';
import { deliveringState, receiptState, submittingState } from './delivery-states.ts';
import { createOperatorMachine } from './operator-machine.ts';
import { createScanMachine } from './scan-machine.ts';
import { sessionActors, type SessionPorts } from './session-actors.ts';
import {
  canBegin,
  CUSTOMER_GONE,
  hasSubmitted,
  INITIAL_CONTEXT,
  isSaved,
  NOBODY_HERE,
  refusalOf,
} from './session-context.ts';
import { codeOf, loaded, QUIET_EVENTS, sessionSetup } from './session-setup.ts';

/** Without a status there is no policy to ask. Own decision: as its default. */
const OPERATOR_QUIET_MS = 60_000;

const starting = sessionSetup.createStateConfig({
  invoke: {
    src: 'load',
    onDone: {
      target: 'routing',
      actions: assign(({ event }) => ({ ...loaded(event.output), fault: codeOf(event.output) })),
    },
  },
});

/** Goes where status and session stand. Whoever has submitted sees the proof of it before all else. */
const routing = sessionSetup.createStateConfig({
  always: [
    { guard: ({ context }) => hasSubmitted(context), target: 'following' },
    {
      guard: ({ context }) =>
        context.fault !== null || context.status?.service.state === 'out-of-service',
      target: 'outOfService',
    },
    { guard: ({ context }) => context.status?.service.state === 'locked', target: 'locked' },
    { guard: ({ context }) => context.view !== null, target: 'following' },
    { target: 'attract' },
  ],
});

/** Goes where the session stands, whatever has become of the service meanwhile. */
const following = sessionSetup.createStateConfig({
  always: [
    {
      guard: ({ context }) => context.view?.state === 'submitting',
      target: 'submitting.waiting',
    },
    // A submission without a receipt is nothing a screen could show.
    {
      guard: ({ context }) => isSaved(context) && context.view?.receipt === null,
      target: 'ending',
    },
    { guard: ({ context }) => context.view?.state === 'delivering', target: 'delivering' },
    { guard: ({ context }) => isSaved(context), target: 'receipt' },
    {
      guard: ({ context }) => refusalOf(context) !== null,
      target: 'customer.failure',
      actions: assign(({ context }) => ({ failure: refusalOf(context) })),
    },
    { guard: ({ context }) => context.view !== null, target: 'customer.placing' },
    { target: 'routing' },
  ],
});

/**
 * Leads away from a screen that stands for one state of the service as soon as it is another. Every
 * change of the outbox brings a status too and must not take away what somebody has just chosen: it
 * falls through to the machine, which only keeps it.
 */
const leftWhenNot = (state: AppStatus['service']['state']) =>
  ({
    guard: { type: 'isServiceOtherThan', params: { state } },
    target: 'routing',
    actions: 'takeStatus',
  }) as const;

const attract = sessionSetup.createStateConfig({
  entry: assign(NOBODY_HERE),
  invoke: {
    id: 'quiet',
    src: 'quietWatch',
    input: ({ context }) => {
      const wipeAfterMs = context.status?.idle.wipeAfterMs ?? 0;
      return { warnAfterMs: wipeAfterMs, expireAfterMs: wipeAfterMs };
    },
  },
  on: {
    ACTIVITY: QUIET_EVENTS.ACTIVITY,
    'STATUS.CHANGED': leftWhenNot('ready'),
    // A language or an aid somebody chose and walked away from.
    'QUIET.EXPIRED': { target: 'attract', reenter: true },
    'LANGUAGE.CHOSEN': {
      guard: ({ context, event }) =>
        context.status?.languages.offered.includes(event.language) === true,
      actions: assign(({ event }) => ({ language: event.language })),
    },
    'REFERENCE.TYPED': { actions: 'takeReference' },
    'REFERENCE.READ': {
      guard: ({ context, event }) =>
        context.status?.customerReference !== 'off' && canBegin(context, event.text),
      target: 'customer',
      actions: 'takeReference',
    },
    START: {
      guard: ({ context }) => canBegin(context, context.typedReference),
      target: 'customer',
    },
    OPERATOR: { target: 'operator', actions: 'noteErrand' },
  },
});

const locked = sessionSetup.createStateConfig({
  initial: 'idle',
  exit: assign({ error: null }),
  on: {
    OPERATOR: { target: 'operator', actions: 'noteErrand' },
    'STATUS.CHANGED': leftWhenNot('locked'),
  },
  states: {
    idle: { on: { UNLOCK: { target: 'unlocking' } } },
    unlocking: {
      entry: assign({ error: null }),
      invoke: {
        src: 'unlockVault',
        input: ({ event }) => {
          if (event.type !== 'UNLOCK')
            throw new Error('The vault is unlocked by a passphrase only.');
          return { passphrase: event.passphrase };
        },
        onDone: [
          { guard: ({ event }) => event.output.ok, target: '#kiosk.starting' },
          { target: 'idle', actions: assign(({ event }) => ({ error: codeOf(event.output) })) },
        ],
      },
    },
  },
});

const outOfService = sessionSetup.createStateConfig({
  initial: 'idle',
  entry: assign(NOBODY_HERE),
  on: {
    OPERATOR: { target: 'operator', actions: 'noteErrand' },
    'STATUS.CHANGED': leftWhenNot('out-of-service'),
  },
  states: {
    idle: { on: { RETRY: { target: 'retrying' } } },
    retrying: {
      invoke: {
        src: 'retryStart',
        onDone: {
          target: '#kiosk.routing',
          actions: assign(({ event }) => ({
            ...(event.output.ok ? { status: event.output.value } : {}),
            fault: codeOf(event.output),
          })),
        },
      },
    },
  },
});

/** The operator's own machine; silence leaves its room. */
const operator = sessionSetup.createStateConfig({
  invoke: [
    { id: 'operator', src: 'operator', onDone: { target: 'starting' } },
    {
      id: 'quiet',
      src: 'quietWatch',
      input: ({ context }) => ({
        warnAfterMs: context.status?.idle.warnAfterMs ?? OPERATOR_QUIET_MS,
        expireAfterMs: context.status?.idle.wipeAfterMs ?? OPERATOR_QUIET_MS,
      }),
    },
  ],
  exit: assign({ secondsLeft: null }),
  on: {
    ...QUIET_EVENTS,
    'QUIET.EXPIRED': { actions: sendTo('operator', { type: 'LEAVE' }) },
    END: { actions: sendTo('operator', { type: 'LEAVE' }) },
  },
});

/** Forgets the customer in main. Where that can't be done, nobody else is served. */
const ending = sessionSetup.createStateConfig({
  invoke: {
    src: 'endSession',
    onDone: [
      {
        guard: ({ event }) => codeOf(event.output) === 'SUBMISSION_RUNNING',
        target: 'submitting.waiting',
      },
      {
        target: 'routing',
        actions: assign(({ event }) => ({
          ...CUSTOMER_GONE,
          ...(event.output.ok ? { status: event.output.value } : {}),
          fault: codeOf(event.output),
        })),
      },
    ],
  },
});

const sessionMachine = sessionSetup.createMachine({
  id: 'kiosk',
  context: INITIAL_CONTEXT,
  invoke: { src: 'mainEvents' },
  on: {
    'STATUS.CHANGED': { actions: 'takeStatus' },
    'AIDS.CHOSEN': {
      actions: [
        assign(({ context, event }) => ({ aids: { ...context.aids, ...event.aids } })),
        'keepAids',
      ],
    },
  },
  initial: 'starting',
  states: {
    starting,
    routing,
    following,
    attract,
    locked,
    outOfService,
    operator,
    customer: customerState,
    submitting: submittingState,
    delivering: deliveringState,
    receipt: receiptState,
    ending,
  },
});

/** The machine over the given side effects. */
export const createSessionMachine = (ports: SessionPorts) =>
  sessionMachine.provide({
    actors: {
      ...sessionActors(ports),
      operator: createOperatorMachine(ports.kiosk, ports),
      scan: createScanMachine(ports),
    },
    actions: {
      revokePictures: () => {
        ports.pictureUrls.revokeAll();
      },
      keepAids: ({ context: { view, aids } }) => {
        if (view !== null) void ports.kiosk.session.keepAids({ aids });
      },
    },
  });

type SessionMachine = ReturnType<typeof createSessionMachine>;
export type SessionActor = ActorRefFrom<SessionMachine>;
export type SessionSnapshot = SnapshotFrom<SessionMachine>;
