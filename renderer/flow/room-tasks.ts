/**
 * What an operator can ask of main, each as one call, and main's answer brought into one form: the
 * door as it is now, the outbox where it changed. Must never keep a PIN, passphrase, credential or token.
 */
import type { AppStatus } from '../../preload/contract/app-channels.ts';
import type {
  CameraReport,
  EventPage,
  ExportedDiagnostics,
  SelfCheckResult,
} from '../../preload/contract/diagnostics-channels.ts';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import type { HandedToken } from '../../preload/contract/handed-token.ts';
import type { KioskApi } from '../../preload/contract/kiosk-api.ts';
import type { OperatorDoor } from '../../preload/contract/operator-channels.ts';
import type { Role } from '../../preload/contract/operator-roles.ts';
import type { OutboxView } from '../../preload/contract/outbox-channels.ts';
import type { ActionReason } from '../../preload/contract/outbox-words.ts';
import { ok, type Result } from '../../preload/contract/result.ts';
import type { SettingChange, SettingsView } from '../../preload/contract/settings-channels.ts';
import type { CameraIdentity } from '../../preload/contract/vocabulary.ts';

interface ItemRequest {
  readonly itemId: string;
  readonly reason: ActionReason;
}

/** What an operator asks for at the outbox. `token`: where the bank hands tokens over. */
export type OutboxTask =
  | ({ readonly task: 'resend-item'; readonly token?: HandedToken } & ItemRequest)
  | ({ readonly task: 'retake-item' } & ItemRequest)
  | ({ readonly task: 'discard-item' } & ItemRequest)
  | { readonly task: 'resume-delivery' };

/** What an operator asks the kiosk about itself; the answer shows by itself. */
type DiagnosticsTask =
  | { readonly task: 'run-self-test' }
  | { readonly task: 'list-events'; readonly before: number | null }
  | { readonly task: 'export-diagnostics' };

/** What an operator sets; the answer shows by itself. Null: chosen by itself. */
export type SettingsTask =
  | { readonly task: 'get-settings' }
  | { readonly task: 'change-setting'; readonly change: SettingChange }
  | { readonly task: 'reset-settings' }
  | { readonly task: 'choose-camera'; readonly camera: CameraIdentity | null }
  | { readonly task: 'forget-scanner' };

/** What is in force, and the cameras that could be used instead. */
export interface RoomSettings extends SettingsView {
  readonly cameras: readonly CameraIdentity[];
}

/** What an operator asks for inside the room. */
export type RoomTask =
  | { readonly task: 'store-credentials'; readonly apiKey: string; readonly apiSecret: string }
  | { readonly task: 'test-credentials' }
  | { readonly task: 'remove-credentials' }
  | { readonly task: 'create-vault'; readonly passphrase: string }
  | { readonly task: 'retry-start' }
  | { readonly task: 'restart-kiosk' }
  | { readonly task: 'exit-kiosk' }
  | { readonly task: 'set-pin'; readonly role: Role; readonly pin: string }
  | { readonly task: 'remove-pin'; readonly role: Exclude<Role, 'administrator'> }
  | DiagnosticsTask
  | SettingsTask
  | OutboxTask;

/** What an operator asks for at the door. */
export type DoorTask =
  | { readonly task: 'get-door' }
  | { readonly task: 'create-pin'; readonly pin: string }
  | { readonly task: 'enter-room'; readonly pin: string };

/** The door as main sees it now, with the code of what failed, if anything did. */
export interface DoorAnswer {
  readonly door: OperatorDoor | null;
  readonly code: ErrorCode | null;
  /** Null where the call did not touch it. */
  readonly outbox: OutboxView | null;
  /** Each null where the call did not ask for it. */
  readonly selfTest: readonly SelfCheckResult[] | null;
  readonly events: EventPage | null;
  readonly exported: ExportedDiagnostics | null;
  readonly settings: RoomSettings | null;
  /** A customer's session has begun: the room is over. */
  readonly isRetake: boolean;
}

/** What the room asks of the page itself. */
export interface RoomPorts {
  /** Measures the camera that customers would use. */
  readonly measureCamera: () => Promise<CameraReport>;
  /** Those that may be used; empty where none can be listed. */
  readonly listCameras: () => Promise<readonly CameraIdentity[]>;
}

