/**
 * What a bank decides about its kiosks, as data: every field with its default, so that an empty
 * object is a policy. Reads no file (policy-file.ts does), and never says what was wrong with a
 * value: zod's messages echo what they were given.
 */
import { z } from 'zod';
import { COUNTRY_CODES } from '../../preload/contract/countries.ts';
import { referenceRule } from '../../preload/contract/customer-reference.ts';
import { SHIPPED_LANGUAGES } from '../../preload/contract/languages.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { scannerKind } from '../../preload/contract/scanner-words.ts';
import {
  captureStep,
  DOCUMENT_TYPES,
  documentType,
  kioskMode,
  languageTag,
  onScreenKeyboard,
  tokenSource,
  trainingRule,
  type CaptureStep,
} from '../../preload/contract/vocabulary.ts';
import { NAPS2_DRIVERS } from '../devices/naps2/naps2-console.ts';
import { brandColours } from './brand-colours.ts';
import { brandPolicy } from './brand-policy.ts';
import { absolutePath, httpsOrigin, isUnique, listOf, webOrigin } from './policy-values.ts';
import { qualityPolicy } from './quality-policy.ts';

const POLICY_LIMITS = {
  /** Life of a verification token, seconds. Own minimum; maximum: Mark ID family pages, `expiryTime`. */
  tokenExpiryMinSeconds: 60,
  tokenExpiryMaxSeconds: 2_592_000,
  /** Own decision: some ten screens of text per language. */
  consentTextMaxChars: 20_000,
  /** The contract's `consentVersion`. */
  consentVersionMaxChars: 64,
  /** The contract's camera label. */
  cameraLabelMaxChars: 256,
  /** Undelivered items. Own decision: at most a year of a busy kiosk without a network. */
  outboxMaxItems: 50_000,
  /** Own decision: twice the longest step of the kiosk's own clock, which a wrong clock can add. */
  retentionMinDays: 14,
  retentionMaxDays: 365,
  /** Space left to the system, megabytes. Own decision: one item needs 15. */
  minFreeMinMegabytes: 100,
  minFreeMaxMegabytes: 1_000_000,
  /** Source: Mark ID, 10 000 requests an hour for an account, two or three for an item. */
  itemsPerMinuteMax: 60,
  /** Own decision: a month to notice something, ten years at most. */
  eventRetentionMinDays: 30,
  eventRetentionMaxDays: 3650,
  /** Own decision: longer leaves a customer's data on screen. */
  idleMinSeconds: 1,
  idleMaxSeconds: 900,
  /** Own decision: a desk has one scanner, a branch a handful. */
  scannerAddressesMax: 32,
} as const;

/** The pictures of one document type, each list in the order of capture. */
const stepsOf = (required: readonly CaptureStep[], optional: readonly CaptureStep[] = []) =>
  z
    .strictObject({
      required: listOf(captureStep).default(() => [...required]),
      optional: z
        .array(captureStep)
        .refine(isUnique)
        .default(() => [...optional]),
    })
    .refine((steps) => isUnique([...steps.required, ...steps.optional]))
    .prefault({});

/** Source of the defaults: Mark ID, direct processing. Which steps a document needs is the server's word. */
const documentSteps = z
  .strictObject({
    PASSPORT: stepsOf(['FRONT', 'FACE']),
    ID_CARD: stepsOf(['FRONT', 'BACK', 'FACE']),
    RESIDENCE_PERMIT: stepsOf(['FRONT', 'BACK', 'FACE']),
    DRIVER_LICENSE: stepsOf(['FRONT', 'BACK', 'FACE']),
    OTHER: stepsOf(['FRONT', 'FACE'], ['BACK']),
  })
  .prefault({});

