/**
 * The life of one item as a pure function: record and event in, record and effects out. The rule it
 * keeps: a token is retried freely only while no byte of `/process` has left; after that Mark ID's
 * status decides. An event that has no place in a state gives null and changes nothing.
 * Source: delivery.md, Delivery.
 */
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import type { ItemState } from '../../preload/contract/outbox-words.ts';
import type { VerificationStatus } from '../markid/client.ts';
import type { DeliveryRecord, ItemToken } from '../outbox/item.ts';
import {
  ASK_CONSEQUENCES,
  MINT_CONSEQUENCES,
  SEND_CONSEQUENCES,
  STATUS_CONSEQUENCES,
} from './consequences.ts';
import type { CallFailed, DeliveryEvent, Effect, Surroundings, Transition } from './transition.ts';

/** Source of the numbers: delivery.md, table of states. */
export const BACKOFF_MIN_MS = 5_000;
export const BACKOFF_MAX_MS = 15 * 60_000;
/** Before the first, second and third question; there is no fourth. */
export const ASK_WAITS_MS = [60_000, 10 * 60_000, 60 * 60_000] as const;
/** Where the answer to the last question was lost with the power. */
const LAST_ASK_WAIT_MS = 60_000;
/** ACTIVE means unused only when Mark ID had time to notice the upload. */
export const SETTLING_MS = 60_000;
/** A token is not sent at the end of its life. Own decision: twice the longest upload allowed. */
const TOKEN_MARGIN_MS = 10 * 60_000;

/** Whether a token is young enough for an upload to end within its life. Short lives keep half of it. */
export const isTokenYoung = (
  { sinceLivedMs }: ItemToken,
  { nowLivedMs, tokenLifeMs }: Surroundings,
): boolean => nowLivedMs - sinceLivedMs < tokenLifeMs - Math.min(TOKEN_MARGIN_MS, tokenLifeMs / 2);

/** Doubles with each failure and adds up to half of that by chance, so that kiosks do not return in step. */
export const backoffMs = (failures: number, jitter: number): number =>
  Math.min(BACKOFF_MAX_MS, BACKOFF_MIN_MS * 2 ** Math.max(0, failures - 1) * (1 + jitter / 2));

const to = (
  record: DeliveryRecord,
  change: Partial<DeliveryRecord> & { readonly state: ItemState },
  waitMs: number | null = null,
  ...effects: readonly Effect[]
): Transition => ({ record: { ...record, ...change }, waitMs, effects });

const over = (...effects: readonly Effect[]): Transition => ({
  record: null,
  waitMs: null,
  effects,
});

/** Without a usable token: wait for the next mint, or for the bank. */
const withoutToken = (
  record: DeliveryRecord,
  code: ErrorCode | null,
  around: Surroundings,
  ...effects: readonly Effect[]
): Transition =>
  around.tokenSource === 'mint'
    ? to(record, { state: 'QUEUED', token: null, code }, 0, ...effects)
    : to(
        record,
        { state: 'NEEDS_TOKEN', token: null, code: code ?? 'TOKEN_SPENT' },
        null,
        ...effects,
      );

const retry = (
  record: DeliveryRecord,
  state: 'QUEUED' | 'READY',
  code: ErrorCode,
  { jitter }: Surroundings,
): Transition => {
  const failures = record.failures + 1;
  return to(record, { state, code, failures }, backoffMs(failures, jitter));
};

const held = (record: DeliveryRecord): Transition =>
  to(record, { state: 'HELD', code: 'DELIVERY_UNCONFIRMED' });

/** Nobody knows what became of the token: ask later, or not at all where it has no reference. */
const ambiguous = (record: DeliveryRecord, code: ErrorCode, around: Surroundings): Transition => {
  if (record.token?.scanRef === null)
    // Without a reference there is nothing to ask by; a token that is not valid was never used.
    return code === 'MARKID_TOKEN_NOT_VALID' ? withoutToken(record, code, around) : held(record);
  const lastByteLivedMs = around.nowLivedMs;
  return to(record, { state: 'AMBIGUOUS', code, asks: 0, lastByteLivedMs }, ASK_WAITS_MS[0]);
};

