/** What a document has told of itself, and with which side up it lies. */
import type { DocumentFacts } from '../document-facts.ts';
import type { QuarterTurns } from '../raster.ts';

/** A side of a card. */
export type Side = 'front' | 'back';

export interface DocumentReading {
  readonly facts: DocumentFacts | null;
  /** The side of a card that is shown; null where nothing tells. */
  readonly side: Side | null;
  /** What puts the document upright; 0 where nothing tells. */
  readonly quarterTurns: QuarterTurns;
}

export const NOTHING_READ: DocumentReading = { facts: null, side: null, quarterTurns: 0 };
