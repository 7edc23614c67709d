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
import { findCards, type FoundCard, type PageFinds } from './find-cards.ts';
import type { Quad } from './geometry.ts';
import { cutPage, decodePage, previewOf } from './page.ts';
import type { DecodedPage } from './thumbnail.ts';

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
  /** The page that was looked at last, decoded: what is found on it is mostly cut at once. */
  #open: { readonly pageId: string; readonly page: DecodedPage } | null = null;
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
      const decoded = await decodePage(file.bytes, file.dpi);
      if (!decoded.ok) return decoded;
      const page = decoded.value;
      const [finds, preview] = await Promise.all([findCards(page), previewOf(page)]);
      if (customer.aborted) {
        for (const bytes of [page.rgb, preview, file.bytes]) bytes.fill(0);
        return ok(null);
      }
      const pageId = this.#random.uuid();
      const view: PageView = {
        pageId,
        widthPx: page.widthPx,
        heightPx: page.heightPx,
        dpi: file.dpi,
        isGrey: file.isGrey,
        side: file.side,
        cards: finds.cards.map(asFind),
        sheet: asFind(finds.sheet),
      };
      this.#pages.set(pageId, { view, bytes: file.bytes, preview, lid: finds.lid });
      this.#keepOpen(pageId, page);
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
      const open = await this.#decoded(pageId, kept);
      if (!open.ok) return open;
      const pictures = await cutPage(open.value, quads, kept.lid);
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
    this.#open?.page.rgb.fill(0);
    this.#open = null;
    for (const { bytes, preview } of this.#pages.values()) {
      bytes.fill(0);
      preview.fill(0);
    }
    this.#pages.clear();
  }

  async #decoded(pageId: string, kept: Page): Promise<Result<DecodedPage, PictureErrorCode>> {
    if (this.#open?.pageId === pageId) return ok(this.#open.page);
    const decoded = await decodePage(kept.bytes, kept.view.dpi);
    if (decoded.ok && this.#pages.has(pageId)) this.#keepOpen(pageId, decoded.value);
    return decoded;
  }

  #keepOpen(pageId: string, page: DecodedPage): void {
    this.#open?.page.rgb.fill(0);
    this.#open = { pageId, page };
  }
}
