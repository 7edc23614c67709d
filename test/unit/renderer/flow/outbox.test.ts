/** The outbox in the operator's room: what is shown follows main, and what an operator can do about it. */
import { describe, expect, it } from 'vitest';
import type { RoomTask } from '../../../../renderer/flow/room-tasks.ts';
import { shownOutbox } from '../../../../renderer/flow/session-context.ts';
import { FAKE_PIN, fakeItem } from '../../../support/fake-kiosk-values.ts';
import { SHOOT, startFlow, SUBMIT } from './start-flow.ts';
import { enter, inside } from './start-operator.ts';

const REFUSED = fakeItem(1, 'NEEDS_PERSON', 'MARKID_BAD_VALUE');
const SPENT = fakeItem(2, 'NEEDS_TOKEN', 'TOKEN_SPENT');
const WAITING = fakeItem(3, 'QUEUED');

const atOutbox = () =>
  inside((kiosk) => {
    kiosk.changeOutbox([REFUSED, SPENT, WAITING]);
  });

const RETAKE: RoomTask = {
  task: 'retake-item',
  itemId: REFUSED.itemId,
  reason: 'CUSTOMER_REQUEST',
};

describe('the counts around the screens', () => {
  it.each([
    ['teller', 1],
    ['front-desk', 1],
    ['self-service', undefined],
  ] as const)('are for staff alone, and follow main: %s', async (mode, waiting) => {
    const flow = await startFlow((kiosk) => {
      kiosk.status = { ...kiosk.status, mode };
    });
    flow.kiosk.changeOutbox([WAITING]);
    expect(shownOutbox(flow.context())?.waiting).toBe(waiting);
  });
});

describe('a change of the outbox while nobody is served', () => {
  it('leaves a customer the language that was just chosen, and only keeps the new counts', async () => {
    const flow = await startFlow();
    await flow.send({ type: 'LANGUAGE.CHOSEN', language: 'lt' });
    flow.kiosk.changeOutbox([WAITING]);
    await flow.pass(0);
    expect(flow.place()).toBe('attract');
    expect(flow.context().language).toBe('lt');
    expect(flow.context().status?.outbox.waiting).toBe(1);
  });

  it('does not end the wait for a vault that is being unlocked', async () => {
    const flow = await startFlow((kiosk) => {
      kiosk.status = { ...kiosk.status, service: { state: 'locked' } };
    });
    const release = flow.kiosk.hold('operator:unlock-vault');
    await flow.send({ type: 'UNLOCK', passphrase: 'a long passphrase' });
    flow.kiosk.changeOutbox([WAITING]);
    await flow.pass(0);
    expect(flow.place()).toBe('locked.unlocking');
    release();
    await flow.pass(0);
  });

  it('does not end the wait for a new start', async () => {
    const flow = await startFlow((kiosk) => {
      kiosk.status = {
        ...kiosk.status,
        service: { state: 'out-of-service', code: 'STORAGE_FAILED' },
      };
    });
    const release = flow.kiosk.hold('app:retry-start');
    await flow.send({ type: 'RETRY' });
    flow.kiosk.changeOutbox([WAITING]);
    await flow.pass(0);
    expect(flow.place()).toBe('outOfService.retrying');
    release();
    await flow.pass(0);
  });
});

describe('the outbox in the room', () => {
  it('is read when the room is entered, and not before', async () => {
    const flow = await enter((kiosk) => {
      kiosk.changeOutbox([WAITING]);
    });
    expect(flow.kiosk.calls).not.toContain('outbox:get-outbox');
    await flow.tell({ type: 'PIN.ENTERED', pin: FAKE_PIN });
    expect(flow.room().getSnapshot().context.outbox?.items).toEqual([WAITING]);
  });

  it('is read again whenever main tells that it changed', async () => {
    const flow = await atOutbox();
    flow.kiosk.changeOutbox([WAITING], { state: 'paused', code: 'MARKID_UNAUTHORIZED' });
    await flow.pass(0);
    const { outbox } = flow.room().getSnapshot().context;
    expect(outbox?.items).toEqual([WAITING]);
    expect(outbox?.summary.condition.state).toBe('paused');
  });

  it('is read once more, not once per change, when it changes many times during a read', async () => {
    const flow = await atOutbox();
    const before = flow.kiosk.countOf('outbox:get-outbox');
    const release = flow.kiosk.hold('outbox:get-outbox');
    for (let count = 0; count < 20; count += 1) {
      flow.kiosk.changeOutbox(
        Array.from({ length: count }, (_, index) => fakeItem(index, 'QUEUED')),
      );
    }
    await flow.pass(0);
    release();
    await flow.pass(0);
    expect(flow.kiosk.countOf('outbox:get-outbox')).toBe(before + 2);
    expect(flow.room().getSnapshot().context.outbox?.items).toHaveLength(19);
  });

  it('says why it can not be read, and keeps what was read before', async () => {
    const flow = await atOutbox();
    flow.kiosk.failNext('outbox:get-outbox', 'RATE_LIMITED');
    flow.kiosk.changeStatus({});
    await flow.pass(0);
    expect(flow.room().getSnapshot().context.outboxError).toBe('RATE_LIMITED');
    expect(flow.room().getSnapshot().context.outbox?.items).toHaveLength(3);
    flow.kiosk.changeStatus({});
    await flow.pass(0);
    expect(flow.room().getSnapshot().context.outboxError).toBeNull();
  });

  it('is no longer listened to once the room is left', async () => {
    const flow = await atOutbox();
    const inRoom = flow.kiosk.listeners();
    const before = flow.kiosk.countOf('outbox:get-outbox');
    await flow.tell({ type: 'LEAVE' });
    expect(flow.kiosk.listeners()).toBe(inRoom - 1);
    flow.kiosk.changeOutbox([]);
    await flow.pass(0);
    expect(flow.kiosk.countOf('outbox:get-outbox')).toBe(before);
  });
});

