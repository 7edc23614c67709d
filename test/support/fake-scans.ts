/** The scanner's channels of a fake kiosk: what is listed, what a scan gives, what becomes a picture. */
import type { ChannelName } from '../../preload/contract/channel-names.ts';
import type { KioskApi } from '../../preload/contract/kiosk-api.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type {
  PageFind,
  PageView,
  ScannerList,
  ScanOutcome,
  ScanProgress,
} from '../../preload/contract/scanner-channels.ts';
import type { ScannerIdentity } from '../../preload/contract/scanner-words.ts';
import type { SessionView } from '../../preload/contract/session-channels.ts';
import type { CaptureStep } from '../../preload/contract/vocabulary.ts';

/** How a JPEG begins, for whoever does not look further. */
export const EMPTY_JPEG = new Uint8Array([0xff, 0xd8, 0xff]);

/** How the fake kiosk answers any call. */
export type Answer = <Request, Value>(
  name: ChannelName,
  request: Request,
  handle: (request: Request) => Result<Value>,
) => Promise<Result<Value>>;

export const FLATBED: ScannerIdentity = {
  scannerId: 'escl-0123456789abcdef',
  name: 'Specimen Flatbed',
  source: 'platen',
};

/** A card that lies level on a page of 300 dpi. */
export const findAt = (topPx: number, patch: Partial<PageFind> = {}): PageFind => ({
  quad: [
    { x: 200, y: topPx },
    { x: 1211, y: topPx },
    { x: 1211, y: topPx + 638 },
    { x: 200, y: topPx + 638 },
  ],
  format: 'ID-1',
  isCertain: true,
  ...patch,
});

/** An A4 page; the id carries the number. */
export const fakePage = (number: number, patch: Partial<PageView> = {}): PageView => ({
  pageId: `00000000-0000-4000-a000-${String(number).padStart(12, '0')}`,
  widthPx: 2480,
  heightPx: 3508,
  dpi: 300,
  isGrey: false,
  side: 'front',
  cards: [],
  sheet: findAt(0, { format: 'PAPER' }),
  ...patch,
});

export class FakeScans {
  list: ScannerList = {
    scanners: [{ scannerId: FLATBED.scannerId, kind: 'escl', name: FLATBED.name }],
    isSearching: false,
    code: null,
  };
  /** What scans give, one after the other; nothing is left: an empty feeder. */
  readonly outcomes: ScanOutcome[] = [];
  pages: PageView[] = [];
  isWatched = false;
  /** The picture of every page. */
  jpeg: Uint8Array<ArrayBuffer> = EMPTY_JPEG;
  readonly #listListeners = new Set<(list: ScannerList) => void>();
  readonly #progressListeners = new Set<(progress: ScanProgress) => void>();

  changeList(patch: Partial<ScannerList>): void {
    this.list = { ...this.list, ...patch };
    for (const listener of this.#listListeners) listener(this.list);
  }

  progress(progress: ScanProgress): void {
    for (const listener of this.#progressListeners) listener(progress);
  }

  listeners(): number {
    return this.#listListeners.size + this.#progressListeners.size;
  }

  /** @param store makes a picture of the step, as main does. */
  channels(answer: Answer, store: (step: CaptureStep) => SessionView): KioskApi['scanner'] {
    return {
      watchScanners: (request) =>
        answer('scanner:watch-scanners', request, ({ isWatched }) => {
          this.isWatched = isWatched;
          return ok(this.list);
        }),
      getSources: (request) =>
        answer('scanner:get-sources', request, () => ok({ sources: ['platen', 'duplex'] })),
      rememberScanner: (request) => answer('scanner:remember-scanner', request, () => ok(null)),
      scanPages: (request) =>
        answer('scanner:scan-pages', request, ({ keepsPages }) => {
          const outcome = this.outcomes.shift() ?? { pages: [], code: 'SCANNER_FEEDER_EMPTY' };
          this.pages = [...(keepsPages ? this.pages : []), ...outcome.pages];
          return ok({ pages: this.pages, code: outcome.code });
        }),
      cancelScan: () => answer('scanner:cancel-scan', undefined, () => ok(null)),
      getPages: () => answer('scanner:get-pages', undefined, () => ok({ pages: this.pages })),
      readPage: (request) =>
        answer('scanner:read-page', request, ({ pageId }) =>
          this.pages.some((page) => page.pageId === pageId)
            ? ok({ bytes: this.jpeg })
            : fail('PICTURE_MISSING'),
        ),
      storeCuts: (request) =>
        answer('scanner:store-cuts', request, ({ cuts }) => {
          let view: SessionView | null = null;
          for (const { step } of cuts) view = store(step);
          return view === null ? fail('BAD_REQUEST') : ok(view);
        }),
      onScannersChanged: (listener) => {
        this.#listListeners.add(listener);
        return () => this.#listListeners.delete(listener);
      },
      onScanProgressed: (listener) => {
        this.#progressListeners.add(listener);
        return () => this.#progressListeners.delete(listener);
      },
    };
  }
}
