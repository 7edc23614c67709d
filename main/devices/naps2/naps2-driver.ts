/**
 * Scanners through the console of a NAPS2 that the bank installed (Windows, macOS): one process per
 * stack, which writes all of its pages at its end. A run counts by its files, never by its exit code.
 */
import { join } from 'node:path';
import type { ScannerErrorCode } from '../../../preload/contract/error-codes.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { ScannerId } from '../../../preload/contract/scanner-words.ts';
import type { ProcessEnd, RunProcess } from '../../ports/child-process.ts';
import { chooseJob, type ChosenJob } from '../choose.ts';
import { checkPage } from '../page-check.ts';
import { identify, type FoundScanner } from '../scanner-id.ts';
import {
  SCAN_LIMITS,
  type ScanJob,
  type ScannedPage,
  type ScannerCapabilities,
  type ScannerDriver,
  type ScanRun,
} from '../scanner-driver.ts';
import type { Scratch, ScratchJob } from '../scratch.ts';
import {
  jobArguments,
  listingArguments,
  naps2Outcome,
  parseDevices,
  type Naps2Driver as Naps2Way,
} from './naps2-console.ts';

export interface Naps2Options {
  readonly run: RunProcess;
  readonly scratch: Scratch;
  /** Absolute path of NAPS2's console. */
  readonly command: string;
  readonly driver: Naps2Way;
  readonly env: Readonly<Record<string, string>>;
}

const MAX_OUTPUT_BYTES = 256 * 1024;
const PAGE_PATTERN = 'p$(nnn).png';

/** NAPS2 tells nothing of a scanner; what it does not have, it refuses. */
const CAPABILITIES: ScannerCapabilities = {
  sources: (['platen', 'feeder', 'duplex'] as const).map((source) => ({
    source,
    widthMm: null,
    heightMm: null,
  })),
  resolutionsDpi: [100, 150, 200, 300, 400, 600],
  colours: ['colour', 'grey'],
};

type PageOutcome = Result<ScannedPage, ScannerErrorCode>;

export class Naps2Driver implements ScannerDriver {
  readonly kind = 'naps2';
  readonly #options: Naps2Options;
  #found: readonly FoundScanner<string>[] = [];

  constructor(options: Naps2Options) {
    this.#options = options;
  }

  async list(signal: AbortSignal): ReturnType<ScannerDriver['list']> {
    const args = listingArguments(this.#options.driver);
    const end = await this.#run(args, SCAN_LIMITS.listMs, signal);
    const failure = naps2Outcome(end);
    if (failure !== null || end.kind === 'missing') return fail(failure ?? 'SCANNER_INTERRUPTED');
    this.#found = identify(this.kind, parseDevices(end.stdout));
    return ok(this.#found.map(({ device }) => device));
  }

  async capabilities(id: ScannerId): ReturnType<ScannerDriver['capabilities']> {
    return this.#nameOf(id) === null ? fail('SCANNER_UNREACHABLE') : ok(CAPABILITIES);
  }

  async *scan(id: ScannerId, job: ScanJob, run: ScanRun): AsyncGenerator<PageOutcome> {
    const name = this.#nameOf(id);
    const chosen = chooseJob(CAPABILITIES, job);
    if (name === null || !chosen.ok) {
      yield chosen.ok ? fail('SCANNER_UNREACHABLE') : chosen;
      return;
    }
    let files: ScratchJob | null = null;
    try {
      files = await this.#options.scratch.openJob();
      const output = join(files.path, PAGE_PATTERN);
      const args = jobArguments(this.#options.driver, name, chosen.value, output);
      const end = await this.#run(args, SCAN_LIMITS.jobMs, run.signal, () => {
        run.onProgress({ phase: 'scanning', pageIndex: 0, share: null });
      });
      yield* this.#pages(files, end, job, chosen.value);
    } catch {
      yield fail('SCANNER_STORAGE_FULL');
    } finally {
      await files?.close().catch(() => undefined);
    }
  }

  async *#pages(
    files: ScratchJob,
    end: ProcessEnd,
    job: ScanJob,
    chosen: ChosenJob,
  ): AsyncGenerator<PageOutcome> {
    const failure = naps2Outcome(end);
    let pageCount = 0;
    for (const name of failure === 'SCANNER_CANCELLED' ? [] : await files.names()) {
      const bytes = await files.take(name);
      if (bytes === null) continue;
      const page = bytes.ok ? await checkPage(bytes.value, job, chosen, pageCount) : bytes;
      yield page;
      if (!page.ok) return;
      pageCount += 1;
    }
    if (failure !== null) yield fail(failure);
    else if (pageCount === 0)
      yield fail(job.source === 'platen' ? 'SCANNER_INTERRUPTED' : 'SCANNER_FEEDER_EMPTY');
  }

  #nameOf(id: ScannerId): string | null {
    return this.#found.find(({ device }) => device.id === id)?.handle ?? null;
  }

  // SECURITY: SEC-31
  #run(
    args: readonly string[],
    timeoutMs: number,
    signal: AbortSignal,
    onOutput: () => void = () => undefined,
  ): Promise<ProcessEnd> {
    const { run, command, env } = this.#options;
    const maxOutputBytes = MAX_OUTPUT_BYTES;
    return run({ command, args, env, maxOutputBytes, timeoutMs, onOutput }, signal);
  }
}
