/**
 * What the session machine asks of the world: calls to main, the shutter, blob URLs and time.
 * Each actor answers a Result; none decides where the flow goes next.
 * Must never keep picture bytes after main has them.
 */
import { fromCallback, fromPromise } from 'xstate';
import type { AppStatus } from '../../preload/contract/app-channels.ts';
import type { KioskApi } from '../../preload/contract/kiosk-api.ts';
import type { HandedToken } from '../../preload/contract/handed-token.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type {
  DeliveryProgress,
  SessionReceipt,
  SessionStep,
  SessionView,
} from '../../preload/contract/session-channels.ts';
import type {
  CaptureStep,
  DocumentType,
  PictureSummary,
} from '../../preload/contract/vocabulary.ts';
import type { CameraProblem } from '../camera/camera-problem.ts';
import type { Still } from '../camera/capture-watch.ts';
import type { Aids } from './aids.ts';
import { doubtOf, type Doubt, type DocumentChoice } from './document-doubt.ts';
import type { Outline } from '../vision/outline.ts';
import { watchedQuality, type PictureQuality } from './picture-quality.ts';
import { createQuietWatch } from './quiet-watch.ts';
import type { RoomPorts } from './room-tasks.ts';
import type { ScanPorts } from './scan-actors.ts';

/** The side effects of the flow, those of its scans and of the room among them. */
export interface SessionPorts extends ScanPorts, RoomPorts {
  /** One JPEG of the live picture. A failure is shown by the camera's owner, not by the flow. */
  readonly takeStill: () => Promise<Result<Still, CameraProblem>>;
  /** Milliseconds that only grow, as performance.now gives them. */
  readonly monotonicNow: () => number;
}

/** One picture on the review screen: the very JPEG that will be sent, under a blob URL. */
export interface ReviewPicture {
  readonly step: CaptureStep;
  readonly url: string;
  readonly summary: PictureSummary;
}

/** A picture main has kept, and what its document gives to ask about. */
export interface Taken {
  readonly picture: PictureSummary;
  readonly outline: Outline | null;
  readonly doubt: Doubt | null;
  readonly quality: PictureQuality;
}

/** Where the kiosk and its customer stand, read at once. */
export interface Loaded {
  readonly status: AppStatus;
  readonly view: SessionView;
}

/** What main says by itself. */
export type MainEvent =
  | { readonly type: 'STATUS.CHANGED'; readonly status: AppStatus }
  | { readonly type: 'DELIVERY.PROGRESSED'; readonly progress: DeliveryProgress }
  | { readonly type: 'DELIVERY.SETTLED'; readonly view: SessionView };

/** States of the session that main ends by itself. */
type PassingState = 'submitting' | 'delivering';

/** How often main is asked whether such a state is over. Own decision: a person waits. */
const PASSING_POLL_MS = 1_000;
/** Failed asks in a row before the flow says so. Own decision: half a minute. */
const PASSING_POLL_FAILURES = 30;

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });

/** Waits until main has left the state; the view then tells what became of it. */
const awaitPassing = async (
  kiosk: KioskApi,
  state: PassingState,
  signal: AbortSignal,
): Promise<Result<SessionView>> => {
  let failures = 0;
  for (;;) {
    const answer = await kiosk.session.getSession();
    if (answer.ok && answer.value.state !== state) return answer;
    failures = answer.ok ? 0 : failures + 1;
    if (!answer.ok && failures >= PASSING_POLL_FAILURES) return answer;
    if (signal.aborted) return fail('INTERNAL_FAULT');
    await pause(PASSING_POLL_MS, signal);
  }
};

/** Fetches every stored picture for review. After an abort no URL is left behind. */
const readPictures = async (
  { kiosk, pictureUrls }: SessionPorts,
  steps: readonly SessionStep[],
  signal: AbortSignal,
): Promise<Result<readonly ReviewPicture[]>> => {
  const pictures: ReviewPicture[] = [];
  for (const { step, picture } of steps) {
    if (picture === null) continue;
    const answer = await kiosk.capture.readPicture({ pictureId: picture.pictureId });
    if (signal.aborted) return ok([]);
    if (!answer.ok) return answer;
    pictures.push({ step, url: pictureUrls.open(answer.value.bytes), summary: picture });
  }
  return ok(pictures);
};

