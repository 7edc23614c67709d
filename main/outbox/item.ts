/** What is kept of one item: what it consists of, and how far its delivery is. All of it is sealed. */
import { z } from 'zod';
import { customerReference } from '../../preload/contract/customer-reference.ts';
import { ERROR_CODES } from '../../preload/contract/error-codes.ts';
import { ITEM_STATES } from '../../preload/contract/outbox-words.ts';
import {
  captureStep,
  countryCode,
  documentType,
  environment,
  languageTag,
} from '../../preload/contract/vocabulary.ts';

/** What does not change after the item was saved. */
export const itemContent = z.strictObject({
  /** Where it was born and may go; never the other way round. */
  environment,
  country: countryCode,
  documentType,
  language: languageTag,
  /** Of the text the customer agreed to. */
  consentVersion: z.string(),
  /** Wall clock of the moment the session began with that consent; null in items from before it was kept. */
  consentAtMs: z.int().nullable().default(null),
  /** Ours, echoed in Mark ID's webhook: correlates all attempts of one item. */
  externalRef: z.string(),
  /** What the bank calls the customer by. Shown to staff here, told to nobody. */
  customerReference: customerReference.nullable().default(null),
  /** Steps whose picture was not good enough and was taken all the same. */
  takenAsIs: z.array(captureStep).readonly().default([]),
});
export type ItemContent = z.infer<typeof itemContent>;

export const itemToken = z.strictObject({
  authToken: z.string(),
  /** Null for a handed token that came without one: its fate can't be asked for. */
  scanRef: z.string().nullable(),
  /** On the kiosk's own clock, when it was minted or handed over. */
  sinceLivedMs: z.int(),
});
export type ItemToken = z.infer<typeof itemToken>;

/** How far the delivery is. Changes only through main/delivery/reduce.ts, and is durable before it counts. */
export const deliveryRecord = z.strictObject({
  state: z.enum(ITEM_STATES),
  /** Why it stands there; null where nothing went wrong. */
  code: z.enum(ERROR_CODES).nullable(),
  token: itemToken.nullable(),
  /** The token that was sent last: it is not taken for another one, whoever gives it again. */
  lastSentToken: z.string().optional(),
  /** Names the last token's customer at Mark ID; a new one for each token. */
  clientId: z.string(),
  /** True once Mark ID called a client id busy; the second time a person decides. */
  isClientIdRedrawn: z.boolean(),
  /** Times the request was begun. */
  attempts: z.int().nonnegative(),
  /** Failures to reach anybody since the last success; they stretch the waiting. */
  failures: z.int().nonnegative(),
  /** Times Mark ID was asked what became of the token. */
  asks: z.int().nonnegative(),
  /** On the kiosk's own clock; not before the last byte of the body left. Null before the first attempt. */
  lastByteLivedMs: z.int().nullable(),
});
export type DeliveryRecord = z.infer<typeof deliveryRecord>;

/** What Mark ID confirmed, and for whom. */
export const receiptContent = z.strictObject({
  scanRef: z.string().nullable(),
  customerReference: customerReference.nullable().default(null),
});

/** Checks what an opened seal held, and overwrites it; null where it is not what was sealed. */
export const parseSealed = <Value>(plain: Uint8Array, schema: z.ZodType<Value>): Value | null => {
  try {
    const parsed = schema.safeParse(JSON.parse(Buffer.from(plain).toString('utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  } finally {
    plain.fill(0);
  }
};

/** What a value of an item is sealed for; it opens for the same purpose only. */
export const sealUse = (itemId: string, part: 'key' | 'content' | 'delivery' | 'receipt'): string =>
  `item/${itemId}/${part}`;

/** Names an item on screen and on paper: the first eight digits of its random id. */
export const referenceOf = (itemId: string): string => {
  const digits = itemId.slice(0, 8).toUpperCase();
  return `${digits.slice(0, 4)}-${digits.slice(4)}`;
};
