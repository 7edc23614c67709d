/** Starts the session machine on a fake kiosk with fake time, for the tests of this folder. */
import { onTestFinished, vi } from 'vitest';
import { createActor, type InspectionEvent } from 'xstate';
import { ok, type Result } from '../../../../preload/contract/result.ts';
import type { CameraProblem } from '../../../../renderer/camera/camera-problem.ts';
import type { Still } from '../../../../renderer/camera/capture-watch.ts';
import { guardKiosk } from '../../../../renderer/kiosk-api.ts';
import type { PersonEvent } from '../../../../renderer/flow/session-context.ts';
import { createSessionMachine } from '../../../../renderer/flow/session-machine.ts';
import type { DocumentReading } from '../../../../renderer/vision/worker/document-reading.ts';
import { FakeKiosk } from '../../../support/fake-kiosk.ts';

/** What the page measures of its camera. */
export const CAMERAS = [{ deviceId: 'camera-1', label: 'Document camera' }];

export const CAMERA_REPORT = {
  isOpen: true,
  widthPx: 1920,
  heightPx: 1080,
  framesPerSecond: 30,
  focus: null,
} as const;

/** What a camera gives: a picture of which nothing is known, but for what is said of it. */
export const stillWith = (known: Partial<Still> = {}): Result<Still, CameraProblem> =>
  ok({
    bytes: new Uint8Array([0xff, 0xd8, 0x01]),
    outline: null,
    facts: null,
    measures: null,
    isTakenAsIs: false,
    ...known,
  });

const TODAY = '2026-11-26';

/** Lets every promise that is ready go on, without time passing. */
export const settle = async (): Promise<void> => {
  await vi.advanceTimersByTimeAsync(0);
};

export const startFlow = async (
  prepare: (kiosk: FakeKiosk) => void = () => {},
  inspect: (event: InspectionEvent) => void = () => {},
) => {
  vi.useFakeTimers();
  const kiosk = new FakeKiosk();
  prepare(kiosk);
  const liveUrls = new Set<string>();
  let opened = 0;
  const camera = { still: () => stillWith() };
  /** What is read on each page of a scan. */
  const scanned: { readings: readonly DocumentReading[] } = { readings: [] };
  const actor = createActor(
    createSessionMachine({
      kiosk: guardKiosk(kiosk.api),
      measureCamera: () => Promise.resolve(CAMERA_REPORT),
      listCameras: () => Promise.resolve(CAMERAS),
      takeStill: () => Promise.resolve(camera.still()),
      readPages: (pages) => Promise.resolve(pages.map(() => scanned.readings)),
      pictureUrls: {
        open: () => {
          opened += 1;
          liveUrls.add(`blob:${opened}`);
          return `blob:${opened}`;
        },
        revokeAll: () => {
          liveUrls.clear();
        },
      },
      monotonicNow: () => performance.now(),
      today: () => TODAY,
    }),
    { inspect },
  );
  actor.start();
  onTestFinished(() => {
    actor.stop();
    vi.useRealTimers();
  });
  await settle();

  /** The dotted path of the present state, such as `customer.capture.aiming`. */
  const place = (): string => {
    const parts: string[] = [];
    let value: unknown = actor.getSnapshot().value;
    while (typeof value === 'object' && value !== null) {
      const [name, inner] = Object.entries(value)[0] ?? [''];
      parts.push(name);
      value = inner;
    }
    return [...parts, ...(typeof value === 'string' ? [value] : [])].join('.');
  };

  /** Sends the events one by one, each after everything before has settled. */
  const send = async (...events: PersonEvent[]): Promise<void> => {
    for (const event of events) {
      actor.send(event);
      await settle();
    }
  };

  const context = () => actor.getSnapshot().context;

  const pass = async (ms: number): Promise<void> => {
    await vi.advanceTimersByTimeAsync(ms);
  };

  return { kiosk, actor, camera, scanned, liveUrls, place, send, context, pass };
};

export const CHOOSE_ID_CARD: PersonEvent = {
  type: 'DOCUMENT.CHOSEN',
  country: 'LT',
  documentType: 'ID_CARD',
};
export const CHOOSE_OTHER: PersonEvent = {
  type: 'DOCUMENT.CHOSEN',
  country: 'LT',
  documentType: 'OTHER',
};
export const TO_DOCUMENT: PersonEvent[] = [{ type: 'START' }, { type: 'ACCEPT' }];
export const TO_CAPTURE: PersonEvent[] = [...TO_DOCUMENT, CHOOSE_ID_CARD];
export const SHOOT: PersonEvent = { type: 'SHOOT' };
export const BACK: PersonEvent = { type: 'BACK' };
export const TO_REVIEW: PersonEvent[] = [...TO_CAPTURE, SHOOT, SHOOT, SHOOT];
export const SUBMIT: PersonEvent = { type: 'SUBMIT' };
export const TOKEN: PersonEvent = { type: 'TOKEN.GIVEN', token: { authToken: 'SPECIMENTOKEN' } };
