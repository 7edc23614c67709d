/**
 * Which scanners there are, as far as is known now. Asking the drivers takes seconds, so nobody waits
 * for it: the list is looked at at any time, refreshed behind it, and tells when it changed.
 */
import type { ScannerErrorCode } from '../../preload/contract/error-codes.ts';
import { fail, type Result } from '../../preload/contract/result.ts';
import type { ScannerKind } from '../../preload/contract/scanner-words.ts';
import type { Clock } from '../ports/clock.ts';
import { SCAN_LIMITS, type ScannerDevice, type ScannerDriver } from './scanner-driver.ts';

export interface ListedScanners {
  readonly scanners: readonly ScannerDevice[];
  /** True while drivers are being asked. */
  readonly isSearching: boolean;
  /** Why there is none; null where there are some, or the first search is not over. */
  readonly code: ScannerErrorCode | null;
}

export interface ScannerListPorts {
  readonly drivers: readonly ScannerDriver[];
  readonly clock: Clock;
  /** Told after each change of what `view` shows. */
  readonly onChange: () => void;
}

type Listing = Result<readonly ScannerDevice[], ScannerErrorCode>;

export class ScannerList {
  readonly #ports: ScannerListPorts;
  readonly #listings = new Map<ScannerKind, Listing>();
  readonly #stopped = new AbortController();
  #search: Promise<void> | null = null;

  constructor(ports: ScannerListPorts) {
    this.#ports = ports;
  }

  /** Never waits. */
  view(): ListedScanners {
    const listings = [...this.#listings.values()];
    const scanners = listings.flatMap((listing) => (listing.ok ? listing.value : []));
    const isSearching = this.#search !== null;
    return { scanners, isSearching, code: this.#reason(scanners.length) };
  }

  /** Asks all drivers, at most once at a time; settles when each has answered or its time is over. */
  refresh(): Promise<void> {
    if (this.#stopped.signal.aborted) return Promise.resolve();
    if (this.#search !== null) return this.#search;
    this.#search = this.#askAll();
    this.#ports.onChange();
    return this.#search;
  }

  /** Ends a search that is under way, and begins no other. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#search;
  }

  async #askAll(): Promise<void> {
    await Promise.all(this.#ports.drivers.map((driver) => this.#ask(driver)));
    this.#search = null;
    this.#ports.onChange();
  }

  async #ask(driver: ScannerDriver): Promise<void> {
    const over = new AbortController();
    const late = new AbortController();
    const watch = async (): Promise<void> => {
      await this.#ports.clock.sleep(SCAN_LIMITS.listMs, over.signal);
      late.abort();
    };
    void watch();
    const signal = AbortSignal.any([this.#stopped.signal, late.signal]);
    // A bug in one driver must not hide the scanners of the others.
    const listing = await driver
      .list(signal)
      .catch((): Listing => fail('SCANNER_INTERRUPTED'))
      .finally(() => {
        over.abort();
      });
    this.#listings.set(driver.kind, listing);
    this.#ports.onChange();
  }

  #reason(scannerCount: number): ScannerErrorCode | null {
    const listings = [...this.#listings.values()];
    if (scannerCount > 0 || listings.length < this.#ports.drivers.length) return null;
    const failure = listings.find((listing) => !listing.ok);
    return failure === undefined || failure.ok ? 'SCANNER_NONE_FOUND' : failure.error.code;
  }
}