describe('an operator at the outbox', () => {
  it.each([
    [
      { task: 'resend-item', itemId: REFUSED.itemId, reason: 'MARKID_ADVICE' },
      'outbox:resend-item',
      { itemId: REFUSED.itemId, reason: 'MARKID_ADVICE' },
    ],
    [
      {
        task: 'resend-item',
        itemId: SPENT.itemId,
        reason: 'OTHER',
        token: { authToken: 'SPECIMENTOKEN' },
      },
      'outbox:resend-item',
      { itemId: SPENT.itemId, reason: 'OTHER', token: { authToken: 'SPECIMENTOKEN' } },
    ],
    [
      { task: 'discard-item', itemId: REFUSED.itemId, reason: 'TEST' },
      'outbox:discard-item',
      { itemId: REFUSED.itemId, reason: 'TEST' },
    ],
    [{ task: 'resume-delivery' }, 'outbox:resume-delivery', undefined],
  ] as const satisfies readonly (readonly [RoomTask, string, unknown])[])(
    'does %o and sees how it went',
    async (request, channel, asked) => {
      const flow = await atOutbox();
      flow.kiosk.failNext(channel, 'ITEM_NOT_READY');
      await flow.tell({ type: 'ROOM.ASKED', request });
      const { context } = flow.room().getSnapshot();
      expect(context.notice).toEqual({ kind: 'error', code: 'ITEM_NOT_READY' });
      await flow.tell({ type: 'ROOM.ASKED', request });
      expect(flow.kiosk.requests.get(channel)).toEqual(asked);
      expect(flow.room().getSnapshot().context.notice).toEqual({ kind: 'done', code: null });
      expect(flow.room().getSnapshot().context.outbox).toEqual(flow.kiosk.outbox);
      expect(flow.room().getSnapshot().value).toEqual({ room: 'idle' });
    },
  );

  it('keeps no token', async () => {
    const flow = await atOutbox();
    await flow.tell({
      type: 'ROOM.ASKED',
      request: {
        task: 'resend-item',
        itemId: SPENT.itemId,
        reason: 'OTHER',
        token: { authToken: 'CANARYTOKEN' },
      },
    });
    const kept = JSON.stringify([
      flow.actor.getPersistedSnapshot(),
      flow.room().getPersistedSnapshot(),
    ]);
    expect(kept).not.toContain('CANARYTOKEN');
  });

  it('is led from a retake to the first picture, and the room is left', async () => {
    const flow = await atOutbox();
    await flow.tell({ type: 'ROOM.ASKED', request: RETAKE });
    expect(flow.place()).toBe('customer.capture.aiming');
    expect(flow.kiosk.door.isInside).toBe(false);
    await flow.send(SHOOT, SHOOT, SHOOT, SUBMIT);
    expect(flow.place()).toBe('delivering');
  });

  it('is led from a retake to the pictures also where main has closed the room by itself', async () => {
    const flow = await atOutbox();
    const release = flow.kiosk.hold('operator:get-door');
    await flow.tell({ type: 'ROOM.ASKED', request: RETAKE });
    flow.kiosk.door = { ...flow.kiosk.door, isInside: false };
    release();
    await flow.pass(0);
    expect(flow.place()).toBe('customer.capture.aiming');
  });

  it('stays in the room when a retake can not begin', async () => {
    const flow = await atOutbox();
    flow.kiosk.failNext('outbox:retake-item', 'STORAGE_LOW');
    await flow.tell({ type: 'ROOM.ASKED', request: RETAKE });
    expect(flow.place()).toBe('operator');
    expect(flow.room().getSnapshot().context.notice?.code).toBe('STORAGE_LOW');
  });

  it('is led to the pictures of a retake that had begun when silence ended the stay', async () => {
    const flow = await atOutbox();
    flow.kiosk.hold('operator:get-door');
    await flow.tell({ type: 'ROOM.ASKED', request: RETAKE });
    expect(flow.place()).toBe('operator');
    await flow.pass(60_200);
    expect(flow.place()).toBe('customer.capture.aiming');
  });
});
