/**
 * Scanners that SANE drives, through Debian's `scanimage`: one process per question and per stack of
 * paper. Always in batch mode, which tells each page when its file is whole and renamed.
 */
import type { ScannerErrorCode } from '../../../preload/contract/error-codes.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { ScannerId } from '../../../preload/contract/scanner-words.ts';
import type { ProcessEnd, RunProcess } from '../../ports/child-process.ts';
import type { Clock } from '../../ports/clock.ts';
import { chooseJob, type ChosenJob } from '../choose.ts';
import { Mailbox } from '../mailbox.ts';
import { checkPage } from '../page-check.ts';
import { identify, type FoundScanner } from '../scanner-id.ts';
import {
  SCAN_LIMITS,
  type ScanJob,
  type ScannedPage,
  type ScannerDriver,
  type ScanRun,
} from '../scanner-driver.ts';
import type { Scratch, ScratchJob } from '../scratch.ts';
import { LISTING_FORMAT, parseListing } from './scanimage-listing.ts';
import {
  jobArguments,
  MAX_OPTION_LINES,
  parseOptions,
  type SaneDevice,
} from './scanimage-options.ts';
import { askOutcome, scanOutcome, toldStatus } from './scanimage-outcome.ts';

export interface SanePorts {
  readonly run: RunProcess;
  readonly clock: Clock;
  readonly scratch: Scratch;
  /** Absolute path of `scanimage`. */
  readonly command: string;
  /** The whole environment of `scanimage` beside its language. */
  readonly env: Readonly<Record<string, string>>;
  /** Scanners that need no driver are found by the eSCL driver. */
  readonly hasEsclDriver: boolean;
}

/** A listing of 32 scanners has 10 kB, a device's options 30 kB, a stack's progress 100 kB. */
const MAX_OUTPUT_BYTES = 512 * 1024;

/** Own decision: what a scanner may need to park after a page failed; scanimage may hang for good. */
const END_AFTER_FAILURE_MS = 10_000;
/** A failure is told in less than 80 characters, which may come in pieces. */
const FAILURE_CHARACTERS = 200;

const PAGE_PATTERN = 'p%03d.png';
const PAGE_NAME = /^p\d{3}\.png$/;
const PERCENT = /Progress: ([\d.]+)%/g;

type PageOutcome = Result<ScannedPage, ScannerErrorCode>;

/** What was asked for, and what of it the scanner can do. */
interface Wish {
  readonly job: ScanJob;
  readonly chosen: ChosenJob;
}

/** What a running scanimage says, as far as a job cares. */
type Sign =
  { readonly kind: 'page' | 'failure' } | { readonly kind: 'end'; readonly end: ProcessEnd };

export class SaneDriver implements ScannerDriver {
  readonly kind = 'sane';
  readonly #ports: SanePorts;
  #found: readonly FoundScanner<string>[] = [];

  constructor(ports: SanePorts) {
    this.#ports = ports;
  }