type RoomValue =
  | AppStatus
  | OperatorDoor
  | OutboxView
  | SelfCheckResult[]
  | EventPage
  | ExportedDiagnostics
  | RoomSettings
  | null;

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

/** The settings after `done`, or why it failed. */
const thenSettings = async (
  kiosk: KioskApi,
  listCameras: RoomPorts['listCameras'],
  done: Promise<Result<unknown>>,
): Promise<Result<RoomSettings>> => {
  const answer = await done;
  if (!answer.ok) return answer;
  const [view, cameras] = await Promise.all([kiosk.settings.getSettings(), listCameras()]);
  return view.ok ? ok({ ...view.value, cameras }) : view;
};

const callRoom = async (
  kiosk: KioskApi,
  request: RoomTask,
  { measureCamera, listCameras }: RoomPorts,
): Promise<Result<RoomValue>> => {
  const settingsAfter = (done: Promise<Result<unknown>>) => thenSettings(kiosk, listCameras, done);
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
    case 'resend-item': {
      const { itemId, reason, token } = request;
      return kiosk.outbox.resendItem({
        itemId,
        reason,
        ...(token === undefined ? {} : { token }),
      });
    }
    case 'retake-item':
      return kiosk.outbox.retakeItem({ itemId: request.itemId, reason: request.reason });
    case 'discard-item':
      return kiosk.outbox.discardItem({ itemId: request.itemId, reason: request.reason });
    case 'resume-delivery':
      return kiosk.outbox.resumeDelivery();
    case 'set-pin':
      return kiosk.operator.setPin({ role: request.role, pin: request.pin });
    case 'remove-pin':
      return kiosk.operator.removePin({ role: request.role });
    case 'run-self-test':
      return kiosk.diagnostics.runSelfTest({ camera: await measureCamera() });
    case 'list-events':
      return kiosk.diagnostics.listEvents({ before: request.before });
    case 'export-diagnostics':
      return kiosk.diagnostics.exportDiagnostics();
    case 'get-settings':
      return settingsAfter(Promise.resolve(ok(null)));
    case 'change-setting':
      return settingsAfter(kiosk.settings.changeSetting(request.change));
    case 'reset-settings':
      return settingsAfter(kiosk.settings.resetSettings());
    case 'choose-camera':
      return settingsAfter(kiosk.camera.rememberCamera({ camera: request.camera }));
    case 'forget-scanner':
      return settingsAfter(kiosk.scanner.rememberScanner({ scanner: null }));
    case 'restart-kiosk':
      return kiosk.operator.restartKiosk();
    case 'exit-kiosk':
      break;
  }
  return kiosk.operator.exitKiosk();
};

/** The door after `answer`: a failed try changes it too (lock-out), so it is read again. */
const answerWithDoor = async (
  kiosk: KioskApi,
  answer: Result<RoomValue>,
  isRetake: boolean,
): Promise<DoorAnswer> => {
  const value = answer.ok ? answer.value : null;
  const door = value !== null && 'isInside' in value ? ok(value) : await kiosk.operator.getDoor();
  const code = answer.ok ? null : answer.error.code;
  return {
    door: door.ok ? door.value : null,
    code: code ?? (door.ok ? null : door.error.code),
    outbox: value !== null && 'itemCount' in value ? value : null,
    selfTest: Array.isArray(value) ? value : null,
    events: value !== null && 'hasMore' in value ? value : null,
    exported: value !== null && 'folderName' in value ? value : null,
    settings: value !== null && 'settings' in value ? value : null,
    isRetake: isRetake && answer.ok,
  };
};

/** Asks at the door. */
export const askDoor = async (kiosk: KioskApi, task: DoorTask): Promise<DoorAnswer> =>
  answerWithDoor(kiosk, await callDoor(kiosk, task), false);

/** Asks inside the room. */
export const askRoom = async (
  kiosk: KioskApi,
  request: RoomTask,
  ports: RoomPorts,
): Promise<DoorAnswer> =>
  answerWithDoor(kiosk, await callRoom(kiosk, request, ports), request.task === 'retake-item');
