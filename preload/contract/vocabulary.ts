/**
 * The words both sides of the border share: steps, documents, modes. Terms and values of the
 * Mark ID API where it has them (markid-api: direct processing).
 */
import { z } from 'zod';

/** A picture slot of Mark ID's `images`. */
export const CAPTURE_STEPS = ['FRONT', 'BACK', 'FACE', 'UTILITY_BILL'] as const;
export const captureStep = z.enum(CAPTURE_STEPS);
export type CaptureStep = z.infer<typeof captureStep>;

/** Mark ID's `documentType`. */
export const DOCUMENT_TYPES = [
  'ID_CARD',
  'PASSPORT',
  'RESIDENCE_PERMIT',
  'DRIVER_LICENSE',
  'OTHER',
] as const;
export const documentType = z.enum(DOCUMENT_TYPES);
export type DocumentType = z.infer<typeof documentType>;

/** ISO 3166-1 alpha-2, upper case. The list of assigned codes: countries.ts. */
export const countryCode = z.string().regex(/^[A-Z]{2}$/);

/** BCP 47 language tag without region, as shipped. */
export const languageTag = z.string().regex(/^[a-z]{2,3}$/);

/** Where a picture came from. */
export const captureSource = z.enum(['camera', 'scanner']);
export type CaptureSource = z.infer<typeof captureSource>;

/** Who stands at the kiosk. */
export const KIOSK_MODES = ['self-service', 'teller', 'front-desk'] as const;
export const kioskMode = z.enum(KIOSK_MODES);

/** `handoff`: the bank gives a verification token with each customer; `mint`: the kiosk asks for one. */
export const tokenSource = z.enum(['mint', 'handoff']);

/** What a kiosk without credentials does: practise on the embedded simulator, or stay out of service. */
export const trainingRule = z.enum(['when-unprovisioned', 'never']);

/** When there is a keyboard on the screen. */
export const onScreenKeyboard = z.enum(['auto', 'always', 'never']);

/** Where submissions go: the bank's Mark ID account, or the embedded simulator. Sealed into every session. */
export const environment = z.enum(['training', 'production']);
export type Environment = z.infer<typeof environment>;

/** A camera as the operator's settings remember it. Ids change when the session store is cleared, so the label counts too. */
export const cameraIdentity = z.strictObject({
  deviceId: z.string().min(1).max(256),
  label: z.string().max(256),
});
export type CameraIdentity = z.infer<typeof cameraIdentity>;

/** Measured doubts about a stored picture. They warn; they never block. */
export const pictureWarning = z.enum([
  'LOW_RESOLUTION',
  'GREYSCALE',
  'TOO_DARK',
  'TOO_BRIGHT',
  /** It was not good enough, and taken all the same after others had been refused. */
  'TAKEN_AS_IS',
]);
export type PictureWarning = z.infer<typeof pictureWarning>;

/** A picture that is ready to be sent, described without its bytes. */
export const pictureSummary = z.strictObject({
  pictureId: z.uuid(),
  widthPx: z.int().positive(),
  heightPx: z.int().positive(),
  sizeBytes: z.int().positive(),
  source: captureSource,
  warnings: z.array(pictureWarning),
});
export type PictureSummary = z.infer<typeof pictureSummary>;
