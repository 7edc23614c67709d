/** What each answer of Mark ID does to an item whose tokens the kiosk asks for. */
import { describe, expect, it } from 'vitest';
import {
  ACCOUNT_REFUSALS,
  error,
  NOTHING_LEFT,
  REFUSALS,
  UNKNOWN_OUTCOME,
} from './answer-cases.ts';
import { startedBench } from './delivery-bench.ts';
import { answer, broken, statusIs, type Reply } from './fake-markid.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A bench with one item whose first sending met the reply. */
const after = async (reply: Reply, statuses: readonly Reply[] = []) => {
  const bench = await startedBench();
  bench.markId.next.process = [reply];
  bench.markId.next.status = [...statuses];
  const itemId = await bench.accept();
  return { bench, itemId };
};

describe('sending', () => {
  it.each(NOTHING_LEFT)('REC-06 sends the same token again after %s', async (code) => {
    const { bench, itemId } = await after(broken(code));
    expect(bench.item(itemId)).toMatchObject({ state: 'READY', code, attempts: 1 });
    await bench.clock.advance(20_000);
    expect(bench.state(itemId)).toBeNull();
    expect(bench.markId.calls()).toBe('token, process token-000001, process token-000001');
  });

  it('asks for a new token where the unsent one is about to expire', async () => {
    const { bench, itemId } = await after(broken('NETWORK_UNREACHABLE'));
    bench.markId.next.process = Array.from({ length: 10 }, () => broken('NETWORK_UNREACHABLE'));
    await bench.clock.advance(3 * HOUR_MS);
    expect(bench.state(itemId)).toBeNull();
    const calls = bench.markId.calls();
    expect(calls).toMatch(/^token, (process token-000001, )+token, (process token-000002(, )?)+$/);
  });

  it.each(REFUSALS)(
    'REC-06 waits for a person after %s and keeps the pictures',
    async (code, reply) => {
      const { bench, itemId } = await after(reply);
      expect(bench.item(itemId)).toMatchObject({ state: 'NEEDS_PERSON', code, dueLivedMs: null });
      await bench.clock.advance(24 * HOUR_MS);
      expect(bench.markId.calls()).toBe('token, process token-000001');
      expect(bench.disk.names('/data/outbox/items')).toEqual([`${itemId}.sealed`]);
    },
  );

  it.each(REFUSALS)(
    'takes a fresh token when a person sends again after %s',
    async (_code, reply) => {
      const { bench, itemId } = await after(reply);
      expect(await bench.courier.resend(itemId, null)).toEqual({ ok: true, value: null });
      await bench.clock.advance(2000);
      expect(bench.state(itemId)).toBeNull();
      expect(bench.markId.calls()).toBe('token, process token-000001, token, process token-000002');
    },
  );

  it.each(ACCOUNT_REFUSALS)(
    'REC-06 pauses after %s (%#), and sends with a fresh token once a person resumed',
    async (code, reply) => {
      const { bench, itemId } = await after(reply);
      expect(bench.courier.gate.condition()).toEqual({ state: 'paused', code });
      expect(bench.item(itemId)).toMatchObject({ state: 'QUEUED', code });
      await bench.clock.advance(24 * HOUR_MS);
      expect(bench.markId.calls()).toBe('token, process token-000001');
      bench.courier.resume();
      await bench.settle();
      expect(bench.state(itemId)).toBeNull();
      expect(bench.markId.calls()).toBe('token, process token-000001, token, process token-000002');
    },
  );

  describe.each(UNKNOWN_OUTCOME)('after %s (%#)', (code, reply) => {
    it('REC-06 asks for the status a minute later, and sends nothing before', async () => {
      const { bench, itemId } = await after(reply);
      expect(bench.item(itemId)).toMatchObject({ state: 'AMBIGUOUS', code });
      await bench.clock.advance(MINUTE_MS - 1);
      expect(bench.markId.calls()).toBe('token, process token-000001');
      await bench.clock.advance(1);
      expect(bench.markId.calls()).toBe('token, process token-000001, status');
      expect(bench.markId.log.at(-1)).toMatchObject({ scanRef: 'scan-000001' });
      expect(bench.progress.at(-1)?.stage).toBe('confirming');
    });

    it.each(['REVIEWING', 'APPROVED', 'DENIED', 'SUSPECTED'])(
      'is delivered when the status is %s, and does not keep the verdict',
      async (status) => {
        const { bench, itemId } = await after(reply, [statusIs(status)]);
        await bench.clock.advance(MINUTE_MS);
        expect(bench.state(itemId)).toBeNull();
        expect(bench.courier.outbox.receipts.list(0, 9)).toMatchObject([
          { itemId, scanRef: 'scan-000001', reconciled: true },
        ]);
        expect(bench.markId.calls()).toBe('token, process token-000001, status');
      },
    );

    it('sends the same token again when the status is ACTIVE, unless it is not valid', async () => {
      const { bench, itemId } = await after(reply, [statusIs('ACTIVE')]);
      await bench.clock.advance(MINUTE_MS);
      expect(bench.state(itemId)).toBeNull();
      expect(bench.markId.calls()).toBe(
        code === 'MARKID_TOKEN_NOT_VALID'
          ? 'token, process token-000001, status, token, process token-000002'
          : 'token, process token-000001, status, process token-000001',
      );
    });

    it('takes a new token when the status is EXPIRED', async () => {
      const { bench, itemId } = await after(reply, [statusIs('EXPIRED')]);
      await bench.clock.advance(MINUTE_MS);
      expect(bench.state(itemId)).toBeNull();
      expect(bench.markId.calls()).toBe(
        'token, process token-000001, status, token, process token-000002',
      );
    });

    it.each(['DELETED', 'ARCHIVED', 'SOMETHING'])(
      'waits for a person when the status is %s, and never sends by itself',
      async (status) => {
        const { bench, itemId } = await after(reply, [statusIs(status)]);
        await bench.clock.advance(24 * HOUR_MS);
        expect(bench.item(itemId)).toMatchObject({
          state: 'NEEDS_PERSON',
          code: 'DELIVERY_UNCONFIRMED',
        });
        expect(bench.markId.calls()).toBe('token, process token-000001, status');
      },
    );

    it.each([answer(500), answer(404, {}), broken('NETWORK_UNREACHABLE'), broken('ANSWER_LOST')])(
      'asks three times, after 1, 10 and 60 minutes, and then never again (%#)',
      async (failure) => {
        const { bench, itemId } = await after(reply, [failure, failure, failure]);
        await bench.clock.advance(24 * HOUR_MS);
        const asked = bench.markId.log.flatMap((entry) =>
          entry.call === 'status' ? [entry.askedAtMs] : [],
        );
        expect(asked).toEqual([MINUTE_MS, 11 * MINUTE_MS, 71 * MINUTE_MS]);
        expect(bench.item(itemId)).toMatchObject({ state: 'HELD', code: 'DELIVERY_UNCONFIRMED' });
        expect(bench.markId.calls()).toBe('token, process token-000001, status, status, status');
      },
    );
  });

  it('counts the minute from the end of the latest sending', async () => {
    const bench = await startedBench();
    bench.markId.next.process = [broken('ANSWER_LOST')];
    bench.markId.next.status = [statusIs('ACTIVE')];
    let isFirst = true;
    bench.markId.during = async (path) => {
      if (path !== '/api/v2/process' || !isFirst) return;
      isFirst = false;
      await bench.clock.sleep(5 * MINUTE_MS);
    };
    await bench.accept();
    await bench.clock.advance(6 * MINUTE_MS - 1);
    expect(bench.markId.calls()).toBe('token, process token-000001');
    await bench.clock.advance(1);
    expect(bench.markId.calls()).toBe('token, process token-000001, status, process token-000001');
  });

  it('reconciles each sending anew, also when sending again is lost too', async () => {
    const { bench, itemId } = await after(broken('ANSWER_LOST'), [
      statusIs('ACTIVE'),
      statusIs('REVIEWING'),
    ]);
    bench.markId.next.process = [broken('ANSWER_LOST')];
    await bench.clock.advance(2 * MINUTE_MS);
    expect(bench.state(itemId)).toBeNull();
    expect(bench.markId.calls()).toBe(
      'token, process token-000001, status, process token-000001, status',
    );
  });

  it('takes a new token where one turns out invalid when it is sent again', async () => {
    const { bench, itemId } = await after(broken('ANSWER_LOST'), [
      statusIs('ACTIVE'),
      statusIs('ACTIVE'),
    ]);
    bench.markId.next.process = [error('TOKEN_NOT_VALID')];
    await bench.clock.advance(2 * MINUTE_MS);
    expect(bench.state(itemId)).toBeNull();
    expect(bench.markId.calls()).toBe(
      'token, process token-000001, status, process token-000001, status, token, process token-000002',
    );
  });

  it('does not let a jump of the wall clock pass for a minute', async () => {
    const { bench } = await after(broken('ANSWER_LOST'), [statusIs('ACTIVE')]);
    bench.clock.jumpWall(100 * HOUR_MS);
    await bench.clock.advance(MINUTE_MS - 1);
    expect(bench.markId.calls()).toBe('token, process token-000001');
  });
});

