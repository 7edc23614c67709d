/** From the button to whatever becomes of it, as the customer at the kiosk sees it. */
import { afterEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../../preload/contract/error-codes.ts';
import { LIMITS } from '../../../../preload/contract/limits.ts';
import { fail } from '../../../../preload/contract/result.ts';
import { failing } from '../../../support/memory-disk.ts';
import { failingAt } from '../../../support/memory-sqlite.ts';
import { error } from './answer-cases.ts';
import { Desk, FOLDER, valueOf } from './desk.ts';
import { answer, broken } from './fake-markid.ts';

const ITEMS = `${FOLDER}/items`;
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
const isOverwritten = (pictures: readonly Uint8Array[]): boolean =>
  pictures.every((picture) => picture.every((byte) => byte === 0));

describe('a submission', () => {
  it('holds its session still from the press on: no second one, and no end', async () => {
    const desk = await started();
    await desk.capture();
    const { handlers } = desk.made;
    const first = handlers['session:submit-session'](undefined);
    expect(await handlers['session:end-session'](undefined)).toEqual(fail('SUBMISSION_RUNNING'));
    expect(await handlers['session:submit-session'](undefined)).toEqual(fail('SUBMISSION_RUNNING'));
    expect(await first).toMatchObject({ ok: true });
  });

  it('is acknowledged when it is durable, and delivered while its customer looks', async () => {
    const desk = await started();
    const held = Promise.withResolvers<void>();
    desk.markId.during = () => held.promise;
    const pictures = await desk.capture();
    const receipt = valueOf(await desk.submit());
    expect(receipt).toEqual({
      reference: expect.stringMatching(/^[0-9A-F]{4}-[0-9A-F]{4}$/),
      savedAtMs: desk.clock.wallMs(),
      code: null,
      delivery: null,
    });
    expect(desk.files.disk.names(ITEMS)).toHaveLength(1);
    expect(desk.session.view()).toMatchObject({ state: 'delivering', receipt });
    expect(desk.made.kiosk.status().outbox).toMatchObject({ sending: 1, deliveredToday: 0 });

    held.resolve();
    await desk.settle();
    const delivery = {
      scanRef: 'scan-000001',
      deliveredAtMs: desk.clock.wallMs(),
      reconciled: false,
    };
    expect(desk.session.view()).toMatchObject({
      state: 'delivered',
      receipt: { ...receipt, delivery },
    });
    expect(desk.made.settled).toEqual([desk.session.view()]);
    expect(desk.made.progress.map(({ stage }) => stage)).toEqual([
      'requesting-token',
      'sending',
      'sending',
    ]);
    expect(desk.made.statuses.at(-1)?.outbox).toMatchObject({ sending: 0, deliveredToday: 1 });
    expect(isOverwritten(pictures)).toBe(true);
  });

  it('SEC-22 is kept for later where nobody is reached, its pictures overwritten in memory', async () => {
    const desk = await started();
    desk.markId.next.token = [broken('NETWORK_UNREACHABLE')];
    const pictures = await desk.capture();
    const receipt = valueOf(await desk.submit());
    expect(desk.session.view()).toMatchObject({
      state: 'saved',
      receipt: { ...receipt, code: 'NETWORK_UNREACHABLE' },
    });
    expect(isOverwritten(pictures)).toBe(true);
    expect(desk.made.settled).toHaveLength(1);
    expect(desk.made.kiosk.status().outbox).toMatchObject({
      condition: { state: 'unreachable', code: 'NETWORK_UNREACHABLE' },
      waiting: 1,
    });
    await desk.clock.advance(20_000);
    expect(desk.made.kiosk.status().outbox).toMatchObject({ waiting: 0, deliveredToday: 1 });
    expect(desk.session.view()).toMatchObject({ state: 'saved' });
    expect(desk.made.settled).toHaveLength(1);
  });

  it('is kept for later at once, without asking anybody, while delivery is paused', async () => {
    const desk = await started();
    desk.markId.next.token = [answer(401)];
    await desk.capture();
    await desk.submit();
    await desk.capture();
    await desk.submit();
    expect(desk.session.view().state).toBe('saved');
    expect(desk.markId.calls()).toBe('token');
    expect((await desk.view()).itemCount).toBe(2);
  });

  it('is kept for later where the answer was lost: nobody waits a minute for it', async () => {
    const desk = await started();
    desk.markId.next.process = [broken('ANSWER_LOST')];
    await desk.capture();
    await desk.submit();
    expect(desk.session.view().state).toBe('saved');
    expect(desk.made.kiosk.status().outbox).toMatchObject({ checking: 1 });
  });

  it('comes back with its pictures where it is refused, and its next try takes its place', async () => {
    const desk = await started();
    desk.markId.next.process = [error('BAD_VALUE')];
    const pictures = await desk.capture();
    const first = valueOf(await desk.submit());
    expect(desk.session.view()).toMatchObject({
      state: 'capturing',
      refusal: 'MARKID_BAD_VALUE',
      receipt: null,
    });
    expect(isOverwritten(pictures)).toBe(false);
    expect(desk.made.settled).toHaveLength(1);

    const held = Promise.withResolvers<void>();
    desk.markId.during = () => held.promise;
    const second = valueOf(await desk.submit());
    expect(second.reference).not.toBe(first.reference);
    expect((await desk.view()).items.map(({ reference }) => reference)).toEqual([second.reference]);
    expect(desk.files.disk.names(ITEMS)).toHaveLength(1);
    held.resolve();
    await desk.clock.advance(2000);
    expect(desk.session.view().state).toBe('delivered');
    expect(desk.markId.calls()).toBe('token, process token-000001, token, process token-000002');
  });

  it('REC-03 whose file is damaged while its customer is there is saved again from memory', async () => {
    const desk = await started();
    const pictures = await desk.capture();
    let isWhole = true;
    desk.markId.during = () => {
      const [name = ''] = desk.files.disk.names(ITEMS);
      if (isWhole) desk.files.disk.put(`${ITEMS}/${name}`, 'no longer what was sealed');
      isWhole = false;
      return undefined;
    };
    valueOf(await desk.submit());
    expect(desk.session.view()).toMatchObject({ state: 'capturing', refusal: 'ITEM_DAMAGED' });
    expect(isOverwritten(pictures)).toBe(false);
    valueOf(await desk.submit());
    await desk.clock.advance(2000);
    expect(desk.session.view().state).toBe('delivered');
    expect((await desk.view()).itemCount).toBe(0);
  });

  it('that was refused stays for staff where its customer leaves', async () => {
    const desk = await started();
    desk.markId.next.process = [error('BAD_VALUE')];
    await desk.capture();
    const { reference } = valueOf(await desk.submit());
    valueOf(await desk.made.handlers['session:end-session'](undefined));
    expect((await desk.view()).items).toMatchObject([{ reference, state: 'NEEDS_PERSON' }]);
    await desk.capture();
    await desk.submit();
    expect((await desk.view()).items).toMatchObject([{ reference }]);
  });

  it('goes on without its customer, and says nothing of it to the next one', async () => {
    const desk = await started();
    const held = Promise.withResolvers<void>();
    desk.markId.during = () => held.promise;
    await desk.capture();
    await desk.submit();
    valueOf(await desk.made.handlers['session:end-session'](undefined));
    await desk.capture();
    held.resolve();
    await desk.settle();
    expect(desk.session.view().state).toBe('capturing');
    expect(desk.made.settled).toEqual([]);
    expect(desk.made.progress.map(({ stage }) => stage)).toEqual(['requesting-token']);
    expect(desk.made.kiosk.status().outbox.deliveredToday).toBe(1);
  });
});

describe('REC-02 a submission that can not be kept', () => {
  it('is not acknowledged: its customer has every picture and can try again', async () => {
    const desk = await started();
    const pictures = await desk.capture();
    desk.files.disk.fault = failing('ENOSPC', 'replace');
    expect(await desk.submit()).toEqual(fail('STORAGE_FAILED'));
    expect(desk.session.view().state).toBe('capturing');
    expect(isOverwritten(pictures)).toBe(false);
    expect((await desk.view()).itemCount).toBe(0);
    desk.files.disk.fault = () => undefined;
    valueOf(await desk.submit());
    expect(desk.session.view().state).toBe('delivered');
  });

  it('for its size is refused before anything is written', async () => {
    const desk = await started();
    await desk.capture();
    const jpeg = new Uint8Array(LIMITS.sentPictureBytes + 1);
    const size = { widthPx: 1280, heightPx: 720, quality: 90, warnings: [] };
    valueOf(desk.session.store('FRONT', 'camera', { jpeg, ...size }));
    const written = desk.files.disk.written.length;
    expect(await desk.submit()).toEqual(fail('SUBMISSION_TOO_LARGE'));
    expect(desk.files.disk.written).toHaveLength(written);
    expect(desk.session.view().state).toBe('capturing');
  });

  it('further than this is kept for later, where the disk refuses the very next step', async () => {
    const desk = await started();
    await desk.capture();
    desk.files.sqlite.fault = failingAt('COMMIT', 2);
    valueOf(await desk.submit());
    expect(desk.session.view().state).toBe('saved');
    expect(desk.markId.log).toEqual([]);
    await desk.clock.advance(120_000);
    expect(desk.made.kiosk.status().outbox.deliveredToday).toBe(1);
  });

  it.each<[ErrorCode, object, (desk: Desk) => void]>([
    ['OUTBOX_FULL', { outbox: { maxItems: 1 } }, () => undefined],
    ['STORAGE_LOW', {}, (desk) => (desk.files.disk.free = 400_000_000)],
    ['STORAGE_FAILED', {}, (desk) => (desk.files.disk.fault = failing('EIO', 'freeBytes'))],
  ] as const)(
    'for %s is not begun: the next customer is told before',
    async (code, policy, spoil) => {
      const desk = await started(policy);
      desk.markId.next.token = [answer(401)];
      await desk.capture();
      await desk.submit();
      spoil(desk);
      expect(
        await desk.made.handlers['session:start-session']({
          language: 'en',
          consentVersion: desk.made.kiosk.status().consent.version,
        }),
      ).toEqual(fail(code));
      expect(desk.session.view().state).toBe('saved');
    },
  );
});

describe('a bank that hands tokens over', () => {
  const HANDOFF = { tokens: { source: 'handoff' } };
  const TOKEN = { authToken: 'handed-000001', scanRef: 'scan-handed-1' };
  const ANOTHER = { authToken: 'handed-000002' };

  it('sees its token used and its reference on the receipt', async () => {
    const desk = await started(HANDOFF);
    await desk.capture({ token: TOKEN });
    await desk.submit();
    expect(desk.session.view().receipt?.delivery).toMatchObject({ scanRef: 'scan-handed-1' });
    expect(desk.markId.calls()).toBe('process handed-000001');
  });

  it('is asked for another token where the first is spent, with the customer still there', async () => {
    const desk = await started(HANDOFF);
    desk.markId.next.process = [error('BAD_VALUE')];
    await desk.capture({ token: TOKEN });
    await desk.submit();
    expect(desk.session.view().refusal).toBe('MARKID_BAD_VALUE');
    expect(await desk.submit()).toEqual(fail('TOKEN_MISSING'));
    valueOf(await desk.made.handlers['session:replace-token']({ token: ANOTHER }));
    valueOf(await desk.submit());
    await desk.clock.advance(2000);
    expect(desk.session.view()).toMatchObject({
      state: 'delivered',
      receipt: { delivery: { scanRef: null } },
    });
    expect(desk.markId.calls()).toBe('process handed-000001, process handed-000002');
    expect((await desk.view()).itemCount).toBe(0);
  });

  it('gives another token through the panel where the customer has left', async () => {
    const desk = await started(HANDOFF);
    desk.markId.next.process = [error('BAD_VALUE')];
    await desk.capture({ token: TOKEN });
    await desk.submit();
    const [item] = (await desk.view()).items;
    const request = { itemId: item?.itemId ?? '', reason: 'OTHER' } as const;
    expect(await desk.made.handlers['outbox:resend-item'](request)).toEqual(fail('ITEM_NOT_READY'));
    valueOf(await desk.made.handlers['outbox:resend-item']({ ...request, token: ANOTHER }));
    await desk.clock.advance(2000);
    expect(desk.markId.calls()).toBe('process handed-000001, process handed-000002');
  });
});
