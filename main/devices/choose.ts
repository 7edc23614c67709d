/** Fits a wish to what a scanner offers. */
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { ScanColour } from '../../preload/contract/scanner-words.ts';
import {
  SCAN_LIMITS,
  type ScanJob,
  type ScannerCapabilities,
  type SourceCapabilities,
} from './scanner-driver.ts';

/** Resolutions worth offering of a scanner that takes any. */
const COMMON_DPI = [75, 100, 150, 200, 240, 300, 400, 600] as const;

/** Offered resolutions as they are listed: within the limits, ascending, each once. */
export const listedDpi = (offered: readonly number[]): number[] =>
  [...new Set(offered)]
    .filter(
      (dpi) => Number.isInteger(dpi) && dpi >= SCAN_LIMITS.minDpi && dpi <= SCAN_LIMITS.maxDpi,
    )
    .toSorted((a, b) => a - b);

/** The common ones of a range with equal steps. */
export const dpiOfRange = (lowest: number, highest: number, step: number): number[] =>
  listedDpi(
    COMMON_DPI.filter(
      (dpi) => dpi >= lowest && dpi <= highest && (step <= 1 || (dpi - lowest) % step === 0),
    ),
  );

export interface ChosenJob {
  readonly source: SourceCapabilities;
  readonly dpi: number;
  readonly colour: ScanColour;
}

/**
 * What is asked of the scanner: its next resolution upwards, else its highest; grey where it has no
 * colour, which the pages then tell.
 */
export const chooseJob = (
  { sources, resolutionsDpi, colours }: ScannerCapabilities,
  job: ScanJob,
): Result<ChosenJob, 'SCANNER_UNSUPPORTED'> => {
  const source = sources.find((offered) => offered.source === job.source);
  const dpi = resolutionsDpi.find((offered) => offered >= job.dpi) ?? resolutionsDpi.at(-1);
  const colour = colours.includes(job.colour) ? job.colour : colours[0];
  if (source === undefined || dpi === undefined || colour === undefined)
    return fail('SCANNER_UNSUPPORTED');
  return ok({ source, dpi, colour });
};
