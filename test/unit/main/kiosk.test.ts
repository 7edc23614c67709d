import sharp from 'sharp';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../main/ports/clock.ts';
import { systemRandom } from '../../../main/ports/random.ts';
import type { AcceptedSubmission } from '../../../main/training/routes.ts';
import { startSimulator, type Simulator } from '../../../main/training/simulator.ts';
import { fail, type Result } from '../../../preload/contract/result.ts';
import {
  emptyFiles,
  makeKiosk,
  noKeyring,
  trustedKeyring,
  type KioskFiles,
  type KioskUnderTest,
} from '../../support/kiosk.ts';

const PIN = '739158';
const PASSPHRASE = 'correct horse battery';
const CREDENTIALS = { apiKey: 'the-bank-key', apiSecret: 'the-bank-secret-8821' };
const CA_PATH = '/policy/ca.pem';

const running: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of running.splice(0)) await each.stop();
});

const started = async (...args: Parameters<typeof makeKiosk>): Promise<KioskUnderTest> => {
  const made = makeKiosk(...args);
  running.push(made.kiosk);
  await made.kiosk.start();
  return made;
};

const valueOf = <Value>(result: Result<Value>): Value => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

const frame = (): Promise<Uint8Array> =>
  sharp({ create: { width: 1280, height: 720, channels: 3, background: '#7788aa' } })
    .jpeg()
    .toBuffer();

/** The session once it is in this state. */
const sessionIs = ({ kiosk }: KioskUnderTest, state: string): Promise<void> =>
  vi.waitFor(() => {
    expect(kiosk.session.view().state).toBe(state);
  }, 10_000);

/** A passport, from consent to the receipt. */
const submitPassport = async ({ handlers }: KioskUnderTest): Promise<unknown> => {
  const { consent } = valueOf(await handlers['app:get-status'](undefined));
  valueOf(
    await handlers['session:start-session']({ language: 'en', consentVersion: consent.version }),
  );
  valueOf(await handlers['session:choose-document']({ country: 'LT', documentType: 'PASSPORT' }));
  for (const step of ['FRONT', 'FACE'] as const)
    valueOf(
      await handlers['capture:store-picture']({ step, source: 'camera', bytes: await frame() }),
    );
  return handlers['session:submit-session'](undefined);
};

/** A Mark ID server of our own, and a machine whose policy names it. */
const bankServer = async (): Promise<{
  server: Simulator;
  files: KioskFiles;
  policy: object;
  seen: AcceptedSubmission[];
}> => {
  const seen: AcceptedSubmission[] = [];
  const server = valueOf(
    await startSimulator({
      clock: systemClock,
      random: systemRandom,
      credentials: CREDENTIALS,
      onSubmission: (submission) => seen.push(submission),
    }),
  );
  running.push(server);
  const files = emptyFiles();
  files.disk.put(CA_PATH, server.certificatePem);
  return {
    server,
    files,
    seen,
    policy: { endpoint: { origin: server.origin, extraCaFile: CA_PATH } },
  };
};

const enterRoom = async ({ handlers }: KioskUnderTest): Promise<void> => {
  expect(valueOf(await handlers['operator:create-pin']({ pin: PIN })).isInside).toBe(true);
};

describe('a kiosk without credentials', () => {
  it('practises: it delivers to the embedded simulator over HTTPS and says so in its status', async () => {
    const made = await started();
    expect(made.kiosk.status()).toMatchObject({
      environment: 'training',
      service: { state: 'ready' },
    });
    expect(await submitPassport(made)).toMatchObject({ ok: true, value: { delivery: null } });
    await sessionIs(made, 'delivered');
    expect(made.kiosk.session.view()).toMatchObject({
      environment: 'training',
      receipt: { delivery: { reconciled: false } },
    });
    expect(made.settled).toEqual([made.kiosk.session.view()]);
    expect(made.progress.map(({ stage }) => stage)).toContain('sending');
  });

  it('forgets what it practised: nothing of it is there after a restart', async () => {
    const files = emptyFiles();
    const made = await started({}, trustedKeyring, files);
    await submitPassport(made);
    await sessionIs(made, 'delivered');
    expect(made.kiosk.status().outbox.deliveredToday).toBe(1);
    expect(files.disk.names('/data/training-outbox')).toContain('index.sqlite');
    await made.kiosk.stop();
    expect(files.disk.names('/data/training-outbox')).toEqual([]);
    const again = await started({}, trustedKeyring, files);
    expect(again.kiosk.status().outbox.deliveredToday).toBe(0);
  });

  it('stays out of service where the policy forbids to practise', async () => {
    const made = await started({ training: 'never' });
    expect(made.kiosk.status().service).toEqual({
      state: 'out-of-service',
      code: 'CREDENTIALS_MISSING',
    });
    expect(
      await made.handlers['session:start-session']({ language: 'en', consentVersion: 'x' }),
    ).toEqual(fail('NOT_IN_SERVICE'));
  });
});

