/**
 * One scan for the customer of a session: pages are looked at as they come and kept in the session's
 * tray, also those before a jam. One at a time; whoever ends the session ends the scan.
 */
import type { ErrorCode } from '../../../preload/contract/error-codes.ts';
import type { ScanOutcome, ScanProgress } from '../../../preload/contract/scanner-channels.ts';
import type { ScannerId, ScanSource } from '../../../preload/contract/scanner-words.ts';
import type { ScannerService } from '../../devices/scanner-service.ts';
import type { PageTray } from './page-tray.ts';

/** What every document is scanned with: providers refuse grey and few pixels (scanners.md). */
const DPI = 300;

export interface PageScanRequest {
  readonly scannerId: ScannerId;
  readonly source: ScanSource;
  /** The pages that are there stay before those that come. */
  readonly keepsPages: boolean;
}

export class PageScan {
  readonly #onProgress: (progress: ScanProgress) => void;
  #running = new AbortController();
  #settled: Promise<unknown> = Promise.resolve();

  /** @param onProgress told at each sign of the scanner. */
  constructor(onProgress: (progress: ScanProgress) => void) {
    this.#onProgress = onProgress;
  }

  /** Scans into the tray; settles when every page that came was looked at. Takes the place of a scan that runs. */
  run(service: ScannerService, tray: PageTray, request: PageScanRequest): Promise<ScanOutcome> {
    this.cancel();
    const running = new AbortController();
    this.#running = running;
    if (!request.keepsPages) tray.clear();
    const { customer } = tray;
    const before = this.#settled;
    const scanned = before.then(() => this.#scan(service, tray, request, customer, running.signal));
    this.#settled = scanned.catch(() => undefined);
    return scanned;
  }

  /** Ends the scan that is running, if one is. */
  cancel(): void {
    this.#running.abort();
  }

  async #scan(
    service: ScannerService,
    tray: PageTray,
    { scannerId, source }: PageScanRequest,
    customer: AbortSignal,
    cancelled: AbortSignal,
  ): Promise<ScanOutcome> {
    const signal = AbortSignal.any([cancelled, customer]);
    const before = tray.views().length;
    const looks: ReturnType<PageTray['add']>[] = [];
    const tell = (phase: ScanProgress['phase'], share: number | null): void => {
      const pageIndex = before + looks.length;
      if (!signal.aborted) this.#onProgress({ phase, pageIndex, share });
    };
    const scanned = await service.scan(
      scannerId,
      { source, dpi: DPI, colour: 'colour', area: null },
      {
        signal,
        onProgress: (progress) => {
          tell(progress.phase, progress.phase === 'scanning' ? progress.share : null);
        },
        onPage: (page) => {
          looks.push(tray.add(page, customer));
        },
      },
    );
    tell('reading', null);
    const seen = await Promise.all(looks);
    const unread = seen.find((look) => !look.ok);
    const code: ErrorCode | null =
      scanned.code ?? (unread?.ok === false ? unread.error.code : null);
    return { pages: customer.aborted ? [] : tray.views(), code };
  }
}
