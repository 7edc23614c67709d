/** What a fake kiosk holds and answers with: specimens of status, door, session and outbox. */
import { QUALITY_LIMITS } from '../../preload/contract/quality-limits.ts';
import type { AppStatus } from '../../preload/contract/app-channels.ts';
import type {
  EventPage,
  ExportedDiagnostics,
  SelfCheckResult,
} from '../../preload/contract/diagnostics-channels.ts';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import type { OperatorDoor } from '../../preload/contract/operator-channels.ts';
import type {
  OutboxItem,
  OutboxSummary,
  OutboxView,
} from '../../preload/contract/outbox-channels.ts';
import type { ItemAction, ItemState } from '../../preload/contract/outbox-words.ts';
import type {
  SessionReceipt,
  SessionStep,
  SessionView,
} from '../../preload/contract/session-channels.ts';
import type { SettingsView } from '../../preload/contract/settings-channels.ts';
import type {
  CaptureStep,
  DocumentType,
  PictureSummary,
} from '../../preload/contract/vocabulary.ts';

/** A morning: every time a fake kiosk tells is near it. */
const MORNING_MS = Date.UTC(2026, 0, 15, 9, 30);

/** As Mark ID names verifications: a UUID. */
export const SCAN_REF = '4f0c2c1e-7a51-4c9e-b1c8-2f9d4d1f6a30';

export const EMPTY_SUMMARY: OutboxSummary = {
  condition: { state: 'running' },
  waiting: 0,
  sending: 0,
  checking: 0,
  needsPerson: 0,
  deliveredToday: 0,
};

export const FAKE_STATUS: AppStatus = {
  version: '0.0.0',
  environment: 'training',
  mode: 'self-service',
  service: { state: 'ready' },
  warnings: [],
  brand: { name: 'Specimen Bank', colours: null, logo: null },
  languages: { offered: ['en', 'lt', 'ar'], preferred: 'en' },
  consent: { version: '1', text: {} },
  documents: { countries: null, types: ['ID_CARD', 'PASSPORT', 'OTHER'] },
  tokenSource: 'mint',
  customerReference: 'off',
  quality: structuredClone(QUALITY_LIMITS),
  camera: { remembered: null, pinnedLabel: null },
  scanner: { isOffered: false, remembered: null },
  outbox: EMPTY_SUMMARY,
  onScreenKeyboard: 'auto',
  idle: { warnAfterMs: 45_000, wipeAfterMs: 60_000 },
};

export const FAKE_DOOR: OperatorDoor = {
  isPinSet: true,
  pinRoles: ['administrator'],
  isInside: false,
  role: null,
  lockedForMs: 0,
  vault: 'open',
  hasCredentials: true,
};

export const SELF_TEST: SelfCheckResult[] = [
  { check: 'disk', verdict: 'good', code: null },
  { check: 'swap', verdict: 'warning', code: 'MEMORY_EXPOSED' },
  { check: 'network', verdict: 'failed', code: 'NETWORK_UNREACHABLE' },
  { check: 'mark-id', verdict: 'skipped', code: null },
];

export const EVENT_PAGE: EventPage = {
  events: [
    {
      sequence: 3,
      atMs: MORNING_MS + 1,
      event: { event: 'window.renderer-lost', isFailing: false },
    },
    {
      sequence: 2,
      atMs: MORNING_MS,
      event: { event: 'outbox.opened', environment: 'training', itemCount: 4, warning: null },
    },
  ],
  hasMore: true,
};

const shipped = <Value>(value: Value) => ({ source: 'default' as const, value });
const ofPolicy = <Value>(value: Value) => ({ source: 'policy' as const, value });

export const FAKE_SETTINGS: SettingsView = {
  policy: { state: 'in-force', place: 'usual', isSigned: true, refused: null },
  isDamaged: false,
  settings: {
    bank: ofPolicy('Specimen Bank'),
    mode: shipped('self-service'),
    language: { source: 'operator', value: 'lt' },
    languages: ofPolicy(['lt', 'en', 'pl', 'ar']),
    onScreenKeyboard: ofPolicy('auto'),
    customerReference: shipped('optional'),
    documents: ofPolicy(['ID_CARD', 'PASSPORT']),
    countries: ofPolicy(['LT', 'LV', 'EE']),
    consentVersion: ofPolicy('2026-11'),
    wipeAfterSeconds: shipped(60),
    camera: { source: 'operator', value: 'Document camera' },
    scanner: shipped(null),
    server: shipped('https://ivs.markid.eu'),
    tokenSource: shipped('mint'),
    itemsPerMinute: shipped(30),
    maxItems: shipped(1000),
    retentionDays: ofPolicy(14),
    eventRetentionDays: shipped(365),
    hasExports: ofPolicy(true),
    training: ofPolicy('never'),
  },
};

