import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { createSubmission } from '../../../../main/delivery/submit-session.ts';
import { TRANSPORT_ERROR_CODES } from '../../../../preload/contract/error-codes.ts';
import { FakeClock, seededRandom } from '../../../support/fake-clock.ts';
import {
  answer,
  broken,
  fakeMarkId,
  scanRefOf,
  statusIs,
  type LogEntry,
  type Reply,
} from './fake-markid.ts';

const fault = fc.oneof(
  fc.constantFrom(...TRANSPORT_ERROR_CODES).map(broken),
  fc.constantFrom(401, 402, 403, 409, 413, 429, 500, 302, 400).map((status) => answer(status)),
  fc
    .constantFrom('MISSING_VALUE', 'TOKEN_NOT_VALID', 'INTERNAL_ERROR', 'UNAUTHORIZED')
    .map((identifier) => answer(400, { identifier })),
  fc.constant(answer(200, '{}')),
);
const status = fc.oneof(
  fc
    .constantFrom('ACTIVE', 'ACTIVE', 'ACTIVE', 'EXPIRED', 'REVIEWING', 'DELETED', 'ODD')
    .map(statusIs),
  fault,
);
/** Now and then Mark ID mints a token it minted before. */
const oldToken = answer(200, { authToken: 'token-000001', scanRef: 'scan-000001' });

/** One press: what the world answers in it, which token is in the session, and the time before it. */
const pressOf = fc.record({
  waitMs: fc.constantFrom(0, 1000, 30_000, 59_999, 60_000, 61_000, 3_000_001, 4_000_000),
  token: fc.array(fc.oneof(fault, fc.constant(oldToken)), { maxLength: 1 }),
  process: fc.array(fault, { maxLength: 2 }),
  status: fc.array(status, { maxLength: 2 }),
  handed: fc.constantFrom('token-000001', 'token-000002', 'token-000003', null),
  hasScanRef: fc.boolean(),
});

/** Every POST of a token after its first must rest on an earlier failure or a late ACTIVE. */
const assertLicensed = (log: readonly LogEntry[]): void => {
  const unresolved = new Map<string, number>();
  for (const entry of log) {
    if (entry.call === 'status' && entry.status === 'ACTIVE')
      for (const [authToken, endedAtMs] of unresolved)
        if (scanRefOf(authToken) === entry.scanRef && entry.askedAtMs - endedAtMs >= 60_000)
          unresolved.delete(authToken);
    if (entry.call !== 'process') continue;
    expect(unresolved.has(entry.authToken), `second POST of ${entry.authToken}`).toBe(false);
    if (entry.isBodyGone) unresolved.set(entry.authToken, entry.endedAtMs);
  }
};

const wasTaken = (reply: Reply): boolean =>
  reply.ok && reply.value.status === 200 && reply.value.body.byteLength === 0;

describe('single use of a token', () => {
  it.each(['mint', 'handoff'] as const)(
    'holds for any faults, presses and waits with tokens by %s',
    async (tokenSource) => {
      await fc.assert(
        fc.asyncProperty(fc.array(pressOf, { minLength: 2, maxLength: 8 }), async (presses) => {
          const clock = new FakeClock();
          const markId = fakeMarkId(clock);
          const submission = createSubmission({
            client: markId.client,
            clock,
            random: seededRandom(),
            tokenSource,
            tokenExpirySeconds: 3600,
          });
          for (const { waitMs, handed, hasScanRef, ...replies } of presses) {
            await clock.advance(waitMs);
            // The world fails unless told otherwise: only an empty list of faults lets it through.
            markId.next.token = [...replies.token];
            markId.next.process = [...replies.process];
            markId.next.status = [...replies.status];
            const before = markId.log.length;
            const outcome = await submission.submit(
              {
                country: 'LT',
                documentType: 'PASSPORT',
                token:
                  handed === null
                    ? null
                    : { authToken: handed, ...(hasScanRef ? { scanRef: scanRefOf(handed) } : {}) },
                images: { FRONT: Uint8Array.of(1) },
              },
              { signal: new AbortController().signal, onProgress: () => undefined },
            );
            const during = markId.log.slice(before);
            expect(during.filter(({ call }) => call === 'status').length).toBeLessThanOrEqual(1);
            expect(during.filter(({ call }) => call === 'process').length).toBeLessThanOrEqual(1);
            if (outcome.ok && during.length > 0 && !outcome.value.reconciled)
              expect(
                replies.process.length === 0 || wasTaken(replies.process[0] ?? answer(0)),
              ).toBe(true);
          }
          assertLicensed(markId.log);
        }),
        { numRuns: 400, seed: 25 },
      );
    },
  );
});
