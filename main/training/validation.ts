/**
 * Checks the four request bodies the way Mark ID does and says which identifier answers each fault.
 * Never looks at sessions, and never puts a value of the request into a message.
 */
import { z } from 'zod';
import {
  CAPTURE_STEPS,
  countryCode,
  documentType,
  type CaptureStep,
} from '../../preload/contract/vocabulary.ts';
import { LIMITS } from '../../preload/contract/limits.ts';
import { refusal, type Answer, type Identifier } from './answers.ts';
import { readImageHeader } from './image-header.ts';

/** A value, or the answer that refuses it. */
export type Checked<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly answer: Answer };

/** One picture: 6 MB, not said of what, so 10^6 and the base64 text. Source: markid-api, `/process`. */
export const IMAGE_MAX_CHARS = 6_000_000;

/** Source: markid-api, `/token`. */
const CLIENT_ID_MAX_CHARS = 100;
const EXTERNAL_REF_MAX_CHARS = 40;
const EXPIRY_MAX_S = 2_592_000;
const EXPIRY_DEFAULT_S = 3600;

/** Own decision: far above the 36 characters of a reference. */
const SCAN_REF_MAX_CHARS = 64;

/** Optional texts the simulator checks and forgets. Own decision. */
const NAME_MAX_CHARS = 100;

const asciiText = (minChars: number, maxChars: number) =>
  z
    .string()
    .min(minChars)
    .max(maxChars)
    .regex(/^[\x20-\x7e]+$/);

/** A shape that is wrong is a bad value to Mark ID, as a word that is not in a list. */
const country = z.string().refine((text) => countryCode.safeParse(text).success);

const tokenOrder = z.object({
  clientId: asciiText(1, CLIENT_ID_MAX_CHARS),
  expiryTime: z.int().min(1).max(EXPIRY_MAX_S).nullish(),
  country: country.nullish(),
  documents: z.array(documentType).min(1).nullish(),
  externalRef: asciiText(1, EXTERNAL_REF_MAX_CHARS).nullish(),
  tokenType: z.enum(['IDENTIFICATION', 'DOCUMENT']).nullish(),
  utilityBill: z.boolean().nullish(),
  firstName: z.string().max(NAME_MAX_CHARS).nullish(),
  lastName: z.string().max(NAME_MAX_CHARS).nullish(),
  dateOfBirth: z.iso.date().nullish(),
  locale: asciiText(2, NAME_MAX_CHARS).nullish(),
});

/** What a caller of `/token` asked for, with the documented defaults. Personal details are dropped. */
export interface TokenOrder {
  readonly clientId: string;
  readonly expiryTimeS: number;
  readonly country: string | null;
  readonly documents: readonly string[] | null;
  readonly externalRef: string | null;
  readonly tokenType: 'IDENTIFICATION' | 'DOCUMENT';
  readonly utilityBill: boolean;
}

const tokenHolder = z.object({
  authToken: asciiText(LIMITS.authTokenMinChars, LIMITS.authTokenMaxChars),
});

const image = z.string().max(IMAGE_MAX_CHARS).nullish();

const submission = z.object({
  country,
  documentType,
  images: z.object({ FRONT: image, BACK: image, FACE: image, UTILITY_BILL: image }),
});

/** The pictures of a submission, decoded from base64, by step. */
export type SubmittedImages = Readonly<Partial<Record<CaptureStep, Uint8Array>>>;

export interface Submission {
  readonly country: string;
  readonly documentType: z.infer<typeof documentType>;
  readonly images: SubmittedImages;
}

const scanReference = z.object({ scanRef: asciiText(1, SCAN_REF_MAX_CHARS) });

const valueAt = (body: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined,
    body,
  );

const identifierOf = (issue: z.core.$ZodIssue, body: unknown): Identifier => {
  const value = valueAt(body, issue.path);
  if (value === undefined || value === null) return 'MISSING_VALUE';
  return issue.code === 'invalid_value' || issue.code === 'custom'
    ? 'BAD_VALUE'
    : 'VALIDATION_ERROR';
};

/** Schemas are not strict, so a path only ever names fields of this file. */
const check = <Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
): Checked<z.infer<Schema>> => {
  const parsed = schema.safeParse(body);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  if (issue === undefined || issue.path.length === 0) {
    return refused('VALIDATION_ERROR', 'The body must be a JSON object.');
  }
  const identifier = identifierOf(issue, body);
  const field = issue.path.join('.');
  return refused(
    identifier,
    identifier === 'MISSING_VALUE'
      ? `No value provided for field '${field}'`
      : `Field '${field}' is not valid`,
  );
};

const refused = (
  identifier: Identifier,
  message: string,
): { readonly ok: false; readonly answer: Answer } => ({
  ok: false,
  answer: refusal(identifier, message),
});

/** The body as JSON: ENCODING_ERROR when it is not UTF-8, JSON_ERROR when it is not JSON. */
export const parseJson = (body: Uint8Array): Checked<unknown> => {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return refused('ENCODING_ERROR', 'The body is not valid UTF-8.');
  }
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return refused('JSON_ERROR', 'The body is not valid JSON.');
  }
};

/** Checks the body of `/token`. */
export const checkTokenOrder = (body: unknown): Checked<TokenOrder> => {
  const checked = check(tokenOrder, body);
  if (!checked.ok) return checked;
  const order = checked.value;
  return {
    ok: true,
    value: {
      clientId: order.clientId,
      expiryTimeS: order.expiryTime ?? EXPIRY_DEFAULT_S,
      country: order.country ?? null,
      documents: order.documents ?? null,
      externalRef: order.externalRef ?? null,
      tokenType: order.tokenType ?? 'IDENTIFICATION',
      utilityBill: order.utilityBill ?? false,
    },
  };
};

/** The verification token of a `/process` body. Read first: the request spends it whatever else is wrong. */
export const checkAuthToken = (body: unknown): Checked<string> => {
  const checked = check(tokenHolder, body);
  return checked.ok ? { ok: true, value: checked.value.authToken } : checked;
};

/** The reference in a `/status` or `/delete` body. */
export const checkScanRef = (body: unknown): Checked<string> => {
  const checked = check(scanReference, body);
  return checked.ok ? { ok: true, value: checked.value.scanRef } : checked;
};

/** Canonical base64 only: writing the bytes back must give the same text. */
const decodeBase64 = (text: string): Buffer | null => {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
};

/** Checks the rest of a `/process` body: each picture must be base64 of a JPEG or PNG with a readable header. */
export const checkSubmission = (body: unknown): Checked<Submission> => {
  const checked = check(submission, body);
  if (!checked.ok) return checked;
  const { country, documentType, images } = checked.value;
  const decoded: Partial<Record<CaptureStep, Uint8Array>> = {};
  for (const step of CAPTURE_STEPS) {
    const text = images[step];
    if (text === undefined || text === null) continue;
    const bytes = decodeBase64(text);
    if (bytes === null) {
      return refused('ENCODING_ERROR', `The image of step '${step}' is not base64.`);
    }
    if (readImageHeader(bytes) === null) {
      return refused('BAD_VALUE', `The image of step '${step}' is not a JPEG or PNG image.`);
    }
    decoded[step] = bytes;
  }
  return { ok: true, value: { country, documentType, images: decoded } };
};
