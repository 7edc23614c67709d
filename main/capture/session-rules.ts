/** What the bank's policy allows a session to be. */
import type { Environment } from '../../preload/contract/vocabulary.ts';
import type { Policy } from '../settings/policy.ts';
import type { SessionRules } from './capture-session.ts';

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
