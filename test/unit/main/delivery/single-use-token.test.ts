import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ItemToken } from '../../../../main/outbox/item.ts';
import type { NewItem } from '../../../../main/outbox/outbox.ts';
import { TRANSPORT_ERROR_CODES } from '../../../../preload/contract/error-codes.ts';
import { failingAt } from '../../../support/memory-sqlite.ts';
import { DeliveryBench, newItem } from './delivery-bench.ts';
import { answer, broken, scanRefOf, statusIs, type LogEntry } from './fake-markid.ts';

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

/** A stretch of time: what the world answers in it, what goes wrong with the kiosk, and what people do. */
const stretch = fc.record({
  waitMs: fc.constantFrom(0, 1000, 30_000, 59_999, 60_000, 61_000, 700_000, 4_000_000),
  token: fc.array(fault, { maxLength: 1 }),
  process: fc.array(fault, { maxLength: 2 }),
  status: fc.array(status, { maxLength: 2 }),
  /** At which request the power is cut; 0: at the end, between two; more than there will be: not at all. */
  cutAt: fc.constantFrom(0, 1, 2, 3, 99, 99, 99),
  /** Which of the next commits the disk refuses; one that never comes: none. */
  refusedCommit: fc.constantFrom(1, 2, 3, 4, 99, 99, 99, 99),
  jumpMs: fc.constantFrom(0, 0, 0, -60 * 365 * 86_400_000, 70 * 365 * 86_400_000),
  person: fc.constantFrom('nobody', 'nobody', 'resumes', 'resends'),
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

describe('REC-01 single use of a token', () => {
  it.each(['mint', 'handoff'] as const)(
    'holds for any faults, power cuts, full disks, clocks and people with tokens by %s',
    async (tokenSource) => {
      await fc.assert(
        fc.asyncProperty(
          fc.boolean(),
          fc.array(stretch, { minLength: 2, maxLength: 8 }),
          async (hasScanRef, stretches) => {
            const bench = new DeliveryBench({ tokenSource });
            let handed = 0;
            const handedToken = (): ItemToken => {
              handed += 1;
              const authToken = `handed-token-${handed}`;
              const scanRef = hasScanRef ? scanRefOf(authToken) : null;
              return { authToken, scanRef, sinceLivedMs: bench.courier.outbox.time.livedMs() };
            };
            await bench.start();
            const item = (): NewItem =>
              tokenSource === 'mint'
                ? newItem()
                : newItem({ state: 'READY', token: handedToken() });
            let itemId: string | null = null;
            for (const world of stretches) {
              // The world fails as told; where it was told nothing, it works.
              bench.markId.next.token = [...world.token];
              bench.markId.next.process = [...world.process];
              bench.markId.next.status = [...world.status];
              bench.sqlite.fault = failingAt('COMMIT', world.refusedCommit);
              let requests = 0;
              bench.markId.during = () => {
                requests += 1;
                if (requests === world.cutAt) bench.kill();
              };
              if (itemId === null) {
                const saved = await bench.courier.accept(item());
                itemId = saved.ok ? saved.value.itemId : null;
              }
              if (world.person === 'resumes') bench.courier.resume();
              if (world.person === 'resends' && itemId !== null)
                await bench.courier.resend(itemId, tokenSource === 'mint' ? null : handedToken());
              await bench.clock.advance(world.waitMs);
              bench.sqlite.fault = () => undefined;
              if (requests < world.cutAt) continue;
              bench.kill();
              bench.clock.jumpWall(world.jumpMs);
              await bench.start();
            }
            assertLicensed(bench.markId.log);
            if (itemId === null) return;
            // It is there, or Mark ID said that it has it.
            const isThere = bench.courier.outbox.open(itemId).ok;
            const receipts = bench.courier.outbox.receipts.list(-1e15, 99);
            expect([isThere, receipts.length]).toEqual(isThere ? [true, 0] : [false, 1]);
          },
        ),
        { numRuns: 80, seed: 25 },
      );
    },
  );
});
