/**
 * Owns what all clips are drawn from and how a document lies in them.
 * Never writes files.
 */
import type { DocumentType } from '../../preload/contract/vocabulary.ts';
import { drawDocument, type DocumentName } from './documents/catalogue.ts';
import { personOf, type IssuerKey } from './documents/person.ts';
import type { Specimen } from './documents/specimen.ts';
import type { Placement } from './homography.ts';
import { STEADY } from './scene.ts';

/** What a clip is drawn from. */
export interface ClipRequest {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly seed: number;
  readonly issuer: IssuerKey;
  readonly documentType: DocumentType;
  /** Days of issue of the document and of the bill, ISO 8601. */
  readonly issuedOn: string;
  readonly billIssuedOn: string;
}

/** Standard deviation of sensor noise in clips: a webcam in good light after its own denoising. */
export const CLIP_NOISE_SIGMA = 0.9;

/** How a person holds a document still: nearly straight. */
export const HELD: Placement = {
  ...STEADY,
  fill: 0.78,
  rotationDeg: -1.5,
  tiltXDeg: 3,
  tiltYDeg: -2,
};

/** Pixels per inch at which a document is drawn: a little above what the frame will show. */
function dpiFor(name: DocumentName, { widthPx, heightPx }: ClipRequest): number {
  if (name === 'utility-bill') return Math.ceil(heightPx / 9.5);
  return Math.ceil(widthPx / (name === 'passport' ? 5.6 : 4.2));
}

/** Draw a document for a clip. */
export async function drawForClip(name: DocumentName, request: ClipRequest): Promise<Specimen> {
  return await drawDocument(name, {
    person: personOf(request.seed, request.issuer),
    issuedOn: name === 'utility-bill' ? request.billIssuedOn : request.issuedOn,
    dpi: dpiFor(name, request),
  });
}
