/** What the table of states leaves to numbers: waits, ages, counts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ASK_WAITS_MS,
  BACKOFF_MAX_MS,
  BACKOFF_MIN_MS,
  backoffMs,
  isTokenYoung,
  reduce,
} from '../../../../main/delivery/reduce.ts';
import type { DeliveryEvent, Surroundings } from '../../../../main/delivery/transition.ts';
import type { DeliveryRecord } from '../../../../main/outbox/item.ts';

const NOW = 100_000_000;
const around: Surroundings = {
  nowLivedMs: NOW,
  steadySinceLivedMs: 0,
  tokenSource: 'mint',
  tokenLifeMs: 3_600_000,
  jitter: 0,
  freshClientId: 'client-2',
};
const record: DeliveryRecord = {
  state: 'AMBIGUOUS',
  code: 'ANSWER_LOST',
  token: { authToken: 'token-000001', scanRef: 'scan-000001', sinceLivedMs: NOW },
  clientId: 'client-1',
  isClientIdRedrawn: false,
  attempts: 1,
  failures: 0,
  asks: 1,
  lastByteLivedMs: NOW - 60_000,
};
const failed = (type: 'MINT_FAILED' | 'SEND_FAILED' | 'STATUS_FAILED'): DeliveryEvent => ({
  type,
  code: 'NETWORK_UNREACHABLE',
  retryAfterSeconds: null,
});

describe('waiting', () => {
  it('doubles from 5 s to 15 min, with up to half of it by chance, and never leaves these bounds', () => {
    expect([1, 2, 3, 4].map((failures) => backoffMs(failures, 0))).toEqual([
      5000, 10_000, 20_000, 40_000,
    ]);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 0, max: 255 }),
        (n, draw) => {
          const waitMs = backoffMs(n, draw / 256);
          expect(waitMs).toBeGreaterThanOrEqual(BACKOFF_MIN_MS);
          expect(waitMs).toBeLessThanOrEqual(BACKOFF_MAX_MS);
          expect(waitMs).toBeGreaterThanOrEqual(backoffMs(n, 0));
        },
      ),
      { numRuns: 300, seed: 6 },
    );
  });

  it.each([
    [1, 600],
    [2, 3600],
  ])('asks again after question %i in %i s', (asks, seconds) => {
    expect(reduce({ ...record, asks }, failed('STATUS_FAILED'), around)).toMatchObject({
      record: { state: 'AMBIGUOUS' },
      waitMs: seconds * 1000,
    });
  });

  it('is over after the third question', () => {
    expect(reduce({ ...record, asks: 3 }, failed('STATUS_FAILED'), around)).toMatchObject({
      record: { state: 'HELD', code: 'DELIVERY_UNCONFIRMED' },
      waitMs: null,
    });
    expect(reduce({ ...record, asks: 3 }, { type: 'DUE' }, around)).toMatchObject({
      record: { state: 'HELD' },
      effects: [],
    });
  });

  it.each([0, 1, 2])(
    'keeps a later question with question %i, for a power cut in between',
    (asks) => {
      const next = reduce({ ...record, asks }, { type: 'DUE' }, around);
      expect(next?.record?.asks).toBe(asks + 1);
      expect(next?.waitMs).toBeGreaterThanOrEqual(60_000);
      expect(ASK_WAITS_MS).toEqual([60_000, 600_000, 3_600_000]);
    },
  );

  it.each([
    [59_999, 'AMBIGUOUS', 1],
    [60_000, 'READY', 0],
  ])('takes ACTIVE %i ms after the last byte for %s', (agoMs, state, waitMs) => {
    const young = { ...record, lastByteLivedMs: NOW - agoMs };
    expect(reduce(young, { type: 'STATUS', status: 'ACTIVE' }, around)).toMatchObject({
      record: { state },
      waitMs,
    });
  });
});

it.each([
  [59_999, 'AMBIGUOUS'],
  [60_000, 'READY'],
])(
  'SEC-29 does not take ACTIVE for unused %i ms after a start: before it the clock may have jumped',
  (agoMs, state) => {
    const old = { ...record, lastByteLivedMs: 0 };
    const started = { ...around, steadySinceLivedMs: NOW - agoMs };
    expect(reduce(old, { type: 'STATUS', status: 'ACTIVE' }, started)?.record?.state).toBe(state);
  },
);

it('waits a minute, and no more, after a last byte that lies ahead of a clock that began anew', () => {
  const ahead = { ...record, lastByteLivedMs: NOW + 1_000_000_000 };
  expect(reduce(ahead, { type: 'STATUS', status: 'ACTIVE' }, around)).toMatchObject({
    record: { state: 'AMBIGUOUS' },
    waitMs: 60_000,
  });
});

describe('a token', () => {
  it.each([
    [3_600_000, 3_000_000],
    [1_200_000, 600_000],
    // Short lives keep half of it.
    [60_000, 30_000],
    [2_592_000_000, 2_591_400_000],
  ])('that lives %i ms is young for %i ms', (tokenLifeMs, youngMs) => {
    const token = { authToken: 'x', scanRef: null, sinceLivedMs: 0 };
    const at = (nowLivedMs: number) => isTokenYoung(token, { ...around, tokenLifeMs, nowLivedMs });
    expect(at(youngMs - 1)).toBe(true);
    expect(at(youngMs)).toBe(false);
  });

  it.each([
    ['mint', { state: 'QUEUED', token: null }, 0],
    ['handoff', { state: 'NEEDS_TOKEN', token: null, code: 'TOKEN_SPENT' }, null],
  ] as const)(
    'that is too old is dropped unsent where tokens come by %s',
    (tokenSource, next, waitMs) => {
      const old = { ...record, state: 'READY', token: { ...record.token, sinceLivedMs: 0 } };
      expect(reduce(old as DeliveryRecord, { type: 'DUE' }, { ...around, tokenSource })).toEqual({
        record: expect.objectContaining(next),
        waitMs,
        effects: [],
      });
    },
  );

  it('of which Mark ID says that it is not valid is not sent again, though it is called ACTIVE', () => {
    const invalid: DeliveryRecord = { ...record, code: 'MARKID_TOKEN_NOT_VALID' };
    expect(reduce(invalid, { type: 'STATUS', status: 'ACTIVE' }, around)).toMatchObject({
      record: { state: 'QUEUED', token: null },
    });
  });

  it('that goes out counts as an attempt, from this moment on', () => {
    const next = reduce({ ...record, state: 'READY' }, { type: 'DUE' }, around);
    expect(next?.record).toMatchObject({ state: 'SENDING', attempts: 2, lastByteLivedMs: NOW });
  });
});

describe('a client id', () => {
  it('is a fresh one for each token that is asked for', () => {
    const queued: DeliveryRecord = { ...record, state: 'QUEUED', token: null };
    expect(reduce(queued, { type: 'DUE' }, around)?.record?.clientId).toBe('client-2');
  });

  it('is busy once and then a matter for people', () => {
    const minting: DeliveryRecord = { ...record, state: 'MINTING', token: null };
    const busy = { type: 'MINT_FAILED', code: 'MARKID_CLIENT_BUSY', retryAfterSeconds: 1 } as const;
    const once = reduce(minting, busy, around)?.record;
    expect(once).toMatchObject({ state: 'QUEUED', isClientIdRedrawn: true });
    expect(reduce({ ...minting, isClientIdRedrawn: true }, busy, around)?.record).toMatchObject({
      state: 'HELD',
      code: 'MARKID_CLIENT_BUSY',
    });
  });
});

it('counts failures while nobody is reached, and from nothing after a success or a decision', () => {
  const minting: DeliveryRecord = { ...record, state: 'MINTING', failures: 3 };
  expect(reduce(minting, failed('MINT_FAILED'), around)?.record?.failures).toBe(4);
  const sending: DeliveryRecord = { ...record, state: 'SENDING', failures: 3 };
  expect(reduce(sending, failed('SEND_FAILED'), around)?.record?.failures).toBe(4);
  const token = { authToken: 'x', scanRef: 'y', sinceLivedMs: 0 };
  expect(reduce(minting, { type: 'MINTED', token }, around)?.record?.failures).toBe(0);
  const held: DeliveryRecord = {
    ...record,
    state: 'HELD',
    failures: 3,
    asks: 3,
    code: 'ANSWER_LOST',
  };
  expect(reduce(held, { type: 'RESEND', token: null }, around)?.record).toMatchObject({
    failures: 0,
    asks: 0,
    code: null,
    isClientIdRedrawn: false,
  });
});

it('keeps how long Mark ID asks to wait with the cooling', () => {
  const busy = { code: 'MARKID_TOO_MANY_REQUESTS', retryAfterSeconds: 30 } as const;
  const effects = [{ do: 'cool', retryAfterSeconds: 30 }];
  const minting: DeliveryRecord = { ...record, state: 'MINTING', token: null };
  expect(reduce(minting, { type: 'MINT_FAILED', ...busy }, around)).toMatchObject({ effects });
  const sending: DeliveryRecord = { ...record, state: 'SENDING' };
  expect(reduce(sending, { type: 'SEND_FAILED', ...busy }, around)).toMatchObject({ effects });
  expect(reduce(record, { type: 'STATUS_FAILED', ...busy }, around)).toMatchObject({ effects });
});
