/**
 * Owns the list of documents that can be drawn and which pictures each document type of Mark ID consists of.
 * Never draws by itself.
 */
import type { DocumentType } from '../../../preload/contract/vocabulary.ts';
import { drawLicenceBack, drawLicenceFront } from './driving-licence.ts';
import { drawPassport } from './passport.ts';
import type { DocumentRequest, Specimen } from './specimen.ts';
import { drawTd1Back, drawTd1Front } from './td1-card.ts';
import { drawUtilityBill } from './utility-bill.ts';

export const DOCUMENT_NAMES = [
  'identity-card-front',
  'identity-card-back',
  'passport',
  'residence-permit-front',
  'residence-permit-back',
  'driving-licence-front',
  'driving-licence-back',
  'utility-bill',
] as const;
export type DocumentName = (typeof DOCUMENT_NAMES)[number];

const DRAW: Readonly<Record<DocumentName, (request: DocumentRequest) => Promise<Specimen>>> = {
  'identity-card-front': async (request) => await drawTd1Front('identity-card', request),
  'identity-card-back': async (request) => await drawTd1Back('identity-card', request),
  passport: drawPassport,
  'residence-permit-front': async (request) => await drawTd1Front('residence-permit', request),
  'residence-permit-back': async (request) => await drawTd1Back('residence-permit', request),
  'driving-licence-front': drawLicenceFront,
  'driving-licence-back': drawLicenceBack,
  'utility-bill': drawUtilityBill,
};

/** Draw one document. */
export async function drawDocument(
  name: DocumentName,
  request: DocumentRequest,
): Promise<Specimen> {
  return await DRAW[name](request);
}

/** The sides a camera must see. OTHER is shown as a passport: its back is optional. */
export const SIDES: Readonly<
  Record<DocumentType, { readonly FRONT: DocumentName; readonly BACK: DocumentName | null }>
> = {
  ID_CARD: { FRONT: 'identity-card-front', BACK: 'identity-card-back' },
  PASSPORT: { FRONT: 'passport', BACK: null },
  RESIDENCE_PERMIT: { FRONT: 'residence-permit-front', BACK: 'residence-permit-back' },
  DRIVER_LICENSE: { FRONT: 'driving-licence-front', BACK: 'driving-licence-back' },
  OTHER: { FRONT: 'passport', BACK: null },
};
