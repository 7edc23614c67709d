/**
 * The document scanner at a teller's desk. Pages stay in main: the screen gets a small picture of each
 * and what was found on it, and answers which part is which picture.
 */
import { z } from 'zod';
import { channel, event } from './channel.ts';
import { ERROR_CODES } from './error-codes.ts';
import { LIMITS } from './limits.ts';
import { resultOf } from './result.ts';
import { scannerId, scannerIdentity, scannerKind, scanSource } from './scanner-words.ts';
import { sessionView } from './session-channels.ts';
import { captureStep } from './vocabulary.ts';

/** Pixels of a page; a corner may lie a little beyond it. */
const corner = z.strictObject({
  x: z
    .number()
    .min(-LIMITS.pageSidePx)
    .max(2 * LIMITS.pageSidePx),
  y: z
    .number()
    .min(-LIMITS.pageSidePx)
    .max(2 * LIMITS.pageSidePx),
});

/** Top left, top right, bottom right, bottom left of the picture that is cut. */
const pageQuad = z.tuple([corner, corner, corner, corner]);
export type PageQuad = z.infer<typeof pageQuad>;

/** ISO/IEC 7810 cards and booklet pages, and sheets of paper. */
const cardFormat = z.enum(['ID-1', 'ID-2', 'ID-3', 'PAPER']);
export type CardFormat = z.infer<typeof cardFormat>;

/** Something on a page that can be cut out. */
const pageFind = z.strictObject({
  quad: pageQuad,
  /** Null for a size that no document has. */
  format: cardFormat.nullable(),
  /** Its edges were seen all around. */
  isCertain: z.boolean(),
});
export interface PageFind extends z.infer<typeof pageFind> {}

export const pageView = z.strictObject({
  pageId: z.uuid(),
  widthPx: z.int().positive(),
  heightPx: z.int().positive(),
  dpi: z.number().positive(),
  /** Some providers refuse such pictures. */
  isGrey: z.boolean(),
  /** `back` for every second page of a duplex job. */
  side: z.enum(['front', 'back']),
  /** In reading order; none on a sheet of paper. */
  cards: z.array(pageFind),
  /** The whole page, or the sheet of paper on it. */
  sheet: pageFind,
});
export interface PageView extends z.infer<typeof pageView> {}

/** Pages so far, and why there are not more; `code` is null where the stack is through. */
export const scanOutcome = z.strictObject({
  pages: z.array(pageView),
  code: z.enum(ERROR_CODES).nullable(),
});
export interface ScanOutcome extends z.infer<typeof scanOutcome> {}

export const scannerList = z.strictObject({
  scanners: z.array(z.strictObject({ scannerId, kind: scannerKind, name: z.string().max(64) })),
  isSearching: z.boolean(),
  /** Why there is none; null where there are some, or the first search is not over. */
  code: z.enum(ERROR_CODES).nullable(),
});
export interface ScannerList extends z.infer<typeof scannerList> {}

export const scannerChannels = {
  /** What is known now, never waited for; while watched, scanners are searched again and again. */
  'scanner:watch-scanners': channel({
    request: z.strictObject({ isWatched: z.boolean() }),
    response: resultOf(scannerList),
  }),
  /** Where a scanner takes paper from. */
  'scanner:get-sources': channel({
    request: z.strictObject({ scannerId }),
    response: resultOf(z.strictObject({ sources: z.array(scanSource).min(1) })),
  }),
  /** Null: one is chosen anew. */
  'scanner:remember-scanner': channel({
    request: z.strictObject({ scanner: scannerIdentity.nullable() }),
    response: resultOf(z.null()),
  }),
  /** Scans what lies on the glass, or the stack. `keepsPages`: after those that are there, as after a jam. */
  'scanner:scan-pages': channel({
    request: z.strictObject({ scannerId, source: scanSource, keepsPages: z.boolean() }),
    response: resultOf(scanOutcome),
  }),
  'scanner:cancel-scan': channel({ request: z.undefined(), response: resultOf(z.null()) }),
  /** Pages of this customer. */
  'scanner:get-pages': channel({
    request: z.undefined(),
    response: resultOf(z.strictObject({ pages: z.array(pageView) })),
  }),
  /** JPEG of the whole page at about 150 dpi. */
  'scanner:read-page': channel({
    request: z.strictObject({ pageId: z.uuid() }),
    response: resultOf(
      z.strictObject({ bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array) }),
    ),
  }),
  /** Cuts pictures out of pages, straight and at full resolution, and keeps them as `capture:store-picture` does. */
  'scanner:store-cuts': channel({
    request: z.strictObject({
      cuts: z
        .array(z.strictObject({ step: captureStep, pageId: z.uuid(), quad: pageQuad }))
        .min(1)
        .max(LIMITS.cutsAtOnce),
    }),
    response: resultOf(sessionView),
  }),
};

export const scannerEvents = {
  'scanner:scanners-changed': event(scannerList),
  'scanner:scan-progressed': event(
    z.strictObject({
      /** `reading`: a whole page is looked at. */
      phase: z.enum(['waiting', 'grey-instead', 'scanning', 'reading']),
      /** Counted from 0. */
      pageIndex: z.int().nonnegative(),
      /** Of the page that is coming in, 0…1; null where the scanner does not tell. */
      share: z.number().min(0).max(1).nullable(),
    }),
  ),
};
export type ScanProgress = z.infer<(typeof scannerEvents)['scanner:scan-progressed']>;
