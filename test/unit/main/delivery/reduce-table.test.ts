/**
 * Every state × every event against a table written from the rules of delivery, not from the code.
 * A line says: next state, after how long it comes up by itself, what is done, what it says.
 */
import { describe, expect, it } from 'vitest';
import { reduce } from '../../../../main/delivery/reduce.ts';
import type {
  DeliveryEvent,
  Surroundings,
  Transition,
} from '../../../../main/delivery/transition.ts';
import type { MarkIdCallErrorCode, VerificationStatus } from '../../../../main/markid/client.ts';
import type { DeliveryRecord, ItemToken } from '../../../../main/outbox/item.ts';
import {
  MARKID_ERROR_CODES,
  TRANSPORT_ERROR_CODES,
} from '../../../../preload/contract/error-codes.ts';
import { ITEM_STATES, type ItemState } from '../../../../preload/contract/outbox-words.ts';

type Source = Surroundings['tokenSource'];

const NOW = 10_000_000;
const TOKEN: ItemToken = { authToken: 'old-token-1', scanRef: 'scan-1', sinceLivedMs: NOW };
const NEW: ItemToken = { authToken: 'new-token-1', scanRef: 'scan-2', sinceLivedMs: NOW };
const HAS_TOKEN: ReadonlySet<ItemState> = new Set<ItemState>([
  'READY',
  'SENDING',
  'AMBIGUOUS',
  'NEEDS_PERSON',
  'HELD',
]);

const recordIn = (state: ItemState): DeliveryRecord => ({
  state,
  code: null,
  token: HAS_TOKEN.has(state) ? TOKEN : null,
  clientId: 'client-1',
  isClientIdRedrawn: false,
  attempts: 1,
  failures: 0,
  asks: state === 'AMBIGUOUS' ? 1 : 0,
  lastByteLivedMs: NOW - 60_000,
});

const around = (tokenSource: Source): Surroundings => ({
  nowLivedMs: NOW,
  steadySinceLivedMs: 0,
  tokenSource,
  tokenLifeMs: 3_600_000,
  jitter: 0,
  freshClientId: 'client-2',
});

const CODES: readonly MarkIdCallErrorCode[] = [...TRANSPORT_ERROR_CODES, ...MARKID_ERROR_CODES];
const STATUSES: readonly VerificationStatus[] = [
  'ACTIVE',
  'REVIEWING',
  'APPROVED',
  'DENIED',
  'SUSPECTED',
  'EXPIRED',
  'DELETED',
  'ARCHIVED',
  'UNKNOWN',
];
const ACCOUNT: ReadonlySet<string> = new Set([
  'MARKID_UNAUTHORIZED',
  'MARKID_PAYMENT_REQUIRED',
  'MARKID_PERMISSIONS_ERROR',
  'MARKID_PARTNER_CONTRACT_ERROR',
]);

/** A transition in words; null: the event has no place there. */
const inWords = (transition: Transition | null): string | null => {
  if (transition === null) return null;
  const { record, waitMs, effects } = transition;
  const done = effects.map((effect) =>
    effect.do === 'deliver' && effect.reconciled ? 'deliver reconciled' : effect.do,
  );
  const token =
    record === null || record.token === null
      ? []
      : [record.token === NEW ? 'new token' : 'same token'];
  return [
    record?.state ?? 'over',
    ...(waitMs === null ? [] : [`in ${waitMs / 1000} s`]),
    ...token,
    ...done,
    ...(record === null || record.code === null ? [] : [record.code]),
  ].join(', ');
};

type Line = readonly [event: DeliveryEvent, words: string | null];
const failure = (
  type: 'MINT_FAILED' | 'SEND_FAILED' | 'STATUS_FAILED',
  code: MarkIdCallErrorCode,
): DeliveryEvent => ({ type, code, retryAfterSeconds: null }) as DeliveryEvent;

const person = (code: MarkIdCallErrorCode): string => `NEEDS_PERSON, ${code}`;

