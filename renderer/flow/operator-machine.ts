/**
 * The operator's door and room as a machine of its own, run as a child of the session machine.
 * Keeps what a screen shows: the door, the last notice. A task that changes the kiosk's status is
 * followed by main's own app:status-changed. Must never keep a PIN, passphrase or credential: they
 * pass through an event into one call.
 */
import { assign, fromPromise, setup, type ActorRefFrom } from 'xstate';
import type { AppStatus } from '../../preload/contract/app-channels.ts';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import type { KioskApi } from '../../preload/contract/kiosk-api.ts';
import type { OperatorDoor } from '../../preload/contract/operator-channels.ts';
import { ok, type Result } from '../../preload/contract/result.ts';
import { typeOnly } from './type-only.ts';

/** The outcome of the last thing an operator asked for. */
interface OperatorNotice {
  readonly kind: 'done' | 'error';
  readonly code: ErrorCode | null;
}

/** What the operator's screens show. */
export interface OperatorContext {
  readonly door: OperatorDoor | null;
  /** Of the door: why it did not open. */
  readonly error: ErrorCode | null;
  /** Of the room. */
  readonly notice: OperatorNotice | null;
}

/** What an operator asks for inside the room. */
export type RoomTask =
  | { readonly task: 'store-credentials'; readonly apiKey: string; readonly apiSecret: string }
  | { readonly task: 'test-credentials' }
  | { readonly task: 'remove-credentials' }
  | { readonly task: 'create-vault'; readonly passphrase: string }
  | { readonly task: 'retry-start' }
  | { readonly task: 'exit-kiosk' };

type DoorTask =
  | { readonly task: 'get-door' }
  | { readonly task: 'create-pin'; readonly pin: string }
  | { readonly task: 'enter-room'; readonly pin: string };

export type OperatorEvent =
  | { readonly type: 'PIN.CREATED'; readonly pin: string }
  | { readonly type: 'PIN.ENTERED'; readonly pin: string }
  | { readonly type: 'ROOM.ASKED'; readonly request: RoomTask }
  | { readonly type: 'LEAVE' };

/** The door as main sees it now, with the code of what failed, if anything did. */
export interface DoorAnswer {
  readonly door: OperatorDoor | null;
  readonly code: ErrorCode | null;
}

const callDoor = (kiosk: KioskApi, task: DoorTask): Promise<Result<OperatorDoor>> => {
  switch (task.task) {
    case 'get-door':
      return kiosk.operator.getDoor();
    case 'create-pin':
      return kiosk.operator.createPin({ pin: task.pin });
    case 'enter-room':
      break;
  }
  return kiosk.operator.enterRoom({ pin: task.pin });
};

const callRoom = async (
  kiosk: KioskApi,
  request: RoomTask,
): Promise<Result<AppStatus | OperatorDoor | null>> => {
  switch (request.task) {
    case 'store-credentials':
      return kiosk.operator.storeCredentials({
        apiKey: request.apiKey,
        apiSecret: request.apiSecret,
      });
    case 'test-credentials':
      return kiosk.operator.testCredentials();
    case 'remove-credentials':
      return kiosk.operator.removeCredentials();
    case 'create-vault':
      return kiosk.operator.createVault({ passphrase: request.passphrase });
    case 'retry-start':
      return kiosk.app.retryStart();
    case 'exit-kiosk':
      break;
  }
  return kiosk.operator.exitKiosk();
};

/** The door after `answer`: a failed try changes it too (lock-out), so it is read again. */
const answerWithDoor = async (
  kiosk: KioskApi,
  answer: Result<AppStatus | OperatorDoor | null>,
): Promise<DoorAnswer> => {
  const value = answer.ok ? answer.value : null;
  const door = value !== null && 'isInside' in value ? ok(value) : await kiosk.operator.getDoor();
  const code = answer.ok ? null : answer.error.code;
  return door.ok ? { door: door.value, code } : { door: null, code: code ?? door.error.code };
};

const isInside = (answer: DoorAnswer): boolean => answer.door?.isInside === true;

/** The machine; it ends when the operator has left, and starts at the door unless main says "inside". */
export const createOperatorMachine = (kiosk: KioskApi) =>
  setup({
    types: { context: typeOnly<OperatorContext>(), events: typeOnly<OperatorEvent>() },
    actors: {
      askDoor: fromPromise<DoorAnswer, DoorTask>(async ({ input }) =>
        answerWithDoor(kiosk, await callDoor(kiosk, input)),
      ),
      askRoom: fromPromise<DoorAnswer, RoomTask>(async ({ input }) =>
        answerWithDoor(kiosk, await callRoom(kiosk, input)),
      ),
      leaveRoom: fromPromise(() => kiosk.operator.leaveRoom()),
    },
  }).createMachine({
    id: 'operator',
    context: { door: null, error: null, notice: null },
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
                    notice: {
                      kind: event.output.code === null ? ('done' as const) : ('error' as const),
                      code: event.output.code,
                    },
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