export const EXPORTED: ExportedDiagnostics = {
  folderName: 'mark-id-kiosk-20260115-090000',
  fileCount: 3,
  sizeBytes: 2_000_000,
};

export const FAKE_PIN = '246810';
export const FAKE_PASSPHRASE = 'a specimen of a passphrase';

const CARD_STEPS: readonly CaptureStep[] = ['FRONT', 'BACK', 'FACE'];
const PASSPORT_STEPS: readonly CaptureStep[] = ['FRONT', 'FACE'];

/** The default table, where BACK is optional for OTHER so that skipping can be shown. */
export const stepsOf = (documentType: DocumentType): SessionStep[] =>
  (documentType === 'PASSPORT' ? PASSPORT_STEPS : CARD_STEPS).map((step) => ({
    step,
    required: documentType !== 'OTHER' || step !== 'BACK',
    picture: null,
  }));

/** Main's view while nobody is served. */
export const IDLE: SessionView = {
  state: 'idle',
  environment: 'training',
  language: null,
  aids: null,
  customerReference: null,
  country: null,
  documentType: null,
  steps: [],
  receipt: null,
  refusal: null,
};

/** Of a submission that is saved. */
export const RECEIPT: SessionReceipt = {
  reference: '0A1B-2C3D',
  savedAtMs: MORNING_MS,
  code: null,
  delivery: null,
};

const ACTIONS: Readonly<Partial<Record<ItemState, readonly ItemAction[]>>> = {
  NEEDS_TOKEN: ['resend', 'retake', 'discard'],
  NEEDS_PERSON: ['resend', 'retake', 'discard'],
  HELD: ['resend', 'retake', 'discard'],
  DAMAGED: ['retake', 'discard'],
};

/** An item of the outbox; the reference carries the number. */
export const fakeItem = (
  number: number,
  state: ItemState,
  code: ErrorCode | null = null,
): OutboxItem => ({
  itemId: `00000000-0000-4000-9000-${String(number).padStart(12, '0')}`,
  reference: `0A1B-${number.toString(16).toUpperCase().padStart(4, '0')}`,
  state,
  code,
  savedAtMs: MORNING_MS,
  nextAtMs: null,
  attempts: 0,
  sizeBytes: 2_400_000,
  customerReference: null,
  scanRef: null,
  actions: [...(ACTIONS[state] ?? [])],
});

/** A summary as main makes one; the id carries the number. */
export const fakeSummary = (number: number): PictureSummary => ({
  pictureId: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  widthPx: 1280,
  heightPx: 720,
  sizeBytes: 300_000,
  source: 'camera',
  warnings: [],
});

export const EMPTY_OUTBOX: OutboxView = {
  environment: 'training',
  summary: EMPTY_SUMMARY,
  items: [],
  itemCount: 0,
  delivered: [],
};

/** The counts of these items, as main keeps them. */
export const summaryOf = (
  items: readonly OutboxItem[],
  { condition, deliveredToday }: OutboxSummary,
): OutboxSummary => {
  const countOf = (...states: ItemState[]): number =>
    items.filter(({ state }) => states.includes(state)).length;
  return {
    condition,
    waiting: countOf('QUEUED', 'READY'),
    sending: countOf('MINTING', 'SENDING'),
    checking: countOf('AMBIGUOUS'),
    needsPerson: countOf('NEEDS_TOKEN', 'NEEDS_PERSON', 'HELD', 'DAMAGED'),
    deliveredToday,
  };
};

/** How a delivery ends for the customer; `confirmed`: by asking, without a number; a code: Mark ID refused it. */
export type Outcome = 'delivered' | 'confirmed' | 'saved' | ErrorCode;

/** The view of a session whose delivery ended so. */
export const settledView = (view: SessionView, outcome: Outcome): SessionView => {
  const receipt = view.receipt ?? RECEIPT;
  if (outcome === 'delivered' || outcome === 'confirmed') {
    const reconciled = outcome === 'confirmed';
    const scanRef = reconciled ? null : SCAN_REF;
    const delivery = { scanRef, deliveredAtMs: MORNING_MS + 12_000, reconciled };
    return { ...view, state: 'delivered', receipt: { ...receipt, delivery } };
  }
  if (outcome === 'saved') return { ...view, state: 'saved', receipt };
  return { ...view, state: 'capturing', receipt: null, refusal: outcome };
};
