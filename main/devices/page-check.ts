/**
 * Decides whether a file is a whole page. A program's exit code or a server's 200 does not: of 105
 * injected failures 16 exited 0 (scanners.md). Each file is decoded once, to its last line.
 */
import type { PictureErrorCode, ScannerErrorCode } from '../../preload/contract/error-codes.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { decodePicture, readPictureHeader } from '../capture/image-decoder.ts';
import { inspectPicture } from '../capture/image-format.ts';
import type { ChosenJob } from './choose.ts';
import { SCAN_LIMITS, type ScanJob, type ScannedPage } from './scanner-driver.ts';

interface ExpectedPage {
  readonly dpi: number;
  /** At least this much of the page must be there, pixels; null where its size is not known before. */
  readonly minWidthPx: number | null;
  readonly minHeightPx: number | null;
}

/** Scanners round sizes; a page with less than this share of what was asked for was cut. */
const MIN_SHARE = 0.9;
const MM_PER_INCH = 25.4;

/** What a whole page of a job measures at least; what a feeder pulls may be of any length. */
const expectedPage = ({ source, area }: ScanJob, chosen: ChosenJob): ExpectedPage => {
  const { dpi } = chosen;
  const pixels = (wantedMm: number | null, offeredMm: number | null): number | null =>
    source !== 'platen' || offeredMm === null
      ? null
      : ((Math.min(wantedMm ?? offeredMm, offeredMm) * dpi) / MM_PER_INCH) * MIN_SHARE;
  return {
    dpi,
    minWidthPx: pixels(area?.widthMm ?? null, chosen.source.widthMm),
    minHeightPx: pixels(area?.heightMm ?? null, chosen.source.heightMm),
  };
};

/** `back` for every second page of a duplex job. */
const sideOf = ({ source }: ScanJob, pageIndex: number): ScannedPage['side'] =>
  source === 'duplex' && pageIndex % 2 === 1 ? 'back' : 'front';

/** A file's own resolution is believed within this factor of the one that was asked for. */
const DPI_TOLERANCE = 2;
/** What encoders write that were not told. */
const DEFAULT_DPI: ReadonlySet<number> = new Set([72, 96]);

/** Only decoded to see whether it can be: the smallest picture that is enough. */
const PROBE = { maxLongPx: 64, minShortPx: 0 } as const;

const dpiOf = (told: number | null, asked: number): number => {
  if (told === null || DEFAULT_DPI.has(told)) return asked;
  if (told < asked / DPI_TOLERANCE || told > asked * DPI_TOLERANCE) return asked;
  return told;
};

const CODES: Readonly<Record<PictureErrorCode, ScannerErrorCode>> = {
  PICTURE_TOO_MANY_BYTES: 'SCANNER_TOO_LARGE',
  PICTURE_TOO_MANY_PIXELS: 'SCANNER_TOO_LARGE',
  PICTURE_FORMAT_UNSUPPORTED: 'SCANNER_NOT_UNDERSTOOD',
  PICTURE_TOO_SMALL: 'SCANNER_NOT_UNDERSTOOD',
  PICTURE_UNREADABLE: 'SCANNER_PICTURE_INCOMPLETE',
  PICTURE_NOT_COMPRESSIBLE: 'SCANNER_PICTURE_INCOMPLETE',
};

/**
 * Checks one file of a scanner, the page of a job with this index.
 *
 * @returns the page, or SCANNER_TOO_LARGE (bytes, pixels), SCANNER_NOT_UNDERSTOOD (no JPEG or PNG, or
 *   hardly a pixel), SCANNER_PICTURE_INCOMPLETE (empty, cut, damaged, or smaller than expected).
 */
export const checkPage = async (
  bytes: Uint8Array,
  job: ScanJob,
  chosen: ChosenJob,
  pageIndex: number,
): Promise<Result<ScannedPage, ScannerErrorCode>> => {
  const expected = expectedPage(job, chosen);
  const format = inspectPicture(bytes, SCAN_LIMITS.pageBytes);
  if (!format.ok) return fail(CODES[format.error.code]);
  if (format.value === 'webp') return fail('SCANNER_NOT_UNDERSTOOD');
  const header = await readPictureHeader(bytes);
  if (!header.ok) return fail(CODES[header.error.code]);
  const { widthPx, heightPx, colourChannels, dpi } = header.value;
  if (Math.min(widthPx, heightPx) < SCAN_LIMITS.minSidePx) return fail('SCANNER_NOT_UNDERSTOOD');
  const isShort = widthPx < (expected.minWidthPx ?? 0) || heightPx < (expected.minHeightPx ?? 0);
  if (isShort) return fail('SCANNER_PICTURE_INCOMPLETE');
  const decoded = await decodePicture(bytes, PROBE);
  if (!decoded.ok) return fail(CODES[decoded.error.code]);
  return ok({
    bytes,
    format: format.value,
    widthPx,
    heightPx,
    dpi: dpiOf(dpi, expected.dpi),
    isGrey: colourChannels === 1,
    side: sideOf(job, pageIndex),
  });
};
