/** Verdicts over camera and scanner: what the page measured, and what the desk's scanners answer. */
import type { CameraReport, SelfCheckResult } from '../../preload/contract/diagnostics-channels.ts';
import type { ScannerErrorCode } from '../../preload/contract/error-codes.ts';
import type { Result } from '../../preload/contract/result.ts';
import type { ScannerId } from '../../preload/contract/scanner-words.ts';

/** Own decisions: a full page at 1080 lines has 130 dpi, at 720 no readable MRZ; guidance needs 15 frames. */
const CAMERA_NEEDS = { leastShortPx: 720, goodShortPx: 1080, goodFramesPerSecond: 15 } as const;

/** The desk's scanners, as far as they are tested. */
export interface TestedScanners {
  scanners(): {
    readonly scanners: readonly { readonly id: ScannerId }[];
    readonly isSearching: boolean;
    readonly code: ScannerErrorCode | null;
  };
  capabilities(id: ScannerId): Promise<Result<unknown, ScannerErrorCode>>;
}

/** Resolution, frame rate and focus; all skipped where the page measured nothing. */
export const testCamera = (report: CameraReport | null): SelfCheckResult[] => {
  if (report?.isOpen !== true) {
    return [
      report === null
        ? { check: 'camera', verdict: 'skipped', code: null }
        : { check: 'camera', verdict: 'failed', code: 'CAMERA_NOT_WORKING' },
      { check: 'camera-frame-rate', verdict: 'skipped', code: null },
      { check: 'camera-focus', verdict: 'skipped', code: null },
    ];
  }
  const { widthPx, heightPx, framesPerSecond, focus } = report;
  const shortPx = Math.min(widthPx, heightPx);
  const isSmall = shortPx < CAMERA_NEEDS.goodShortPx;
  const isSlow = framesPerSecond < CAMERA_NEEDS.goodFramesPerSecond;
  const smallVerdict = shortPx < CAMERA_NEEDS.leastShortPx ? 'failed' : 'warning';
  return [
    isSmall
      ? { check: 'camera', verdict: smallVerdict, code: 'CAMERA_COARSE' }
      : { check: 'camera', verdict: 'good', code: null },
    isSlow
      ? { check: 'camera-frame-rate', verdict: 'warning', code: 'CAMERA_SLOW' }
      : { check: 'camera-frame-rate', verdict: 'good', code: null },
    focus === 'fixed'
      ? { check: 'camera-focus', verdict: 'warning', code: 'CAMERA_FOCUS_FIXED' }
      : { check: 'camera-focus', verdict: focus === null ? 'skipped' : 'good', code: null },
  ];
};

/** Whether every listed scanner answers; skipped where the kiosk has none, or still looks for them. */
export const testScanners = async (service: TestedScanners | null): Promise<SelfCheckResult> => {
  const skipped = { check: 'scanner', verdict: 'skipped', code: null } as const;
  if (service === null) return skipped;
  const { scanners, isSearching, code } = service.scanners();
  if (scanners.length === 0)
    return isSearching ? skipped : { check: 'scanner', verdict: 'failed', code };
  const answers = await Promise.all(scanners.map(({ id }) => service.capabilities(id)));
  const silent = answers.find((answer) => !answer.ok);
  if (silent === undefined) return { check: 'scanner', verdict: 'good', code: null };
  const verdict = answers.some((answer) => answer.ok) ? 'warning' : 'failed';
  return { check: 'scanner', verdict, code: silent.ok ? null : silent.error.code };
};
