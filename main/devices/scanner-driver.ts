/**
 * What every kind of scanner looks like to the kiosk, real or simulated: list, ask, scan. A driver
 * keeps no page, tells nobody a path, an address or a command, and ends soon after its signal.
 */
import type { ScannerErrorCode } from '../../preload/contract/error-codes.ts';
import type { Result } from '../../preload/contract/result.ts';
import type {
  ScanColour,
  ScannerId,
  ScannerKind,
  ScanSource,
} from '../../preload/contract/scanner-words.ts';

/** What one job may take of the kiosk. Own decisions, with the reason beside each. */
export const SCAN_LIMITS = {
  /** One page as the scanner made it. A4 in colour at 600 dpi as PNG has 30 to 60 MB. */
  pageBytes: 64 * 1024 * 1024,
  /** All pages of a job together: they wait in memory. */
  jobBytes: 256 * 1024 * 1024,
  /** A bill has ten pages; a stack of more is not one customer's. */
  pages: 30,
  /** Sides of a page, pixels: a strip of dust is no page. */
  minSidePx: 50,
  /** Scanners of one driver that are looked at. */
  scanners: 32,
  /** Characters of a name on screen. */
  nameChars: 64,
  /** Resolution. 1200 dpi of a whole glass would break LIMITS.picturePixels. */
  minDpi: 50,
  maxDpi: 600,
  /** Time for a listing, with every SANE backend enabled 3.6 s (scanners.md). */
  listMs: 10_000,
  capabilitiesMs: 15_000,
  /** Silence before the first sign of a page: a lamp warms up for up to a minute. */
  firstSignMs: 90_000,
  /** Silence after that. */
  silenceMs: 30_000,
  /** A whole job. */
  jobMs: 600_000,
} as const;

/** A scanner as an operator knows it. */
export interface ScannerDevice {
  /** The same after a replug, a restart and a change of address: made of what the scanner is. */
  readonly id: ScannerId;
  readonly kind: ScannerKind;
  /** Vendor and model, at most SCAN_LIMITS.nameChars characters, no control characters. */
  readonly name: string;
}

/** One place for paper. */
export interface SourceCapabilities {
  readonly source: ScanSource;
  /** What the glass or the feeder takes at most, millimetres; null where the scanner does not tell. */
  readonly widthMm: number | null;
  readonly heightMm: number | null;
}

export interface ScannerCapabilities {
  /** At least one, each source at most once. */
  readonly sources: readonly SourceCapabilities[];
  /** Offered resolutions within SCAN_LIMITS, ascending, at least one. */
  readonly resolutionsDpi: readonly number[];
  readonly colours: readonly ScanColour[];
}

/** Part of the glass, millimetres from its upper left corner. */
export interface ScanArea {
  readonly leftMm: number;
  readonly topMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
}

/** One stack of paper, or what lies on the glass. */
export interface ScanJob {
  readonly source: ScanSource;
  /** The next resolution the scanner offers upwards is taken; a page tells its own. */
  readonly dpi: number;
  readonly colour: ScanColour;
  /** null: the whole glass, or whatever the feeder pulls. */
  readonly area: ScanArea | null;
}

export type ScanProgress =
  /** In use, warming up, or waiting for the vendor's program: nothing to do but wait. */
  | { readonly phase: 'waiting' }
  /** The scanner refused colour; what comes is grey. */
  | { readonly phase: 'grey-instead' }
  /** A page is coming in; the share of it that is here, null where the scanner does not tell. */
  | { readonly phase: 'scanning'; readonly pageIndex: number; readonly share: number | null };

export interface ScanRun {
  readonly signal: AbortSignal;
  /** Called at each sign of life: a scan without any is taken for dead after SCAN_LIMITS.silenceMs. */
  readonly onProgress: (progress: ScanProgress) => void;
}

/** One side of one sheet, whole: it was decoded to its last line. */
export interface ScannedPage {
  /** The file as the scanner made it, at most SCAN_LIMITS.pageBytes. */
  readonly bytes: Uint8Array;
  readonly format: 'jpeg' | 'png';
  readonly widthPx: number;
  readonly heightPx: number;
  readonly dpi: number;
  /** One channel: some providers refuse such pictures. */
  readonly isGrey: boolean;
  /** `back` for every second page of a duplex job. */
  readonly side: 'front' | 'back';
}

/** A driver never throws on what a scanner or its software does: every failure is one of the codes. */
export interface ScannerDriver {
  readonly kind: ScannerKind;
  /** Scanners there now, at most SCAN_LIMITS.scanners; none is an empty list. May take seconds. */
  list(signal: AbortSignal): Promise<Result<readonly ScannerDevice[], ScannerErrorCode>>;
  /** SCANNER_UNREACHABLE for an id that the latest listing did not have. */
  capabilities(
    id: ScannerId,
    signal: AbortSignal,
  ): Promise<Result<ScannerCapabilities, ScannerErrorCode>>;
  /**
   * Pages in the order of the paper, then the end: nothing more after the last page, or one failure.
   * Pages before a failure are good. Whoever stops reading, or aborts the signal, ends the job: the
   * scanner is told, and nothing of it is left anywhere.
   */
  scan(
    id: ScannerId,
    job: ScanJob,
    run: ScanRun,
  ): AsyncIterable<Result<ScannedPage, ScannerErrorCode>>;
}
