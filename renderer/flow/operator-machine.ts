/**
 * The operator's door and room as a machine of its own, run as a child of the session machine.
 * Keeps what a screen shows: the door, the outbox, the last notice. A task that changes the kiosk's
 * status is followed by main's own app:status-changed. Must never keep a PIN, passphrase, credential
 * or token: they pass through an event into one call.
 */
import { assign, fromPromise, setup, type ActorRefFrom } from 'xstate';
import type {
  EventPage,
  ExportedDiagnostics,
  SelfCheckResult,
} from '../../preload/contract/diagnostics-channels.ts';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import type { KioskApi } from '../../preload/contract/kiosk-api.ts';
import type { OperatorDoor } from '../../preload/contract/operator-channels.ts';
import type { OutboxView } from '../../preload/contract/outbox-channels.ts';
import { createOutboxWatch, type OutboxEvent } from './outbox-watch.ts';
import {
  askDoor,
  askRoom,
  type DoorAnswer,
  type DoorTask,
  type RoomPorts,
  type RoomSettings,
  type RoomTask,
} from './room-tasks.ts';
import { typeOnly } from './type-only.ts';

/** The outcome of the last thing an operator asked for. */
interface OperatorNotice {
  readonly kind: 'done' | 'error';
  readonly code: ErrorCode | null;
}

/** What the kiosk said about itself; each null until it was asked for. */
export interface Findings {
  readonly selfTest: readonly SelfCheckResult[] | null;
  readonly events: EventPage | null;
  readonly exported: ExportedDiagnostics | null;
  readonly settings: RoomSettings | null;
}

/** What the operator's screens show. */
export interface OperatorContext extends Findings {
  readonly door: OperatorDoor | null;
  /** Of the door: why it did not open. */
  readonly error: ErrorCode | null;
  /** Of the room. */
  readonly notice: OperatorNotice | null;
  /** Null until it was read once. */
  readonly outbox: OutboxView | null;
  /** Why it could not be read now. */
  readonly outboxError: ErrorCode | null;
}

export type OperatorEvent =
  | { readonly type: 'PIN.CREATED'; readonly pin: string }
  | { readonly type: 'PIN.ENTERED'; readonly pin: string }
  | { readonly type: 'ROOM.ASKED'; readonly request: RoomTask }
  | { readonly type: 'LEAVE' }
  | OutboxEvent;

const NOTHING_FOUND = { selfTest: null, events: null, exported: null, settings: null } as const;

/** An answer that shows by itself needs no notice beside it. */
const noticeOf = (answer: DoorAnswer): OperatorNotice | null => {
  if (answer.code !== null) return { kind: 'error', code: answer.code };
  const isShown = answer.selfTest ?? answer.events ?? answer.exported ?? answer.settings;
  return isShown === null ? { kind: 'done', code: null } : null;
};

const isInside = (answer: DoorAnswer): boolean => answer.door?.isInside === true;

/** The machine; it ends when the operator has left, and starts at the door unless main says "inside". */
export const createOperatorMachine = (kiosk: KioskApi, ports: RoomPorts) =>
  setup({
    types: { context: typeOnly<OperatorContext>(), events: typeOnly<OperatorEvent>() },
    actors: {
      askDoor: fromPromise<DoorAnswer, DoorTask>(({ input }) => askDoor(kiosk, input)),
      askRoom: fromPromise<DoorAnswer, RoomTask>(({ input }) => askRoom(kiosk, input, ports)),
      outboxWatch: createOutboxWatch(kiosk),
      leaveRoom: fromPromise(() => kiosk.operator.leaveRoom()),
    },
  }).createMachine({
    id: 'operator',
    context: {
      door: null,
      error: null,
      notice: null,
      outbox: null,
      outboxError: null,
      ...NOTHING_FOUND,
    },
    initial: 'door',
    on: { LEAVE: { target: '.leaving' } },
    states: {
      door: {
        initial: 'busy',
        states: {
          busy: {
            invoke: {
              src: 'askDoor',
              input: ({ event }): DoorTask => {
                if (event.type === 'PIN.CREATED') return { task: 'create-pin', pin: event.pin };
                if (event.type === 'PIN.ENTERED') return { task: 'enter-room', pin: event.pin };
                return { task: 'get-door' };
              },
              onDone: [
                {
                  guard: ({ event }) => isInside(event.output),
                  target: '#operator.room',
                  actions: assign(({ event }) => ({
                    door: event.output.door,
                    error: null,
                    notice: null,
                    ...NOTHING_FOUND,
                  })),
                },
                {
                  target: 'idle',
                  actions: assign(({ context, event }) => ({
                    door: event.output.door ?? context.door,
                    error: event.output.code,
                  })),
                },
              ],
            },
          },
          idle: {
            on: { 'PIN.CREATED': { target: 'busy' }, 'PIN.ENTERED': { target: 'busy' } },
          },
        },
      },
      room: {
        initial: 'idle',
        invoke: { src: 'outboxWatch' },
        on: {
          'OUTBOX.READ': {
            actions: assign(({ context, event: { answer } }) => ({
              outbox: answer.ok ? answer.value : context.outbox,
              outboxError: answer.ok ? null : answer.error.code,
            })),
          },
        },
        states: {
          idle: { on: { 'ROOM.ASKED': { target: 'busy' } } },
          busy: {
            entry: assign({ notice: null }),
            invoke: {
              src: 'askRoom',
              input: ({ event }): RoomTask =>
                event.type === 'ROOM.ASKED' ? event.request : { task: 'retry-start' },
              onDone: [
                {
                  // The customer's session stands in main's view: the flow goes on from there.
                  guard: ({ event }) => event.output.isRetake,
                  target: '#operator.leaving',
                },
                {
                  // Main ended the stay by itself: back to the door, with its word for it.
                  guard: ({ event }) => event.output.door !== null && !isInside(event.output),
                  target: '#operator.door.idle',
                  actions: assign(({ event }) => ({
                    door: event.output.door,
                    error: event.output.code,
                  })),
                },
                {
                  target: 'idle',
                  actions: assign(({ context, event }) => ({
                    door: event.output.door ?? context.door,
                    outbox: event.output.outbox ?? context.outbox,
                    selfTest: event.output.selfTest ?? context.selfTest,
                    events: event.output.events ?? context.events,
                    exported: event.output.exported ?? context.exported,
                    settings: event.output.settings ?? context.settings,
                    notice: noticeOf(event.output),
                  })),
                },
              ],
            },
          },
        },
      },
      leaving: { invoke: { src: 'leaveRoom', onDone: 'left' } },
      left: { type: 'final' },
    },
  });

export type OperatorActor = ActorRefFrom<ReturnType<typeof createOperatorMachine>>;
