import { describe, expect, it } from 'vitest';
import { runSelfTest, type SelfTestParts } from '../../../../main/diagnostics/self-test.ts';
import { selfCheckResult } from '../../../../preload/contract/diagnostics-channels.ts';
import { ERROR_CODES } from '../../../../preload/contract/error-codes.ts';
import { fail, ok } from '../../../../preload/contract/result.ts';
import { VAULT_STATES } from '../../../../preload/contract/vault-states.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { failing, MemoryDisk } from '../../../support/memory-disk.ts';

const test = (parts: Partial<SelfTestParts> = {}) =>
  runSelfTest({
    disk: new MemoryDisk(),
    clock: new FakeClock(),
    machine: { platform: 'linux', hasNetwork: () => true },
    folder: '/data',
    minFreeMegabytes: 500,
    vault: 'open',
    log: async () => ({ verdict: 'intact', latestAtMs: null }),
    askMarkId: async () => ok(null),
    camera: {
      isOpen: true,
      widthPx: 1920,
      heightPx: 1080,
      framesPerSecond: 30,
      focus: 'automatic',
    },
    scanners: null,
    ...parts,
  });

const told = async (check: string, parts: Partial<SelfTestParts>) =>
  (await test(parts)).find((result) => result.check === check);

describe('self-test', () => {
  it('finds a ready kiosk good in everything that can be told', async () => {
    const results = await test();
    expect(results.map(({ check }) => check)).toEqual([
      'disk',
      'clock',
      'keyring',
      'swap',
      'core-dumps',
      'event-log',
      'network',
      'mark-id',
      'credentials',
      'camera',
      'camera-frame-rate',
      'camera-focus',
      'scanner',
    ]);
    for (const { check, verdict } of results)
      expect(verdict).toBe(['swap', 'core-dumps', 'scanner'].includes(check) ? 'skipped' : 'good');
  });

  it('leaves no file behind', async () => {
    const disk = new MemoryDisk();
    await test({ disk });
    expect(disk.names()).toEqual([]);
  });

  it('names a full disk, and one that does not write', async () => {
    const full = new MemoryDisk();
    full.free = 1_000_000;
    expect(await told('disk', { disk: full })).toMatchObject({ code: 'STORAGE_LOW' });
    const refusing = new MemoryDisk();
    refusing.fault = failing('EROFS', 'replace');
    expect(await told('disk', { disk: refusing })).toMatchObject({
      verdict: 'failed',
      code: 'STORAGE_FAILED',
    });
  });

  it('names a clock from before the kiosk was made, or from before what has happened', async () => {
    const wrong = { verdict: 'warning', code: 'CLOCK_WRONG' };
    expect(await told('clock', { clock: new FakeClock(0) })).toMatchObject(wrong);
    const clock = new FakeClock();
    const latestAtMs = clock.wallMs() + 2 * 3_600_000;
    const log = async () => ({ verdict: 'intact', latestAtMs }) as const;
    expect(await told('clock', { clock, log })).toMatchObject(wrong);
  });

  it('tells every state of the vault, and every verdict over the log', async () => {
    for (const vault of VAULT_STATES)
      expect((await told('keyring', { vault }))?.verdict).toBe(
        { open: 'good', empty: 'good', 'passphrase-needed': 'warning' }[vault as string] ??
          'failed',
      );
    for (const [verdict, expected] of [
      ['unproven', 'warning'],
      ['broken', 'failed'],
    ] as const)
      expect(
        await told('event-log', { log: async () => ({ verdict, latestAtMs: null }) }),
      ).toMatchObject({ verdict: expected, code: 'EVENT_LOG_BROKEN' });
  });

  it('names a machine without a network', async () => {
    const machine = { platform: 'linux', hasNetwork: () => false } as const;
    expect(await told('network', { machine })).toMatchObject({ verdict: 'failed' });
  });

  it.each([
    ['NETWORK_UNREACHABLE', 'failed', 'skipped'],
    ['TLS_NOT_TRUSTED', 'failed', 'skipped'],
    ['MARKID_UNAUTHORIZED', 'good', 'failed'],
    ['MARKID_PAYMENT_REQUIRED', 'good', 'failed'],
    ['MARKID_TOO_MANY_REQUESTS', 'warning', 'skipped'],
    ['MARKID_INTERNAL_ERROR', 'warning', 'skipped'],
    ['CREDENTIALS_MISSING', 'skipped', 'skipped'],
  ] as const)(
    'tells %s of Mark ID as %s, and of the credentials as %s',
    async (code, ...verdicts) => {
      const results = await test({ askMarkId: async () => fail(code) });
      const verdictOf = (wanted: string) => results.find(({ check }) => check === wanted)?.verdict;
      expect([verdictOf('mark-id'), verdictOf('credentials')]).toEqual(verdicts);
    },
  );

  it('answers within the contract whatever Mark ID says', async () => {
    for (const code of ERROR_CODES)
      for (const result of await test({ askMarkId: async () => fail(code) }))
        expect(selfCheckResult.safeParse(result).success).toBe(true);
  });
});
