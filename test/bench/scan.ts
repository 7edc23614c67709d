/**
 * Owns the race from a scanned page to the pictures of the cards on it, against the two ways people
 * use: cutting the border off with sharp.trim or jimp.autocrop. Both peers do less: they find one
 * rectangle around everything, turn nothing, and keep both cards in one picture.
 */
import { Jimp } from 'jimp';
import sharp from 'sharp';
import { cutPage, lookAt, openPage, previewOf } from '../../main/capture/page/page.ts';
import { thumbnailOf } from '../../main/capture/page/thumbnail.ts';
import type { Result } from '../../preload/contract/result.ts';
import { scanGlass } from '../support/glass.ts';
import { photograph } from '../support/pictures.ts';
import { medianOf, raceMs, round, type Bench, type Contender } from './bench.ts';

interface PageFile {
  readonly bytes: Uint8Array;
  readonly dpi: number;
}

const MAX_MS_AT_300_DPI = 800;
const MIN_TIMES_FASTER_THAN_TRIM = 5;
const QUALITY = 85;
/** A desk scans all day: the compiler knows our code by then. */
const WARM_UPS = 6;

const STAGE_RUNS = 5;

/** One trim of a page at 600 dpi takes 20 s. */
const ROUNDS: Readonly<Record<300 | 600, number>> = { 300: 5, 600: 1 };

/** As hard to compress as the print of a card. */
const drawCard = (dpi: number, seed: number) => {
  const size = {
    widthPx: Math.round((85.6 * dpi) / 25.4),
    heightPx: Math.round((54 * dpi) / 25.4),
  };
  const { rgb } = photograph(size, seed);
  return { widthMm: 85.6, heightMm: 54, picture: { ...size, channels: 3 as const, data: rgb } };
};

const drawPage = async (dpi: 300 | 600): Promise<PageFile> => {
  const laid = [
    { specimen: drawCard(dpi, 1), turnDeg: 3, xMm: 80, yMm: 60 },
    { specimen: drawCard(dpi, 2), turnDeg: -2, xMm: 85, yMm: 150 },
  ];
  return { bytes: (await scanGlass({ lid: 248, laid }, dpi)).jpeg, dpi };
};

const must = <Value>(result: Result<Value>): Value => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

/** The product's way, without the small picture for the screen. */
const byUs = async ({ bytes, dpi }: PageFile): Promise<number> => {
  const page = must(await openPage(bytes, dpi));
  const { cards, lid } = must(await lookAt(page));
  const quads = cards.map(({ quad }) => quad);
  return must(await cutPage(page, quads, lid)).length;
};

const medianMs = async (stage: Contender): Promise<number> => {
  const times: number[] = [];
  for (let run = 0; run < STAGE_RUNS; run += 1) {
    const startMs = performance.now();
    await stage();
    times.push(performance.now() - startMs);
  }
  return round(medianOf(times), 0);
};

/** Where the time of `byUs` goes; the look begins with the thumbnail. The preview comes beside the look. */
const stagesOf = async (
  { bytes, dpi }: PageFile,
  name: string,
): Promise<Readonly<Record<string, number>>> => {
  const page = must(await openPage(bytes, dpi));
  const { cards, lid } = must(await lookAt(page));
  const quads = cards.map(({ quad }) => quad);
  return {
    [`thumbnailMs${name}`]: await medianMs(() => thumbnailOf(page)),
    [`lookMs${name}`]: await medianMs(() => lookAt(page)),
    [`cutMs${name}`]: await medianMs(() => cutPage(page, quads, lid)),
    [`previewMs${name}`]: await medianMs(() => previewOf(page)),
  };
};

const byTrim = ({ bytes }: PageFile): Promise<Buffer> =>
  sharp(bytes).trim({ threshold: 20 }).jpeg({ quality: QUALITY }).toBuffer();

const byJimp = async ({ bytes }: PageFile): Promise<Buffer> => {
  const page = await Jimp.read(Buffer.from(bytes));
  return page.autocrop({ tolerance: 0.05 }).getBuffer('image/jpeg', { quality: QUALITY });
};

export const scanBench: Bench = {
  name: 'scan',
  target: 'A4 at 300 dpi to both cards, straight and encoded: ≤ 0.8 s, ≥ 5 × faster than trim',

  async run(tell) {
    const pages = { 300: await drawPage(300), 600: await drawPage(600) };
    const figures: Record<string, number> = {};
    let areBothFound = true;
    for (const dpi of [300, 600] as const) {
      const page = pages[dpi];
      tell(`${dpi} dpi, ${page.bytes.byteLength} bytes`);
      for (let warmUp = 0; warmUp < WARM_UPS; warmUp += 1)
        areBothFound &&= (await byUs(page)) === 2;
      await byTrim(page);
      const trim = await raceMs(
        ROUNDS[dpi],
        () => byUs(page),
        () => byTrim(page),
      );
      const jimp = await raceMs(
        1,
        () => byUs(page),
        () => byJimp(page),
      );
      figures[`oursMs${dpi}`] = round(trim.oursMs, 0);
      Object.assign(figures, await stagesOf(page, `${dpi}`));
      figures[`trimMs${dpi}`] = round(trim.peerMs, 0);
      figures[`timesFasterThanTrim${dpi}`] = round(trim.peerMs / trim.oursMs, 1);
      figures[`jimpMs${dpi}`] = round(jimp.peerMs, 0);
      figures[`timesFasterThanJimp${dpi}`] = round(jimp.peerMs / jimp.oursMs, 1);
    }
    return {
      reached:
        areBothFound &&
        (figures['oursMs300'] ?? Infinity) <= MAX_MS_AT_300_DPI &&
        (figures['timesFasterThanTrim300'] ?? 0) >= MIN_TIMES_FASTER_THAN_TRIM,
      figures,
    };
  },
};