  async list(signal: AbortSignal): ReturnType<ScannerDriver['list']> {
    const end = await this.#ask([LISTING_FORMAT], SCAN_LIMITS.listMs, signal);
    const failure = askOutcome(end);
    if (failure !== null || end.kind === 'missing') return fail(failure ?? 'SCANNER_INTERRUPTED');
    this.#found = identify(this.kind, parseListing(end.stdout, this.#ports.hasEsclDriver));
    return ok(this.#found.map(({ device }) => device));
  }

  async capabilities(
    id: ScannerId,
    signal: AbortSignal,
  ): ReturnType<ScannerDriver['capabilities']> {
    const name = this.#nameOf(id);
    if (name === null) return fail('SCANNER_UNREACHABLE');
    const device = await this.#device(name, signal);
    return device.ok ? ok(device.value.capabilities) : device;
  }

  async *scan(id: ScannerId, job: ScanJob, run: ScanRun): AsyncGenerator<PageOutcome> {
    const name = this.#nameOf(id);
    if (name === null) {
      yield fail('SCANNER_UNREACHABLE');
      return;
    }
    const device = await this.#device(name, run.signal);
    if (!device.ok) {
      yield device;
      return;
    }
    const chosen = chooseJob(device.value.capabilities, job);
    if (!chosen.ok) {
      yield chosen;
      return;
    }
    let files: ScratchJob;
    try {
      files = await this.#ports.scratch.openJob();
    } catch {
      yield fail('SCANNER_STORAGE_FULL');
      return;
    }
    const args = [
      `--device-name=${name}`,
      ...jobArguments(device.value, chosen.value, job.area),
      '--format=png',
      '--progress',
      `--batch=${files.path}/${PAGE_PATTERN}`,
      '--batch-print',
      ...(job.source === 'platen' ? ['--batch-count=1'] : []),
    ];
    yield* this.#pages(args, files, { job, chosen: chosen.value }, run);
  }

  /** Runs one job and hands out its pages; nothing of it is left, however it ends. */
  async *#pages(
    args: readonly string[],
    files: ScratchJob,
    wish: Wish,
    run: ScanRun,
  ): AsyncGenerator<PageOutcome> {
    const stop = new AbortController();
    const signal = AbortSignal.any([run.signal, stop.signal]);
    const signs = new Mailbox<Sign>();
    let pageCount = 0;
    const ended = this.#runJob(args, signal, signs, (share) => {
      run.onProgress({ phase: 'scanning', pageIndex: pageCount, share });
    });
    // A bug in it is met at the end, by whoever waits for it there.
    ended.catch(() => undefined);
    try {
      for await (const sign of signs.read()) {
        for (const file of await this.#wholeFiles(files)) {
          const page = await this.#take(files, file, wish, pageCount);
          yield page;
          if (!page.ok) return;
          pageCount += 1;
        }
        if (sign.kind === 'failure') void this.#endLater(stop);
        if (sign.kind !== 'end') continue;
        const failure = scanOutcome({ end: sign.end, source: wish.job.source, pageCount });
        if (failure !== null) yield fail(failure);
      }
    } catch {
      yield fail('SCANNER_STORAGE_FULL');
    } finally {
      stop.abort();
      await ended;
      // What can't be removed now is at the next start.
      await files.close().catch(() => undefined);
    }
  }

  async #endLater(stop: AbortController): Promise<void> {
    await this.#ports.clock.sleep(END_AFTER_FAILURE_MS, stop.signal);
    stop.abort();
  }

  async #runJob(
    args: readonly string[],
    signal: AbortSignal,
    signs: Mailbox<Sign>,
    onShare: (share: number) => void,
  ): Promise<void> {
    let lately = '';
    const onOutput = (stream: 'stdout' | 'stderr', text: string): void => {
      // One name is printed per whole page; which files are whole is read from the folder.
      if (stream === 'stdout') signs.put({ kind: 'page' });
      else {
        lately = (lately + text).slice(-FAILURE_CHARACTERS);
        if (toldStatus(lately) !== null) {
          lately = '';
          signs.put({ kind: 'failure' });
        }
      }
      const [percent] = [...text.matchAll(PERCENT)].slice(-1);
      if (percent !== undefined) onShare(Math.min(1, Number(percent[1]) / 100));
    };
    try {
      const request = { ...this.#request(args, SCAN_LIMITS.jobMs), onOutput };
      signs.put({ kind: 'end', end: await this.#ports.run(request, signal) });
    } finally {
      signs.close();
    }
  }

  /** A file is written under another name until it is whole. */
  async #wholeFiles(files: ScratchJob): Promise<readonly string[]> {
    return (await files.names()).filter((name) => PAGE_NAME.test(name));
  }

  async #take(
    files: ScratchJob,
    name: string,
    { job, chosen }: Wish,
    pageIndex: number,
  ): Promise<PageOutcome> {
    const bytes = await files.take(name);
    if (bytes === null) return fail('SCANNER_PICTURE_INCOMPLETE');
    return bytes.ok ? checkPage(bytes.value, job, chosen, pageIndex) : bytes;
  }

  #nameOf(id: ScannerId): string | null {
    return this.#found.find(({ device }) => device.id === id)?.handle ?? null;
  }

  async #device(name: string, signal: AbortSignal): Promise<Result<SaneDevice, ScannerErrorCode>> {
    const args = [`--device-name=${name}`, '--all-options'];
    const end = await this.#ask(args, SCAN_LIMITS.capabilitiesMs, signal);
    const failure = askOutcome(end);
    if (failure !== null || end.kind === 'missing') return fail(failure ?? 'SCANNER_INTERRUPTED');
    if (end.stdout.split('\n', MAX_OPTION_LINES + 1).length > MAX_OPTION_LINES)
      return fail('SCANNER_NOT_UNDERSTOOD');
    return ok(parseOptions(end.stdout));
  }

  #ask(args: readonly string[], timeoutMs: number, signal: AbortSignal): Promise<ProcessEnd> {
    return this.#ports.run(this.#request(args, timeoutMs), signal);
  }

  // SECURITY: SEC-31
  #request(args: readonly string[], timeoutMs: number): Parameters<RunProcess>[0] {
    return {
      command: this.#ports.command,
      args,
      env: { ...this.#ports.env, LC_ALL: 'C' },
      maxOutputBytes: MAX_OUTPUT_BYTES,
      timeoutMs,
    };
  }
}
