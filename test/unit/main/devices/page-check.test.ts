/** What passes for a page, and what each broken file is called. */
import { describe, expect, it } from 'vitest';
import type { ChosenJob } from '../../../../main/devices/choose.ts';
import { checkPage } from '../../../../main/devices/page-check.ts';
import { SCAN_LIMITS, type ScanJob } from '../../../../main/devices/scanner-driver.ts';
import { brokenPages, greyPage, jpegPage, pngPage } from '../../../support/scan-pages.ts';

const glass: ScanJob = { source: 'platen', dpi: 75, colour: 'colour', area: null };
const feeder: ScanJob = { ...glass, source: 'feeder' };
const duplex: ScanJob = { ...glass, source: 'duplex' };

const chosenFor = (job: ScanJob): ChosenJob => ({
  source: { source: job.source, widthMm: 210, heightMm: 297 },
  dpi: job.dpi,
  colour: 'colour',
});

/** A4 at 75 dpi. */
const A4 = { widthPx: 620, heightPx: 877 };
const CARD = { widthPx: 253, heightPx: 160 };
/** Places a file is cut at. */
const CUTS = 60;

const check = (
  bytes: Uint8Array,
  job: ScanJob = feeder,
  pageIndex = 0,
): ReturnType<typeof checkPage> => checkPage(bytes, job, chosenFor(job), pageIndex);

const broken = await brokenPages();

describe('checkPage', () => {
  it('takes a whole JPEG and a whole PNG as they are, with size, resolution and format', async () => {
    for (const [bytes, format] of [
      [await jpegPage(A4), 'jpeg'],
      [await pngPage(A4), 'png'],
    ] as const)
      expect(await check(bytes, glass)).toEqual({
        ok: true,
        value: { bytes, format, ...A4, dpi: 75, isGrey: false, side: 'front' },
      });
  });

  it.each([
    ['half a JPEG', 'SCANNER_PICTURE_INCOMPLETE'],
    ['a JPEG without its last byte', 'SCANNER_PICTURE_INCOMPLETE'],
    ['half a PNG', 'SCANNER_PICTURE_INCOMPLETE'],
    ['half a TIFF', 'SCANNER_NOT_UNDERSTOOD'],
    ['a whole TIFF', 'SCANNER_NOT_UNDERSTOOD'],
    ['one pixel', 'SCANNER_NOT_UNDERSTOOD'],
    ['a hundred megapixels', 'SCANNER_TOO_LARGE'],
    ['a page of HTML', 'SCANNER_NOT_UNDERSTOOD'],
    ['nothing', 'SCANNER_PICTURE_INCOMPLETE'],
    ['noise', 'SCANNER_NOT_UNDERSTOOD'],
  ])('calls %s by its code: %s', async (name, code) => {
    const bytes = broken.get(name);
    expect(bytes).toBeDefined();
    expect(await check(bytes ?? new Uint8Array())).toEqual({ ok: false, error: { code } });
  });

  it.each([
    ['JPEG', 'to nothing', () => jpegPage(CARD)],
    ['JPEG', 'to zeros', () => jpegPage(CARD)],
    ['PNG', 'to nothing', () => pngPage(CARD)],
    ['PNG', 'to zeros', () => pngPage(CARD)],
  ])('takes no %s that was cut %s, wherever', async (_format, how, draw) => {
    const whole = Uint8Array.from(await draw());
    const passed: number[] = [];
    const step = Math.ceil(whole.byteLength / CUTS);
    const ends = Array.from({ length: CUTS }, (_none, at) => at * step);
    // Zeros in the check sum of a PNG's end touch no pixel.
    const last = how === 'to zeros' ? [] : [whole.byteLength - 2, whole.byteLength - 1];
    for (const end of [...ends.filter((at) => at < whole.byteLength - 12), ...last]) {
      const cut = whole.slice(0, how === 'to zeros' ? whole.byteLength : end).fill(0, end);
      if ((await check(cut)).ok) passed.push(end);
    }
    expect(passed).toEqual([]);
  });

  it('takes no PNG with a damaged line', async () => {
    const page = Uint8Array.from(await pngPage(CARD));
    const data = Buffer.from(page).indexOf('IDAT') + 4;
    for (const share of [0.1, 0.5, 0.9]) {
      const damaged = page.slice();
      const at = data + Math.floor((page.byteLength - data - 16) * share);
      damaged[at] = (damaged[at] ?? 0) ^ 0x10;
      const code = 'SCANNER_PICTURE_INCOMPLETE';
      expect(await check(damaged)).toEqual({ ok: false, error: { code } });
    }
  });

  it('refuses more bytes than a page may have before it looks at them', async () => {
    const code = 'SCANNER_TOO_LARGE';
    const bytes = new Uint8Array(SCAN_LIMITS.pageBytes + 1);
    expect(await check(bytes)).toEqual({ ok: false, error: { code } });
  });

  it('misses what a whole glass should have given, but lets a feeder pull a card', async () => {
    const card = await pngPage(CARD);
    const code = 'SCANNER_PICTURE_INCOMPLETE';
    expect(await check(card, glass)).toEqual({ ok: false, error: { code } });
    expect(await check(card, feeder)).toMatchObject({ ok: true });
    const area = { leftMm: 0, topMm: 0, widthMm: 85.6, heightMm: 54 };
    expect(await check(card, { ...glass, area })).toMatchObject({ ok: true });
  });

  it('tells a grey picture, and keeps it', async () => {
    expect(await check(await greyPage(CARD))).toMatchObject({ value: { isGrey: true } });
  });

  it('believes the resolution of the file, but not the one that encoders write by themselves', async () => {
    expect(await check(await pngPage(CARD, 100))).toMatchObject({ value: { dpi: 100 } });
    expect(await check(await pngPage(CARD, 72))).toMatchObject({ value: { dpi: 75 } });
    expect(await check(await pngPage(CARD, 1200))).toMatchObject({ value: { dpi: 75 } });
  });

  it('calls every second page of a duplex stack the back', async () => {
    const card = await pngPage(CARD);
    for (const [index, side] of ['front', 'back', 'front'].entries())
      expect(await check(card, duplex, index)).toMatchObject({ value: { side } });
    expect(await check(card, feeder, 1)).toMatchObject({ value: { side: 'front' } });
  });
});
