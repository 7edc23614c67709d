/**
 * The outbox in the words of the border: counts for a badge, lines for a panel. Opens the
 * seals of receipts and of what items say of themselves, none of a picture.
 */
import { LIMITS } from '../../preload/contract/limits.ts';
import type {
  OutboxItem,
  OutboxSummary,
  OutboxView,
} from '../../preload/contract/outbox-channels.ts';
import {
  ITEM_STATES,
  type ItemAction,
  type ItemState,
} from '../../preload/contract/outbox-words.ts';
import type { Environment } from '../../preload/contract/vocabulary.ts';
import { referenceOf } from '../outbox/item.ts';
import type { Clock } from '../ports/clock.ts';
import type { Courier } from './courier.ts';
import type { QueuedItem } from '../outbox/item-queue.ts';

type Count = 'waiting' | 'sending' | 'checking' | 'needsPerson';

const COUNTED_AS: Readonly<Record<ItemState, Count>> = {
  QUEUED: 'waiting',
  READY: 'waiting',
  MINTING: 'sending',
  SENDING: 'sending',
  AMBIGUOUS: 'checking',
  NEEDS_TOKEN: 'needsPerson',
  NEEDS_PERSON: 'needsPerson',
  HELD: 'needsPerson',
  DAMAGED: 'needsPerson',
};

const DECISIONS: readonly ItemAction[] = ['resend', 'retake', 'discard'];

/** What a person may do in each state; the reducer has the last word. */
const ACTIONS: Readonly<Record<ItemState, readonly ItemAction[]>> = {
  QUEUED: [],
  READY: [],
  MINTING: [],
  SENDING: [],
  AMBIGUOUS: [],
  NEEDS_TOKEN: DECISIONS,
  NEEDS_PERSON: DECISIONS,
  HELD: DECISIONS,
  DAMAGED: ['discard'],
};

/** What a kiosk without an outbox shows. */
export const CLOSED_SUMMARY: OutboxSummary = {
  condition: { state: 'closed', code: null },
  waiting: 0,
  sending: 0,
  checking: 0,
  needsPerson: 0,
  deliveredToday: 0,
};

/** Counts of all items, and of today's receipts. */
export const summarise = (courier: Courier, clock: Clock): OutboxSummary => {
  const counts = { waiting: 0, sending: 0, checking: 0, needsPerson: 0 };
  try {
    for (const [state, count] of courier.outbox.queue.counts()) counts[COUNTED_AS[state]] += count;
    const deliveredToday = courier.outbox.receipts.count(clock.startOfDayMs());
    return { condition: courier.gate.condition(), ...counts, deliveredToday };
  } catch {
    return { ...CLOSED_SUMMARY, condition: { state: 'closed', code: 'STORAGE_FAILED' } };
  }
};

/** Undelivered items in all. */
export const countItems = ({ outbox }: Courier): number =>
  [...outbox.queue.counts().values()].reduce((sum, count) => sum + count, 0);

type SealedPart = Pick<OutboxItem, 'customerReference' | 'scanRef'>;

/** Whose the item is, and by what to look it up where nobody here can tell its delivery. */
const sealedPartOf = ({ outbox }: Courier, { itemId, code }: QueuedItem): SealedPart => {
  const opened = outbox.open(itemId);
  if (!opened.ok) return { customerReference: null, scanRef: null };
  const { content, record } = opened.value;
  const isLookedUp = code === 'DELIVERY_UNCONFIRMED';
  return {
    customerReference: content.customerReference,
    scanRef: isLookedUp ? (record.token?.scanRef ?? null) : null,
  };
};

const lineOf = (
  item: QueuedItem,
  nowLivedMs: number,
  nowWallMs: number,
  sealed: SealedPart,
): OutboxItem => {
  const waitMs = (item.dueLivedMs ?? 0) - nowLivedMs;
  return {
    itemId: item.itemId,
    reference: referenceOf(item.itemId),
    state: item.state,
    code: item.code,
    savedAtMs: item.savedWallMs,
    nextAtMs: waitMs > 0 ? Math.round(nowWallMs + waitMs) : null,
    attempts: item.attempts,
    sizeBytes: item.sizeBytes,
    ...sealed,
    actions: [...ACTIONS[item.state]],
  };
};

/** What the operator's panel shows. */
export const describeOutbox = (
  courier: Courier,
  clock: Clock,
  environment: Environment,
): OutboxView => {
  const { queue } = courier.outbox;
  const needsPerson = ITEM_STATES.filter((state) => COUNTED_AS[state] === 'needsPerson');
  const nowLivedMs = courier.outbox.time.livedMs();
  return {
    environment,
    summary: summarise(courier, clock),
    items: queue
      .list(needsPerson, LIMITS.outboxListedItems)
      .map((item) => lineOf(item, nowLivedMs, clock.wallMs(), sealedPartOf(courier, item))),
    itemCount: countItems(courier),
    delivered: courier.outbox.receipts
      .list(clock.startOfDayMs(), LIMITS.outboxListedItems)
      .map(({ itemId, ...receipt }) => ({ reference: referenceOf(itemId), ...receipt })),
  };
};
