import { beforeEach, describe, expect, it, vi } from 'vitest';
import { EventLog } from '../../../../main/diagnostics/event-log.ts';
import type { EventPage } from '../../../../preload/contract/diagnostics-channels.ts';
import { ok } from '../../../../preload/contract/result.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import {
  emptyFiles,
  makeKiosk,
  trustedKeyring,
  type KioskUnderTest,
} from '../../../support/kiosk.ts';
import { failing, MemoryDisk } from '../../../support/memory-disk.ts';

const EXPORTS = '/media/exports';
const POLICY = {
  brand: { name: 'A Bank’s Own Name' },
  consent: { version: 'canary-consent', text: { en: 'canary text' } },
  camera: { pinnedLabel: 'canary camera' },
  diagnostics: { exportFolder: EXPORTS },
  training: 'never',
};

let disk: MemoryDisk;
let log: EventLog;
let clock: FakeClock;
let made: KioskUnderTest;
const prepare = async (policy: object = POLICY): Promise<void> => {
  disk = new MemoryDisk();
  disk.put(EXPORTS, '', { isRegularFile: false });
  clock = new FakeClock();
  log = new EventLog({ disk, clock, folder: '/data/events', echo: () => undefined });
  made = makeKiosk(policy, trustedKeyring, emptyFiles(disk), { clock, events: log.sink }, { log });
  vi.spyOn(made.kiosk.door, 'admit').mockReturnValue(ok(null));
  await made.kiosk.start();
};
beforeEach(() => prepare());

const page = async (before: number | null): Promise<EventPage> => {
  const answer = await made.handlers['diagnostics:list-events']({ before });
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value;
};

describe('pages of the event log', () => {
  it('hold the newest events first and lead to the very first one', async () => {
    for (let count = 0; count < 120; count += 1) log.sink({ event: 'delivery.step-failed' });
    const seen: number[] = [];
    let before: number | null = null;
    for (let pages = 0; pages < 10; pages += 1) {
      const { events, hasMore }: EventPage = await page(before);
      seen.push(...events.map(({ sequence }) => sequence));
      before = events.at(-1)?.sequence ?? null;
      if (!hasMore) break;
    }
    expect(seen).toEqual(Array.from({ length: seen.length }, (_, index) => seen.length - index));
    expect(seen.length).toBeGreaterThan(120);
  });

  it('go over the border of two files', async () => {
    const small = new EventLog({
      disk,
      clock,
      folder: '/data/small',
      echo: () => undefined,
      fileBytes: 1_500,
    });
    for (let count = 0; count < 30; count += 1) {
      small.sink({ event: 'delivery.step-failed' });
      await small.flush();
    }
    made = makeKiosk(POLICY, trustedKeyring, emptyFiles(disk), { clock }, { log: small });
    vi.spyOn(made.kiosk.door, 'admit').mockReturnValue(ok(null));
    const { events, hasMore } = await page(25);
    expect(events.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 24 }, (_, index) => 24 - index),
    );
    expect(hasMore).toBe(false);
  });

  it('leave out what the catalogue does not describe', async () => {
    await log.flush();
    const before = (await page(null)).events.length;
    const path = '/data/events/events-000001.jsonl';
    disk.put(path, `${disk.text(path)}{"sequence":99,"event":"canary"}\nnonsense\n`);
    expect((await page(null)).events).toHaveLength(before);
  });
});

describe('an export', () => {
  it('copies the log, byte for byte, and a summary into a folder of its own', async () => {
    const answer = await made.handlers['diagnostics:export-diagnostics'](undefined);
    expect(answer).toMatchObject({
      ok: true,
      value: { folderName: 'mark-id-kiosk-20260115-090000', fileCount: 2 },
    });
    const target = `${EXPORTS}/mark-id-kiosk-20260115-090000`;
    const copy = disk.text(`${target}/events-000001.jsonl`) ?? '';
    expect(copy).toContain('app.start-finished');
    const summary: unknown = JSON.parse(disk.text(`${target}/summary.json`) ?? '');
    expect(summary).toMatchObject({ eventLog: { verdict: 'intact' }, service: {} });
    await log.flush();
    expect((await page(null)).events[0]?.event.event).toBe('operator.diagnostics-exported');
  });

  it('SEC-26 holds nothing of the policy’s texts and labels, and no path', async () => {
    await made.handlers['diagnostics:export-diagnostics'](undefined);
    const exported = disk
      .names(`${EXPORTS}/mark-id-kiosk-20260115-090000`)
      .map((name) => disk.text(`${EXPORTS}/mark-id-kiosk-20260115-090000/${name}`))
      .join('');
    expect(exported.length).toBeGreaterThan(500);
    for (const canary of ['canary', 'Own Name', '/media', '/data', '/policy'])
      expect(exported).not.toContain(canary);
  });

  it('never takes another one’s place', async () => {
    await made.handlers['diagnostics:export-diagnostics'](undefined);
    expect(await made.handlers['diagnostics:export-diagnostics'](undefined)).toMatchObject({
      value: { folderName: 'mark-id-kiosk-20260115-090000-2' },
    });
  });

  it('SEC-17 goes nowhere else: not without a folder in the policy, not where it is gone', async () => {
    await disk.remove(EXPORTS);
    const unavailable = { ok: false, error: { code: 'EXPORT_UNAVAILABLE' } };
    const ask = () => made.handlers['diagnostics:export-diagnostics'](undefined);
    expect(await ask()).toEqual(unavailable);
    await prepare({});
    expect(await ask()).toEqual(unavailable);
    expect(disk.names().filter((name) => name === 'summary.json')).toEqual([]);
    await made.kiosk.stop();
  });

  it('leaves nothing behind when the drive refuses half way', async () => {
    disk.fault = (operation, path) => {
      if (path.startsWith(EXPORTS) && path.includes('events-'))
        failing('ENOSPC', 'replace')(operation);
    };
    expect(await made.handlers['diagnostics:export-diagnostics'](undefined)).toEqual({
      ok: false,
      error: { code: 'EXPORT_FAILED' },
    });
    expect(disk.names().filter((name) => name === 'summary.json')).toEqual([]);
  });
});

it('asks Mark ID once for however many want to know at the same time', async () => {
  const asked = vi.spyOn(made.kiosk, 'testCredentials');
  const run = () =>
    made.handlers['diagnostics:run-self-test']({
      camera: { isOpen: false, widthPx: 0, heightPx: 0, framesPerSecond: 0, focus: null },
    });
  const answers = await Promise.all([run(), run(), run()]);
  expect(asked).toHaveBeenCalledTimes(1);
  expect(answers[0]).toEqual(answers[2]);
  expect(answers[0]).toMatchObject({ ok: true });
});
