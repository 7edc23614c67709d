/**
 * What the scan machine asks of the world: scanners, a scan, the small pictures of pages, and what is
 * read on them. Must never keep page bytes: they become a blob URL and a question to the vision worker.
 */
import { fromCallback, fromPromise } from 'xstate';
import { ok, type Result } from '../../preload/contract/result.ts';
import type { KioskApi } from '../../preload/contract/kiosk-api.ts';
import type {
  PageView,
  ScannerList,
  ScanOutcome,
  ScanProgress,
} from '../../preload/contract/scanner-channels.ts';
import type {
  ScannerId,
  ScannerIdentity,
  ScanSource,
} from '../../preload/contract/scanner-words.ts';
import type { SessionView } from '../../preload/contract/session-channels.ts';
import type { ReadPages } from '../vision/page-reader.ts';
import type { PictureUrls } from './picture-urls.ts';
import { findsOf, planScan, type PaperStep, type ScanPart, type ScanPlan } from './scan-plan.ts';

/** The side effects of a scan. */
export interface ScanPorts {
  readonly kiosk: KioskApi;
  readonly readPages: ReadPages;
  readonly pictureUrls: PictureUrls;
  /** Calendar date where the kiosk stands, ISO 8601. */
  readonly today: () => string;
}

/** What main says of scanners, asked or by itself. */
export type ScannerEvent =
  | { readonly type: 'SCANNERS.CHANGED'; readonly list: Result<ScannerList> }
  | { readonly type: 'SCAN.PROGRESSED'; readonly progress: ScanProgress }
  | {
      readonly type: 'SOURCES.TOLD';
      readonly scannerId: ScannerId;
      readonly answer: Result<{ readonly sources: readonly ScanSource[] }>;
    };

/** What the screen wants to know of scanners. Asking for sources occupies the scanner for a moment. */
export type ScannerQuestion =
  { readonly type: 'SEARCH' } | { readonly type: 'ASK.SOURCES'; readonly scannerId: ScannerId };

/** A page as the screen shows it. */
export interface ShownPage extends PageView {
  readonly url: string;
}

/** Pages with what becomes of them. */
export interface ReadScan {
  readonly pages: readonly ShownPage[];
  readonly plan: ScanPlan;
}

/** The session with its new pictures, and the day on which they were made. */
export interface StoredCuts {
  readonly view: SessionView;
  readonly today: string;
}

export interface ScanRequest {
  readonly scanner: ScannerIdentity;
  readonly keepsPages: boolean;
}

/** Fetches the small pictures, shows them, and reads what is on them. */
const readScan = async (
  { kiosk, readPages, pictureUrls }: ScanPorts,
  views: readonly PageView[],
  wanted: readonly PaperStep[],
  signal: AbortSignal,
): Promise<Result<ReadScan>> => {
  const pages: ShownPage[] = [];
  const toRead = [];
  for (const view of views) {
    const answer = await kiosk.scanner.readPage({ pageId: view.pageId });
    if (!answer.ok) return answer;
    const bytes = answer.value.bytes.slice();
    toRead.push({ bytes, widthPx: view.widthPx, quads: findsOf(view).map(({ quad }) => quad) });
    if (signal.aborted) return ok({ pages: [], plan: { parts: [], isSure: false } });
    pages.push({ ...view, url: pictureUrls.open(answer.value.bytes) });
  }
  const readings = await readPages(toRead);
  return ok({ pages, plan: planScan(views, readings, wanted) });
};

/** All actors of the scan machine over the given side effects. */
export const scanActors = (ports: ScanPorts) => {
  const { kiosk } = ports;
  return {
    /** Scanners are searched again and again while somebody looks; progress and sources come along. */
    scanners: fromCallback<ScannerQuestion>(({ sendBack, receive }) => {
      const tell = (event: ScannerEvent): void => {
        sendBack(event);
      };
      const stopList = kiosk.scanner.onScannersChanged((list) => {
        tell({ type: 'SCANNERS.CHANGED', list: ok(list) });
      });
      const stopProgress = kiosk.scanner.onScanProgressed((progress) => {
        tell({ type: 'SCAN.PROGRESSED', progress });
      });
      const watch = async (): Promise<void> => {
        const list = await kiosk.scanner.watchScanners({ isWatched: true });
        tell({ type: 'SCANNERS.CHANGED', list });
      };
      const askSources = async (scannerId: ScannerId): Promise<void> => {
        const answer = await kiosk.scanner.getSources({ scannerId });
        tell({ type: 'SOURCES.TOLD', scannerId, answer });
      };
      receive((question) => {
        if (question.type === 'SEARCH') void watch();
        else void askSources(question.scannerId);
      });
      void watch();
      return () => {
        stopList();
        stopProgress();
        void kiosk.scanner.watchScanners({ isWatched: false });
      };
    }),

    /** Pages that are there already. */
    getPages: fromPromise<Result<{ pages: PageView[] }>>(() => kiosk.scanner.getPages()),

    scanPages: fromPromise<Result<ScanOutcome>, ScanRequest>(
      ({ input: { scanner, keepsPages } }) => {
        // What is not remembered is chosen anew the next time.
        void kiosk.scanner.rememberScanner({ scanner });
        const { scannerId, source } = scanner;
        return kiosk.scanner.scanPages({ scannerId, source, keepsPages });
      },
    ),

    readScan: fromPromise<
      Result<ReadScan>,
      { pages: readonly PageView[]; wanted: readonly PaperStep[] }
    >(({ input, signal }) => readScan(ports, input.pages, input.wanted, signal)),

    storeCuts: fromPromise<Result<StoredCuts>, { parts: readonly ScanPart[] }>(
      async ({ input: { parts } }) => {
        const answer = await kiosk.scanner.storeCuts({
          cuts: parts.flatMap(({ step, pageId, quad }) =>
            step === null ? [] : [{ step, pageId, quad: [...quad] }],
          ),
        });
        return answer.ok ? ok({ view: answer.value, today: ports.today() }) : answer;
      },
    ),
  };
};