/** Without a choice of its own a policy prefers the first language it offers. */
const languages = z
  .strictObject({
    offered: listOf(z.enum(SHIPPED_LANGUAGES)).default(() => [...SHIPPED_LANGUAGES]),
    preferred: z.enum(SHIPPED_LANGUAGES).optional(),
  })
  .transform(({ offered, preferred }) => ({ offered, preferred: preferred ?? offered[0] }))
  .pipe(
    z
      .object({ offered: z.array(z.enum(SHIPPED_LANGUAGES)), preferred: z.enum(SHIPPED_LANGUAGES) })
      .refine(({ offered, preferred }) => offered.includes(preferred)),
  )
  .prefault({});

const SHIPPED_CONSENT_VERSION = 'shipped-1';

/** A text of the bank's own needs a version of its own: the version is what a consent is recorded by. */
const consent = z
  .strictObject({
    version: z.string().min(1).max(POLICY_LIMITS.consentVersionMaxChars).optional(),
    text: z
      .record(
        languageTag.refine((tag) => SHIPPED_LANGUAGES.some((shipped) => shipped === tag)),
        z.string().min(1).max(POLICY_LIMITS.consentTextMaxChars),
      )
      .default(() => ({})),
  })
  .refine(({ version, text }) => version !== undefined || Object.keys(text).length === 0)
  .transform(({ version, text }) => ({ version: version ?? SHIPPED_CONSENT_VERSION, text }))
  .prefault({});

const idleSeconds = z.int().min(POLICY_LIMITS.idleMinSeconds).max(POLICY_LIMITS.idleMaxSeconds);

/** A driver that needs to be told where its program or folder is, is told. */
const scanner = z
  .strictObject({
    /** null: at a teller's or front desk those that need no set-up, at a self-service kiosk none. */
    drivers: z.array(scannerKind).refine(isUnique).nullable().default(null),
    escl: z
      .strictObject({
        /** Whether scanners are looked for on the network and behind ipp-usb. */
        discovery: z.boolean().default(true),
        /** Scanners that are not found by themselves. */
        addresses: z
          .array(
            z.strictObject({
              origin: webOrigin,
              /** SHA-256 of its certificate in hex; null: the first one seen after a start. */
              certificateSha256: z
                .string()
                .regex(/^[0-9a-f]{64}$/)
                .nullable()
                .default(null),
            }),
          )
          .max(POLICY_LIMITS.scannerAddressesMax)
          .default(() => []),
      })
      .prefault({}),
    /** Where the vendor's program drops its files. Every picture in it is destroyed. */
    dropFolder: absolutePath.nullable().default(null),
    naps2: z
      .strictObject({ console: absolutePath, driver: z.enum(NAPS2_DRIVERS).default('wia') })
      .nullable()
      .default(null),
  })
  .refine(({ drivers, dropFolder }) => drivers?.includes('folder') !== true || dropFolder !== null)
  .refine(({ drivers, naps2 }) => drivers?.includes('naps2') !== true || naps2 !== null)
  .prefault({});

