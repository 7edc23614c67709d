/**
 * Owns the measure of MRZ reading: exact text, as check digits let slips pass and cover no names.
 * Never prints what was read.
 */
import { readFileSync } from 'node:fs';
import { type GreyRaster, greyOf } from '../../renderer/vision/luma.ts';
import { createMrzReader } from '../../renderer/vision/mrz/read-mrz.ts';
import type { EvalPicture } from './manifest.ts';
import { type Figures, quantileOf, rounded, shareOf, type Suite } from './suite.ts';
import { loadTesseract } from './tesseract.ts';

/** The figures in all are of this kind; other kinds that show a zone stand beside it. */
const KIND = 'mrz';
const LARGE_CAPITALS_PX = 16;
/** Height of capitals of OCR-B size I, millimetres (ISO 1073-2; Doc 9303-3 §4.3). */
const CAPITAL_MM = 2.4;
/** Width of the document by the length of its lines, millimetres (ISO/IEC 7810). */
const DOCUMENT_MM: Readonly<Record<number, number>> = { 30: 85.6, 36: 105, 44: 125 };
/** What the first runs cost the compiler says nothing about the reader. */
const WARM_UP_RUNS = 3;

interface Outcome {
  readonly kind: string;
  readonly isExact: boolean;
  readonly areCheckDigitsRight: boolean;
  readonly rightCharacters: number;
  readonly characters: number;
  readonly ms: number;
  readonly capitalsPx: number;
}

/** Height of capitals where the document fills the quad, or the picture if none is known. */
const capitalsPxOf = ({ quad, mrz }: EvalPicture['truth'], widthPx: number): number => {
  const [from, to] = quad ?? [];
  const documentPx = from && to ? Math.hypot(to.x - from.x, to.y - from.y) : widthPx;
  return (documentPx * CAPITAL_MM) / (DOCUMENT_MM[mrz?.[0]?.length ?? 0] ?? 125);
};

const figuresOf = (outcomes: readonly Outcome[]) => {
  const sum = (pick: (outcome: Outcome) => number): number =>
    outcomes.reduce((total, outcome) => total + pick(outcome), 0);
  const times = outcomes.map(({ ms }) => ms);
  return {
    n: outcomes.length,
    exact: rounded(shareOf(outcomes.map(({ isExact }) => isExact)), 4),
    checkDigitsOk: rounded(shareOf(outcomes.map((each) => each.areCheckDigitsRight)), 4),
    characterAccuracy: rounded(
      outcomes.length === 0
        ? null
        : sum(({ rightCharacters }) => rightCharacters) / sum(({ characters }) => characters),
      4,
    ),
    msMedian: rounded(quantileOf(times, 0.5), 1),
    msP90: rounded(quantileOf(times, 0.9), 1),
  };
};

/** Reads a picture's zone; lines joined by newlines, null where none is found. */
type Reader = (luma: GreyRaster) => Promise<{
  readonly text: string;
  readonly areCheckDigitsRight: boolean;
} | null>;

const measureAll = async (
  pictures: readonly EvalPicture[],
  read: Reader,
  tell: (line: string) => void,
): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const picture of pictures) {
    const { file, kind, truth } = picture;
    if (truth.mrz === undefined) continue;
    const luma = greyOf(await picture.read());
    const warmUps = outcomes.length === 0 ? WARM_UP_RUNS : 0;
    for (let run = 0; run < warmUps; run += 1) await read(luma);
    const startMs = performance.now();
    const reading = await read(luma);
    const ms = performance.now() - startMs;
    const expected = truth.mrz.join('\n');
    const text = reading?.text ?? '';
    outcomes.push({
      kind,
      isExact: text === expected,
      areCheckDigitsRight: reading?.areCheckDigitsRight ?? false,
      rightCharacters: Array.from(expected).filter((each, at) => each === text[at]).length,
      characters: expected.length,
      ms,
      capitalsPx: capitalsPxOf(truth, luma.widthPx),
    });
    if (text !== expected) tell(`${file}: ${reading === null ? 'no zone found' : 'not exact'}`);
  }
  return outcomes;
};

const reportOf = (outcomes: readonly Outcome[]): Figures => {
  const ofKind = outcomes.filter(({ kind }) => kind === KIND);
  const kinds = [...new Set(outcomes.map(({ kind }) => kind))];
  return {
    ...figuresOf(ofKind),
    capitals16px: figuresOf(ofKind.filter(({ capitalsPx }) => capitalsPx >= LARGE_CAPITALS_PX)),
    byKind: Object.fromEntries(
      kinds.map((each) => [each, figuresOf(outcomes.filter(({ kind }) => kind === each))]),
    ),
  };
};

export const mrzSuite: Suite = {
  name: 'mrz',
  measures: 'zones read to the letter; in all those of kind mrz, capitals of 16 px apart',

  async run(pictures, tell, { peers }) {
    const readMrz = createMrzReader(
      readFileSync(new URL('../../renderer/vision/mrz/line-network.bin', import.meta.url)),
    );
    const ours: Reader = (luma) => {
      const reading = readMrz(luma);
      return Promise.resolve(reading && { ...reading, text: reading.lines.join('\n') });
    };
    const figures = reportOf(await measureAll(pictures, ours, tell));
    if (!peers) return figures;
    const tesseract = await loadTesseract();
    /** It knows no check digits. */
    const theirs: Reader = async (luma) => {
      const text = await tesseract.read(luma);
      return text === null ? null : { text, areCheckDigitsRight: false };
    };
    const outcomes = await measureAll(pictures, theirs, () => {});
    await tesseract.close();
    return { ...figures, peers: { tesseract: reportOf(outcomes) } };
  },
};
