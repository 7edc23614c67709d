/** What of the policy and the operator's settings a screen may know. */
import type { AppStatus } from '../../preload/contract/app-channels.ts';
import type { OperatorSettings } from './operator-settings.ts';
import type { Policy } from './policy.ts';

type PolicyStatus = Omit<
  AppStatus,
  'version' | 'environment' | 'service' | 'warnings' | 'outbox' | 'scanner'
>;

/** Copies, so that nobody can change a policy through a status. */
export const describePolicy = (policy: Policy, settings: OperatorSettings): PolicyStatus => ({
  mode: policy.mode,
  bankName: policy.bankName,
  languages: { offered: [...policy.languages.offered], preferred: policy.languages.preferred },
  consent: { version: policy.consent.version, text: { ...policy.consent.text } },
  documents: {
    countries: policy.documents.countries === null ? null : [...policy.documents.countries],
    types: [...policy.documents.types],
  },
  tokenSource: policy.tokens.source,
  quality: structuredClone(policy.quality),
  camera: { remembered: settings.camera, pinnedLabel: policy.camera.pinnedLabel },
  idle: {
    warnAfterMs: policy.idle.warnAfterSeconds * 1000,
    wipeAfterMs: policy.idle.wipeAfterSeconds * 1000,
  },
});
