/** The operator's door and room, reached from where no customer stands. */
import { describe, expect, it } from 'vitest';
import {
  EVENT_PAGE,
  EXPORTED,
  FAKE_PASSPHRASE,
  FAKE_PIN,
  FAKE_SETTINGS,
  SELF_TEST,
} from '../../../support/fake-kiosk-values.ts';
import type { RoomTask } from '../../../../renderer/flow/room-tasks.ts';
import { enter, inside } from './start-operator.ts';
import { CAMERA_REPORT, CAMERAS, startFlow, TO_CAPTURE } from './start-flow.ts';

describe('the door', () => {
  it.each([
    ['attract', { state: 'ready' }],
    ['locked', { state: 'locked' }],
    ['out of service', { state: 'out-of-service', code: 'VAULT_DAMAGED' }],
  ] as const)('can be reached from %s', async (_name, service) => {
    const flow = await enter((kiosk) => {
      kiosk.status = { ...kiosk.status, service };
    });
    expect(flow.place()).toBe('operator');
    expect(flow.room().getSnapshot().value).toEqual({ door: 'idle' });
    expect(flow.room().getSnapshot().context.door?.isPinSet).toBe(true);
  });

  it('can not be reached while a customer is served', async () => {
    const flow = await startFlow();
    await flow.send(...TO_CAPTURE, { type: 'OPERATOR' });
    expect(flow.place()).toBe('customer.capture.aiming');
  });

  it('stays shut on a wrong PIN, and tells the lock-out as it is now', async () => {
    const flow = await enter();
    flow.kiosk.door = { ...flow.kiosk.door, lockedForMs: 30_000 };
    await flow.tell({ type: 'PIN.ENTERED', pin: '000000' });
    const { context, value } = flow.room().getSnapshot();
    expect(value).toEqual({ door: 'idle' });
    expect(context.error).toBe('PIN_WRONG');
    expect(context.door?.lockedForMs).toBe(30_000);
  });

  it('opens on the right PIN', async () => {
    const flow = await enter();
    await flow.tell({ type: 'PIN.ENTERED', pin: '000000' });
    await flow.tell({ type: 'PIN.ENTERED', pin: FAKE_PIN });
    expect(flow.room().getSnapshot().value).toEqual({ room: 'idle' });
    expect(flow.room().getSnapshot().context.error).toBeNull();
  });

  it('opens on the first PIN', async () => {
    const flow = await enter((kiosk) => {
      kiosk.door = { ...kiosk.door, isPinSet: false };
    });
    await flow.tell({ type: 'PIN.CREATED', pin: FAKE_PIN });
    expect(flow.kiosk.calls).toContain('operator:create-pin');
    expect(flow.room().getSnapshot().value).toEqual({ room: 'idle' });
  });

  it('is open for somebody main still knows to be inside', async () => {
    const flow = await enter((kiosk) => {
      kiosk.door = { ...kiosk.door, isInside: true };
    });
    expect(flow.room().getSnapshot().value).toEqual({ room: 'idle' });
  });

  it('says why when main does not answer', async () => {
    const flow = await enter((kiosk) => {
      kiosk.failNext('operator:get-door', 'OPERATORS_DAMAGED', 2);
    });
    expect(flow.room().getSnapshot().value).toEqual({ door: 'idle' });
    expect(flow.room().getSnapshot().context.error).toBe('OPERATORS_DAMAGED');
  });
});