/** Nobody was reached, or nobody knows: asking for a token costs nothing. */
const MINT_AGAIN: ReadonlySet<string> = new Set([
  'NETWORK_UNREACHABLE',
  'PROXY_REFUSED',
  'TLS_NOT_TRUSTED',
  'SEND_CANCELLED',
  'MARKID_INTERNAL_ERROR',
  'MARKID_ANSWER_UNREADABLE',
  'MARKID_REDIRECTED',
]);

const mintFailed = (code: MarkIdCallErrorCode): string => {
  if (MINT_AGAIN.has(code)) return `QUEUED, in 5 s, ${code}`;
  if (code === 'ANSWER_LOST') return 'QUEUED, in 5 s, NETWORK_UNREACHABLE';
  if (code === 'MARKID_CLIENT_BUSY') return `QUEUED, in 0 s, ${code}`;
  if (code === 'MARKID_TOO_MANY_REQUESTS') return `QUEUED, in 0 s, cool, ${code}`;
  return ACCOUNT.has(code) || code === 'ORIGIN_NOT_ALLOWED'
    ? `QUEUED, in 0 s, pause, ${code}`
    : person(code);
};

/** No byte of the body has left. */
const UNSENT: ReadonlySet<string> = new Set([
  'NETWORK_UNREACHABLE',
  'PROXY_REFUSED',
  'TLS_NOT_TRUSTED',
  'ORIGIN_NOT_ALLOWED',
  'SEND_CANCELLED',
]);
/** A byte of the body may have left, and the answer does not say what became of it. */
const UNKNOWN: ReadonlySet<string> = new Set([
  'ANSWER_LOST',
  'MARKID_INTERNAL_ERROR',
  'MARKID_ANSWER_UNREADABLE',
  'MARKID_REDIRECTED',
  'MARKID_TOKEN_NOT_VALID',
]);

const sendFailed = (code: MarkIdCallErrorCode, source: Source): string => {
  const tokenGone = source === 'mint' ? 'QUEUED, in 0 s' : 'NEEDS_TOKEN';
  if (UNSENT.has(code)) return `READY, in 5 s, same token, ${code}`;
  if (UNKNOWN.has(code)) return `AMBIGUOUS, in 60 s, same token, ${code}`;
  if (code === 'MARKID_TOO_MANY_REQUESTS') return `${tokenGone}, cool, ${code}`;
  return ACCOUNT.has(code) ? `${tokenGone}, pause, ${code}` : person(code);
};

const statusFailed = (code: MarkIdCallErrorCode): string => {
  const wait = 'AMBIGUOUS, in 600 s, same token';
  if (code === 'MARKID_TOO_MANY_REQUESTS') return `${wait}, cool`;
  return ACCOUNT.has(code) || code === 'ORIGIN_NOT_ALLOWED' ? `${wait}, pause` : wait;
};

const status = (source: Source): Readonly<Record<VerificationStatus, string>> => ({
  REVIEWING: 'over, deliver reconciled',
  APPROVED: 'over, deliver reconciled',
  DENIED: 'over, deliver reconciled',
  SUSPECTED: 'over, deliver reconciled',
  ACTIVE: 'READY, in 0 s, same token',
  EXPIRED: source === 'mint' ? 'QUEUED, in 0 s' : 'NEEDS_TOKEN, TOKEN_SPENT',
  DELETED: 'NEEDS_PERSON, same token, DELIVERY_UNCONFIRMED',
  ARCHIVED: 'NEEDS_PERSON, same token, DELIVERY_UNCONFIRMED',
  UNKNOWN: 'NEEDS_PERSON, same token, DELIVERY_UNCONFIRMED',
});