it('SEC-12 takes no customer, nor practises, with an app that is not as it was built', async () => {
  const isInstalledWhole = (): Promise<boolean> => Promise.resolve(false);
  const made = makeKiosk({}, trustedKeyring, emptyFiles(), { isInstalledWhole });
  await made.kiosk.start();
  expect(made.kiosk.status().service).toEqual({ state: 'out-of-service', code: 'APP_DAMAGED' });
  expect(await submitPassport(made).catch((error: Error) => error.message)).toBe('NOT_IN_SERVICE');
  await made.kiosk.stop();
});

describe('a policy that can not be used', () => {
  it.each([
    ['unknown keys', { surprise: 1 }, 'POLICY_INVALID'],
    ['a wrong type', { mode: 7 }, 'POLICY_INVALID'],
    ['an http endpoint', { endpoint: { origin: 'http://ivs.markid.eu' } }, 'POLICY_INVALID'],
    ['no JSON', '{', 'POLICY_NOT_JSON'],
    ['a huge file', ' '.repeat(300_000), 'POLICY_TOO_LARGE'],
  ])(
    'with %s takes the kiosk out of service by its code, also for training',
    async (_what, policy, code) => {
      const made = await started(policy);
      expect(made.kiosk.status().service).toEqual({ state: 'out-of-service', code });
      expect(await submitPassport(made).catch((error: Error) => error.message)).toBe(
        'NOT_IN_SERVICE',
      );
    },
  );

  it('REC-05 leaves a kiosk that had a good one in service under it, and staff is told', async () => {
    const files = emptyFiles();
    const made = await started({ brand: { name: 'Good Bank' } }, trustedKeyring, files);
    await made.kiosk.stop();
    const again = await started('{', trustedKeyring, files);
    expect(again.kiosk.status()).toMatchObject({
      service: { state: 'ready' },
      brand: { name: 'Good Bank' },
      warnings: ['POLICY_LAST_GOOD', 'POLICY_NOT_JSON'],
    });
    expect(again.events).toContainEqual({ event: 'app.policy-refused', code: 'POLICY_NOT_JSON' });
  });

  it('is read again when staff repaired it', async () => {
    const files = emptyFiles();
    const made = await started('{', trustedKeyring, files);
    files.disk.put('/policy/policy.json', '{}');
    expect(valueOf(await made.handlers['app:retry-start'](undefined)).service).toEqual({
      state: 'ready',
    });
  });
});