/** The policy file's shape. A key that is not here is an error, never ignored. */
// SECURITY: SEC-32
const policySchema = z.strictObject({
  version: z.literal(1).default(1),
  /** Who stands at the kiosk. */
  mode: kioskMode.default('self-service'),
  endpoint: z
    .strictObject({
      /** The only server submissions and credentials go to. */
      origin: httpsOrigin.default('https://ivs.markid.eu'),
      /** PEM file with certificates that are trusted in addition to the system's. */
      extraCaFile: absolutePath.optional(),
    })
    .prefault({}),
  tokens: z
    .strictObject({
      source: tokenSource.default('mint'),
      expirySeconds: z
        .int()
        .min(POLICY_LIMITS.tokenExpiryMinSeconds)
        .max(POLICY_LIMITS.tokenExpiryMaxSeconds)
        .default(3600),
    })
    .prefault({}),
  /** Whether staff is asked what the bank calls a customer by; never asked of customers themselves. */
  customerReference: referenceRule.default('optional'),
  documents: z
    .strictObject({
      /** ISO 3166-1 alpha-2; null: every country. */
      countries: listOf(z.enum(COUNTRY_CODES)).nullable().default(null),
      types: listOf(documentType).default(() => [...DOCUMENT_TYPES]),
      steps: documentSteps,
    })
    .prefault({}),
  languages,
  consent,
  /** What is good enough in a picture: preload/contract/quality-limits.ts. */
  quality: qualityPolicy,
  camera: z
    .strictObject({
      /** Only cameras whose label contains this text are used; null: any real camera. */
      pinnedLabel: z
        .string()
        .min(1)
        .max(POLICY_LIMITS.cameraLabelMaxChars)
        .nullable()
        .default(null),
    })
    .prefault({}),
  idle: z
    .strictObject({
      warnAfterSeconds: idleSeconds.default(45),
      wipeAfterSeconds: idleSeconds.default(60),
    })
    .refine(({ warnAfterSeconds, wipeAfterSeconds }) => warnAfterSeconds < wipeAfterSeconds)
    .prefault({}),
  outbox: z
    .strictObject({
      /** With so many undelivered items no further customer is begun. */
      maxItems: z.int().min(1).max(POLICY_LIMITS.outboxMaxItems).default(1000),
      /** With less free space no further customer is begun. */
      minFreeMegabytes: z
        .int()
        .min(POLICY_LIMITS.minFreeMinMegabytes)
        .max(POLICY_LIMITS.minFreeMaxMegabytes)
        .default(500),
      /** An item that could not be delivered is deleted at this age. */
      retentionDays: z
        .int()
        .min(POLICY_LIMITS.retentionMinDays)
        .max(POLICY_LIMITS.retentionMaxDays)
        .default(30),
    })
    .prefault({}),
  delivery: z
    .strictObject({
      /** Source of the default: delivery.md, Pacing: 0.5 items a second for a kiosk. */
      itemsPerMinute: z.int().min(1).max(POLICY_LIMITS.itemsPerMinuteMax).default(30),
    })
    .prefault({}),
  diagnostics: z
    .strictObject({
      /** Files of the event log older than this are removed. */
      eventRetentionDays: z
        .int()
        .min(POLICY_LIMITS.eventRetentionMinDays)
        .max(POLICY_LIMITS.eventRetentionMaxDays)
        .default(365),
      /** Where diagnostics may be copied to: a folder that is there, such as a mounted drive's. */
      exportFolder: absolutePath.nullable().default(null),
    })
    .prefault({}),
  scanner,
  /** Credentials and the first PIN of a new kiosk; taken once and destroyed (provisioning.ts). */
  provisioningFile: absolutePath.nullable().default(null),
  brand: brandPolicy,
  /** `auto`: where the last press was a finger's. */
  onScreenKeyboard: onScreenKeyboard.default('auto'),
  training: trainingRule.default('when-unprovisioned'),
});

/** A complete, checked policy. */
export type Policy = z.infer<typeof policySchema>;

/**
 * Checks a parsed policy file and fills in what it leaves out. Never throws, never echoes.
 * POLICY_TEXT_CONTRAST, POLICY_ACCENT_CONTRAST: the bank's colours can't be read.
 */
export const parsePolicy = (
  value: unknown,
): Result<Policy, 'POLICY_INVALID' | 'POLICY_TEXT_CONTRAST' | 'POLICY_ACCENT_CONTRAST'> => {
  const parsed = policySchema.safeParse(value);
  if (!parsed.success) return fail('POLICY_INVALID');
  const { colours } = parsed.data.brand;
  const readable = colours === null ? ok(null) : brandColours(colours);
  return readable.ok ? ok(parsed.data) : readable;
};

/** What shows on screen while the real policy can't be read: the kiosk is out of service then. */
export const defaultPolicy = (): Policy => {
  const parsed = parsePolicy({});
  if (!parsed.ok) throw new Error('an empty policy must be a policy');
  return parsed.value;
};
