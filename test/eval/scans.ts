/**
 * Owns the measure of documents on a scanner's glass: every one that is there, cut where it lies. What
 * is found too much counts as well. A picture takes part when its truth names a resolution.
 */
import { intersectionOverUnion, sidesOf, type Quad } from '../../renderer/vision/geometry.ts';
import type { EvalPicture } from './manifest.ts';
import { cornerError } from './documents.ts';
import { quantileOf, rounded, shareOf, type Suite } from './suite.ts';

interface Measured {
  /** Of each document; 0 where it was not found. */
  readonly ious: readonly number[];
  readonly sizeErrorsMm: readonly number[];
  readonly turnErrorsDeg: readonly number[];
  readonly cornerErrorsPx: readonly number[];
  readonly foundTooMuch: number;
  readonly ms: number;
}

/** The first pages warm the compiler up. */
const RUNS = 3;

/** Of a side, whatever corner it starts from: degrees in a quarter turn. */
const turnOf = ([a, b]: Quad): number =>
  ((Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI + 360) % 90;

const turnError = (one: Quad, other: Quad): number => {
  const off = Math.abs(turnOf(one) - turnOf(other));
  return Math.min(off, 90 - off);
};

const sizeError = (one: Quad, other: Quad, pxPerMm: number): number => {
  const ends = (quad: Quad): readonly [number, number] => {
    const [top, right, bottom, left] = sidesOf(quad);
    const [across, down] = [(top + bottom) / 2, (right + left) / 2];
    return [Math.max(across, down), Math.min(across, down)];
  };
  const [[long, short], [trueLong, trueShort]] = [ends(one), ends(other)];
  return Math.max(Math.abs(long - trueLong), Math.abs(short - trueShort)) / pxPerMm;
};

const measure = async (
  picture: EvalPicture,
  truths: readonly Quad[],
  dpi: number,
): Promise<Measured> => {
  // Only now: main's decoder takes every other way of reading a picture from the whole process.
  const { lookAt, openPage } = await import('../../main/capture/page/page.ts');
  const bytes = await picture.bytes();
  const times: number[] = [];
  let cards: readonly { readonly quad: Quad }[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const startMs = performance.now();
    const page = await openPage(bytes, dpi);
    const finds = page.ok ? await lookAt(page.value) : page;
    times.push(performance.now() - startMs);
    cards = finds.ok ? finds.value.cards : [];
  }
  const best = truths.map((truth) => {
    const [nearest] = cards
      .map(({ quad }) => ({ quad, truth, iou: intersectionOverUnion(quad, truth) }))
      .toSorted((one, other) => other.iou - one.iou);
    return nearest;
  });
  const found = best.flatMap((one) => (one !== undefined && one.iou > 0 ? [one] : []));
  return {
    ious: best.map((one) => one?.iou ?? 0),
    sizeErrorsMm: found.map(({ quad, truth }) => sizeError(quad, truth, dpi / 25.4)),
    turnErrorsDeg: found.map(({ quad, truth }) => turnError(quad, truth)),
    cornerErrorsPx: found.map(({ quad, truth }) => cornerError(quad, truth)),
    foundTooMuch: Math.max(0, cards.length - found.length),
    ms: quantileOf(times, 0.5) ?? 0,
  };
};

export const scansSuite: Suite = {
  name: 'scans',
  measures: 'documents on a glass: shares with IoU > 0.9 and > 0.95, size, turn, time',

  async run(pictures, tell) {
    const measured: Measured[] = [];
    for (const picture of pictures) {
      const { quad, quads, quality } = picture.truth;
      const truths = quads ?? (quad === undefined ? [] : [quad]);
      if (quality?.dpi === undefined || truths.length === 0) continue;
      const one = await measure(picture, truths, quality.dpi);
      measured.push(one);
      if (one.ious.some((iou) => iou <= 0.9) || one.foundTooMuch > 0)
        tell(`${picture.file}: IoU ${one.ious.map((iou) => iou.toFixed(3)).join(', ')}`);
    }
    const ious = measured.flatMap((one) => one.ious);
    const pairs = measured.filter((one) => one.ious.length > 1);
    const worst = (values: readonly number[]): number | null =>
      values.length === 0 ? null : Math.max(...values);
    return {
      n: measured.length,
      documents: ious.length,
      iou90: rounded(shareOf(ious.map((iou) => iou > 0.9)), 4),
      iou95: rounded(shareOf(ious.map((iou) => iou > 0.95)), 4),
      lowestIou: ious.length === 0 ? null : rounded(Math.min(...ious), 4),
      pages2: pairs.length,
      pages2Whole: pairs.filter((one) => one.ious.every((iou) => iou > 0.9)).length,
      foundTooMuch: measured.reduce((sum, one) => sum + one.foundTooMuch, 0),
      medianSizeErrorMm: rounded(
        quantileOf(
          measured.flatMap((one) => one.sizeErrorsMm),
          0.5,
        ),
        2,
      ),
      worstSizeErrorMm: rounded(worst(measured.flatMap((one) => one.sizeErrorsMm)), 2),
      worstTurnErrorDeg: rounded(worst(measured.flatMap((one) => one.turnErrorsDeg)), 2),
      worstCornerErrorPx: rounded(worst(measured.flatMap((one) => one.cornerErrorsPx)), 1),
      msMedian: rounded(
        quantileOf(
          measured.map(({ ms }) => ms),
          0.5,
        ),
        0,
      ),
    };
  },
};
