/** Items whose tokens the bank hands over. */
import { describe, expect, it } from 'vitest';
import type { ItemToken } from '../../../../main/outbox/item.ts';
import {
  ACCOUNT_REFUSALS,
  error,
  NOTHING_LEFT,
  REFUSALS,
  UNKNOWN_OUTCOME,
} from './answer-cases.ts';
import { newItem, startedBench } from './delivery-bench.ts';
import { answer, broken, statusIs, type Reply } from './fake-markid.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const HANDED: ItemToken = {
  authToken: 'handed-000001',
  scanRef: 'scan-handed-1',
  sinceLivedMs: 0,
};
/** One whose fate can't be asked for. */
const UNNAMED: ItemToken = { ...HANDED, authToken: 'handed-000003', scanRef: null };
const ANOTHER: ItemToken = {
  authToken: 'handed-000002',
  scanRef: 'scan-handed-2',
  sinceLivedMs: 0,
};

/** A bench with one item whose handed token met these answers. */
const sent = async (token: ItemToken, replies: Reply[], statuses: Reply[] = []) => {
  const bench = await startedBench({ tokenSource: 'handoff' });
  bench.markId.next.process = replies;
  bench.markId.next.status = statuses;
  const itemId = await bench.accept(newItem({ state: 'READY', token }));
  return { bench, itemId };
};