describe('the room', () => {
  it.each([
    [{ task: 'store-credentials', apiKey: 'k', apiSecret: 's' }, 'operator:store-credentials'],
    [{ task: 'test-credentials' }, 'operator:test-credentials'],
    [{ task: 'remove-credentials' }, 'operator:remove-credentials'],
    [{ task: 'create-vault', passphrase: FAKE_PASSPHRASE }, 'operator:create-vault'],
    [{ task: 'retry-start' }, 'app:retry-start'],
    [{ task: 'restart-kiosk' }, 'operator:restart-kiosk'],
    [{ task: 'exit-kiosk' }, 'operator:exit-kiosk'],
  ] as const satisfies readonly (readonly [RoomTask, string])[])(
    'does what is asked and says how it went: %o',
    async (request, channel) => {
      const flow = await inside();
      await flow.tell({ type: 'ROOM.ASKED', request });
      expect(flow.kiosk.calls).toContain(channel);
      expect(flow.room().getSnapshot().context.notice).toEqual({ kind: 'done', code: null });
      flow.kiosk.failNext(channel, 'STORAGE_FAILED');
      await flow.tell({ type: 'ROOM.ASKED', request });
      expect(flow.room().getSnapshot().context.notice).toEqual({
        kind: 'error',
        code: 'STORAGE_FAILED',
      });
      expect(flow.room().getSnapshot().value).toEqual({ room: 'idle' });
    },
  );

  it.each([
    [{ task: 'get-settings' }, 'settings:get-settings'],
    [
      { task: 'change-setting', change: { setting: 'mode', value: 'teller' } },
      'settings:change-setting',
    ],
    [{ task: 'reset-settings' }, 'settings:reset-settings'],
    [{ task: 'choose-camera', camera: null }, 'camera:remember-camera'],
    [{ task: 'forget-scanner' }, 'scanner:remember-scanner'],
  ] as const satisfies readonly (readonly [RoomTask, string])[])(
    'shows the settings with the cameras that there are after %o',
    async (request, channel) => {
      const flow = await inside();
      await flow.tell({ type: 'ROOM.ASKED', request });
      expect(flow.kiosk.calls).toContain(channel);
      const { settings, notice } = flow.room().getSnapshot().context;
      expect(settings).toEqual({ ...FAKE_SETTINGS, cameras: CAMERAS });
      expect(notice).toBeNull();
      flow.kiosk.failNext(channel, 'SETTING_FIXED');
      await flow.tell({ type: 'ROOM.ASKED', request });
      expect(flow.room().getSnapshot().context.notice?.code).toBe('SETTING_FIXED');
    },
  );

  it('keeps no credential, PIN or passphrase', async () => {
    const flow = await inside();
    await flow.tell({
      type: 'ROOM.ASKED',
      request: { task: 'store-credentials', apiKey: 'CANARY-1', apiSecret: 'CANARY-2' },
    });
    await flow.tell({
      type: 'ROOM.ASKED',
      request: { task: 'create-vault', passphrase: 'CANARY-3' },
    });
    const kept = JSON.stringify([
      flow.actor.getPersistedSnapshot(),
      flow.room().getPersistedSnapshot(),
    ]);
    expect(kept).not.toMatch(new RegExp(`CANARY|${FAKE_PIN}`));
  });

  it('goes back to the door when main has ended the stay', async () => {
    const flow = await inside();
    flow.kiosk.door = { ...flow.kiosk.door, isInside: false };
    flow.kiosk.failNext('operator:test-credentials', 'OPERATOR_REQUIRED');
    await flow.tell({ type: 'ROOM.ASKED', request: { task: 'test-credentials' } });
    expect(flow.room().getSnapshot().value).toEqual({ door: 'idle' });
    expect(flow.room().getSnapshot().context.error).toBe('OPERATOR_REQUIRED');
  });

  it('is left for whatever the kiosk has become meanwhile', async () => {
    const flow = await inside();
    flow.kiosk.changeStatus({ service: { state: 'locked' } });
    expect(flow.place()).toBe('operator');
    await flow.tell({ type: 'LEAVE' });
    expect(flow.kiosk.door.isInside).toBe(false);
    expect(flow.place()).toBe('locked.idle');
  });

  it('is left by silence', async () => {
    const flow = await inside();
    await flow.pass(60_200);
    expect(flow.kiosk.door.isInside).toBe(false);
    expect(flow.place()).toBe('attract');
  });

  it('is left by silence while a task hangs', async () => {
    const flow = await inside();
    flow.kiosk.hold('operator:test-credentials');
    await flow.tell({ type: 'ROOM.ASKED', request: { task: 'test-credentials' } });
    await flow.pass(60_200);
    expect(flow.place()).toBe('attract');
  });
});

describe('the locked vault', () => {
  it('opens with the passphrase and says when it is wrong', async () => {
    const flow = await startFlow((kiosk) => {
      kiosk.status = { ...kiosk.status, service: { state: 'locked' } };
    });
    await flow.send({ type: 'UNLOCK', passphrase: 'wrong' });
    expect(flow.place()).toBe('locked.idle');
    expect(flow.context().error).toBe('VAULT_PASSPHRASE_WRONG');
    await flow.send({ type: 'UNLOCK', passphrase: FAKE_PASSPHRASE });
    expect(flow.place()).toBe('attract');
    expect(flow.context().error).toBeNull();
  });
});

describe('diagnostics and roles in the room', () => {
  it('keep what the kiosk found out about itself, without a notice beside it', async () => {
    const flow = await inside();
    const asked: RoomTask[] = [
      { task: 'run-self-test' },
      { task: 'list-events', before: null },
      { task: 'export-diagnostics' },
    ];
    for (const request of asked) await flow.tell({ type: 'ROOM.ASKED', request });
    expect(flow.kiosk.requests.get('diagnostics:run-self-test')).toEqual({
      camera: CAMERA_REPORT,
    });
    const { context } = flow.room().getSnapshot();
    expect(context.selfTest).toEqual(SELF_TEST);
    expect(context.events).toEqual(EVENT_PAGE);
    expect(context.exported).toEqual(EXPORTED);
    expect(context.notice).toBeNull();
  });

  it('say why something was refused', async () => {
    const flow = await inside();
    flow.kiosk.failNext('diagnostics:export-diagnostics', 'EXPORT_UNAVAILABLE');
    await flow.tell({ type: 'ROOM.ASKED', request: { task: 'export-diagnostics' } });
    expect(flow.room().getSnapshot().context.notice).toEqual({
      kind: 'error',
      code: 'EXPORT_UNAVAILABLE',
    });
  });

  it('bring the PINs as they are now', async () => {
    const flow = await inside();
    const request = { task: 'set-pin', role: 'supervisor', pin: '940163' } as const;
    await flow.tell({ type: 'ROOM.ASKED', request });
    expect(flow.room().getSnapshot().context.door?.pinRoles).toContain('supervisor');
    await flow.tell({ type: 'ROOM.ASKED', request: { task: 'remove-pin', role: 'supervisor' } });
    expect(flow.room().getSnapshot().context.door?.pinRoles).not.toContain('supervisor');
  });

  it('show nothing of an earlier stay', async () => {
    const flow = await inside();
    await flow.tell({ type: 'ROOM.ASKED', request: { task: 'run-self-test' } });
    await flow.send({ type: 'END' });
    await flow.send({ type: 'OPERATOR' });
    await flow.tell({ type: 'PIN.ENTERED', pin: FAKE_PIN });
    expect(flow.room().getSnapshot().context.selfTest).toBeNull();
  });
});
