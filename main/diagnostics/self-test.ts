/** The readiness self-test: each check of the closed set with a closed verdict. Changes nothing, spends no token. */
import { join } from 'node:path';
import type { CameraReport, SelfCheckResult } from '../../preload/contract/diagnostics-channels.ts';
import type { SelfCheck, SelfVerdict } from '../../preload/contract/diagnostics-words.ts';
import { TRANSPORT_ERROR_CODES, type ErrorCode } from '../../preload/contract/error-codes.ts';
import type { Result } from '../../preload/contract/result.ts';
import type { VaultState } from '../../preload/contract/vault-states.ts';
import { checkCapacity } from '../outbox/capacity.ts';
import type { Clock } from '../ports/clock.ts';
import type { Disk } from '../ports/disk.ts';
import type { Machine } from '../ports/machine.ts';
import { testCamera, testScanners, type TestedScanners } from './device-tests.ts';
import { coreDumpExposure, swapExposure, type Exposure } from './memory-exposure.ts';
import type { Verdict } from './verify-file.ts';

export interface SelfTestParts {
  readonly disk: Disk;
  readonly clock: Clock;
  readonly machine: Machine;
  /** Absolute folder of everything the kiosk keeps. */
  readonly folder: string;
  readonly minFreeMegabytes: number;
  readonly vault: VaultState;
  /** Verdict over the event log, and the latest wall clock in it; null where it has no record. */
  readonly log: () => Promise<{ readonly verdict: Verdict; readonly latestAtMs: number | null }>;
  /** Asks Mark ID whether it accepts the credentials. CREDENTIALS_MISSING: there is nobody to ask. */
  readonly askMarkId: () => Promise<Result<null>>;
  /** What the page measured; null where no page asked. */
  readonly camera: CameraReport | null;
  /** Null where the policy allows none. */
  readonly scanners: TestedScanners | null;
}

/** Before the first version of the kiosk: 1 January 2026. */
const FIRST_RELEASE_MS = 1_767_225_600_000;
/** Own decision: a clock kept by the network moves by less. */
const CLOCK_SLACK_MS = 3_600_000;

const result = (
  check: SelfCheck,
  verdict: SelfVerdict,
  code: ErrorCode | null = null,
): SelfCheckResult => ({ check, verdict, code });

const testDisk = async ({
  disk,
  folder,
  minFreeMegabytes,
}: SelfTestParts): Promise<SelfCheckResult> => {
  const path = join(folder, 'self-test.tmp');
  const written = Buffer.from('mark-id-kiosk self-test');
  try {
    await disk.replace(path, [written]);
    const read = await disk.read(path);
    await disk.remove(path);
    if (read === null || !written.equals(read)) return result('disk', 'failed', 'STORAGE_FAILED');
  } catch {
    return result('disk', 'failed', 'STORAGE_FAILED');
  }
  const capacity = await checkCapacity(disk, folder, 0, { maxItems: 1, minFreeMegabytes });
  return capacity.ok ? result('disk', 'good') : result('disk', 'failed', capacity.error.code);
};

const testClock = (clock: Clock, latestAtMs: number | null): SelfCheckResult => {
  const earliestMs = Math.max(FIRST_RELEASE_MS, (latestAtMs ?? 0) - CLOCK_SLACK_MS);
  return clock.wallMs() >= earliestMs
    ? result('clock', 'good')
    : result('clock', 'warning', 'CLOCK_WRONG');
};

const KEYRING_VERDICTS: Readonly<Record<VaultState, readonly [SelfVerdict, ErrorCode | null]>> = {
  open: ['good', null],
  empty: ['good', null],
  'passphrase-needed': ['warning', 'VAULT_KEYRING_UNAVAILABLE'],
  locked: ['failed', 'VAULT_NOT_OPEN'],
  'keyring-unavailable': ['failed', 'VAULT_KEYRING_UNAVAILABLE'],
  'keyring-changed': ['failed', 'VAULT_KEYRING_CHANGED'],
  damaged: ['failed', 'VAULT_DAMAGED'],
};

const testExposure = (check: 'swap' | 'core-dumps', exposure: Exposure): SelfCheckResult => {
  if (exposure === 'unknown') return result(check, 'skipped');
  return exposure === 'none' ? result(check, 'good') : result(check, 'warning', 'MEMORY_EXPOSED');
};

const testLog = (verdict: Verdict): SelfCheckResult => {
  if (verdict === 'intact') return result('event-log', 'good');
  const verdictNow = verdict === 'broken' ? 'failed' : 'warning';
  return result('event-log', verdictNow, 'EVENT_LOG_BROKEN');
};

/** Refusals of the account: Mark ID was there to say them. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'MARKID_UNAUTHORIZED',
  'MARKID_PAYMENT_REQUIRED',
  'MARKID_PERMISSIONS_ERROR',
  'MARKID_PARTNER_CONTRACT_ERROR',
]);
const UNREACHED: ReadonlySet<ErrorCode> = new Set<ErrorCode>(TRANSPORT_ERROR_CODES);

const testMarkId = (answer: Result<null>): SelfCheckResult[] => {
  if (answer.ok) return [result('mark-id', 'good'), result('credentials', 'good')];
  const { code } = answer.error;
  if (code === 'CREDENTIALS_MISSING')
    return [result('mark-id', 'skipped'), result('credentials', 'skipped', code)];
  if (REFUSALS.has(code)) return [result('mark-id', 'good'), result('credentials', 'failed', code)];
  const verdict = UNREACHED.has(code) ? 'failed' : 'warning';
  return [result('mark-id', verdict, code), result('credentials', 'skipped')];
};

/** Every check, in the order of SELF_CHECKS. */
export const runSelfTest = async (parts: SelfTestParts): Promise<SelfCheckResult[]> => {
  const { disk, clock, machine, vault } = parts;
  const [log, answer, diskResult, swap, coreDumps, scanner] = await Promise.all([
    parts.log(),
    parts.askMarkId(),
    testDisk(parts),
    swapExposure(disk),
    coreDumpExposure(disk),
    testScanners(parts.scanners),
  ]);
  return [
    diskResult,
    testClock(clock, log.latestAtMs),
    result('keyring', ...KEYRING_VERDICTS[vault]),
    testExposure('swap', swap),
    testExposure('core-dumps', coreDumps),
    testLog(log.verdict),
    machine.hasNetwork()
      ? result('network', 'good')
      : result('network', 'failed', 'NETWORK_UNREACHABLE'),
    ...testMarkId(answer),
    ...testCamera(parts.camera),
    scanner,
  ];
};
