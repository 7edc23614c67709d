/** The outbox as staff sees it and what staff can do about it, through the channels. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { outboxSummary, outboxView } from '../../../../preload/contract/outbox-channels.ts';
import { LIMITS } from '../../../../preload/contract/limits.ts';
import { fail } from '../../../../preload/contract/result.ts';
import { makeKiosk } from '../../../support/kiosk.ts';
import { error } from './answer-cases.ts';
import { DeliveryBench, newItem } from './delivery-bench.ts';
import { Desk, FOLDER, valueOf } from './desk.ts';
import { answer, broken, statusIs } from './fake-markid.ts';
import { describeOutbox, summarise } from '../../../../main/delivery/outbox-view.ts';

const INDEX = `${FOLDER}/index.sqlite`;
const DAY_MS = 24 * 3_600_000;
const UNKNOWN = '00000000-0000-4000-8000-000000000000';

const running: Desk[] = [];
afterEach(async () => {
  for (const desk of running.splice(0)) await desk.made.kiosk.stop();
});
const started = async (policy: object = {}): Promise<Desk> => {
  const desk = new Desk(policy);
  await desk.start();
  running.push(desk);
  return desk;
};

/** A desk with one item that Mark ID refused, and its id. */
const refused = async (policy: object = {}): Promise<{ desk: Desk; itemId: string }> => {
  const desk = await started(policy);
  desk.markId.next.process = [error('BAD_VALUE')];
  await desk.capture();
  await desk.submit();
  valueOf(await desk.made.handlers['session:end-session'](undefined));
  const [item] = (await desk.view()).items;
  return { desk, itemId: item?.itemId ?? '' };
};

describe('the panel', () => {
  /** One item in each state, saved in this order. */
  const withEverything = async (): Promise<DeliveryBench> => {
    const bench = new DeliveryBench();
    for (const state of ['QUEUED', 'READY', 'AMBIGUOUS'] as const)
      await bench.plant({ state, token: bench.token(), lastByteLivedMs: 0, attempts: 2 });
    for (const state of ['NEEDS_TOKEN', 'NEEDS_PERSON', 'HELD', 'DAMAGED'] as const)
      await bench.plant({ state, code: 'MARKID_REFUSED' });
    bench.sqlite.inside(INDEX).exec('UPDATE item SET due_lived_ms = 600000');
    await bench.start();
    return bench;
  };

  it('lists what needs a person first, then the oldest, each with what can be done and why it stands there', async () => {
    const bench = await withEverything();
    const view = describeOutbox(bench.courier, bench.clock, 'production');
    expect(outboxView.parse(view)).toEqual(view);
    const all = ['resend', 'retake', 'discard'];
    expect(view.items.map(({ state, actions }) => [state, actions])).toEqual([
      ['NEEDS_TOKEN', all],
      ['NEEDS_PERSON', all],
      ['HELD', all],
      ['DAMAGED', ['discard']],
      ['QUEUED', []],
      ['READY', []],
      ['AMBIGUOUS', []],
    ]);
    expect(view.items[0]?.code).toBe('MARKID_REFUSED');
    expect(view.items[6]).toMatchObject({
      code: null,
      attempts: 2,
      savedAtMs: bench.clock.wallMs(),
      nextAtMs: bench.clock.wallMs() + 600_000,
    });
    expect(view.itemCount).toBe(7);
  });

  it('counts each item once: waiting, sending, checking, or for a person', async () => {
    const bench = await withEverything();
    const summary = summarise(bench.courier, bench.clock);
    expect(outboxSummary.parse(summary)).toEqual(summary);
    expect(summary).toEqual({
      condition: { state: 'running' },
      waiting: 2,
      sending: 0,
      checking: 1,
      needsPerson: 4,
      deliveredToday: 0,
    });
  });

  it('counts and lists what was delivered since midnight, newest first', async () => {
    const bench = new DeliveryBench();
    await bench.start();
    await bench.accept();
    await bench.clock.advance(DAY_MS);
    await bench.accept();
    const last = await bench.accept();
    const view = describeOutbox(bench.courier, bench.clock, 'training');
    expect(view.environment).toBe('training');
    expect(view.summary.deliveredToday).toBe(2);
    expect(view.delivered.map(({ scanRef }) => scanRef)).toEqual(['scan-000003', 'scan-000002']);
    const digits = last.slice(0, 8).toUpperCase();
    expect(view.delivered[0]?.reference.replace('-', '')).toBe(digits);
  });

  it('names the number of what may be at Mark ID where a person must look it up, and of nothing else', async () => {
    const bench = new DeliveryBench();
    await bench.start();
    bench.markId.next.process = [broken('ANSWER_LOST')];
    bench.markId.next.status = [statusIs('DELETED')];
    await bench.accept();
    const lines = () => describeOutbox(bench.courier, bench.clock, 'production').items;
    expect(lines()).toMatchObject([{ state: 'AMBIGUOUS', scanRef: null }]);
    await bench.clock.advance(60_000);
    expect(lines()).toMatchObject([{ state: 'NEEDS_PERSON', scanRef: 'scan-000001' }]);
  });

  it('has no time for what waits for nothing but its turn, and lists no more than fits', async () => {
    const bench = new DeliveryBench({ itemsPerMinute: 1 });
    bench.markId.next.token = [answer(401)];
    await bench.start();
    for (let at = 0; at < LIMITS.outboxListedItems + 3; at += 1)
      await bench.courier.accept(newItem());
    const view = describeOutbox(bench.courier, bench.clock, 'production');
    expect(view.items).toHaveLength(LIMITS.outboxListedItems);
    expect(view.itemCount).toBe(LIMITS.outboxListedItems + 3);
    expect(view.items.every(({ nextAtMs }) => nextAtMs === null)).toBe(true);
    expect(outboxView.safeParse(view).success).toBe(true);
  });

  it('says when cooling ends, in wall time, and that it has ended', async () => {
    const bench = new DeliveryBench();
    await bench.start();
    bench.markId.next.token = [answer(429, undefined, 30)];
    await bench.accept();
    const cooling = summarise(bench.courier, bench.clock);
    expect(outboxSummary.parse(cooling).condition).toEqual({
      state: 'cooling',
      resumesAtMs: bench.clock.wallMs() + 30_000,
    });
  });

  it('is closed and empty for a kiosk that is not in service', async () => {
    const { kiosk } = makeKiosk('{');
    await kiosk.start();
    expect(kiosk.status().outbox).toMatchObject({ condition: { state: 'closed' }, waiting: 0 });
    expect(outboxSummary.safeParse(kiosk.status().outbox).success).toBe(true);
  });
});