const afterMintFailure = (
  record: DeliveryRecord,
  { code, retryAfterSeconds }: CallFailed,
  around: Surroundings,
): Transition => {
  switch (MINT_CONSEQUENCES[code]) {
    case 'again':
      return retry(record, 'QUEUED', code === 'ANSWER_LOST' ? 'NETWORK_UNREACHABLE' : code, around);
    case 'redraw':
      return record.isClientIdRedrawn
        ? to(record, { state: 'HELD', code })
        : to(record, { state: 'QUEUED', code, isClientIdRedrawn: true }, 0);
    case 'pause':
      return to(record, { state: 'QUEUED', code }, 0, { do: 'pause', code });
    case 'cool':
      return to(record, { state: 'QUEUED', code }, 0, { do: 'cool', retryAfterSeconds });
    case 'person':
      break;
  }
  return to(record, { state: 'NEEDS_PERSON', code });
};

const afterSendFailure = (
  record: DeliveryRecord,
  { code, retryAfterSeconds }: CallFailed,
  around: Surroundings,
): Transition => {
  switch (SEND_CONSEQUENCES[code]) {
    case 'unused':
      return retry(record, 'READY', code, around);
    case 'unknown':
      return ambiguous(record, code, around);
    case 'pause':
      return withoutToken(record, code, around, { do: 'pause', code });
    case 'cool':
      return withoutToken(record, code, around, { do: 'cool', retryAfterSeconds });
    case 'person':
      break;
  }
  return to(record, { state: 'NEEDS_PERSON', code, token: null });
};

const afterStatus = (
  record: DeliveryRecord,
  status: VerificationStatus,
  around: Surroundings,
): Transition => {
  const consequence = STATUS_CONSEQUENCES[status];
  const isRefused = record.code === 'MARKID_TOKEN_NOT_VALID';
  // A token that is neither used nor valid never will be either.
  const isDead = consequence === 'unused' && isRefused;
  // The bank gave the token to somebody else as well: what Mark ID has may be that one's.
  const isSomebodyElses = isRefused && around.tokenSource === 'handoff';
  if (consequence === 'delivered')
    return isSomebodyElses ? held(record) : over({ do: 'deliver', reconciled: true });
  if (consequence === 'expired' || isDead) return withoutToken(record, null, around);
  if (consequence === 'person')
    // With its token, which is never sent again: its number is what Mark ID can be asked by.
    return to(record, { state: 'NEEDS_PERSON', code: 'DELIVERY_UNCONFIRMED' });
  const { nowLivedMs, steadySinceLivedMs } = around;
  // Never below nothing: the clock of an index that was lost begins anew, before the last byte.
  const sinceLastByteMs = Math.max(
    0,
    nowLivedMs - Math.max(record.lastByteLivedMs ?? nowLivedMs, steadySinceLivedMs),
  );
  return sinceLastByteMs >= SETTLING_MS
    ? to(record, { state: 'READY', code: null, failures: 0 }, 0)
    : to(record, { state: 'AMBIGUOUS' }, SETTLING_MS - sinceLastByteMs);
};

const afterStatusFailure = (
  record: DeliveryRecord,
  { code, retryAfterSeconds }: CallFailed,
): Transition => {
  const waitMs = ASK_WAITS_MS[record.asks];
  if (waitMs === undefined) return held(record);
  const consequence = ASK_CONSEQUENCES(code);
  if (consequence === 'pause')
    return to(record, { state: 'AMBIGUOUS' }, waitMs, { do: 'pause', code });
  if (consequence === 'cool')
    return to(record, { state: 'AMBIGUOUS' }, waitMs, { do: 'cool', retryAfterSeconds });
  return to(record, { state: 'AMBIGUOUS' }, waitMs);
};

