/** What a screen may know about the kiosk as a whole, and the camera it prefers. */
import { z } from 'zod';
import { referenceRule } from './customer-reference.ts';
import { ERROR_CODES } from './error-codes.ts';
import { channel, event } from './channel.ts';
import { outboxSummary } from './outbox-channels.ts';
import { DOCUMENT_MEASURES, FACE_MEASURES } from './quality-limits.ts';
import { resultOf } from './result.ts';
import { scannerIdentity } from './scanner-words.ts';
import {
  cameraIdentity,
  countryCode,
  documentType,
  environment,
  kioskMode,
  languageTag,
  onScreenKeyboard,
  tokenSource,
} from './vocabulary.ts';

/** Why the kiosk takes no customers, and that it is not for good: staff has a next step for each code. */
const outOfService = z.strictObject({
  state: z.literal('out-of-service'),
  code: z.enum(ERROR_CODES),
});

const range = z.strictObject({ least: z.number(), most: z.number() });

const colour = z.string().regex(/^#[0-9a-f]{6}$/);

/** One accent of the bank's, and what was made of it for the grounds it stands on. */
const brandColours = z.strictObject({
  accent: colour,
  onAccent: colour,
  accentHover: colour,
  accentStrong: colour,
  accentSoft: colour,
  glow: colour,
  sceneNear: colour,
  sceneFar: colour,
});
export type BrandColours = z.infer<typeof brandColours>;

const brand = z.strictObject({
  name: z.string(),
  /** Null: the shipped ones. */
  colours: brandColours.nullable(),
  logo: z
    .strictObject({
      path: z.string().regex(/^\/brand-[0-9a-f]{16}\.png$/),
      widthPx: z.int().positive(),
      heightPx: z.int().positive(),
    })
    .nullable(),
});
export type Brand = z.infer<typeof brand>;

export const appStatus = z.strictObject({
  version: z.string(),
  environment,
  mode: kioskMode,
  service: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('ready') }),
    /** The vault waits for its passphrase; nothing is wrong. */
    z.strictObject({ state: z.literal('locked') }),
    outOfService,
  ]),
  /** Named faults that do not stop service, for the operator. */
  warnings: z.array(z.enum(ERROR_CODES)),
  brand,
  languages: z.strictObject({ offered: z.array(languageTag).min(1), preferred: languageTag }),
  consent: z.strictObject({
    version: z.string(),
    /** Own text of the bank by language; the shipped text stands in where a language is missing. */
    text: z.record(languageTag, z.string()),
  }),
  documents: z.strictObject({
    /** Null: every country. */
    countries: z.array(countryCode).nullable(),
    types: z.array(documentType).min(1),
  }),
  tokenSource,
  customerReference: referenceRule,
  /** What is good enough in a picture. */
  quality: z.strictObject({
    document: z.record(z.enum(DOCUMENT_MEASURES), range),
    face: z.record(z.enum(FACE_MEASURES), range),
  }),
  camera: z.strictObject({
    remembered: cameraIdentity.nullable(),
    /** The policy's choice: only cameras whose label contains this text are used. */
    pinnedLabel: z.string().nullable(),
  }),
  scanner: z.strictObject({
    /** The policy allows scanners here. */
    isOffered: z.boolean(),
    remembered: scannerIdentity.nullable(),
  }),
  outbox: outboxSummary,
  /** Keys on the screen: `auto` where a finger was the last to press. */
  onScreenKeyboard,
  idle: z.strictObject({ warnAfterMs: z.int().positive(), wipeAfterMs: z.int().positive() }),
});
/** An interface: types made from it name it instead of repeating it. */
export interface AppStatus extends z.infer<typeof appStatus> {}

export const appChannels = {
  'app:get-status': channel({ request: z.undefined(), response: resultOf(appStatus) }),
  /** Read policy, settings and vault again after staff repaired something. Ends a running session. */
  'app:retry-start': channel({ request: z.undefined(), response: resultOf(appStatus) }),
  'camera:remember-camera': channel({
    /** Null: the best one is chosen anew. */
    request: z.strictObject({ camera: cameraIdentity.nullable() }),
    response: resultOf(z.null()),
  }),
};

export const appEvents = {
  'app:status-changed': event(appStatus),
};
