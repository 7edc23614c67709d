/**
 * Owns the drawing surface of a document in millimetres and the record of every text put on it.
 * Never lays anything out by itself.
 */
import { outlineText, ocrBSizeForPitch, type Typeface } from '../typeface.ts';

/** Ground truth of one line of text: the box runs from ascender height to baseline, millimetres. */
export interface PlacedText {
  readonly text: string;
  readonly xMm: number;
  readonly yMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
}

export interface TextStyle {
  readonly typeface?: Typeface;
  /** Em height. */
  readonly sizeMm: number;
  readonly colour?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly trackingMm?: number;
  readonly opacity?: number;
  /** Degrees clockwise around the anchor point. */
  readonly rotation?: number;
}

/** Dark ink of all documents. */
export const INK = '#1d2530';
/** Ink of labels. */
export const LABEL_INK = '#4d5a66';

/** Characters per inch of OCR-B size 1: 10 (Doc 9303-3 §4.2, ISO 1073-2). */
const MRZ_PITCH_MM = 2.54;

export class Sheet {
  readonly widthMm: number;
  readonly heightMm: number;
  /** Radius of the corners; 0 = square. */
  readonly cornerMm: number;
  readonly #content: string[] = [];
  readonly #texts: PlacedText[] = [];

  constructor(widthMm: number, heightMm: number, cornerMm: number) {
    this.widthMm = widthMm;
    this.heightMm = heightMm;
    this.cornerMm = cornerMm;
  }

  get texts(): readonly PlacedText[] {
    return this.#texts;
  }

  /** Add SVG content in millimetres. */
  add(...content: readonly string[]): void {
    this.#content.push(...content);
  }

  /** Write one line; `xMm`, `yMm` is the anchor on the baseline. */
  write(text: string, xMm: number, yMm: number, style: TextStyle): void {
    const { typeface = 'sans', sizeMm, colour = INK, anchor = 'start', rotation = 0 } = style;
    const { pathData, width } = outlineText(text, typeface, sizeMm, style.trackingMm ?? 0);
    const shift = { start: 0, middle: width / 2, end: width }[anchor];
    const turn = rotation === 0 ? '' : ` rotate(${rotation})`;
    this.add(
      `<path transform="translate(${xMm} ${yMm})${turn} translate(${(-shift).toFixed(3)} 0)" d="${pathData}" fill="${colour}"${style.opacity === undefined ? '' : ` fill-opacity="${style.opacity}"`}/>`,
    );
    this.#texts.push({
      text,
      xMm: xMm - shift,
      yMm: yMm - sizeMm * 0.72,
      widthMm: width,
      heightMm: sizeMm * 0.72,
    });
  }

  /** A small label above a value, as identity documents set them. */
  field(label: string, value: string, xMm: number, yMm: number, sizeMm = 2.5): void {
    this.write(label, xMm, yMm, { sizeMm: 1.35, colour: LABEL_INK });
    this.write(value, xMm, yMm + sizeMm * 1.03, { sizeMm, typeface: 'sans-medium' });
  }

  /** The machine-readable zone, OCR-B at 10 characters an inch, first baseline at `yMm`. */
  writeMrz(lines: readonly string[], yMm: number, lineStepMm: number): void {
    const sizeMm = ocrBSizeForPitch(MRZ_PITCH_MM);
    const widthMm = (lines[0]?.length ?? 0) * MRZ_PITCH_MM;
    for (const [index, line] of lines.entries()) {
      this.write(line, (this.widthMm - widthMm) / 2, yMm + index * lineStepMm, {
        typeface: 'ocr-b',
        sizeMm,
        colour: '#101010',
      });
    }
  }

  /** The document as SVG of the given pixel size, corners cut. */
  toSvg(widthPx: number, heightPx: number): string {
    const size = `width="${this.widthMm}" height="${this.heightMm}"`;
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}" viewBox="0 0 ${this.widthMm} ${this.heightMm}" preserveAspectRatio="none"><clipPath id="card"><rect ${size} rx="${this.cornerMm}"/></clipPath><g clip-path="url(#card)">${this.#content.join('\n')}</g></svg>`;
  }
}
