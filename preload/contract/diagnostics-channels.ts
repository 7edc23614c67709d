/**
 * What the kiosk knows about itself: readiness, its event log, and a copy of both for whoever helps.
 * Nothing here tells of a person. All channels need an entered room (OPERATOR_REQUIRED).
 */
import { z } from 'zod';
import { channel } from './channel.ts';
import { SELF_CHECKS, SELF_VERDICTS } from './diagnostics-words.ts';
import { ERROR_CODES } from './error-codes.ts';
import { isKioskEvent, type KioskEvent } from './event-catalogue.ts';
import { LIMITS } from './limits.ts';
import { resultOf } from './result.ts';

export const selfCheckResult = z.strictObject({
  check: z.enum(SELF_CHECKS),
  verdict: z.enum(SELF_VERDICTS),
  /** Why it is not good, where a code says it; staff has a next step for each. */
  code: z.enum(ERROR_CODES).nullable(),
});
export type SelfCheckResult = z.infer<typeof selfCheckResult>;

/** What the page measured of the camera that customers would use; nothing that names it. */
const cameraReport = z.strictObject({
  isOpen: z.boolean(),
  widthPx: z.int().min(0).max(LIMITS.cameraSidePx),
  heightPx: z.int().min(0).max(LIMITS.cameraSidePx),
  framesPerSecond: z.int().min(0).max(LIMITS.cameraFramesPerSecond),
  /** Null where the camera does not tell. */
  focus: z.enum(['automatic', 'fixed']).nullable(),
});
export type CameraReport = z.infer<typeof cameraReport>;

const kioskEvent = z.custom<KioskEvent>(
  (value) => typeof value === 'object' && value !== null && isKioskEvent({ ...value }),
);

export const loggedEvent = z.strictObject({
  sequence: z.int().positive(),
  /** Wall clock, milliseconds since 1970. */
  atMs: z.int(),
  event: kioskEvent,
});
export type LoggedEvent = z.infer<typeof loggedEvent>;

export const eventPage = z.strictObject({
  /** Newest first. */
  events: z.array(loggedEvent).max(LIMITS.eventPageSize),
  hasMore: z.boolean(),
});
export type EventPage = z.infer<typeof eventPage>;

export const exportedDiagnostics = z.strictObject({
  /** Name of the new folder inside the one the policy names. */
  folderName: z.string().regex(/^mark-id-kiosk-[0-9]{8}-[0-9]{6}(-[0-9]+)?$/),
  fileCount: z.int().nonnegative(),
  sizeBytes: z.int().nonnegative(),
});
export type ExportedDiagnostics = z.infer<typeof exportedDiagnostics>;

export const diagnosticsChannels = {
  /** Tests the kiosk; the camera is the page's to measure, main's to judge. Spends no token. */
  'diagnostics:run-self-test': channel({
    request: z.strictObject({ camera: cameraReport }),
    response: resultOf(z.array(selfCheckResult)),
  }),
  /** The newest events, or those before a number. */
  'diagnostics:list-events': channel({
    request: z.strictObject({ before: z.int().positive().nullable() }),
    response: resultOf(eventPage),
  }),
  /** Copies event log and summary into a new folder where the policy allows it. */
  'diagnostics:export-diagnostics': channel({
    request: z.undefined(),
    response: resultOf(exportedDiagnostics),
  }),
};
