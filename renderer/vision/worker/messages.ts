/** What page and worker say to each other. Frames and bytes change hands, they are never copied. */
import type {
  DocumentMeasure,
  FaceMeasure,
  QualityLimits,
} from '../../../preload/contract/quality-limits.ts';
import type { Quad } from '../geometry.ts';
import type { Outline } from '../outline.ts';
import type { Measure } from '../quality/assess.ts';
import type { DocumentFacts } from '../document-facts.ts';
import type { Hint } from '../shutter/hints.ts';
import type { DocumentReading, Side } from './document-reading.ts';

/** The picture shows a document. */
export interface DocumentStep {
  /** Names the side among those of one customer. */
  readonly side: string;
  /** Of the document, for its resolution. */
  readonly longSideMm: number;
  /** A laminated card or page, on which light glares; no sheet of paper. */
  readonly isGlossy: boolean;
  /** The side of a card that is asked for; null for a page or a sheet. */
  readonly cardSide: Side | null;
}

/** The picture shows a face, whose size nobody knows. */
export interface FaceStep {
  readonly side: string;
  readonly longSideMm: null;
}

/** What the picture of a step shows. */
export type WatchedStep = DocumentStep | FaceStep;

/** Page to worker. */
export type VisionRequest =
  /** A step begins. `run` comes back with every answer that belongs to it. */
  | ({
      readonly type: 'begin';
      readonly run: number;
      readonly limits: QualityLimits;
    } & WatchedStep)
  /** One frame; the worker closes it and answers `seen`, and `shot` when the run is complete. */
  | { readonly type: 'look'; readonly frame: VideoFrame }
  /** A person pressed the shutter; answered `shot`. */
  | { readonly type: 'take'; readonly frame: VideoFrame };

/** Page to worker: a scanned page, small. `quads` count pixels of the page, which is `widthPx` wide. */
export interface PageRequest {
  readonly type: 'read-page';
  /** JPEG. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly widthPx: number;
  readonly quads: readonly Quad[];
}

/** Worker to page: one reading for each quad; none of a page that can't be read. */
export interface PageAnswer {
  readonly type: 'page-read';
  readonly readings: readonly DocumentReading[];
}

/** What one frame showed. */
export interface Look {
  readonly widthPx: number;
  readonly heightPx: number;
  /** The document or the face, in pixels of the frame; null where none was found. */
  readonly quad: Quad | null;
  readonly isAccepted: boolean;
  /** It may be taken as it is. */
  readonly isGood: boolean;
  readonly hint: Hint;
  /** Of the run that fires the shutter, 0…1. */
  readonly progress: number;
  /** Null where nothing was accepted. */
  readonly measures:
    Readonly<Record<DocumentMeasure, Measure>> | Readonly<Record<FaceMeasure, Measure>> | null;
}

/** Worker to page. */
export type VisionAnswer =
  | { readonly type: 'seen'; readonly run: number; readonly look: Look; readonly ms: number }
  /** Bytes of a JPEG; null where the frame could not be encoded. */
  | {
      readonly type: 'shot';
      readonly run: number;
      readonly by: 'run' | 'person';
      readonly bytes: Uint8Array<ArrayBuffer> | null;
      readonly look: Look;
      /** The document in the picture of the bytes; null where there is none. */
      readonly outline: Outline | null;
      /** What the document says of itself; null where it was not read. */
      readonly facts: DocumentFacts | null;
    };
