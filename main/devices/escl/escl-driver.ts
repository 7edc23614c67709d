/**
 * Driverless scanners, over HTTP with a client of our own (eSCL 2.x): on the network, and on USB
 * behind ipp-usb. Nothing but a job's settings is ever sent to a scanner.
 */
import type { ScannerErrorCode } from '../../../preload/contract/error-codes.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { ScannerId } from '../../../preload/contract/scanner-words.ts';
import type { DiscoverScanners } from '../../ports/service-discovery.ts';
import { chooseJob, type ChosenJob } from '../choose.ts';
import { checkPage } from '../page-check.ts';
import { identify, type FoundScanner } from '../scanner-id.ts';
import type { ScanJob, ScannedPage, ScannerDriver, ScanRun } from '../scanner-driver.ts';
import {
  announcedAddresses,
  ippUsbAddresses,
  manualAddress,
  type EsclAddress,
} from './addresses.ts';
import { parseCapabilities, type EsclScanner } from './capabilities.ts';
import { ask, CODE_OF_FAILURE, EsclJob, type EsclPorts, type JobRun } from './escl-job.ts';
import { scanSettings } from './scan-settings.ts';

export interface EsclOptions extends EsclPorts {
  /** null: no listening for announcements. */
  readonly discover: DiscoverScanners | null;
  /** Origins of the policy. */
  readonly addresses: readonly string[];
  /** Whether USB scanners behind ipp-usb are looked for on this machine. */
  readonly hasIppUsb: boolean;
}

/** Own decision: a scanner announces itself again when asked, within a second. */
const DISCOVER_MS = 2500;

type PageOutcome = Result<ScannedPage, ScannerErrorCode>;

interface AnsweringScanner extends EsclScanner {
  readonly address: EsclAddress;
}

export class EsclDriver implements ScannerDriver {
  readonly kind = 'escl';
  readonly #options: EsclOptions;
  #found: readonly FoundScanner<EsclAddress>[] = [];

  constructor(options: EsclOptions) {
    this.#options = options;
  }

  async list(signal: AbortSignal): ReturnType<ScannerDriver['list']> {
    const { discover, addresses, hasIppUsb } = this.#options;
    const announced = (await discover?.(DISCOVER_MS, signal)) ?? [];
    const candidates = [
      ...addresses.map(manualAddress),
      ...announcedAddresses(announced),
      ...(hasIppUsb ? ippUsbAddresses() : []),
    ];
    const answers = await Promise.all(candidates.map((address) => this.#look(address, signal)));
    const scanners = answers.flatMap((answer) =>
      answer.ok ? [{ identity: answer.value.identity, handle: answer.value.address }] : [],
    );
    this.#found = identify(this.kind, withoutDoubles(scanners));
    return ok(this.#found.map(({ device }) => device));
  }

  async capabilities(
    id: ScannerId,
    signal: AbortSignal,
  ): ReturnType<ScannerDriver['capabilities']> {
    const address = this.#addressOf(id);
    if (address === null) return fail('SCANNER_UNREACHABLE');
    const scanner = await this.#look(address, signal);
    return scanner.ok ? ok(scanner.value.capabilities) : scanner;
  }

  async *scan(id: ScannerId, job: ScanJob, run: ScanRun): AsyncGenerator<PageOutcome> {
    const address = this.#addressOf(id);
    const capabilities = await this.capabilities(id, run.signal);
    if (!capabilities.ok || address === null) {
      yield capabilities.ok ? fail('SCANNER_UNREACHABLE') : capabilities;
      return;
    }
    const chosen = chooseJob(capabilities.value, job);
    if (!chosen.ok) {
      yield chosen;
      return;
    }
    let opened = await this.#open(address, chosen.value, job, run);
    const hasGrey = capabilities.value.colours.includes('grey');
    if (!opened.ok && opened.error.code === 'SCANNER_UNSUPPORTED' && hasGrey) {
      if (chosen.value.colour === 'colour') {
        run.onProgress({ phase: 'grey-instead' });
        opened = await this.#open(address, { ...chosen.value, colour: 'grey' }, job, run);
      }
    }
    if (!opened.ok) {
      yield opened;
      return;
    }
    try {
      yield* this.#pages(opened.value, chosen.value, job, run);
    } finally {
      await opened.value.close();
    }
  }

  async *#pages(
    opened: EsclJob,
    chosen: ChosenJob,
    job: ScanJob,
    run: ScanRun,
  ): AsyncGenerator<PageOutcome> {
    for (let pageIndex = 0; ; pageIndex += 1) {
      const bytes = await opened.next(pageIndex, progressOf(run, pageIndex));
      if (bytes === null) return;
      const page = bytes.ok ? await checkPage(bytes.value, job, chosen, pageIndex) : bytes;
      yield page;
      // Whatever else a scanner says it has on its glass, there is one page.
      if (!page.ok || job.source === 'platen') return;
    }
  }

  #open(
    address: EsclAddress,
    chosen: ChosenJob,
    job: ScanJob,
    run: ScanRun,
  ): ReturnType<typeof EsclJob.open> {
    return EsclJob.open(this.#options, address, scanSettings(chosen, job.area), run.signal);
  }

  async #look(
    address: EsclAddress,
    signal: AbortSignal,
  ): Promise<Result<AnsweringScanner, ScannerErrorCode>> {
    const answer = await ask(this.#options, address, '/ScannerCapabilities', signal);
    if (!answer.ok) return fail(CODE_OF_FAILURE[answer.error.code]);
    const { status, body } = answer.value;
    if (status === 503) return fail('SCANNER_BUSY');
    const scanner = status === 200 ? parseCapabilities(body) : null;
    return scanner === null ? fail('SCANNER_NOT_UNDERSTOOD') : ok({ ...scanner, address });
  }

  #addressOf(id: ScannerId): EsclAddress | null {
    return this.#found.find(({ device }) => device.id === id)?.handle ?? null;
  }
}

const progressOf = (run: ScanRun, pageIndex: number): JobRun => ({
  signal: run.signal,
  onWaiting: () => {
    run.onProgress({ phase: 'waiting' });
  },
  onReceived: (receivedBytes, totalBytes) => {
    const share = totalBytes === null ? null : receivedBytes / totalBytes;
    run.onProgress({ phase: 'scanning', pageIndex, share });
  },
});

type Answering = Parameters<typeof identify<EsclAddress>>[1][number];

/** One entry for a scanner that was found on several ways, the encrypted one where there is one. */
const withoutDoubles = (scanners: readonly Answering[]): Answering[] => {
  const byWay = new Map<string, Answering>();
  for (const scanner of scanners) {
    const key = scanner.identity.serial ?? scanner.handle.origin;
    const isBetter = scanner.handle.origin.startsWith('https:');
    if (!byWay.has(key) || isBetter) byWay.set(key, scanner);
  }
  return [...byWay.values()];
};
