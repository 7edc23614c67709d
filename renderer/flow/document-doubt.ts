/** How the document that was shown differs from the one that was chosen. Pure; it never blocks anybody. */
import type { SessionView } from '../../preload/contract/session-channels.ts';
import type { CaptureStep, DocumentType } from '../../preload/contract/vocabulary.ts';
import type { DocumentFacts } from '../vision/document-facts.ts';

/** A document as the session takes it. `country`: ISO 3166-1 alpha-2. */
export interface DocumentChoice {
  readonly country: string;
  readonly documentType: DocumentType;
}

/** How a document differs from what the session needs. */
type DocumentWarning = 'COUNTRY_DIFFERS' | 'DOCUMENT_TYPE_DIFFERS' | 'EXPIRED';

/** What there is to ask about, and the step whose picture gave rise to it. */
export interface Doubt {
  readonly step: CaptureStep;
  readonly facts: DocumentFacts;
  readonly warnings: readonly DocumentWarning[];
}

/** What was chosen for the session; null before. */
export const choiceOf = (view: SessionView | null): DocumentChoice | null => {
  const { country = null, documentType = null } = view ?? {};
  return country === null || documentType === null ? null : { country, documentType };
};

/**
 * What a person should hear of.
 *
 * @param today ISO 8601 calendar date where the kiosk stands.
 */
export const warningsFor = (
  { country, documentType, expiresOn }: DocumentFacts,
  choice: DocumentChoice,
  today: string,
): readonly DocumentWarning[] => {
  const warnings: DocumentWarning[] = [];
  if (country !== null && country !== choice.country) warnings.push('COUNTRY_DIFFERS');
  // Whoever chose OTHER has said that they do not know its kind.
  const isNamed = documentType !== null && choice.documentType !== 'OTHER';
  if (isNamed && documentType !== choice.documentType) warnings.push('DOCUMENT_TYPE_DIFFERS');
  if (expiresOn !== null && expiresOn < today) warnings.push('EXPIRED');
  return warnings;
};

/**
 * What the facts of a picture give to ask about; null where nothing is read or all is as chosen.
 *
 * @param today ISO 8601 calendar date where the kiosk stands.
 */
export const doubtOf = (
  step: CaptureStep,
  facts: DocumentFacts | null,
  choice: DocumentChoice | null,
  today: string,
): Doubt | null => {
  if (facts === null || choice === null) return null;
  const warnings = warningsFor(facts, choice, today);
  return warnings.length === 0 ? null : { step, facts, warnings };
};

/** The doubt after another picture: one about the same step is settled by it, one about another stays. */
export const doubtAfter = (
  before: Doubt | null,
  step: CaptureStep,
  now: Doubt | null,
): Doubt | null => now ?? (before?.step === step ? null : before);

/** The choice with what the document says of itself in its place, as far as the kiosk takes it. */
export const proposedChoice = (
  choice: DocumentChoice | null,
  doubt: Doubt | null,
  countries: readonly string[],
  types: readonly DocumentType[],
): DocumentChoice | null => {
  if (choice === null || doubt === null) return choice;
  const { country, documentType } = doubt.facts;
  return {
    country: country !== null && countries.includes(country) ? country : choice.country,
    documentType:
      documentType !== null && types.includes(documentType) ? documentType : choice.documentType,
  };
};
