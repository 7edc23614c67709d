/**
 * What the session machine remembers between screens, and the events that reach it.
 * Must never hold picture bytes, tokens, PINs or passphrases: those pass through one event into one call.
 */
import type { AppStatus } from '../../preload/contract/app-channels.ts';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import type { HandedToken } from '../../preload/contract/handed-token.ts';
import type { OutboxSummary } from '../../preload/contract/outbox-channels.ts';
import type {
  DeliveryProgress,
  SessionStep,
  SessionView,
} from '../../preload/contract/session-channels.ts';
import type { CaptureStep, DocumentType, Environment } from '../../preload/contract/vocabulary.ts';
import type { Outline } from '../vision/outline.ts';
import { STANDARD_AIDS, type Aids } from './aids.ts';
import type { Doubt } from './document-doubt.ts';
import { isReferenceTaken, referenceIn } from './customer-reference.ts';
import { failureActions, type FailureAction } from './failure-actions.ts';
import type { PictureQuality } from './picture-quality.ts';
import type { QuietEvent } from './quiet-watch.ts';
import { isPaperStep, type PaperStep } from './scan-plan.ts';
import type { MainEvent, ReviewPicture } from './session-actors.ts';

/** What failed: the code, and whether trying again means submitting again (also after a refusal). */
export interface FlowFailure {
  readonly code: ErrorCode;
  readonly during: 'submission' | 'session';
}

export interface SessionContext {
  /** Null until main has answered once. */
  readonly status: AppStatus | null;
  /** Why the kiosk takes no customer although its status may say "ready": a call that must not fail did. */
  readonly fault: ErrorCode | null;
  /** Whoever is at the operator's door wants the outbox. */
  readonly isForOutbox: boolean;
  /** Of the present customer; the preferred one on the attract screen. */
  readonly language: string | null;
  /** Of the present customer. */
  readonly aids: Aids;
  /** Main's session; null between customers. */
  readonly view: SessionView | null;
  /** What staff typed, or a reader read, before the session; main's view has it from then on. */
  readonly typedReference: string;
  readonly stepIndex: number;
  /** The step is taken again from review: going back returns there. */
  readonly isRetake: boolean;
  /** Steps the customer left without a picture. */
  readonly skipped: readonly CaptureStep[];
  /** Whoever operates a desk with a scanner wants the camera for this customer. */
  readonly prefersCamera: boolean;
  /** Where the document lies in each picture this page has taken. */
  readonly outlines: Readonly<Partial<Record<CaptureStep, Outline | null>>>;
  /** What was measured on each picture this page has taken. */
  readonly qualities: Readonly<Partial<Record<CaptureStep, PictureQuality>>>;
  /** How the document differs from what was chosen; null while nothing is known of it. */
  readonly doubt: Doubt | null;
  /** Shown on the screen where it happened (document, capture, locked). */
  readonly error: ErrorCode | null;
  readonly failure: FlowFailure | null;
  readonly pictures: readonly ReviewPicture[];
  readonly progress: DeliveryProgress | null;
  /** Of the countdown that is shown; null when none is. */
  readonly secondsLeft: number | null;
  readonly isStartOverAsked: boolean;
}

/** What belongs to one customer; assigned whenever one has gone. */
export const CUSTOMER_GONE = {
  view: null,
  typedReference: '',
  stepIndex: 0,
  isRetake: false,
  skipped: [],
  prefersCamera: false,
  outlines: {},
  qualities: {},
  doubt: null,
  error: null,
  failure: null,
  pictures: [],
  progress: null,
  secondsLeft: null,
  isStartOverAsked: false,
} satisfies Partial<SessionContext>;

/** As whoever comes next finds the screens: in nobody's language, with nobody's aids. */
export const NOBODY_HERE = {
  ...CUSTOMER_GONE,
  language: null,
  aids: STANDARD_AIDS,
} satisfies Partial<SessionContext>;

export const INITIAL_CONTEXT: SessionContext = {
  status: null,
  fault: null,
  isForOutbox: false,
  ...NOBODY_HERE,
};

export type PersonEvent =
  | { readonly type: 'ACTIVITY' }
  | { readonly type: 'CONTINUE' }
  | { readonly type: 'LANGUAGE.CHOSEN'; readonly language: string }
  | { readonly type: 'AIDS.CHOSEN'; readonly aids: Partial<Aids> }
  | { readonly type: 'REFERENCE.TYPED'; readonly text: string }
  /** A reader read it: nobody needs to confirm. */
  | { readonly type: 'REFERENCE.READ'; readonly text: string }
  | { readonly type: 'START' }
  | { readonly type: 'ACCEPT' }
  | { readonly type: 'TOKEN.GIVEN'; readonly token: HandedToken }
  | {
      readonly type: 'DOCUMENT.CHOSEN';
      readonly country: string;
      readonly documentType: DocumentType;
    }
  | { readonly type: 'SHOOT' }
  /** The document is another one than was chosen. */
  | { readonly type: 'CHANGE_DOCUMENT' }
  /** The document is to be scanned. */
  | { readonly type: 'USE_SCANNER' }
  | { readonly type: 'SKIP' }
  | { readonly type: 'BACK' }
  | { readonly type: 'RETAKE'; readonly step: CaptureStep }
  | { readonly type: 'SUBMIT' }
  | { readonly type: 'FAILURE.ANSWERED'; readonly action: FailureAction }
  | { readonly type: 'START_OVER.ASKED' }
  | { readonly type: 'START_OVER.CANCELLED' }
  | { readonly type: 'END' }
  | { readonly type: 'RETRY' }
  | { readonly type: 'UNLOCK'; readonly passphrase: string }
  /** Staff wants into the room, or to the outbox in it. */
  | { readonly type: 'OPERATOR'; readonly isForOutbox?: boolean };

