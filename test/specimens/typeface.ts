/**
 * Owns the shapes of letters: text becomes SVG outlines from font files the project carries.
 * Never uses a typeface of the system: a specimen looks the same on every machine.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parse, type Font, type PathCommand } from 'opentype.js/dist/opentype.mjs';

export type Typeface =
  'sans' | 'sans-medium' | 'sans-bold' | 'ocr-b' | 'open-sans' | 'pt-mono' | 'courier-prime';

const resolvePackageFile = createRequire(import.meta.url).resolve;

/** The static faces, because opentype.js reads WOFF 1 without a decompressor and the variable package ships WOFF 2 alone. */
function plex(weight: number): readonly string[] {
  return ['latin', 'latin-ext'].map((subset) =>
    resolvePackageFile(
      `@fontsource/ibm-plex-sans/files/ibm-plex-sans-${subset}-${weight}-normal.woff`,
    ),
  );
}

/** A face of another family, Latin letters, regular. */
function regular(family: string): readonly string[] {
  return [resolvePackageFile(`@fontsource/${family}/files/${family}-latin-400-normal.woff`)];
}

const FILES: Readonly<Record<Typeface, () => readonly (string | URL)[]>> = {
  sans: () => plex(400),
  'sans-medium': () => plex(500),
  'sans-bold': () => plex(700),
  'ocr-b': () => [new URL('fonts/OCRB.otf', import.meta.url)],
  'open-sans': () => regular('open-sans'),
  'pt-mono': () => regular('pt-mono'),
  'courier-prime': () => regular('courier-prime'),
};

const loaded = new Map<Typeface, readonly Font[]>();

function fontsOf(typeface: Typeface): readonly Font[] {
  let fonts = loaded.get(typeface);
  if (fonts === undefined) {
    fonts = FILES[typeface]().map((file) => {
      const bytes = new Uint8Array(readFileSync(file));
      return parse(bytes.buffer);
    });
    loaded.set(typeface, fonts);
  }
  return fonts;
}

interface Run {
  readonly font: Font;
  text: string;
}

/** Consecutive characters that one font file has. A character that none has is a bug of the caller. */
function runsOf(text: string, typeface: Typeface): readonly Run[] {
  const runs: Run[] = [];
  for (const character of text) {
    const font = fontsOf(typeface).find((each) => each.charToGlyphIndex(character) > 0);
    if (font === undefined)
      throw new RangeError(`No glyph for U+${character.codePointAt(0)?.toString(16)}.`);
    const last = runs.at(-1);
    if (last?.font === font) last.text += character;
    else runs.push({ font, text: character });
  }
  return runs;
}

/** opentype.js 2.0 has `toPathData`, but its rounding turns some numbers into NaN. */
function toPathData({ type, x1, y1, x2, y2, x, y }: PathCommand): string {
  const numbers = [x1, y1, x2, y2, x, y].filter((value) => value !== undefined);
  return type + numbers.map((value) => value.toFixed(3)).join(' ');
}

/** Outline of one line of text. */
export interface TextOutline {
  /** SVG path data, baseline at y = 0, starting at x = 0, in the unit of `size`. */
  readonly pathData: string;
  readonly width: number;
}

/** Outline `text` at `size` (em height); `tracking` is added after each character, both in the caller's unit. */
export function outlineText(
  text: string,
  typeface: Typeface,
  size: number,
  tracking = 0,
): TextOutline {
  let x = 0;
  const paths: string[] = [];
  for (const run of runsOf(text, typeface)) {
    const pieces = tracking === 0 ? [run.text] : Array.from(run.text);
    for (const piece of pieces) {
      paths.push(...run.font.getPath(piece, x, 0, size).commands.map(toPathData));
      x += run.font.getAdvanceWidth(piece, size) + tracking;
    }
  }
  return { pathData: paths.join(''), width: x - (text === '' ? 0 : tracking) };
}

/** Em height at which OCR-B has the given pitch: its characters all have one width. */
export function ocrBSizeForPitch(pitch: number): number {
  return pitch / outlineText('0', 'ocr-b', 1).width;
}
