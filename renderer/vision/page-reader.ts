/**
 * Asks the vision worker what lies on scanned pages. A worker of its own for each question: what it has
 * seen of a customer ends with it. Where it fails, nothing is read, and a person decides.
 */
import type { Quad } from './geometry.ts';
import type { DocumentReading } from './worker/document-reading.ts';
import type { PageAnswer, PageRequest } from './worker/messages.ts';

/** Own decision: a page with two cards takes half a second; nobody waits longer for a hint. */
const READING_TIMEOUT_MS = 8_000;

export interface PageToRead {
  /** JPEG, which the worker takes over. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of the page whose pixels `quads` count; the JPEG may be smaller. */
  readonly widthPx: number;
  readonly quads: readonly Quad[];
}

/** One reading for each quad of each page; none of a page that can't be read. */
export type ReadPages = (
  pages: readonly PageToRead[],
) => Promise<readonly (readonly DocumentReading[])[]>;

const ask = (worker: Worker, page: PageToRead): Promise<readonly DocumentReading[]> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve([]);
    }, READING_TIMEOUT_MS);
    const settle = (readings: readonly DocumentReading[]): void => {
      clearTimeout(timer);
      resolve(readings);
    };
    worker.addEventListener(
      'message',
      ({ data }: MessageEvent<PageAnswer>) => {
        settle(data.readings);
      },
      { once: true },
    );
    worker.addEventListener(
      'error',
      () => {
        settle([]);
      },
      { once: true },
    );
    const request: PageRequest = { type: 'read-page', ...page };
    worker.postMessage(request, [page.bytes.buffer]);
  });

/** @param startWorker makes the vision worker (worker/start-worker.ts). */
export const createPageReader =
  (startWorker: () => Worker): ReadPages =>
  async (pages) => {
    const worker = startWorker();
    try {
      const readings: (readonly DocumentReading[])[] = [];
      for (const page of pages) readings.push(await ask(worker, page));
      return readings;
    } finally {
      worker.terminate();
    }
  };
