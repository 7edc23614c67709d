/** What the bank's policy allows a session to be. */
import type { ReferenceRule } from '../../preload/contract/customer-reference.ts';
import type { CaptureStep, DocumentType, Environment } from '../../preload/contract/vocabulary.ts';
import type { Policy } from '../settings/policy.ts';

/** Which pictures a document needs and which it may have. */
export interface DocumentSteps {
  readonly required: readonly CaptureStep[];
  readonly optional: readonly CaptureStep[];
}

export interface SessionRules {
  readonly environment: Environment;
  readonly consentVersion: string;
  /** True where the bank hands a verification token over with each customer. */
  readonly needsToken: boolean;
  /** Whether staff says what the bank calls the customer by. */
  readonly reference: ReferenceRule;
  /** Null for a document or country the policy does not allow. */
  stepsFor(country: string, documentType: DocumentType): DocumentSteps | null;
}

/** The rules of every session in one environment. */
export const sessionRules = (policy: Policy, environment: Environment): SessionRules => {
  const { mode, documents, tokens, consent } = policy;
  return {
    environment,
    consentVersion: consent.version,
    needsToken: tokens.source === 'handoff',
    reference: mode === 'self-service' ? 'off' : policy.customerReference,
    stepsFor: (country, documentType) => {
      const isAllowed =
        documents.types.includes(documentType) &&
        (documents.countries === null || documents.countries.some((code) => code === country));
      return isAllowed ? documents.steps[documentType] : null;
    },
  };
};