describe('staff', () => {
  it('sends a refused item again, and it is written down with the reason', async () => {
    const { desk, itemId } = await refused();
    const view = valueOf(
      await desk.made.handlers['outbox:resend-item']({ itemId, reason: 'MARKID_ADVICE' }),
    );
    expect(view.summary.needsPerson).toBe(0);
    await desk.clock.advance(2000);
    expect((await desk.view()).summary).toMatchObject({ deliveredToday: 1 });
    expect(desk.made.events).toContainEqual({
      event: 'outbox.item-decided',
      item: expect.stringMatching(/^[0-9A-F]{4}-[0-9A-F]{4}$/),
      action: 'resend',
      reason: 'MARKID_ADVICE',
    });
  });

  it('deletes an item for good', async () => {
    const { desk, itemId } = await refused();
    const request = { itemId, reason: 'CUSTOMER_REQUEST' } as const;
    expect(valueOf(await desk.made.handlers['outbox:discard-item'](request)).itemCount).toBe(0);
    expect(desk.files.disk.names(`${FOLDER}/items`)).toEqual([]);
    expect(await desk.made.handlers['outbox:discard-item'](request)).toEqual(fail('ITEM_MISSING'));
  });

  it('takes new pictures for an item, whose place they take', async () => {
    const { desk, itemId } = await refused();
    valueOf(await desk.made.handlers['outbox:retake-item']({ itemId, reason: 'WRONG_PICTURES' }));
    expect(desk.session.view()).toMatchObject({
      state: 'capturing',
      country: 'LT',
      documentType: 'PASSPORT',
    });
    desk.retakeAll();
    valueOf(await desk.submit());
    await desk.clock.advance(2000);
    expect(desk.session.view().state).toBe('delivered');
    expect((await desk.view()).itemCount).toBe(0);
  });

  it('takes no token for new pictures that the item was sent with before', async () => {
    const desk = await started({ tokens: { source: 'handoff' } });
    desk.markId.next.process = [error('BAD_VALUE')];
    await desk.capture({ token: { authToken: 'handed-000001' } });
    valueOf(await desk.submit());
    const { handlers } = desk.made;
    valueOf(await handlers['session:end-session'](undefined));
    const itemId = (await desk.view()).items[0]?.itemId ?? '';
    valueOf(await handlers['outbox:retake-item']({ itemId, reason: 'WRONG_PICTURES' }));
    desk.retakeAll();
    const give = (authToken: string) => handlers['session:replace-token']({ token: { authToken } });
    expect(await give('handed-000001')).toEqual(fail('TOKEN_SPENT'));
    valueOf(await give('handed-000002'));
    valueOf(await desk.submit());
    await desk.clock.advance(2000);
    expect(desk.markId.calls()).toBe('process handed-000001, process handed-000002');
  });

  it('REC-02 takes no new pictures for an item where the disk has no room for them', async () => {
    const { desk, itemId } = await refused();
    desk.files.disk.free = 0;
    expect(
      await desk.made.handlers['outbox:retake-item']({ itemId, reason: 'WRONG_PICTURES' }),
    ).toEqual(fail('STORAGE_LOW'));
    expect(desk.session.view().state).toBe('idle');
  });

  it('takes new pictures for an item of a full outbox: they take its place', async () => {
    const { desk, itemId } = await refused({ outbox: { maxItems: 1 } });
    valueOf(await desk.made.handlers['outbox:retake-item']({ itemId, reason: 'WRONG_PICTURES' }));
    desk.retakeAll();
    expect(await desk.submit()).toMatchObject({ ok: true });
  });

  it('loses no item where new pictures were begun and left', async () => {
    const { desk, itemId } = await refused();
    valueOf(await desk.made.handlers['outbox:retake-item']({ itemId, reason: 'WRONG_PICTURES' }));
    desk.retakeAll();
    valueOf(await desk.made.handlers['session:end-session'](undefined));
    expect((await desk.view()).items).toMatchObject([{ itemId, state: 'NEEDS_PERSON' }]);
  });

  it('keeps both where the item was sent again while new pictures of it were taken', async () => {
    const { desk, itemId } = await refused();
    valueOf(await desk.made.handlers['outbox:retake-item']({ itemId, reason: 'WRONG_PICTURES' }));
    desk.retakeAll();
    desk.markId.next.token = [answer(401)];
    valueOf(await desk.made.handlers['outbox:resend-item']({ itemId, reason: 'OTHER' }));
    await desk.settle();
    valueOf(await desk.submit());
    expect((await desk.view()).items.map((item) => item.itemId)).toContain(itemId);
    expect((await desk.view()).itemCount).toBe(2);
  });

  it.each(['outbox:resend-item', 'outbox:retake-item', 'outbox:discard-item'] as const)(
    'can not %s what is still on its way by itself, or is not there',
    async (channel) => {
      const desk = await started();
      desk.markId.next.token = [broken('NETWORK_UNREACHABLE')];
      await desk.capture();
      await desk.submit();
      const [item] = (await desk.view()).items;
      const ask = (itemId: string) => desk.made.handlers[channel]({ itemId, reason: 'OTHER' });
      expect(await ask(item?.itemId ?? '')).toEqual(fail('ITEM_NOT_READY'));
      expect(await ask(UNKNOWN)).toEqual(fail('ITEM_MISSING'));
      expect(desk.made.events.map(({ event }) => event)).not.toContain('outbox.item-decided');
    },
  );

  it('ends a pause', async () => {
    const desk = await started();
    desk.markId.next.token = [answer(402)];
    await desk.capture();
    await desk.submit();
    expect((await desk.view()).summary.condition).toMatchObject({ state: 'paused' });
    const view = valueOf(await desk.made.handlers['outbox:resume-delivery'](undefined));
    expect(view.summary.condition).toEqual({ state: 'running' });
    await desk.settle();
    expect((await desk.view()).itemCount).toBe(0);
  });

  it('does nothing of this outside the room, or while a submission is being saved', async () => {
    const { desk, itemId } = await refused();
    const { handlers, kiosk } = desk.made;
    const all = () =>
      Promise.all([
        handlers['outbox:get-outbox'](undefined),
        handlers['outbox:resend-item']({ itemId, reason: 'OTHER' }),
        handlers['outbox:retake-item']({ itemId, reason: 'OTHER' }),
        handlers['outbox:discard-item']({ itemId, reason: 'OTHER' }),
        handlers['outbox:resume-delivery'](undefined),
      ]);
    await desk.capture();
    kiosk.session.beginSubmission();
    expect(await all()).toEqual(Array.from({ length: 5 }, () => fail('SUBMISSION_RUNNING')));
    kiosk.session.abandonSubmission();
    vi.spyOn(kiosk.door, 'admit').mockReturnValue(fail('OPERATOR_REQUIRED'));
    expect(await all()).toEqual(Array.from({ length: 5 }, () => fail('OPERATOR_REQUIRED')));
  });
});
