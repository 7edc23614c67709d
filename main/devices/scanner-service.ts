/**
 * All scanners of a desk behind one door. Owns who may scan when: one job per device and per stack,
 * waiting for a busy scanner, one more try where opening failed, an end for a silent one, limits on
 * pages and bytes. Whole pages are handed over as they come and outlive whatever happens after them.
 */
import type { ScannerErrorCode } from '../../preload/contract/error-codes.ts';
import { fail, type Result } from '../../preload/contract/result.ts';
import type { ScannerId } from '../../preload/contract/scanner-words.ts';
import type { EventSink } from '../diagnostics/events.ts';
import type { Clock } from '../ports/clock.ts';
import { watchScan, type ScanWatchdog } from './scan-watchdog.ts';
import {
  SCAN_LIMITS,
  type ScanJob,
  type ScannedPage,
  type ScannerCapabilities,
  type ScannerDriver,
  type ScanRun,
} from './scanner-driver.ts';
import { ScannerList, type ListedScanners } from './scanner-list.ts';
import type { Scratch } from './scratch.ts';

export interface ScannerServicePorts {
  readonly drivers: readonly ScannerDriver[];
  readonly scratch: Scratch;
  readonly clock: Clock;
  readonly events: EventSink;
  /** Told after each change of what `scanners` shows. */
  readonly onChange: () => void;
}

export interface ScanOutcome {
  /** Whole pages, in order, also before a failure. */
  readonly pages: readonly ScannedPage[];
  /** null where the stack is through. */
  readonly code: ScannerErrorCode | null;
}

export interface ServiceRun extends ScanRun {
  /** Each page as soon as it is whole; it is in the outcome too. */
  readonly onPage: (page: ScannedPage) => void;
}

/** Source: scanners.md, busy: retry 1 s × 10. */
const BUSY_RETRIES = 10;
const BUSY_WAIT_MS = 1000;

/** Own decision: somebody who has just plugged a scanner in looks at the screen for it. */
const WATCH_EVERY_MS = 10_000;

/** A job or question of one device, from its start until its driver has let go of the device. */
interface Occupation {
  /** True of a scan until the operator was told the outcome; the driver may need a moment longer. */
  isAwaited: boolean;
  released: Promise<unknown>;
}

type CapabilitiesAnswer = Result<ScannerCapabilities, ScannerErrorCode>;

export class ScannerService {
  readonly #ports: ScannerServicePorts;
  readonly #list: ScannerList;
  readonly #occupied = new Map<ScannerId, Occupation>();
  readonly #capabilities = new Map<ScannerId, Promise<CapabilitiesAnswer>>();
  readonly #stopped = new AbortController();

  constructor(ports: ScannerServicePorts) {
    this.#ports = ports;
    this.#list = new ScannerList(ports);
  }

  /** Destroys what an earlier run left, and begins the first search without waiting for it. */
  async start(): Promise<void> {
    // A disk that refuses keeps what it has; the next start tries again.
    await this.#ports.scratch.wipe().catch(() => undefined);
    this.refresh();
  }

  /** Ends every job; when it settles, each driver has let go of its device. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await Promise.all([
      this.#list.stop(),
      ...[...this.#occupied.values()].map(({ released }) => released.catch(() => undefined)),
    ]);
  }

  /** What is known now. Never waits. */
  scanners(): ListedScanners {
    return this.#list.view();
  }

