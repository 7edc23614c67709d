/** A scanner whose pages and failures a test decides, behind the real service. */
import type { ScannedPage, ScannerDriver } from '../../main/devices/scanner-driver.ts';
import type { ScannerDesk } from '../../main/devices/scanner-desk.ts';
import { ScannerService } from '../../main/devices/scanner-service.ts';
import { Scratch } from '../../main/devices/scratch.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { systemRandom } from '../../main/ports/random.ts';
import type { ScannerErrorCode } from '../../preload/contract/error-codes.ts';
import { fail, ok } from '../../preload/contract/result.ts';
import type { ScannerIdentity } from '../../preload/contract/scanner-words.ts';
import { MemoryDisk } from './memory-disk.ts';

export const FAKE_SCANNER: ScannerIdentity = {
  scannerId: 'escl-0123456789abcdef',
  name: 'Specimen Flatbed',
  source: 'platen',
};

export class FakeScanner {
  /** What the next scan gives, in order. */
  pages: ScannedPage[] = [];
  /** How it ends; null: as it should. */
  code: ScannerErrorCode | null = null;
  /** Pages wait until it is resolved. */
  gate: Promise<void> = Promise.resolve();
  scans = 0;

  readonly #driver: ScannerDriver = {
    kind: 'escl',
    list: async () => ok([{ id: FAKE_SCANNER.scannerId, kind: 'escl', name: FAKE_SCANNER.name }]),
    capabilities: async () =>
      ok({
        sources: (['platen', 'duplex'] as const).map((source) => ({
          source,
          widthMm: 210,
          heightMm: 297,
        })),
        resolutionsDpi: [300],
        colours: ['colour'],
      }),
    scan: (_id, _job, run) => this.#scan(run.onProgress),
  };

  async *#scan(
    onProgress: Parameters<ScannerDriver['scan']>[2]['onProgress'],
  ): ReturnType<ScannerDriver['scan']> {
    this.scans += 1;
    for (const [pageIndex, page] of this.pages.entries()) {
      onProgress({ phase: 'scanning', pageIndex, share: 0.5 });
      await this.gate;
      yield ok({ ...page, bytes: Uint8Array.from(page.bytes) });
    }
    if (this.code !== null) yield fail(this.code);
  }

  /** The desk it stands on. */
  desk(): ScannerDesk {
    const disk = new MemoryDisk();
    const service = new ScannerService({
      drivers: [this.#driver],
      scratch: new Scratch({ disk, random: systemRandom, folder: '/scratch' }),
      clock: systemClock,
      events: () => undefined,
      onChange: () => undefined,
    });
    const desk: Pick<ScannerDesk, 'service' | 'open' | 'close'> = {
      service,
      open: () => Promise.resolve(),
      close: () => Promise.resolve(),
    };
    return desk as ScannerDesk;
  }
}
