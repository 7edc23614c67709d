/** One customer's session: document, pictures, submission. The session itself lives in main. */
import { z } from 'zod';
import { channel, event } from './channel.ts';
import { customerReference } from './customer-reference.ts';
import { ERROR_CODES } from './error-codes.ts';
import { handedToken } from './handed-token.ts';
import { LIMITS } from './limits.ts';
import { itemReference } from './outbox-channels.ts';
import { resultOf } from './result.ts';
import {
  captureSource,
  captureStep,
  countryCode,
  documentType,
  environment,
  languageTag,
  pictureSummary,
} from './vocabulary.ts';

/** The proof a customer takes along. */
export const sessionReceipt = z.strictObject({
  /** Names the submission on this kiosk. */
  reference: itemReference,
  /** Wall clock of the moment it was durable here, milliseconds since 1970. */
  savedAtMs: z.int(),
  /** Why it was not delivered at once; null where nothing went wrong. */
  code: z.enum(ERROR_CODES).nullable(),
  /** What Mark ID confirmed; null until then. */
  delivery: z
    .strictObject({
      /** Mark ID's reference of the verification; null when the handed-over token came without one. */
      scanRef: z.string().max(64).nullable(),
      /** Wall clock, milliseconds since 1970. */
      deliveredAtMs: z.int(),
      /** True when Mark ID's status, not its first answer, confirmed the delivery. */
      reconciled: z.boolean(),
    })
    .nullable(),
});
/** An interface: types made from it name it instead of repeating it. */
export interface SessionReceipt extends z.infer<typeof sessionReceipt> {}

export const sessionStep = z.strictObject({
  step: captureStep,
  required: z.boolean(),
  picture: pictureSummary.nullable(),
});
export type SessionStep = z.infer<typeof sessionStep>;

export const SESSION_STATES = [
  'idle',
  'capturing',
  /** Being sealed and written: not a second, and nothing may interrupt it. */
  'submitting',
  /** Durable on this kiosk and on its way; the customer may leave. */
  'delivering',
  /** Durable on this kiosk; it will be sent later, without the customer. */
  'saved',
  /** Mark ID has it. */
  'delivered',
] as const;

/** What makes the screens easier for this customer; renderer/flow/aids.ts says what each does. */
const sessionAids = z.strictObject({
  textSize: z.literal([100, 150, 200]),
  isHighContrast: z.boolean(),
  isSpoken: z.boolean(),
  isWithinReach: z.boolean(),
});
export type SessionAids = Readonly<z.infer<typeof sessionAids>>;

/** All a screen needs to go on with a session, also after the renderer was lost. */
export const sessionView = z.strictObject({
  state: z.enum(SESSION_STATES),
  environment,
  language: languageTag.nullable(),
  /** Null where none were chosen. */
  aids: sessionAids.nullable(),
  /** What the bank calls this customer by; null where nobody said. */
  customerReference: customerReference.nullable(),
  country: countryCode.nullable(),
  documentType: documentType.nullable(),
  steps: z.array(sessionStep),
  /** There from `delivering` on. */
  receipt: sessionReceipt.nullable(),
  /** Why the last submission needs this person again; its pictures are back, the state is `capturing`. */
  refusal: z.enum(ERROR_CODES).nullable(),
});
/** An interface: types made from it name it instead of repeating it. */
export interface SessionView extends z.infer<typeof sessionView> {}

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** JPEG, PNG or WebP as a camera or scanner made it. Its size is checked before anything is parsed. */
const pictureBytes = bytes.refine(
  ({ byteLength }) => byteLength > 0 && byteLength <= LIMITS.pictureBytes,
);

export const sessionChannels = {
  'session:start-session': channel({
    request: z.strictObject({
      language: languageTag,
      consentVersion: z.string().min(1).max(64),
      token: handedToken.optional(),
      customerReference: customerReference.optional(),
      aids: sessionAids.optional(),
    }),
    response: resultOf(sessionView),
  }),
  'session:get-session': channel({ request: z.undefined(), response: resultOf(sessionView) }),
  /** A fresh token for the running session (TOKEN_SPENT); its pictures are kept. */
  'session:replace-token': channel({
    request: z.strictObject({ token: handedToken }),
    response: resultOf(sessionView),
  }),
  /** Sets the document and with it the steps. Pictures that still fit are kept: never those of another document. */
  'session:choose-document': channel({
    request: z.strictObject({ country: countryCode, documentType }),
    response: resultOf(sessionView),
  }),
  /** For a page that has to come back. In memory, with the session alone. */
  'session:keep-aids': channel({
    request: z.strictObject({ aids: sessionAids }),
    response: resultOf(z.null()),
  }),
  /** Answers once the submission is durable on this kiosk; `session:delivery-settled` tells the rest. */
  'session:submit-session': channel({ request: z.undefined(), response: resultOf(sessionReceipt) }),
  /** Forgets the customer: pictures, token, document. What is saved stays in the outbox. Fails only while it is being saved. */
  'session:end-session': channel({ request: z.undefined(), response: resultOf(z.null()) }),
  /** Fits one picture to what may be sent and keeps it. A picture of the same step is replaced. */
  'capture:store-picture': channel({
    request: z.strictObject({
      step: captureStep,
      source: captureSource,
      bytes: pictureBytes,
      /** The page had refused others and takes this one though it is no better: the picture is marked. */
      isTakenAsIs: z.boolean().optional(),
    }),
    response: resultOf(pictureSummary),
  }),
  /** The very JPEG that will be sent. */
  'capture:read-picture': channel({
    request: z.strictObject({ pictureId: z.uuid() }),
    response: resultOf(z.strictObject({ bytes })),
  }),
  'capture:discard-picture': channel({
    request: z.strictObject({ step: captureStep }),
    response: resultOf(z.null()),
  }),
};

export const sessionEvents = {
  /** The session left `delivering`. */
  'session:delivery-settled': event(sessionView),
  'session:delivery-progressed': event(
    z.strictObject({
      stage: z.enum(['requesting-token', 'sending', 'confirming']),
      sentBytes: z.int().nonnegative(),
      totalBytes: z.int().nonnegative(),
    }),
  ),
};
export type DeliveryProgress = z.infer<(typeof sessionEvents)['session:delivery-progressed']>;
