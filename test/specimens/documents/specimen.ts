/**
 * Owns what a drawn document is: its pixels and everything known about it.
 * Never draws; the files beside it do.
 */
import { rasterFromSvg, toDataUri, type Raster } from '../raster.ts';
import { drawPortrait, faceLook } from '../face.ts';
import type { Person } from './person.ts';
import { Sheet, type PlacedText } from './sheet.ts';

/** ISO/IEC 7810 formats and ISO 216 A4, millimetres. */
const FORMATS = {
  'ID-1': { widthMm: 85.6, heightMm: 53.98, cornerMm: 3.18 },
  'ID-3': { widthMm: 125, heightMm: 88, cornerMm: 3.18 },
  A4: { widthMm: 210, heightMm: 297, cornerMm: 0 },
} as const;
export type Format = keyof typeof FORMATS;

/** Ground truth of a document, without its pixels. JSON-safe. */
export interface SpecimenTruth {
  readonly format: Format;
  readonly widthMm: number;
  readonly heightMm: number;
  /** MRZ lines, top first; empty where there is none. */
  readonly mrzLines: readonly string[];
  /** Text inside the PDF417, null where there is none. */
  readonly barcodeText: string | null;
  /** Every line of text on it. */
  readonly texts: readonly PlacedText[];
}

export interface Specimen extends SpecimenTruth {
  readonly dpi: number;
  /** With alpha: outside the rounded corners it is transparent. */
  readonly picture: Raster;
}

/** The truth alone, to be written beside the pixels. */
export function truthOf({ picture: _picture, dpi: _dpi, ...truth }: Specimen): SpecimenTruth {
  return truth;
}

/** What every document is drawn from. */
export interface DocumentRequest {
  readonly person: Person;
  /** Day of issue, ISO 8601; expiry follows from it. */
  readonly issuedOn: string;
  /** Pixels per inch of the drawing. */
  readonly dpi: number;
}

export function newSheet(format: Format): Sheet {
  const { widthMm, heightMm, cornerMm } = FORMATS[format];
  return new Sheet(widthMm, heightMm, cornerMm);
}

/** Pixels of a length at a resolution. */
function pxOf(lengthMm: number, dpi: number): number {
  return Math.round((lengthMm * dpi) / 25.4);
}

/** The holder's portrait as an SVG image source, sharp enough for `heightMm` at `dpi`. */
export async function portraitHref(person: Person, heightMm: number, dpi: number): Promise<string> {
  return await toDataUri(
    await drawPortrait(faceLook(person.seed, person.sex), pxOf(heightMm, dpi)),
  );
}

/** Rasterise a finished sheet. */
export async function finish(
  sheet: Sheet,
  format: Format,
  dpi: number,
  extra: { readonly mrzLines?: readonly string[]; readonly barcodeText?: string } = {},
): Promise<Specimen> {
  const widthPx = pxOf(sheet.widthMm, dpi);
  const heightPx = pxOf(sheet.heightMm, dpi);
  return {
    format,
    widthMm: sheet.widthMm,
    heightMm: sheet.heightMm,
    mrzLines: extra.mrzLines ?? [],
    barcodeText: extra.barcodeText ?? null,
    texts: sheet.texts,
    dpi,
    picture: await rasterFromSvg(sheet.toSvg(widthPx, heightPx), widthPx, heightPx),
  };
}
