/** Whatever happens in whatever order, a token is sent twice only where nobody can have it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ASK_WAITS_MS, BACKOFF_MAX_MS, reduce } from '../../../../main/delivery/reduce.ts';
import type { DeliveryEvent, Transition } from '../../../../main/delivery/transition.ts';
import type { VerificationStatus } from '../../../../main/markid/client.ts';
import type { DeliveryRecord } from '../../../../main/outbox/item.ts';
import {
  MARKID_ERROR_CODES,
  TRANSPORT_ERROR_CODES,
} from '../../../../preload/contract/error-codes.ts';
import { ITEM_STATES } from '../../../../preload/contract/outbox-words.ts';

/** Failures of a request of which no byte has left. */
const UNSENT: ReadonlySet<string> = new Set([
  'NETWORK_UNREACHABLE',
  'PROXY_REFUSED',
  'TLS_NOT_TRUSTED',
  'ORIGIN_NOT_ALLOWED',
  'SEND_CANCELLED',
]);

const codes = fc.constantFrom(...TRANSPORT_ERROR_CODES, ...MARKID_ERROR_CODES);
const failed = (type: 'MINT_FAILED' | 'SEND_FAILED' | 'STATUS_FAILED') =>
  codes.map((code) => ({ type, code, retryAfterSeconds: null }) as DeliveryEvent);
const status = fc
  .constantFrom<VerificationStatus[]>(
    'ACTIVE',
    'ACTIVE',
    'ACTIVE',
    'EXPIRED',
    'REVIEWING',
    'DELETED',
    'UNKNOWN',
  )
  .map((word): DeliveryEvent => ({ type: 'STATUS', status: word }));
const plain = fc
  .constantFrom('DUE', 'DUE', 'DUE', 'RESTARTED', 'SENT', 'EXPIRED', 'DISCARD')
  .map((type): DeliveryEvent => ({ type }));

/** A step of the world; tokens are numbered when they are made. */
const step = fc.record({
  waitMs: fc.constantFrom(0, 1, 999, 30_000, 59_999, 60_000, 600_000, 3_600_000),
  jitter: fc.constantFrom(0, 0.25, 0.996),
  event: fc.oneof(
    { weight: 6, arbitrary: plain },
    { weight: 3, arbitrary: fc.constant<'mint'>('mint') },
    { weight: 2, arbitrary: fc.constantFrom<'resend' | 'resend-bare'>('resend', 'resend-bare') },
    { weight: 2, arbitrary: failed('MINT_FAILED') },
    { weight: 4, arbitrary: failed('SEND_FAILED') },
    { weight: 4, arbitrary: status },
    { weight: 2, arbitrary: failed('STATUS_FAILED') },
    { weight: 1, arbitrary: fc.constant<DeliveryEvent>({ type: 'DAMAGED', code: 'ITEM_NEWER' }) },
  ),
});

const fresh = (hasToken: boolean): DeliveryRecord => ({
  state: hasToken ? 'READY' : 'QUEUED',
  code: null,
  token: hasToken ? { authToken: 'token-0', scanRef: 'scan-0', sinceLivedMs: 0 } : null,
  clientId: 'client-0',
  isClientIdRedrawn: false,
  attempts: 0,
  failures: 0,
  asks: 0,
  lastByteLivedMs: null,
});

/** Follows an item through a history and remembers which tokens somebody may have. */
class Witness {
  record: DeliveryRecord = fresh(false);
  /** Tokens a byte of which may have left, and when they were last known to be under way. */
  readonly used = new Map<string, number>();
  sends = 0;
  asksInRow = 0;
  /** What must not have happened. */
  readonly faults: string[] = [];

  see(before: DeliveryRecord, event: DeliveryEvent, nowMs: number, next: Transition | null): void {
    const { token, state } = before;
    if (next === null) return;
    if (state === 'SENDING' && token !== null) {
      if (event.type === 'SEND_FAILED' && UNSENT.has(event.code)) this.used.delete(token.authToken);
      else if (event.type === 'DAMAGED') this.used.delete(token.authToken);
      else this.used.set(token.authToken, nowMs);
    }
    if (event.type === 'STATUS' && event.status === 'ACTIVE' && token !== null)
      if (nowMs - (this.used.get(token.authToken) ?? 0) >= 60_000)
        this.used.delete(token.authToken);
    const effects = new Set(next.effects.map((effect) => effect.do));
    if (effects.has('send')) this.#sent(next.record);
    if (effects.has('ask-status')) {
      this.asksInRow += 1;
      if (this.asksInRow > ASK_WAITS_MS.length) this.faults.push('asked too often');
    }
  }

  #sent(record: DeliveryRecord | null): void {
    const authToken = record?.token?.authToken ?? '';
    if (authToken === '') this.faults.push('sent without a token');
    if (this.used.has(authToken)) this.faults.push(`${authToken} may be with Mark ID already`);
    // What is kept before the first byte already says that a request may be under way.
    this.sends += 1;
    if (record?.state !== 'SENDING' || record.attempts !== this.sends)
      this.faults.push('sent before the attempt was kept');
    this.used.set(authToken, Number.POSITIVE_INFINITY);
    this.asksInRow = 0;
  }
}

describe.each(['mint', 'handoff'] as const)('any history with tokens by %s', (tokenSource) => {
  it('sends no token twice, counts attempts before they begin, asks at most three times, and waits within bounds', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.array(step, { minLength: 5, maxLength: 60 }), (has, steps) => {
        const witness = new Witness();
        witness.record = fresh(has);
        let nowMs = 0;
        let tokens = 0;
        const token = () => {
          tokens += 1;
          const name = `token-${tokens}`;
          return { authToken: name, scanRef: name, sinceLivedMs: nowMs };
        };
        for (const { waitMs, jitter, event: drawn } of steps) {
          nowMs += waitMs;
          const event: DeliveryEvent =
            drawn === 'mint'
              ? { type: 'MINTED', token: token() }
              : drawn === 'resend'
                ? { type: 'RESEND', token: token() }
                : drawn === 'resend-bare'
                  ? { type: 'RESEND', token: null }
                  : drawn;
          const next = reduce(witness.record, event, {
            nowLivedMs: nowMs,
            steadySinceLivedMs: 0,
            tokenSource,
            tokenLifeMs: 3_600_000,
            jitter,
            freshClientId: `client-${nowMs}`,
          });
          witness.see(witness.record, event, nowMs, next);
          expect(witness.faults).toEqual([]);
          if (next === null) continue;
          if (next.waitMs !== null) {
            expect(next.waitMs).toBeGreaterThanOrEqual(0);
            expect(next.waitMs).toBeLessThanOrEqual(Math.max(BACKOFF_MAX_MS, ASK_WAITS_MS[2]));
          }
          if (next.record === null) return;
          expect(ITEM_STATES).toContain(next.record.state);
          if (next.record.state === 'SENDING' || next.record.state === 'READY')
            expect(next.record.token).not.toBeNull();
          // Only what waits for an answer or a person has no turn of its own.
          const hasTurn = ['QUEUED', 'READY', 'AMBIGUOUS'].includes(next.record.state);
          expect(next.waitMs !== null).toBe(hasTurn);
          witness.record = next.record;
        }
      }),
      { numRuns: 1500, seed: 11 },
    );
  });
});