/** All actors of the session machine over the given side effects. */
export const sessionActors = (ports: SessionPorts) => {
  const { kiosk } = ports;
  return {
    mainEvents: fromCallback(({ sendBack }) => {
      const stopStatus = kiosk.app.onStatusChanged((status) => {
        sendBack({ type: 'STATUS.CHANGED', status } satisfies MainEvent);
      });
      const stopProgress = kiosk.session.onDeliveryProgressed((progress) => {
        sendBack({ type: 'DELIVERY.PROGRESSED', progress } satisfies MainEvent);
      });
      const stopSettled = kiosk.session.onDeliverySettled((view) => {
        sendBack({ type: 'DELIVERY.SETTLED', view } satisfies MainEvent);
      });
      return () => {
        stopStatus();
        stopProgress();
        stopSettled();
      };
    }),

    quietWatch: createQuietWatch(ports.monotonicNow),

    /** Status and session together: where this renderer has to stand. */
    load: fromPromise<Result<Loaded>>(async () => {
      const [status, view] = await Promise.all([kiosk.app.getStatus(), kiosk.session.getSession()]);
      if (!status.ok) return status;
      if (!view.ok) return view;
      return ok({ status: status.value, view: view.value });
    }),

    startSession: fromPromise<
      Result<SessionView>,
      {
        language: string;
        consentVersion: string;
        token?: HandedToken;
        customerReference?: string;
        aids: Aids;
      }
    >(({ input }) => kiosk.session.startSession(input)),

    replaceToken: fromPromise<Result<SessionView>, { token: HandedToken }>(({ input }) =>
      kiosk.session.replaceToken(input),
    ),

    chooseDocument: fromPromise<
      Result<SessionView>,
      { country: string; documentType: DocumentType }
    >(({ input }) => kiosk.session.chooseDocument(input)),

    /** Shutter and border in one go, so that the bytes live in this function alone. Null: no still. */
    takePicture: fromPromise<
      Result<Taken | null>,
      { step: CaptureStep; choice: DocumentChoice | null }
    >(async ({ input: { step, choice } }) => {
      const still = await ports.takeStill();
      if (!still.ok) return ok(null);
      const { bytes, outline, facts, measures, isTakenAsIs } = still.value;
      try {
        const stored = await kiosk.capture.storePicture({
          step,
          source: 'camera',
          bytes,
          isTakenAsIs,
        });
        if (!stored.ok) return stored;
        const doubt = doubtOf(step, facts, choice, ports.today());
        const quality = watchedQuality(measures, facts);
        return ok({ picture: stored.value, outline, doubt, quality });
      } finally {
        // SECURITY: SEC-22
        bytes.fill(0);
      }
    }),

    readPictures: fromPromise<Result<readonly ReviewPicture[]>, { steps: readonly SessionStep[] }>(
      ({ input, signal }) => readPictures(ports, input.steps, signal),
    ),

    submitSession: fromPromise<Result<SessionReceipt>>(() => kiosk.session.submitSession()),

    awaitPassing: fromPromise<Result<SessionView>, { state: PassingState }>(({ input, signal }) =>
      awaitPassing(kiosk, input.state, signal),
    ),

    /** Forgets the customer, then asks afresh what the next one meets. */
    endSession: fromPromise<Result<AppStatus>>(async () => {
      const ended = await kiosk.session.endSession();
      return ended.ok ? kiosk.app.getStatus() : ended;
    }),

    retryStart: fromPromise<Result<AppStatus>>(() => kiosk.app.retryStart()),

    unlockVault: fromPromise<Result<null>, { passphrase: string }>(async ({ input }) => {
      const door = await kiosk.operator.unlockVault(input);
      return door.ok ? ok(null) : door;
    }),
  };
};