it('sends no token that Mark ID gives out a second time', async () => {
  const bench = await startedBench();
  const same = answer(200, { authToken: 'token-again-1', scanRef: 'scan-again-1' });
  bench.markId.next.token = [same, same];
  bench.markId.next.process = [error('BAD_VALUE')];
  const itemId = await bench.accept();
  await bench.courier.resend(itemId, null);
  await bench.clock.advance(2000);
  expect(bench.item(itemId)).toMatchObject({ state: 'QUEUED', code: 'MARKID_ANSWER_UNREADABLE' });
  expect(bench.markId.calls()).toBe('token, process token-again-1, token');
  await bench.clock.advance(20_000);
  expect(bench.state(itemId)).toBeNull();
});

describe('minting', () => {
  /** A bench with one item whose token was answered so. */
  const afterMint = async (...replies: Reply[]) => {
    const bench = await startedBench();
    bench.markId.next.token = replies;
    const itemId = await bench.accept();
    return { bench, itemId };
  };

  it.each([
    ['NETWORK_UNREACHABLE', broken('NETWORK_UNREACHABLE')],
    ['PROXY_REFUSED', broken('PROXY_REFUSED')],
    ['TLS_NOT_TRUSTED', broken('TLS_NOT_TRUSTED')],
    // No picture has left with a token that was made and lost.
    ['NETWORK_UNREACHABLE', broken('ANSWER_LOST')],
    ['MARKID_INTERNAL_ERROR', answer(502, '<html>')],
    ['MARKID_ANSWER_UNREADABLE', answer(200)],
    ['MARKID_REDIRECTED', answer(302)],
  ])('sends nothing after %s (%#), and mints again by itself', async (code, reply) => {
    const { bench, itemId } = await afterMint(reply);
    expect(bench.item(itemId)).toMatchObject({ state: 'QUEUED', code });
    await bench.clock.advance(20_000);
    expect(bench.state(itemId)).toBeNull();
    expect(bench.markId.calls()).toBe('token, token, process token-000001');
  });

  it('waits longer each time, 5 s to 15 min and some chance, and never gives up', async () => {
    const bench = await startedBench();
    const triedAtMs: number[] = [];
    bench.markId.during = (path) => {
      triedAtMs.push(bench.clock.monotonicMs());
      if (path === '/api/v2/token') bench.markId.next.token = [broken('NETWORK_UNREACHABLE')];
    };
    const itemId = await bench.accept();
    await bench.clock.advance(12 * HOUR_MS);
    const waitsMs = triedAtMs.slice(1).map((atMs, at) => atMs - (triedAtMs[at] ?? 0));
    expect(waitsMs.length).toBeGreaterThan(50);
    waitsMs.forEach((waitMs, at) => {
      const leastMs = Math.min(15 * MINUTE_MS, 5000 * 2 ** at);
      expect(waitMs).toBeGreaterThanOrEqual(leastMs);
      expect(waitMs).toBeLessThanOrEqual(Math.min(15 * MINUTE_MS, leastMs * 1.5) + 1);
    });
    expect(bench.state(itemId)).toBe('QUEUED');
  });

  it('tries another client once when Mark ID knows the client as busy, under the same reference', async () => {
    const { bench, itemId } = await afterMint(answer(409));
    expect(bench.state(itemId)).toBeNull();
    const [first, second] = bench.markId.log;
    if (first?.call !== 'token' || second?.call !== 'token') throw new Error('no two tokens');
    expect(second.clientId).not.toBe(first.clientId);
    expect(second.externalRef).toBe(first.externalRef);
  });

  it('leaves it to a person after a second busy client', async () => {
    const { bench, itemId } = await afterMint(answer(409), answer(409));
    await bench.clock.advance(24 * HOUR_MS);
    expect(bench.item(itemId)).toMatchObject({ state: 'HELD', code: 'MARKID_CLIENT_BUSY' });
    expect(bench.markId.calls()).toBe('token, token');
  });

  it('leaves a request that is refused to a person', async () => {
    const { bench, itemId } = await afterMint(error('VALIDATION_ERROR'));
    expect(bench.item(itemId)).toMatchObject({ state: 'NEEDS_PERSON' });
  });

  it.each(ACCOUNT_REFUSALS)('pauses after %s (%#) with the item untouched', async (code, reply) => {
    const { bench, itemId } = await afterMint(reply);
    expect(bench.courier.gate.condition()).toEqual({ state: 'paused', code });
    expect(bench.item(itemId)).toMatchObject({ state: 'QUEUED', attempts: 0 });
  });
});