  /** Searches anew, behind what `scanners` shows. Not while somebody scans: a search disturbs scanners. */
  refresh(): void {
    if (this.#occupied.size > 0) return;
    this.#capabilities.clear();
    void this.#list.refresh();
  }

  /** Searches again and again, for a screen that shows scanners; until the function is called. */
  watch(): () => void {
    const over = new AbortController();
    const signal = AbortSignal.any([over.signal, this.#stopped.signal]);
    const watch = async (): Promise<void> => {
      while (!signal.aborted) {
        this.refresh();
        await this.#ports.clock.sleep(WATCH_EVERY_MS, signal);
      }
    };
    void watch();
    return () => {
      over.abort();
    };
  }

  /** What a scanner offers. Asked once per search; SCANNER_BUSY while it scans and was never asked. */
  async capabilities(id: ScannerId): Promise<CapabilitiesAnswer> {
    const known = this.#capabilities.get(id);
    if (known !== undefined) return known;
    if (this.#occupied.has(id)) return fail('SCANNER_BUSY');
    const driver = this.#driverOf(id);
    if (driver === undefined) return fail('SCANNER_UNREACHABLE');
    const asked = driver.capabilities(id, this.#stopped.signal);
    this.#capabilities.set(id, asked);
    this.#occupy(id, asked, false);
    const answer = await asked;
    if (!answer.ok) this.#capabilities.delete(id);
    return answer;
  }

  /**
   * Scans one stack, or what lies on the glass. Settles at once when the signal is aborted; a second
   * job on the same device is SCANNER_BUSY, and waits only for a cancelled one to let go, or for the
   * answer to what the scanner offers.
   */
  async scan(id: ScannerId, job: ScanJob, run: ServiceRun): Promise<ScanOutcome> {
    const driver = this.#driverOf(id);
    if (driver === undefined) return { pages: [], code: 'SCANNER_UNREACHABLE' };
    const before = this.#occupied.get(id);
    if (before?.isAwaited === true) return { pages: [], code: 'SCANNER_BUSY' };
    const startMs = this.#ports.clock.monotonicMs();
    const watchdog = watchScan(this.#ports.clock);
    const cancelled = AbortSignal.any([run.signal, this.#stopped.signal]);
    const signal = AbortSignal.any([cancelled, watchdog.bite]);
    const pages: ScannedPage[] = [];
    const work = (async () => {
      await before?.released.catch(() => undefined);
      return this.#pump(driver, id, job, { ...run, signal }, watchdog, pages);
    })();
    const occupation = this.#occupy(id, work, true);
    const ended = await Promise.race([work, aborted(signal)]).finally(() => {
      occupation.isAwaited = false;
      watchdog.stop();
    });
    const code = signal.aborted ? interruption(cancelled, watchdog) : ended;
    const durationMs = Math.round(this.#ports.clock.monotonicMs() - startMs);
    const { kind } = driver;
    const pageCount = pages.length;
    const { source } = job;
    this.#ports.events({
      event: 'scanner.scan-finished',
      kind,
      source,
      pageCount,
      durationMs,
      code,
    });
    return { pages: [...pages], code };
  }

  /** Scans until there is an end to tell: a scanner in use is waited for, a lost one looked for once. */
  // RECOVERY: REC-07
  async #pump(
    driver: ScannerDriver,
    id: ScannerId,
    job: ScanJob,
    run: ServiceRun,
    watchdog: ScanWatchdog,
    pages: ScannedPage[],
  ): Promise<ScannerErrorCode | null> {
    // Drivers wait for pages by themselves: all the waiting together is what an operator sees.
    let waits = 0;
    const onProgress: ScanRun['onProgress'] = (progress) => {
      if (progress.phase === 'waiting') waits += 1;
      watchdog.pat();
      if (!run.signal.aborted) run.onProgress(progress);
    };
    let hasLookedAgain = false;
    for (;;) {
      const code = run.signal.aborted
        ? 'SCANNER_CANCELLED'
        : await this.#once(driver, id, job, { ...run, onProgress }, watchdog, pages);
      if (pages.length > 0) return code;
      if (code === 'SCANNER_BUSY' && waits < BUSY_RETRIES) {
        onProgress({ phase: 'waiting' });
        await this.#ports.clock.sleep(BUSY_WAIT_MS, run.signal);
      } else if (code === 'SCANNER_UNREACHABLE' && !hasLookedAgain) {
        hasLookedAgain = true;
        await driver.list(run.signal);
      } else return code;
    }
  }

  async #once(
    driver: ScannerDriver,
    id: ScannerId,
    job: ScanJob,
    run: ServiceRun,
    watchdog: ScanWatchdog,
    pages: ScannedPage[],
  ): Promise<ScannerErrorCode | null> {
    const { signal, onProgress } = run;
    let sizeBytes = 0;
    for await (const page of driver.scan(id, job, { signal, onProgress })) {
      if (!page.ok) return page.error.code;
      if (signal.aborted) return 'SCANNER_CANCELLED';
      watchdog.pat();
      sizeBytes += page.value.bytes.byteLength;
      if (pages.length >= SCAN_LIMITS.pages || sizeBytes > SCAN_LIMITS.jobBytes)
        return 'SCANNER_TOO_LARGE';
      pages.push(page.value);
      run.onPage(page.value);
    }
    return null;
  }

  #driverOf(id: ScannerId): ScannerDriver | undefined {
    return this.#ports.drivers.find(({ kind }) => id.startsWith(`${kind}-`));
  }

  /** Nobody else uses the device until the work has settled. */
  #occupy(id: ScannerId, work: Promise<unknown>, isAwaited: boolean): Occupation {
    const occupation: Occupation = { isAwaited, released: work };
    this.#occupied.set(id, occupation);
    const release = (): void => {
      if (this.#occupied.get(id) === occupation) this.#occupied.delete(id);
    };
    work.then(release, release);
    return occupation;
  }
}

const aborted = (signal: AbortSignal): Promise<null> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    else
      signal.addEventListener('abort', () => {
        resolve(null);
      });
  });

const interruption = (cancelled: AbortSignal, watchdog: ScanWatchdog): ScannerErrorCode =>
  !cancelled.aborted && watchdog.bite.aborted ? 'SCANNER_STOPPED_ANSWERING' : 'SCANNER_CANCELLED';
