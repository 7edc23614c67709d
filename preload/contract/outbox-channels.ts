/**
 * The outbox as staff sees it: what waits, what needs a person, what was delivered, and what can be
 * done about it. Whose a submission is, only the bank's own reference tells, where staff gave one. All
 * channels need an entered room (OPERATOR_REQUIRED).
 */
import { z } from 'zod';
import { channel } from './channel.ts';
import { customerReference } from './customer-reference.ts';
import { ERROR_CODES } from './error-codes.ts';
import { ACTION_REASONS, ITEM_ACTIONS, ITEM_STATES } from './outbox-words.ts';
import { resultOf } from './result.ts';
import { environment } from './vocabulary.ts';
import { handedToken } from './handed-token.ts';

const itemState = z.enum(ITEM_STATES);

const actionReason = z.enum(ACTION_REASONS);

const itemAction = z.enum(ITEM_ACTIONS);

/** Eight letters and digits that name an item on screen and on paper. Says nothing about anybody. */
export const itemReference = z.string().regex(/^[0-9A-F]{4}-[0-9A-F]{4}$/);

const count = z.int().nonnegative();

/** Whether the outbox delivers now. */
export const outboxCondition = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('running') }),
  /** The last try reached nobody; the next one comes by itself. */
  z.strictObject({ state: z.literal('unreachable'), code: z.enum(ERROR_CODES) }),
  /** Mark ID refuses this account: nothing is sent until credentials, credit or contract are mended. */
  z.strictObject({ state: z.literal('paused'), code: z.enum(ERROR_CODES) }),
  /** Mark ID asked for fewer requests. Wall clock. */
  z.strictObject({ state: z.literal('cooling'), resumesAtMs: z.int() }),
  /** The outbox can't be used at all. */
  z.strictObject({ state: z.literal('closed'), code: z.enum(ERROR_CODES).nullable() }),
]);
export type OutboxCondition = z.infer<typeof outboxCondition>;

/** Counts for a badge. `waiting` includes items that have a token. */
export const outboxSummary = z.strictObject({
  condition: outboxCondition,
  waiting: count,
  sending: count,
  checking: count,
  needsPerson: count,
  deliveredToday: count,
});
export type OutboxSummary = z.infer<typeof outboxSummary>;

export const outboxItem = z.strictObject({
  itemId: z.uuid(),
  reference: itemReference,
  customerReference: customerReference.nullable(),
  state: itemState,
  /** Why it stands there; null where nothing went wrong. */
  code: z.enum(ERROR_CODES).nullable(),
  /** Wall clock of the moment it was saved. */
  savedAtMs: z.int(),
  /** Wall clock of the next try; null when it waits for nothing but its turn, or for a person. */
  nextAtMs: z.int().nullable(),
  /** How often it was sent. */
  attempts: count,
  sizeBytes: count,
  /** Mark ID's number of what may have arrived there, where a person must look it up; null otherwise. */
  scanRef: z.string().max(64).nullable(),
  actions: z.array(itemAction),
});
export type OutboxItem = z.infer<typeof outboxItem>;

export const deliveredItem = z.strictObject({
  reference: itemReference,
  customerReference: customerReference.nullable(),
  scanRef: z.string().max(64).nullable(),
  deliveredAtMs: z.int(),
  reconciled: z.boolean(),
});
export type DeliveredItem = z.infer<typeof deliveredItem>;

export const outboxView = z.strictObject({
  environment,
  summary: outboxSummary,
  /** Those that need a person first, then oldest first; at most LIMITS.outboxListedItems. */
  items: z.array(outboxItem),
  /** How many there are in all. */
  itemCount: count,
  /** Of today, newest first; at most LIMITS.outboxListedItems. */
  delivered: z.array(deliveredItem),
});
export type OutboxView = z.infer<typeof outboxView>;

const itemRequest = { itemId: z.uuid(), reason: actionReason };

export const outboxChannels = {
  'outbox:get-outbox': channel({ request: z.undefined(), response: resultOf(outboxView) }),
  /** Sends an item again. From HELD this risks a second verification: the screen asks before. */
  'outbox:resend-item': channel({
    request: z.strictObject({ ...itemRequest, token: handedToken.optional() }),
    response: resultOf(outboxView),
  }),
  /** Begins a session for new pictures of the same document; its submission takes the item's place. */
  'outbox:retake-item': channel({
    request: z.strictObject(itemRequest),
    response: resultOf(outboxView),
  }),
  /** Deletes an item for good. */
  'outbox:discard-item': channel({
    request: z.strictObject(itemRequest),
    response: resultOf(outboxView),
  }),
  /** Ends a pause at once, after whatever was mended. */
  'outbox:resume-delivery': channel({ request: z.undefined(), response: resultOf(outboxView) }),
};
