import { describe, expect, it } from 'vitest';
import {
  testCamera,
  testScanners,
  type TestedScanners,
} from '../../../../main/diagnostics/device-tests.ts';
import type { CameraReport } from '../../../../preload/contract/diagnostics-channels.ts';
import type { ScannerErrorCode } from '../../../../preload/contract/error-codes.ts';
import { fail, ok } from '../../../../preload/contract/result.ts';

const GOOD: CameraReport = {
  isOpen: true,
  widthPx: 1920,
  heightPx: 1080,
  framesPerSecond: 30,
  focus: 'automatic',
};

/** Verdict and code of each check, in order. */
const told = (report: CameraReport | null): string[] =>
  testCamera(report).map(({ check, verdict, code }) => [check, verdict, code].join(' '));

describe('the camera in the self-test', () => {
  it('is good when it is fine, quick and focuses', () => {
    expect(told(GOOD)).toEqual(['camera good ', 'camera-frame-rate good ', 'camera-focus good ']);
  });

  it('has failed when it did not open, and is skipped where nobody measured it', () => {
    const others = ['camera-frame-rate skipped ', 'camera-focus skipped '];
    expect(told({ ...GOOD, isOpen: false })).toEqual([
      'camera failed CAMERA_NOT_WORKING',
      ...others,
    ]);
    expect(told(null)).toEqual(['camera skipped ', ...others]);
  });

  it.each([
    [1280, 720, 'camera warning CAMERA_COARSE'],
    [1080, 1920, 'camera good '],
    [1280, 719, 'camera failed CAMERA_COARSE'],
  ])('with %d × %d pixels is judged by its short side: %s', (widthPx, heightPx, verdict) => {
    expect(told({ ...GOOD, widthPx, heightPx })[0]).toBe(verdict);
  });

  it('is named when it is slow or can not focus; one that tells nothing of its focus is not', () => {
    expect(told({ ...GOOD, framesPerSecond: 14 })[1]).toBe('camera-frame-rate warning CAMERA_SLOW');
    expect(told({ ...GOOD, framesPerSecond: 15 })[1]).toBe('camera-frame-rate good ');
    expect(told({ ...GOOD, focus: 'fixed' })[2]).toBe('camera-focus warning CAMERA_FOCUS_FIXED');
    expect(told({ ...GOOD, focus: null })[2]).toBe('camera-focus skipped ');
  });
});

describe('the scanners in the self-test', () => {
  /** A desk with these scanners: null answers, a code does not. */
  const desk = (
    answers: readonly (ScannerErrorCode | null)[],
    view: Partial<ReturnType<TestedScanners['scanners']>> = {},
  ): TestedScanners => ({
    scanners: () => ({
      scanners: answers.map((_answer, index) => ({ id: `sane:${index}` as never })),
      isSearching: false,
      code: answers.length === 0 ? 'SCANNER_NONE_FOUND' : null,
      ...view,
    }),
    capabilities: async (id) => {
      const code = answers[Number(id.slice('sane:'.length))] ?? null;
      return code === null ? ok(null) : fail(code);
    },
  });

  it.each<[string, TestedScanners | null, string, ScannerErrorCode | null]>([
    ['a kiosk without any', null, 'skipped', null],
    ['a search that is not over', desk([], { isSearching: true, code: null }), 'skipped', null],
    ['none found', desk([]), 'failed', 'SCANNER_NONE_FOUND'],
    ['all that answer', desk([null, null]), 'good', null],
    ['one of two silent', desk([null, 'SCANNER_UNREACHABLE']), 'warning', 'SCANNER_UNREACHABLE'],
    ['the only one silent', desk(['SCANNER_BUSY']), 'failed', 'SCANNER_BUSY'],
  ])('with %s', async (_what, service, verdict, code) => {
    expect(await testScanners(service)).toEqual({ check: 'scanner', verdict, code });
  });
});
