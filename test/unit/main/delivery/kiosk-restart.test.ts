/** The whole kiosk over what an earlier run left: items, warnings, obstacles. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { appStatus } from '../../../../preload/contract/app-channels.ts';
import { SCHEMA_VERSION } from '../../../../main/outbox/index-schema.ts';
import { diskError } from '../../../support/memory-disk.ts';
import { POLICY_PATH } from '../../../support/kiosk.ts';
import { Desk, FOLDER, valueOf } from './desk.ts';
import { broken, statusIs } from './fake-markid.ts';

const INDEX = `${FOLDER}/index.sqlite`;
const desks: Desk[] = [];
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.made.kiosk.stop();
});

/** A kiosk that kept a submission for later and was then stopped. */
const stopped = async (): Promise<Desk> => {
  const desk = new Desk();
  desks.push(desk);
  await desk.start();
  desk.markId.next.token = [broken('NETWORK_UNREACHABLE')];
  await desk.capture();
  await desk.submit();
  await desk.made.kiosk.stop();
  return desk;
};

describe('a kiosk that starts again', () => {
  it('delivers what it kept, and says how much it found', async () => {
    const desk = await stopped();
    const { kiosk, events } = await desk.start();
    expect(events).toContainEqual({
      event: 'outbox.opened',
      environment: 'production',
      itemCount: 1,
      warning: null,
    });
    expect(kiosk.session.view().state).toBe('idle');
    await desk.clock.advance(20_000);
    expect(kiosk.status().outbox).toMatchObject({ waiting: 0, deliveredToday: 1 });
    expect(kiosk.status().warnings).toEqual([]);
  });

  it.each([
    ['practises', 'when-unprovisioned', { state: 'ready' }],
    ['is out of service', 'never', { state: 'out-of-service', code: 'CREDENTIALS_MISSING' }],
  ])(
    'without credentials %s, keeps what it has and says so; with them again it delivers',
    async (_what, training, service) => {
      const desk = await stopped();
      const { kiosk } = desk.made;
      desk.files.disk.put(POLICY_PATH, JSON.stringify({ training }));
      valueOf(await kiosk.credentials.remove());
      await kiosk.start();
      expect(kiosk.status()).toMatchObject({ service, warnings: ['OUTBOX_STRANDED'] });
      const again = await desk.start();
      await desk.clock.advance(20_000);
      expect(again.kiosk.status()).toMatchObject({ warnings: [], outbox: { deliveredToday: 1 } });
    },
  );

  it('REC-04 under another vault keeps its items and names their state; new ones go', async () => {
    const desk = await stopped();
    const { disk } = desk.files;
    for (const name of ['vault.json', 'credentials.json']) await disk.remove(`/data/${name}`);
    const keys = disk.text(`${FOLDER}/keys.json`);
    const { kiosk } = await desk.start();
    await desk.clock.advance(60_000);
    expect(kiosk.status()).toMatchObject({
      service: { state: 'ready' },
      warnings: ['OUTBOX_KEY_LOST'],
      outbox: { needsPerson: 1 },
    });
    expect(disk.text(`${FOLDER}/keys.json.kept-1`)).toBe(keys);
    expect((await desk.view()).items).toMatchObject([{ state: 'DAMAGED', code: 'ITEM_DAMAGED' }]);
    expect(disk.names(`${FOLDER}/items`)).toHaveLength(1);
    await desk.capture();
    await desk.submit();
    expect(desk.session.view().state).toBe('delivered');
  });

  it('REC-03 without its index is in service, warns, and keeps the files apart', async () => {
    const desk = await stopped();
    await desk.files.disk.remove(INDEX);
    const { kiosk, events } = await desk.start();
    expect(kiosk.status()).toMatchObject({
      service: { state: 'ready' },
      warnings: ['OUTBOX_DAMAGED'],
    });
    expect(appStatus.safeParse(kiosk.status()).success).toBe(true);
    expect(events).toContainEqual(expect.objectContaining({ warning: 'OUTBOX_DAMAGED' }));
    expect(desk.files.disk.names(`${FOLDER}/quarantine`)).toHaveLength(1);
  });

  it('is out of service over the outbox of a later version, and touches nothing', async () => {
    const desk = await stopped();
    const database = desk.files.sqlite.inside(INDEX);
    database.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
    const { kiosk } = await desk.start();
    expect(kiosk.status().service).toEqual({ state: 'out-of-service', code: 'OUTBOX_NEWER' });
    expect(desk.files.disk.names(`${FOLDER}/items`)).toHaveLength(1);
    database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
    await kiosk.start();
    expect(kiosk.status().service).toEqual({ state: 'ready' });
  });

  it('REC-02 is out of service where the disk does not answer, and loses nothing by it', async () => {
    const desk = await stopped();
    const { disk } = desk.files;
    disk.fault = (operation, path) => {
      if (operation === 'list' || path.endsWith('keys.json')) throw diskError('EIO');
    };
    const { kiosk } = await desk.start();
    expect(kiosk.status().service).toEqual({ state: 'out-of-service', code: 'STORAGE_FAILED' });
    disk.fault = () => undefined;
    await kiosk.start();
    await desk.clock.advance(20_000);
    expect(kiosk.status()).toMatchObject({ warnings: [], outbox: { deliveredToday: 1 } });
  });

  it('REC-02 takes no customer where the index can not be read, and says why', async () => {
    const desk = await stopped();
    const { kiosk, handlers } = await desk.start();
    const consentVersion = kiosk.status().consent.version;
    desk.files.sqlite.fault = (sql) => {
      if (sql.startsWith('SELECT')) throw new Error('disk I/O error');
    };
    expect(
      await handlers['session:start-session']({ language: 'en', consentVersion }),
    ).toMatchObject({ ok: false, error: { code: 'STORAGE_FAILED' } });
    desk.files.sqlite.fault = () => undefined;
  });

  it('goes on where the machine slept and where the network came back', async () => {
    const desk = await stopped();
    desk.markId.next.token = [broken('NETWORK_UNREACHABLE')];
    const { kiosk } = await desk.start();
    kiosk.delivery?.networkReturned();
    await desk.settle();
    expect(kiosk.status().outbox.waiting).toBe(1);
    desk.clock.jumpWall(3_600_000);
    kiosk.delivery?.machineResumed();
    await desk.clock.advance(1000);
    expect(kiosk.status().outbox).toMatchObject({ waiting: 0, deliveredToday: 1 });
  });

  it('REC-01 saves what was being saved when it was told to stop, and delivers it', async () => {
    const desk = new Desk();
    desks.push(desk);
    await desk.start();
    const pictures = await desk.capture();
    const { disk } = desk.files;
    const slow = Promise.withResolvers<void>();
    const replace = disk.replace.bind(disk);
    vi.spyOn(disk, 'replace').mockImplementationOnce(async (...args) => {
      await slow.promise;
      await replace(...args);
    });
    const { kiosk, handlers } = desk.made;
    const submitted = handlers['session:submit-session'](undefined);
    const isStopped = kiosk.stop();
    await desk.settle();
    slow.resolve();
    expect(await submitted).toMatchObject({ ok: true });
    await isStopped;
    expect(kiosk.session.view().state).toBe('idle');
    expect(pictures.every((picture) => picture.every((byte) => byte === 0))).toBe(true);

    const again = await desk.start();
    await desk.clock.advance(20_000);
    expect(again.kiosk.status().outbox).toMatchObject({ waiting: 0, deliveredToday: 1 });
  });

  it('REC-01 asks what became of the submission that was under way when it ended', async () => {
    const desk = new Desk();
    desks.push(desk);
    await desk.start();
    desk.markId.during = (path, { signal }) =>
      path === '/api/v2/process'
        ? new Promise((resolve) => {
            signal.addEventListener('abort', () => {
              resolve();
            });
          })
        : undefined;
    desk.markId.next.process = [broken('ANSWER_LOST')];
    await desk.capture();
    await desk.submit();
    await desk.made.kiosk.stop();
    desk.markId.during = () => undefined;
    desk.markId.next.status = [statusIs('APPROVED')];
    const { kiosk } = await desk.start();
    expect(kiosk.status().outbox.checking).toBe(1);
    await desk.clock.advance(60_000);
    expect((await desk.view()).delivered).toMatchObject([{ reconciled: true }]);
    expect(desk.markId.calls()).toBe('token, process token-000001, status');
  });
});