/** What has a place in each state; whatever is not here has none. */
const TABLE: Readonly<Record<ItemState, (source: Source) => readonly Line[]>> = {
  QUEUED: (source) => [
    [{ type: 'DUE' }, source === 'mint' ? 'MINTING, mint' : 'NEEDS_TOKEN, TOKEN_SPENT'],
  ],
  MINTING: () => [
    [{ type: 'MINTED', token: NEW }, 'READY, in 0 s, new token'],
    ...CODES.map((code): Line => [failure('MINT_FAILED', code), mintFailed(code)]),
    [{ type: 'RESTARTED' }, 'QUEUED, in 0 s'],
    [{ type: 'EXPIRED' }, null],
  ],
  READY: () => [[{ type: 'DUE' }, 'SENDING, same token, send']],
  SENDING: (source) => [
    [{ type: 'SENT' }, 'over, deliver'],
    ...CODES.map((code): Line => [failure('SEND_FAILED', code), sendFailed(code, source)]),
    [{ type: 'RESTARTED' }, 'AMBIGUOUS, in 60 s, same token, ANSWER_LOST'],
    [{ type: 'EXPIRED' }, null],
  ],
  AMBIGUOUS: (source) => [
    [{ type: 'DUE' }, 'AMBIGUOUS, in 3600 s, same token, ask-status'],
    ...STATUSES.map((word): Line => [{ type: 'STATUS', status: word }, status(source)[word]]),
    ...CODES.map((code): Line => [failure('STATUS_FAILED', code), statusFailed(code)]),
  ],
  NEEDS_TOKEN: (source) => decided(source),
  NEEDS_PERSON: (source) => decided(source),
  HELD: (source) => decided(source),
  DAMAGED: () => [
    [{ type: 'DISCARD' }, 'over, shred'],
    [{ type: 'DAMAGED', code: 'ITEM_DAMAGED' }, null],
    [{ type: 'DAMAGED', code: 'ITEM_NEWER' }, null],
  ],
};

const decided = (source: Source): readonly Line[] => [
  [{ type: 'RESEND', token: NEW }, 'READY, in 0 s, new token'],
  [{ type: 'RESEND', token: null }, source === 'mint' ? 'QUEUED, in 0 s' : null],
  [{ type: 'DISCARD' }, 'over, shred'],
];

/** What holds in every state that does not say otherwise. */
const ANYWHERE: readonly Line[] = [
  [{ type: 'EXPIRED' }, 'over, shred'],
  [{ type: 'DAMAGED', code: 'ITEM_DAMAGED' }, 'DAMAGED, quarantine, ITEM_DAMAGED'],
  [{ type: 'DAMAGED', code: 'ITEM_NEWER' }, 'DAMAGED, ITEM_NEWER'],
];

const EVENTS: readonly DeliveryEvent[] = [
  { type: 'DUE' },
  { type: 'MINTED', token: NEW },
  ...CODES.map((code) => failure('MINT_FAILED', code)),
  { type: 'SENT' },
  ...CODES.map((code) => failure('SEND_FAILED', code)),
  ...STATUSES.map((word): DeliveryEvent => ({ type: 'STATUS', status: word })),
  ...CODES.map((code) => failure('STATUS_FAILED', code)),
  { type: 'RESTARTED' },
  { type: 'RESEND', token: null },
  { type: 'RESEND', token: NEW },
  { type: 'DISCARD' },
  { type: 'EXPIRED' },
  { type: 'DAMAGED', code: 'ITEM_DAMAGED' },
  { type: 'DAMAGED', code: 'ITEM_NEWER' },
];

const TYPES = [...new Set(EVENTS.map(({ type }) => type))];

const keyOf = (event: DeliveryEvent): string => JSON.stringify(event);

describe.each(['mint', 'handoff'] as const)('an item whose tokens come by %s', (source) => {
  describe.each(ITEM_STATES)('in state %s', (state) => {
    const expected = new Map(
      [...ANYWHERE, ...TABLE[state](source)].map(([event, words]) => [keyOf(event), words]),
    );

    it.each(TYPES)('REC-06 does what the table says on %s', (type) => {
      for (const event of EVENTS.filter((each) => each.type === type)) {
        const before = recordIn(state);
        const next = reduce(before, event, around(source));
        expect([keyOf(event), inWords(next)]).toEqual([
          keyOf(event),
          expected.get(keyOf(event)) ?? null,
        ]);
        expect(before).toEqual(recordIn(state));
      }
    });
  });
});

it('the table names every event it speaks of, and every code and status there is', () => {
  const known = new Set(EVENTS.map(keyOf));
  for (const state of ITEM_STATES)
    for (const [event] of TABLE[state]('mint')) expect(known).toContain(keyOf(event));
  expect(new Set(CODES).size).toBe(26);
});
