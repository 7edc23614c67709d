/** Owns the measure of PDF417 reading: the whole text must be right. Never prints what was read. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  type Pdf417,
  preparePdf417,
  readAsItIs,
  readPdf417,
} from '../../renderer/vision/barcode/read-pdf417.ts';
import { type GreyRaster, greyOf } from '../../renderer/vision/luma.ts';
import type { EvalPicture } from './manifest.ts';
import { type Figures, quantileOf, rounded, shareOf, type Suite } from './suite.ts';

interface Outcome {
  readonly kind: string;
  readonly isExact: boolean;
  readonly ms: number;
}

/** What the first runs cost the compiler says nothing about the reader. */
const WARM_UP_RUNS = 2;

/** Some truths write control characters as words. */
const CONTROL_WORDS: Readonly<Record<string, string>> = { LF: '\n', CR: '\r', RS: '\u001e' };

const pdf417TextOf = ({ format, text, codes }: EvalPicture['truth']): string | undefined =>
  (format === 'PDF417' ? text : codes?.find((code) => code.format === 'PDF417')?.text)?.replaceAll(
    /<(LF|CR|RS)>/g,
    (word, name: string) => CONTROL_WORDS[name] ?? word,
  );

const figuresOf = (outcomes: readonly Outcome[]) => {
  const times = outcomes.map(({ ms }) => ms);
  return {
    n: outcomes.length,
    exact: rounded(shareOf(outcomes.map(({ isExact }) => isExact)), 4),
    msMedian: rounded(quantileOf(times, 0.5), 1),
    msP90: rounded(quantileOf(times, 0.9), 1),
  };
};

const measureAll = async (
  pictures: readonly EvalPicture[],
  read: (luma: GreyRaster) => Promise<Pdf417 | null>,
  tell: (line: string) => void,
): Promise<Figures> => {
  const outcomes: Outcome[] = [];
  for (const picture of pictures) {
    const { file, kind, truth } = picture;
    const expected = pdf417TextOf(truth);
    if (expected === undefined) continue;
    const luma = greyOf(await picture.read());
    const warmUps = outcomes.length === 0 ? WARM_UP_RUNS : 0;
    for (let run = 0; run < warmUps; run += 1) await read(luma);
    const startMs = performance.now();
    const text = (await read(luma))?.text ?? null;
    const ms = performance.now() - startMs;
    outcomes.push({ kind, isExact: text === expected, ms });
    if (text !== expected) tell(`${file}: ${text === null ? 'no code read' : 'not exact'}`);
  }
  const kinds = [...new Set(outcomes.map(({ kind }) => kind))];
  return {
    ...figuresOf(outcomes),
    byKind: Object.fromEntries(
      kinds.map((each) => [each, figuresOf(outcomes.filter(({ kind }) => kind === each))]),
    ),
  };
};

export const barcodesSuite: Suite = {
  name: 'barcodes',
  measures: 'PDF417 read whole',

  async run(pictures, tell, { peers }) {
    const wasm = readFileSync(
      createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'),
    );
    await preparePdf417(new Uint8Array(wasm).buffer);
    const figures = await measureAll(pictures, (luma) => readPdf417(luma), tell);
    if (!peers) return figures;
    const zxing = await measureAll(
      pictures,
      (luma) => readAsItIs(luma),
      () => {},
    );
    return { ...figures, peers: { zxing } };
  },
};
