/** A kiosk's status and an operator's door as main would tell them, and all camera problems; without Latin letters. */
import { QUALITY_LIMITS } from '../../../../preload/contract/quality-limits.ts';
import type { AppStatus } from '../../../../preload/contract/app-channels.ts';
import type { OperatorDoor } from '../../../../preload/contract/operator-channels.ts';
import type { OutboxCondition, OutboxView } from '../../../../preload/contract/outbox-channels.ts';
import { ITEM_ACTIONS, ITEM_STATES } from '../../../../preload/contract/outbox-words.ts';
import type { CameraProblem } from '../../../../renderer/camera/camera-problem.ts';

/** A problem that is missing here is a type error. */
const PROBLEMS: Readonly<Record<CameraProblem, true>> = {
  CAMERA_NONE: true,
  CAMERA_BUSY: true,
  CAMERA_DENIED: true,
  CAMERA_UNPLUGGED: true,
  CAMERA_BLACK: true,
  CAMERA_FAILED: true,
};

/** All problems a camera can have. */
export const CAMERA_PROBLEMS = Object.keys(PROBLEMS).filter(
  (name): name is CameraProblem => name in PROBLEMS,
);

export const door: OperatorDoor = {
  isPinSet: true,
  pinRoles: ['operator', 'administrator'],
  isInside: true,
  role: 'administrator',
  lockedForMs: 0,
  vault: 'open',
  hasCredentials: true,
};

export const status: AppStatus = {
  version: '0.1.0',
  environment: 'training',
  mode: 'self-service',
  service: { state: 'out-of-service', code: 'POLICY_INVALID' },
  warnings: ['SETTINGS_DAMAGED'],
  brand: { name: 'Банк', colours: null, logo: null },
  languages: { offered: ['en'], preferred: 'en' },
  consent: { version: '1', text: {} },
  documents: { countries: null, types: ['PASSPORT'] },
  tokenSource: 'mint',
  customerReference: 'optional',
  quality: structuredClone(QUALITY_LIMITS),
  camera: { remembered: null, pinnedLabel: 'Камера' },
  scanner: { isOffered: true, remembered: null },
  outbox: {
    condition: { state: 'running' },
    waiting: 2,
    sending: 0,
    checking: 0,
    needsPerson: 0,
    deliveredToday: 0,
  },
  onScreenKeyboard: 'auto',
  idle: { warnAfterMs: 45_000, wipeAfterMs: 60_000 },
};

/** A condition of each kind. */
export const CONDITIONS: readonly OutboxCondition[] = [
  { state: 'running' },
  { state: 'unreachable', code: 'NETWORK_UNREACHABLE' },
  { state: 'paused', code: 'MARKID_UNAUTHORIZED' },
  { state: 'cooling', resumesAtMs: 0 },
  { state: 'closed', code: null },
  { state: 'closed', code: 'OUTBOX_DAMAGED' },
];

/** An outbox with an item in each state and more than is listed. */
export const outboxIn = (condition: OutboxCondition): OutboxView => ({
  environment: 'production',
  summary: { ...status.outbox, condition, needsPerson: 4 },
  items: ITEM_STATES.map((state, index) => ({
    itemId: `00000000-0000-4000-9000-00000000000${index}`,
    reference: `0A1B-000${index}`,
    customerReference: index === 0 ? '4711' : null,
    state,
    code: state === 'HELD' ? 'DELIVERY_UNCONFIRMED' : null,
    savedAtMs: 0,
    nextAtMs: state === 'QUEUED' ? 0 : null,
    attempts: index,
    sizeBytes: 1_000_000,
    scanRef: state === 'HELD' ? '2222-3333' : null,
    actions: state === 'HELD' ? [...ITEM_ACTIONS] : [],
  })),
  itemCount: 300,
  delivered: [
    {
      reference: '0A1B-00FF',
      customerReference: '0815',
      scanRef: '0000-1111',
      deliveredAtMs: 0,
      reconciled: true,
    },
    {
      reference: '0A1B-00FE',
      customerReference: null,
      scanRef: null,
      deliveredAtMs: 0,
      reconciled: false,
    },
  ],
});
