/** What the operator's room can ask the kiosk about itself, over the kiosk as it is now. */
import type { AppStatus } from '../../preload/contract/app-channels.ts';
import type {
  CameraReport,
  EventPage,
  ExportedDiagnostics,
  SelfCheckResult,
} from '../../preload/contract/diagnostics-channels.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { VaultState } from '../../preload/contract/vault-states.ts';
import type { Clock } from '../ports/clock.ts';
import type { Disk } from '../ports/disk.ts';
import type { Machine } from '../ports/machine.ts';
import type { Policy } from '../settings/policy.ts';
import type { TestedScanners } from './device-tests.ts';
import type { EventLog } from './event-log.ts';
import { readEventPage } from './event-pages.ts';
import { exportDiagnostics } from './export.ts';
import { runSelfTest } from './self-test.ts';

export interface DiagnosticsParts {
  readonly disk: Disk;
  readonly clock: Clock;
  readonly machine: Machine;
  /** Absolute folder of everything the kiosk keeps. */
  readonly folder: string;
  readonly log: EventLog;
  /** The kiosk, as far as it is looked at. */
  readonly kiosk: {
    status(): AppStatus;
    readonly policy: Policy;
    readonly vault: { readonly state: VaultState };
    readonly scanners: TestedScanners | null;
    testCredentials(): Promise<Result<null>>;
  };
}

export class Diagnostics {
  readonly #parts: DiagnosticsParts;
  #running: Promise<SelfCheckResult[]> | null = null;

  constructor(parts: DiagnosticsParts) {
    this.#parts = parts;
  }

  /** Tests the kiosk; whoever asks while it does gets the same answer, so that Mark ID is asked once. */
  async selfTest(camera: CameraReport | null): Promise<SelfCheckResult[]> {
    this.#running ??= this.#test(camera);
    try {
      return await this.#running;
    } finally {
      this.#running = null;
    }
  }

  /** The newest events, or those before a number. */
  async events(before: number | null): Promise<Result<EventPage, 'STORAGE_FAILED'>> {
    const { disk, log } = this.#parts;
    try {
      await log.flush();
      return ok(await readEventPage(disk, log.folder, before));
    } catch {
      return fail('STORAGE_FAILED');
    }
  }

  /** Copies event log and summary to where the policy allows it. */
  async export(): Promise<Result<ExportedDiagnostics, 'EXPORT_UNAVAILABLE' | 'EXPORT_FAILED'>> {
    const { disk, clock, machine, kiosk, log } = this.#parts;
    const { exportFolder } = kiosk.policy.diagnostics;
    if (exportFolder === null) return fail('EXPORT_UNAVAILABLE');
    const selfTest = await this.selfTest(null);
    const { report } = await log.verify();
    const exported = await log.hold(() =>
      exportDiagnostics({
        disk,
        exportFolder,
        logFolder: log.folder,
        status: kiosk.status(),
        platform: machine.platform,
        vault: kiosk.vault.state,
        selfTest,
        eventLog: report,
        atMs: clock.wallMs(),
      }),
    );
    if (exported.ok)
      log.sink({
        event: 'operator.diagnostics-exported',
        fileCount: exported.value.fileCount,
      });
    return exported;
  }

  async #test(camera: CameraReport | null): Promise<SelfCheckResult[]> {
    const { disk, clock, machine, folder, kiosk, log } = this.#parts;
    const results = await runSelfTest({
      disk,
      clock,
      machine,
      folder,
      minFreeMegabytes: kiosk.policy.outbox.minFreeMegabytes,
      vault: kiosk.vault.state,
      log: async () => {
        const { report, latestAtMs } = await log.verify();
        return { verdict: report.verdict, latestAtMs };
      },
      askMarkId: () => kiosk.testCredentials(),
      camera,
      scanners: kiosk.scanners,
    });
    const count = (wanted: SelfCheckResult['verdict']): number =>
      results.filter(({ verdict }) => verdict === wanted).length;
    log.sink({
      event: 'operator.self-test-finished',
      failed: count('failed'),
      warnings: count('warning'),
    });
    return results;
  }
}
