/**
 * Reads a device's own options out of `scanimage --all-options`, and writes those of one job. Each
 * word handed to scanimage comes out of its own list or is a number of ours.
 */
import type { ScanColour, ScanSource } from '../../../preload/contract/scanner-words.ts';
import { dpiOfRange, listedDpi, type ChosenJob } from '../choose.ts';
import type { ScanArea, ScannerCapabilities } from '../scanner-driver.ts';

/** A range of millimetres an option takes. */
interface Range {
  readonly lowest: number;
  readonly highest: number;
}

/** What of a device's options a job needs. */
export interface SaneDevice {
  readonly capabilities: ScannerCapabilities;
  /** The device's own word for each source; none where it has no such option. */
  readonly sourceWords: ReadonlyMap<ScanSource, string>;
  readonly colourWords: ReadonlyMap<ScanColour, string>;
  readonly hasResolution: boolean;
  /** Positions and sizes the device takes, by scanimage's letter. */
  readonly geometry: ReadonlyMap<string, Range>;
}

/** `    --mode Gray|Color [Color]`: name, then what it takes and what it is now. */
const OPTION = /^ {4}-{1,2}([a-z][a-z0-9-]*)(?:\[=\(yes\|no\)\])? (.*)\]$/;
const RANGE = /^(-?[\d.]+)\.\.(-?[\d.]+)(?:mm|dpi)?(?: \(in steps of ([\d.]+)\))?$/;

/** A listing with more lines is no scanner's. */
export const MAX_OPTION_LINES = 2000;
/** Nor are longer lines: one that lists forty resolutions has 200 characters. */
const MAX_LINE_CHARS = 2000;
/** Nor longer words. */
const MAX_WORD_CHARS = 64;

const numberOr = (text: string | undefined, otherwise: number): number => {
  const value = Number(text ?? Number.NaN);
  return Number.isFinite(value) ? value : otherwise;
};

const optionsOf = (text: string): Map<string, string> => {
  const options = new Map<string, string>();
  for (const line of text.split('\n').slice(0, MAX_OPTION_LINES)) {
    if (line.length > MAX_LINE_CHARS) continue;
    const [, name, values = ''] = OPTION.exec(line.trimEnd()) ?? [];
    const takesChars = values.lastIndexOf(' [');
    if (name === undefined || takesChars === -1 || values.endsWith('[inactive')) continue;
    options.set(name, values.slice(0, takesChars));
  }
  return options;
};

const wordsOf = (takes: string | undefined): string[] =>
  (takes ?? '').split('|').filter((word) => word !== '' && word.length <= MAX_WORD_CHARS);

const sourceOf = (word: string): ScanSource | null => {
  if (/duplex|both/i.test(word)) return 'duplex';
  if (/adf|feeder/i.test(word)) return 'feeder';
  if (/flatbed|platen|glass|normal|document table/i.test(word)) return 'platen';
  return null;
};

const colourOf = (word: string): ScanColour | null => {
  if (/colou?r/i.test(word)) return 'colour';
  if (/gr[ae]y/i.test(word)) return 'grey';
  return null;
};

/** The first word for each meaning. */
const meanings = <Meaning>(
  words: readonly string[],
  meaningOf: (word: string) => Meaning | null,
): Map<Meaning, string> => {
  const found = new Map<Meaning, string>();
  for (const word of words) {
    const meaning = meaningOf(word);
    if (meaning !== null && !found.has(meaning)) found.set(meaning, word);
  }
  return found;
};

const resolutionsOf = (takes: string | undefined): number[] => {
  if (takes === undefined) return [];
  const [, lowest, highest, step] = RANGE.exec(takes) ?? [];
  if (lowest !== undefined)
    return dpiOfRange(Number(lowest), numberOr(highest, 0), numberOr(step, 1));
  return listedDpi(takes.split('|').map((word) => Number(word.replace(/dpi$/, ''))));
};

/** A device without a way to choose has what it has: one source, one resolution, its own colours. */
const orThis = <Item>(items: readonly Item[], otherwise: Item): readonly Item[] =>
  items.length === 0 ? [otherwise] : items;

/** Understands the options of one device. */
export const parseOptions = (text: string): SaneDevice => {
  const options = optionsOf(text);
  const geometry = new Map<string, Range>();
  for (const letter of ['l', 't', 'x', 'y']) {
    const [, lowest, highest] = RANGE.exec(options.get(letter) ?? '') ?? [];
    if (highest !== undefined)
      geometry.set(letter, { lowest: numberOr(lowest, 0), highest: numberOr(highest, 0) });
  }
  const sourceWords = meanings(wordsOf(options.get('source')), sourceOf);
  const colourWords = meanings(wordsOf(options.get('mode')), colourOf);
  const size = {
    widthMm: geometry.get('x')?.highest ?? null,
    heightMm: geometry.get('y')?.highest ?? null,
  };
  const resolutions = resolutionsOf(options.get('resolution'));
  return {
    capabilities: {
      sources: orThis([...sourceWords.keys()], 'platen').map((source) => ({ source, ...size })),
      resolutionsDpi: orThis(resolutions, 300),
      colours: orThis([...colourWords.keys()], 'colour'),
    },
    sourceWords,
    colourWords,
    hasResolution: resolutions.length > 0,
    geometry,
  };
};

/** Millimetres as scanimage takes them: no exponent, three decimals. */
const millimetres = (value: number, { lowest, highest }: Range): string =>
  Math.min(highest, Math.max(lowest, value)).toFixed(3);

/** The arguments for one job on a device with these options. */
export const jobArguments = (
  device: SaneDevice,
  { source, dpi, colour }: ChosenJob,
  area: ScanArea | null,
): string[] => {
  const sourceWord = device.sourceWords.get(source.source);
  const colourWord = device.colourWords.get(colour);
  const wanted: Readonly<Record<string, number>> = {
    l: area?.leftMm ?? 0,
    t: area?.topMm ?? 0,
    x: area?.widthMm ?? Number.MAX_SAFE_INTEGER,
    y: area?.heightMm ?? Number.MAX_SAFE_INTEGER,
  };
  return [
    ...(sourceWord === undefined ? [] : [`--source=${sourceWord}`]),
    ...(colourWord === undefined ? [] : [`--mode=${colourWord}`]),
    ...(device.hasResolution ? [`--resolution=${dpi}`] : []),
    ...[...device.geometry].flatMap(([letter, range]) => [
      `-${letter}`,
      millimetres(wanted[letter] ?? 0, range),
    ]),
  ];
};
