/**
 * Reads what one document says, which side of it is shown and which way up: once, and more often where
 * one frame leaves it open. Must never keep, log or hand on the text itself.
 */
import type { Pdf417 } from '../barcode/read-pdf417.ts';
import { licenceFacts, mrzFacts } from '../document-facts.ts';
import { formatsOf } from '../document/format.ts';
import type { FaceNetwork } from '../face/network.ts';
import { portraitOf } from '../face/portrait.ts';
import { sidesOf, type Quad } from '../geometry.ts';
import { greyOf, type GreyRaster } from '../luma.ts';
import type { MrzReader, MrzReading } from '../mrz/read-mrz.ts';
import { voteMrz } from '../mrz/vote.ts';
import type { Raster } from '../raster.ts';
import { rectify } from '../rectify.ts';
import { fingerprintOf, isSameView, type Fingerprint } from '../shutter/fingerprint.ts';
import { isStill } from '../shutter/steady-run.ts';
import { NOTHING_READ, type DocumentReading, type Side } from './document-reading.ts';

/** What it is read with. */
export interface ReadingTools {
  readonly readMrz: MrzReader;
  readonly readPdf417: (picture: GreyRaster, leastLengthPx: number) => Promise<Pdf417 | null>;
  readonly faces: FaceNetwork;
}

/** Longer side of a rectified document: capitals of an MRZ have 19 to 28 pixels, PDF417 modules three. */
const LONG_SIDE_PX = 1000;
/** Frames whose readings are put together, where check digits say that one is not enough. */
const MOST_READINGS = 3;
/**
 * Mean logarithm of the likelihood: below the first it is other text that looks like a zone (measured:
 * ≤ −0.26, zones ≥ −0.02); above the second a zone whose own check digits are wrong, as some print them.
 */
const IS_ZONE = -0.15;
const IS_CERTAIN = -0.04;
/**
 * A portrait from the brows to the chin has a quarter of a card's height (Doc 9303-5); the second, faint
 * one that backs may show has half of that. Own decision.
 */
const MIN_PORTRAIT_SHARE = 0.18;
/** Rows of the code of a licence, share of its longer side. Measured: codes ≥ 0.85, other print ≤ 0.35. */
const MIN_CODE_SHARE = 0.5;

const upright = (frame: Raster, quad: Quad): Raster => {
  const [top, right, bottom, left] = sidesOf(quad);
  const scale = Math.min(1, LONG_SIDE_PX / (Math.max(top + bottom, right + left) / 2));
  const size = (one: number, other: number): number => Math.round((scale * (one + other)) / 2);
  return rectify(frame, quad, size(top, bottom), size(left, right));
};

/** Reads for one step. */
export class DocumentReader {
  readonly #tools: ReadingTools;
  /** The side the step asks for; null where the document is no card. */
  readonly #side: Side | null;
  #zones: MrzReading[] = [];
  /** The document that was read last, where it lay, and what came of it. */
  #last: {
    readonly print: Fingerprint;
    readonly quad: Quad;
    readonly reading: DocumentReading | null;
  } | null = null;

  constructor(tools: ReadingTools, side: Side | null) {
    this.#tools = tools;
    this.#side = side;
  }

  /**
   * Reads a document that is seen well; one that has been read lies there until another one does. One
   * that told nothing is read again where it lies next: a hand that brings it may have blurred it.
   *
   * @returns null where another frame has to be read as well.
   */
  async read(frame: Raster, quad: Quad): Promise<DocumentReading | null> {
    const print = fingerprintOf(frame, quad);
    const last = this.#last;
    const known = last !== null && isSameView(print, last.print) ? last : null;
    if (known !== null && known.reading !== null) {
      const isThere = isStill(known.quad, quad, Math.hypot(frame.widthPx, frame.heightPx));
      if (known.reading.facts !== null || isThere) return known.reading;
    }
    if (known === null || known.reading !== null) this.#zones = [];
    const reading = await this.#read(frame, quad);
    this.#last = { print, quad, reading };
    return reading;
  }

  async #read(frame: Raster, quad: Quad): Promise<DocumentReading | null> {
    const document = upright(frame, quad);
    // The front of a card shows who it belongs to; nothing else on it is read.
    const isCardFront = this.#side === 'front' && formatsOf(quad)[0] === 'ID-1';
    const first = isCardFront ? this.#portraitIn(document) : null;
    if (first !== null) return first;
    const grey = greyOf(document);
    // The code before the zone: where there is none, looking for it takes a tenth of the time.
    const code = this.#side === null ? null : await this.#codeIn(grey);
    if (code !== null) return code;
    const zone = this.#zoneIn(grey);
    if (zone !== undefined) return zone;
    return (isCardFront ? null : this.#portraitIn(document)) ?? NOTHING_READ;
  }

  /** Rows of the code of a licence run as its text does (AAMVA card design standard). */
  async #codeIn(grey: GreyRaster): Promise<DocumentReading | null> {
    const leastLengthPx = MIN_CODE_SHARE * Math.max(grey.widthPx, grey.heightPx);
    const code = await this.#tools.readPdf417(grey, leastLengthPx);
    const facts = code === null ? null : licenceFacts(code.text);
    if (code === null || facts === null) return null;
    return { facts, side: 'back', quarterTurns: code.quarterTurns };
  }

  #portraitIn(document: Raster): DocumentReading | null {
    const portrait = portraitOf(this.#tools.faces, document);
    if (portrait === null || portrait.sizeShare < MIN_PORTRAIT_SHARE) return null;
    return { facts: null, side: 'front', quarterTurns: portrait.quarterTurns };
  }

  /** Undefined where there is no zone, null where it must be read again. */
  #zoneIn(grey: GreyRaster): DocumentReading | null | undefined {
    const seen = this.#tools.readMrz(grey);
    if (seen !== null && seen.meanLikelihood > IS_ZONE) this.#zones.push(seen);
    const zone = voteMrz(this.#zones);
    if (zone === null) return undefined;
    const { areCheckDigitsRight, meanLikelihood, format, quarterTurns } = zone;
    if (!areCheckDigitsRight && this.#zones.length < MOST_READINGS) return null;
    const isRead = areCheckDigitsRight || meanLikelihood > IS_CERTAIN;
    return {
      facts: isRead ? mrzFacts(zone) : null,
      // Doc 9303-5: on the back of a TD1. A TD2 may have it on either side.
      side: format === 'TD1' ? 'back' : null,
      quarterTurns,
    };
  }
}