describe('provisioning', () => {
  it('takes credentials in the room, tests them, and delivers to the configured server', async () => {
    const { server, files, policy, seen } = await bankServer();
    const made = await started(policy, trustedKeyring, files);
    await enterRoom(made);
    const door = valueOf(await made.handlers['operator:store-credentials'](CREDENTIALS));
    expect(door).toMatchObject({ hasCredentials: true, vault: 'open' });
    expect(made.kiosk.status().environment).toBe('production');
    expect(await made.handlers['operator:test-credentials'](undefined)).toEqual({
      ok: true,
      value: null,
    });
    expect(await submitPassport(made)).toMatchObject({ ok: true });
    await sessionIs(made, 'delivered');
    expect(seen.map(({ country, documentType }) => [country, documentType])).toEqual([
      ['LT', 'PASSPORT'],
    ]);
    expect(server.journal).toBeDefined();
    expect(files.disk.everHeld(CREDENTIALS.apiSecret)).toBe(false);
    expect(JSON.stringify([door, made.kiosk.status(), made.events])).not.toContain(
      CREDENTIALS.apiSecret,
    );
  });

  it('keeps what wrong credentials can not deliver, pauses, and delivers it once they are right', async () => {
    const { files, policy, seen } = await bankServer();
    const made = await started(policy, trustedKeyring, files);
    await enterRoom(made);
    valueOf(
      await made.handlers['operator:store-credentials']({ ...CREDENTIALS, apiSecret: 'wrong' }),
    );
    expect(await made.handlers['operator:test-credentials'](undefined)).toEqual(
      fail('MARKID_UNAUTHORIZED'),
    );
    expect(await submitPassport(made)).toMatchObject({ ok: true, value: { delivery: null } });
    await sessionIs(made, 'saved');
    expect(made.kiosk.status()).toMatchObject({
      service: { state: 'ready' },
      outbox: { condition: { state: 'paused', code: 'MARKID_UNAUTHORIZED' }, waiting: 1 },
    });
    expect(seen).toEqual([]);

    valueOf(await made.handlers['operator:store-credentials'](CREDENTIALS));
    await vi.waitFor(() => {
      expect(made.kiosk.status().outbox).toMatchObject({ waiting: 0, deliveredToday: 1 });
    }, 10_000);
    expect(seen).toHaveLength(1);
  });

  it('asks for a passphrase where there is no keyring, and for it again after a restart', async () => {
    const { files, policy } = await bankServer();
    const first = await started(policy, noKeyring, files);
    await enterRoom(first);
    expect(await first.handlers['operator:store-credentials'](CREDENTIALS)).toMatchObject({
      ok: false,
    });
    valueOf(await first.handlers['operator:create-vault']({ passphrase: PASSPHRASE }));
    valueOf(await first.handlers['operator:store-credentials'](CREDENTIALS));

    const second = await started(policy, noKeyring, files);
    expect(second.kiosk.status().service).toEqual({ state: 'locked' });
    expect(
      await second.handlers['operator:unlock-vault']({ passphrase: 'not the right one' }),
    ).toEqual(fail('VAULT_PASSPHRASE_WRONG'));
    valueOf(await second.handlers['operator:unlock-vault']({ passphrase: PASSPHRASE }));
    expect(second.kiosk.status()).toMatchObject({
      environment: 'production',
      service: { state: 'ready' },
    });
    expect(files.disk.everHeld(CREDENTIALS.apiSecret)).toBe(false);
    expect(files.disk.everHeld(PASSPHRASE)).toBe(false);
  });

  it('goes back to training when the credentials are removed', async () => {
    const made = await started();
    await enterRoom(made);
    valueOf(await made.handlers['operator:store-credentials'](CREDENTIALS));
    valueOf(await made.handlers['operator:remove-credentials'](undefined));
    expect(made.kiosk.status().environment).toBe('training');
  });

  it.each(['restart', 'exit'] as const)(
    'is left by %s, which is written down first',
    async (way) => {
      const made = await started();
      await enterRoom(made);
      expect(made.leftBy()).toBeNull();
      valueOf(await made.handlers[`operator:${way}-kiosk`](undefined));
      expect(made.leftBy()).toBe(way);
      expect(made.events.at(-1)).toEqual({ event: 'operator.kiosk-left', way });
    },
  );

  it('does nothing for whoever has not entered the room', async () => {
    const made = await started();
    const { handlers } = made;
    const closed = fail('OPERATOR_REQUIRED');
    expect(await handlers['operator:store-credentials'](CREDENTIALS)).toEqual(closed);
    expect(await handlers['operator:remove-credentials'](undefined)).toEqual(closed);
    expect(await handlers['operator:test-credentials'](undefined)).toEqual(closed);
    expect(await handlers['operator:create-vault']({ passphrase: PASSPHRASE })).toEqual(closed);
    expect(await handlers['operator:exit-kiosk'](undefined)).toEqual(closed);
    expect(await handlers['operator:restart-kiosk'](undefined)).toEqual(closed);
    expect(made.leftBy()).toBeNull();
  });
});

it('remembers the camera in its status', async () => {
  const made = await started();
  const camera = { deviceId: 'id', label: 'Desk camera' };
  valueOf(await made.handlers['camera:remember-camera']({ camera }));
  expect(made.kiosk.status().camera.remembered).toEqual(camera);
});