describe('a handed-over token', () => {
  it('is sent at once, and its reference is on the receipt', async () => {
    const { bench, itemId } = await sent(HANDED, []);
    expect(bench.markId.calls()).toBe('process handed-000001');
    expect(bench.courier.outbox.receipts.list(0, 9)).toMatchObject([
      { itemId, scanRef: 'scan-handed-1', reconciled: false },
    ]);
  });

  it('leaves a receipt without a reference where the bank gave none', async () => {
    const { bench } = await sent(UNNAMED, []);
    expect(bench.courier.outbox.receipts.list(0, 9)).toMatchObject([{ scanRef: null }]);
  });

  it('is waited for where there is none, without asking anybody', async () => {
    const bench = await startedBench({ tokenSource: 'handoff' });
    const itemId = await bench.accept(newItem({ state: 'QUEUED' }));
    await bench.clock.advance(DAY_MS);
    expect(bench.item(itemId)).toMatchObject({ state: 'NEEDS_TOKEN', code: 'TOKEN_SPENT' });
    expect(bench.markId.log).toEqual([]);
  });

  it.each(NOTHING_LEFT)('is sent again after %s', async (code) => {
    const { bench, itemId } = await sent(HANDED, [broken(code)]);
    await bench.clock.advance(20_000);
    expect(bench.state(itemId)).toBeNull();
    expect(bench.markId.calls()).toBe('process handed-000001, process handed-000001');
  });

  it('is not sent at the end of its life: another one is needed', async () => {
    const { bench, itemId } = await sent(
      HANDED,
      Array.from({ length: 30 }, () => broken('NETWORK_UNREACHABLE')),
    );
    await bench.clock.advance(2 * 60 * MINUTE_MS);
    expect(bench.item(itemId)).toMatchObject({ state: 'NEEDS_TOKEN', code: 'TOKEN_SPENT' });
    expect(bench.record(itemId)?.token).toBeNull();
  });

  it.each(REFUSALS)('is gone after %s, and a person gives another one', async (code, reply) => {
    const { bench, itemId } = await sent(HANDED, [reply]);
    expect(bench.item(itemId)).toMatchObject({ state: 'NEEDS_PERSON', code });
    expect(await bench.courier.resend(itemId, null)).toEqual({
      ok: false,
      error: { code: 'ITEM_NOT_READY' },
    });
    expect(await bench.courier.resend(itemId, ANOTHER)).toEqual({ ok: true, value: null });
    await bench.clock.advance(2000);
    expect(bench.state(itemId)).toBeNull();
    expect(bench.markId.calls()).toBe('process handed-000001, process handed-000002');
  });

  it('is not sent again where a person hands the very same one over', async () => {
    const { bench, itemId } = await sent(UNNAMED, [broken('ANSWER_LOST')]);
    expect(bench.state(itemId)).toBe('HELD');
    expect(await bench.courier.resend(itemId, UNNAMED)).toEqual({
      ok: false,
      error: { code: 'ITEM_NOT_READY' },
    });
    await bench.clock.advance(DAY_MS);
    expect(bench.markId.calls()).toBe('process handed-000003');
  });

  it.each(ACCOUNT_REFUSALS)('is gone after %s (%#), and all is paused', async (code, reply) => {
    const { bench, itemId } = await sent(HANDED, [reply]);
    expect(bench.item(itemId)).toMatchObject({ state: 'NEEDS_TOKEN', code });
    expect(bench.courier.gate.condition()).toEqual({ state: 'paused', code });
    await bench.courier.resend(itemId, ANOTHER);
    await bench.clock.advance(DAY_MS / 48);
    expect(bench.markId.calls()).toBe('process handed-000001');
    bench.courier.resume();
    await bench.settle();
    expect(bench.markId.calls()).toBe('process handed-000001, process handed-000002');
  });

  it('is gone after too many requests, and another one is needed', async () => {
    const { bench, itemId } = await sent(HANDED, [answer(429)]);
    expect(bench.item(itemId)).toMatchObject({
      state: 'NEEDS_TOKEN',
      code: 'MARKID_TOO_MANY_REQUESTS',
    });
  });

  describe.each(UNKNOWN_OUTCOME)('after %s (%#)', (code, reply) => {
    const isInvalid = code === 'MARKID_TOKEN_NOT_VALID';

    it('is delivered when the status says so, unless it was used before the item came', async () => {
      const { bench, itemId } = await sent(HANDED, [reply]);
      await bench.clock.advance(MINUTE_MS);
      expect(bench.state(itemId)).toBe(isInvalid ? 'HELD' : null);
      expect(bench.markId.log[1]).toMatchObject({ call: 'status', scanRef: 'scan-handed-1' });
    });

    it('needs another token when the status is EXPIRED', async () => {
      const { bench, itemId } = await sent(HANDED, [reply], [statusIs('EXPIRED')]);
      await bench.clock.advance(DAY_MS);
      expect(bench.item(itemId)).toMatchObject({ state: 'NEEDS_TOKEN', code: 'TOKEN_SPENT' });
      expect(bench.markId.calls()).toBe('process handed-000001, status');
    });

    it('is sent again when the status is ACTIVE, unless it is not valid', async () => {
      const { bench, itemId } = await sent(HANDED, [reply], [statusIs('ACTIVE')]);
      await bench.clock.advance(2 * MINUTE_MS);
      expect(bench.state(itemId)).toBe(isInvalid ? 'NEEDS_TOKEN' : null);
      expect(bench.markId.calls()).toBe(
        isInvalid
          ? 'process handed-000001, status'
          : 'process handed-000001, status, process handed-000001',
      );
    });

    it('is never sent again where its fate can not be asked for', async () => {
      const { bench, itemId } = await sent(UNNAMED, [reply]);
      await bench.clock.advance(DAY_MS);
      expect(bench.item(itemId)).toMatchObject(
        isInvalid
          ? { state: 'NEEDS_TOKEN', code }
          : { state: 'HELD', code: 'DELIVERY_UNCONFIRMED' },
      );
      expect(bench.markId.calls()).toBe('process handed-000003');
    });

    it('takes no other token while its delivery is being checked', async () => {
      const { bench, itemId } = await sent(HANDED, [reply], [broken('NETWORK_UNREACHABLE')]);
      expect(await bench.courier.resend(itemId, ANOTHER)).toEqual({
        ok: false,
        error: { code: 'ITEM_NOT_READY' },
      });
      await bench.clock.advance(11 * MINUTE_MS);
      expect(bench.state(itemId)).toBe(isInvalid ? 'HELD' : null);
      expect(bench.markId.calls()).toBe('process handed-000001, status, status');
    });

    it('is replaced by another one of the staff when nobody can tell, and never sent again', async () => {
      const { bench, itemId } = await sent(HANDED, [reply], [statusIs('DELETED')]);
      await bench.clock.advance(MINUTE_MS);
      expect(bench.state(itemId)).toBe('NEEDS_PERSON');
      await bench.courier.resend(itemId, ANOTHER);
      await bench.clock.advance(DAY_MS);
      expect(bench.state(itemId)).toBeNull();
      expect(bench.markId.calls()).toBe('process handed-000001, status, process handed-000002');
    });
  });

  it('REC-01 that was handed to two customers costs the second no pictures', async () => {
    const { bench } = await sent(HANDED, []);
    bench.markId.next.process = [error('TOKEN_NOT_VALID')];
    bench.markId.next.status = [statusIs('APPROVED')];
    const itemId = await bench.accept(newItem({ state: 'READY', token: HANDED }));
    await bench.clock.advance(2 * MINUTE_MS);
    expect(bench.item(itemId)).toMatchObject({ state: 'HELD', code: 'DELIVERY_UNCONFIRMED' });
    await bench.courier.resend(itemId, ANOTHER);
    await bench.clock.advance(2 * MINUTE_MS);
    expect(bench.state(itemId)).toBeNull();
    expect(bench.markId.calls()).toBe(
      'process handed-000001, process handed-000001, status, process handed-000002',
    );
  });

  it('REC-01 of a request under way in a power cut is held where its fate can not be asked for', async () => {
    const bench = await startedBench({ tokenSource: 'handoff' });
    bench.markId.during = () => {
      bench.kill();
    };
    const itemId = await bench.accept(newItem({ state: 'READY', token: UNNAMED }));
    await bench.start();
    await bench.clock.advance(DAY_MS);
    expect(bench.item(itemId)).toMatchObject({ state: 'HELD', code: 'DELIVERY_UNCONFIRMED' });
    expect(bench.markId.calls()).toBe('process handed-000003');
  });
});