export type SessionEvent = PersonEvent | MainEvent | QuietEvent;

/** Whether main holds a session that captures. */
export const hasSession = (context: SessionContext): boolean => context.view?.state === 'capturing';

const SAVED_STATES: ReadonlySet<SessionView['state']> = new Set([
  'delivering',
  'saved',
  'delivered',
]);

/** Whether the submission is durable, delivered or not. */
export const isSaved = ({ view }: SessionContext): boolean =>
  view !== null && SAVED_STATES.has(view.state);

/** Whether main has the submission in hand: being saved, saved or delivered. */
export const hasSubmitted = (context: SessionContext): boolean =>
  isSaved(context) || context.view?.state === 'submitting';

/** The refusal main's view tells of, as a failure that submitting again repairs. */
export const refusalOf = ({ view }: SessionContext): FlowFailure | null =>
  view === null || view.refusal === null ? null : { code: view.refusal, during: 'submission' };

/** What an ending does to what was captured: nothing is left, or the outbox keeps what it has saved. */
export type Ending = 'forgets' | 'keeps-refused' | 'keeps-saved';

/** What happens to the pictures of this customer when the session ends now. */
export const endingOf = (context: SessionContext): Ending => {
  if (isSaved(context)) return 'keeps-saved';
  return refusalOf(context) === null ? 'forgets' : 'keeps-refused';
};

/** The step the capture screen is at; undefined before a document is chosen. */
export const currentStep = (context: SessionContext): SessionStep | undefined =>
  context.view?.steps[context.stepIndex];

/** Whether a document may be scanned here: staff operates scanners, customers alone do not. */
export const isScannerOffered = (context: SessionContext): boolean =>
  isStaffed(context) && context.status?.scanner.isOffered === true;

/** Whether the step's picture comes from the scanner: one was chosen, and nobody wants the camera. */
export const isScanned = (context: SessionContext, step: CaptureStep | undefined): boolean =>
  step !== undefined &&
  step !== 'FACE' &&
  !context.prefersCamera &&
  isScannerOffered(context) &&
  context.status?.scanner.remembered !== null;

/** Steps that one scan may fill: the one that is taken again, or all of the papers that are open. */
export const scannedSteps = (context: SessionContext): readonly PaperStep[] => {
  const present = currentStep(context);
  const steps = context.isRetake
    ? [present?.step ?? 'FACE']
    : (context.view?.steps ?? [])
        .filter(({ step, picture }) => picture === null && !context.skipped.includes(step))
        .map(({ step }) => step);
  return steps.filter(isPaperStep);
};

/** Whether staff stands here, not a customer alone. */
export const isStaffed = ({ status }: SessionContext): boolean =>
  status !== null && status.mode !== 'self-service';

/** Whether a customer may begin with this reference. */
export const canBegin = ({ status }: SessionContext, typed: string): boolean =>
  isReferenceTaken(status?.customerReference, typed);

/** What the bank calls the present customer by; null where nobody said. */
export const shownReference = ({ view, typedReference }: SessionContext): string | null =>
  view === null ? referenceIn(typedReference) : view.customerReference;

/** The environment the screens are marked with: the session's own, sealed at its start. */
export const shownEnvironment = (context: SessionContext): Environment =>
  context.view?.environment ?? context.status?.environment ?? 'production';

/** The counts staff sees around every screen; null where customers stand alone at the kiosk. */
export const shownOutbox = (context: SessionContext): OutboxSummary | null =>
  isStaffed(context) ? (context.status?.outbox ?? null) : null;

/** The language of the screens. */
export const shownLanguage = (context: SessionContext): string =>
  context.language ?? context.status?.languages.preferred ?? 'en';

/** The ways on of the failure screen: those of the code that this session can follow. */
export const offeredActions = (context: SessionContext): readonly FailureAction[] => {
  if (context.failure === null) return ['end'];
  const all = failureActions(context.failure.code, context.status?.tokenSource ?? 'mint');
  return hasSession(context)
    ? all
    : all.filter((action) => action !== 'retake' && action !== 'document');
};
