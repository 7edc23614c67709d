/**
 * The vendor's own program as a scanner: it drops its files into a folder, the kiosk takes each when
 * it is whole and destroys it. Pictures that lie there when a job begins belong to somebody else and
 * are destroyed unread; nothing that does not look like a scan is ever touched.
 */
import { join } from 'node:path';
import type { ScannerErrorCode } from '../../../preload/contract/error-codes.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Disk } from '../../ports/disk.ts';
import { checkPage } from '../page-check.ts';
import { identify } from '../scanner-id.ts';
import { readPageFile } from '../scratch.ts';
import type {
  ScanJob,
  ScannedPage,
  ScannerCapabilities,
  ScannerDevice,
  ScannerDriver,
  ScanRun,
} from '../scanner-driver.ts';

export interface FolderOptions {
  readonly disk: Disk;
  readonly clock: Clock;
  /** Absolute path. */
  readonly folder: string;
}

/** Own decisions, milliseconds: how often the folder is looked at. */
const POLL_MS = 250;
/** A file of the same size for so long may be whole: it is read and decoded. */
const SETTLED_MS = 500;
/** One that still does not decode then is broken. */
const BROKEN_MS = 10_000;
/** A stack ends when so long nothing came after its last page. */
const STACK_END_MS = 5000;
/** Nobody pressed the button of the vendor's program. */
const PATIENCE_MS = 180_000;

/** What vendors' programs write. Those that are no JPEG or PNG are taken too: they hold a document. */
const SCAN_FILE = /\.(jpe?g|png|tiff?|bmp|pdf)$/i;

const DEVICES: readonly ScannerDevice[] = identify('folder', [
  { identity: { vendor: '', model: 'Drop folder', serial: null }, handle: null },
]).map(({ device }) => device);

/** The program decides; the job's own wishes reach nobody. */
const CAPABILITIES: ScannerCapabilities = {
  sources: (['platen', 'feeder', 'duplex'] as const).map((source) => ({
    source,
    widthMm: null,
    heightMm: null,
  })),
  resolutionsDpi: [300],
  colours: ['colour'],
};

type PageOutcome = Result<ScannedPage, ScannerErrorCode>;

/** What is known of a file that was seen. */
interface Sighting {
  readonly sizeBytes: number;
  /** Monotonic moment at which it first had this size. */
  readonly sinceMs: number;
}

export class FolderDriver implements ScannerDriver {
  readonly kind = 'folder';
  readonly #options: FolderOptions;

  constructor(options: FolderOptions) {
    this.#options = options;
  }

  async list(): ReturnType<ScannerDriver['list']> {
    const facts = await this.#options.disk.facts(this.#options.folder).catch(() => null);
    return ok(facts === null ? [] : DEVICES);
  }

  async capabilities(): ReturnType<ScannerDriver['capabilities']> {
    return ok(CAPABILITIES);
  }

  async *scan(_id: string, job: ScanJob, run: ScanRun): AsyncGenerator<PageOutcome> {
    try {
      for (const name of await this.#scans()) await this.#destroy(name);
      yield* this.#pages(job, run);
    } catch {
      yield fail('SCANNER_ACCESS_DENIED');
    }
  }

  async *#pages(job: ScanJob, run: ScanRun): AsyncGenerator<PageOutcome> {
    const { clock } = this.#options;
    const seen = new Map<string, Sighting>();
    let pageCount = 0;
    let sinceMs = clock.monotonicMs();
    for (;;) {
      if (run.signal.aborted) {
        yield fail('SCANNER_CANCELLED');
        return;
      }
      for (const name of await this.#scans()) {
        const page = await this.#look(name, seen, job, pageCount);
        if (page === null) continue;
        yield page;
        if (!page.ok || job.source === 'platen') return;
        pageCount += 1;
        sinceMs = clock.monotonicMs();
      }
      const quietMs = clock.monotonicMs() - sinceMs;
      if (pageCount > 0 && seen.size === 0 && quietMs >= STACK_END_MS) return;
      if (quietMs >= PATIENCE_MS) {
        yield fail('SCANNER_STOPPED_ANSWERING');
        return;
      }
      run.onProgress({ phase: 'waiting' });
      await clock.sleep(POLL_MS, run.signal);
    }
  }

  /** The page in a file, once it is whole or broken; null while that is not known. The file is gone then. */
  async #look(
    name: string,
    seen: Map<string, Sighting>,
    job: ScanJob,
    pageIndex: number,
  ): Promise<PageOutcome | null> {
    const { disk, clock, folder } = this.#options;
    const nowMs = clock.monotonicMs();
    const facts = await disk.facts(join(folder, name));
    if (facts === null || !facts.isRegularFile) {
      seen.delete(name);
      return null;
    }
    const before = seen.get(name);
    if (before?.sizeBytes !== facts.sizeBytes) {
      seen.set(name, { sizeBytes: facts.sizeBytes, sinceMs: nowMs });
      return null;
    }
    const ageMs = nowMs - before.sinceMs;
    if (ageMs < SETTLED_MS) return null;
    const page = await this.#read(name, job, pageIndex);
    const isUndecided = !page.ok && page.error.code === 'SCANNER_PICTURE_INCOMPLETE';
    if (isUndecided && ageMs < BROKEN_MS) return null;
    seen.delete(name);
    await this.#destroy(name);
    return page;
  }

  async #read(name: string, job: ScanJob, pageIndex: number): Promise<PageOutcome> {
    const source = CAPABILITIES.sources.find((offered) => offered.source === job.source);
    // A file its writer still holds can't be opened on some systems.
    const bytes = await readPageFile(this.#options.disk, join(this.#options.folder, name)).catch(
      () => null,
    );
    if (bytes === null || source === undefined) return fail('SCANNER_PICTURE_INCOMPLETE');
    if (!bytes.ok) return bytes;
    return checkPage(bytes.value, job, { source, dpi: job.dpi, colour: job.colour }, pageIndex);
  }

  async #scans(): Promise<readonly string[]> {
    const names = await this.#options.disk.list(this.#options.folder);
    return names.filter((name) => SCAN_FILE.test(name)).toSorted();
  }

  #destroy(name: string): Promise<void> {
    return this.#options.disk.shred(join(this.#options.folder, name));
  }
}