const onDue = (record: DeliveryRecord, around: Surroundings): Transition | null => {
  switch (record.state) {
    case 'QUEUED':
      return around.tokenSource === 'handoff'
        ? withoutToken(record, record.code, around)
        : to(record, { state: 'MINTING', clientId: around.freshClientId }, null, { do: 'mint' });
    case 'READY': {
      const { token } = record;
      if (token === null || !isTokenYoung(token, around)) return withoutToken(record, null, around);
      const attempts = record.attempts + 1;
      const lastByteLivedMs = around.nowLivedMs;
      const lastSentToken = token.authToken;
      const sending = { state: 'SENDING', attempts, lastByteLivedMs, lastSentToken } as const;
      return to(record, sending, null, { do: 'send' });
    }
    case 'AMBIGUOUS': {
      const asks = record.asks + 1;
      if (asks > ASK_WAITS_MS.length) return held(record);
      // Kept with the question, so that a power cut in the middle of it is followed by the next one.
      const waitMs = ASK_WAITS_MS[asks] ?? LAST_ASK_WAIT_MS;
      return to(record, { state: 'AMBIGUOUS', asks }, waitMs, { do: 'ask-status' });
    }
    case 'MINTING':
    case 'SENDING':
    case 'NEEDS_TOKEN':
    case 'NEEDS_PERSON':
    case 'HELD':
    case 'DAMAGED':
      break;
  }
  return null;
};

/** States in which an operator decides, or the customer's next submission takes the item's place. */
export const NEEDS_DECISION: ReadonlySet<ItemState> = new Set<ItemState>([
  'NEEDS_TOKEN',
  'NEEDS_PERSON',
  'HELD',
]);

const onResend = (
  record: DeliveryRecord,
  token: ItemToken | null,
  { tokenSource }: Surroundings,
): Transition | null => {
  if (!NEEDS_DECISION.has(record.state)) return null;
  const fresh = { ...record, code: null, failures: 0, asks: 0, isClientIdRedrawn: false };
  if (token !== null)
    return token.authToken === record.lastSentToken
      ? null
      : to(fresh, { state: 'READY', token }, 0);
  return tokenSource === 'mint' ? to(fresh, { state: 'QUEUED', token: null }, 0) : null;
};

const onRestart = (record: DeliveryRecord, around: Surroundings): Transition | null => {
  if (record.state === 'SENDING') return ambiguous(record, 'ANSWER_LOST', around);
  if (record.state === 'MINTING') return to(record, { state: 'QUEUED' }, 0);
  // This start may be that of the version which sealed it.
  if (record.state === 'DAMAGED' && record.code === 'ITEM_NEWER')
    return to(record, { state: 'QUEUED', code: null }, 0);
  return null;
};

const inState = (
  record: DeliveryRecord,
  state: ItemState,
  next: () => Transition,
): Transition | null => (record.state === state ? next() : null);

/** The next step of an item; null where the event has no place in its state. */
export const reduce = (
  record: DeliveryRecord,
  event: DeliveryEvent,
  around: Surroundings,
): Transition | null => {
  switch (event.type) {
    case 'DUE':
      return onDue(record, around);
    case 'MINTED':
      return inState(record, 'MINTING', () =>
        event.token.authToken === record.lastSentToken
          ? retry(record, 'QUEUED', 'MARKID_ANSWER_UNREADABLE', around)
          : to(record, { state: 'READY', token: event.token, code: null, failures: 0 }, 0),
      );
    case 'MINT_FAILED':
      return inState(record, 'MINTING', () => afterMintFailure(record, event, around));
    case 'SENT':
      return inState(record, 'SENDING', () => over({ do: 'deliver', reconciled: false }));
    case 'SEND_FAILED':
      return inState(record, 'SENDING', () => afterSendFailure(record, event, around));
    case 'STATUS':
      return inState(record, 'AMBIGUOUS', () => afterStatus(record, event.status, around));
    case 'STATUS_FAILED':
      return inState(record, 'AMBIGUOUS', () => afterStatusFailure(record, event));
    case 'RESTARTED':
      return onRestart(record, around);
    case 'RESEND':
      return onResend(record, event.token, around);
    case 'DISCARD':
      return NEEDS_DECISION.has(record.state) || record.state === 'DAMAGED'
        ? over({ do: 'shred' })
        : null;
    case 'EXPIRED':
      return record.state === 'SENDING' || record.state === 'MINTING'
        ? null
        : over({ do: 'shred' });
    case 'DAMAGED':
      break;
  }
  return record.state === 'DAMAGED'
    ? null
    : to(
        record,
        { state: 'DAMAGED', code: event.code, token: null },
        null,
        ...(event.code === 'ITEM_DAMAGED' ? [{ do: 'quarantine' } as const] : []),
      );
};
