/**
 * The scanned pages of one session, in memory alone: as the scanner made them, what was found on each,
 * and a small picture. Each is overwritten as soon as it is no longer needed.
 */
import type { PictureErrorCode } from '../../../preload/contract/error-codes.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { PageView } from '../../../preload/contract/scanner-channels.ts';
import type { Random } from '../../ports/random.ts';
import { createTurnstile } from '../../settings/one-at-a-time.ts';
import type { FittedPicture } from '../image-pipeline.ts';
import type { FoundCard, PageFinds } from './find-cards.ts';
import type { Quad } from './geometry.ts';
import { cutPage, lookAt, openPage, previewOf } from './page.ts';

/** One side of one sheet, whole, as a driver hands it over (main/devices). */
export interface PageFile {
  readonly bytes: Uint8Array;
  readonly dpi: number;
  readonly isGrey: boolean;
  readonly side: 'front' | 'back';
}

interface Page {
  readonly view: PageView;
  readonly bytes: Uint8Array;
  readonly preview: Uint8Array;
  readonly lid: PageFinds['lid'];
}

type CutResult = Result<readonly FittedPicture[], PictureErrorCode | 'PICTURE_MISSING'>;

const asFind = ({ quad, format, isCertain }: FoundCard): PageView['sheet'] => ({
  quad: [quad[0], quad[1], quad[2], quad[3]],
  format,
  isCertain,
});

export class PageTray {
  readonly #random: Random;
  readonly #inTurn = createTurnstile();
  readonly #pages = new Map<string, Page>();
  #customer = new AbortController();

  constructor(random: Random) {
    this.#random = random;
  }

  /** Pages in the order they came. */
  views(): PageView[] {
    return [...this.#pages.values()].map(({ view }) => view);
  }

  /** Aborted when the pages are forgotten: what was begun before is not for whoever comes next. */
  get customer(): AbortSignal {
    return this.#customer.signal;
  }

  /**
   * Looks at a page and keeps it; its bytes belong to the tray from now on.
   *
   * @param customer whose page it is. Null is answered for somebody who has gone meanwhile.
   */
  async add(
    file: PageFile,
    customer: AbortSignal,
  ): Promise<Result<PageView | null, PictureErrorCode>> {
    return this.#inTurn(async () => {
      const page = await openPage(file.bytes, file.dpi);
      if (!page.ok) return page;
      const [finds, preview] = await Promise.all([lookAt(page.value), previewOf(page.value)]);
      if (customer.aborted) {
        file.bytes.fill(0);
        if (preview.ok) preview.value.fill(0);
        return ok(null);
      }
      if (!finds.ok) return finds;
      if (!preview.ok) return preview;
      const pageId = this.#random.uuid();
      const view: PageView = {
        pageId,
        widthPx: page.value.widthPx,
        heightPx: page.value.heightPx,
        dpi: file.dpi,
        isGrey: file.isGrey,
        side: file.side,
        cards: finds.value.cards.map(asFind),
        sheet: asFind(finds.value.sheet),
      };
      const { lid } = finds.value;
      this.#pages.set(pageId, { view, bytes: file.bytes, preview: preview.value, lid });
      return ok(view);
    });
  }

  /** A copy of the small picture; null for a page that is not here. */
  preview(pageId: string): Uint8Array | null {
    const kept = this.#pages.get(pageId);
    return kept === undefined ? null : Uint8Array.from(kept.preview);
  }

  /** Cuts pictures out of one page. */
  async cut(pageId: string, quads: readonly Quad[]): Promise<CutResult> {
    return this.#inTurn(async (): Promise<CutResult> => {
      const kept = this.#pages.get(pageId);
      if (kept === undefined) return fail('PICTURE_MISSING');
      const customer = this.customer;
      const { view, bytes, lid } = kept;
      const pictures = await cutPage({ ...view, bytes }, quads, lid);
      if (!customer.aborted) return pictures;
      // Cut out of a page that was overwritten meanwhile, and of somebody who has gone.
      if (pictures.ok) for (const { jpeg } of pictures.value) jpeg.fill(0);
      return fail('PICTURE_MISSING');
    });
  }

  /** Forgets every page. */
  // SECURITY: SEC-22
  clear(): void {
    this.#customer.abort();
    this.#customer = new AbortController();
    for (const { bytes, preview } of this.#pages.values()) {
      bytes.fill(0);
      preview.fill(0);
    }
    this.#pages.clear();
  }
}
