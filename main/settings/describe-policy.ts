/** What of the policy and the operator's settings a screen may know. */
import type { AppStatus, Brand } from '../../preload/contract/app-channels.ts';
import { brandColours } from './brand-colours.ts';
import type { BrandLogo } from './brand-logo.ts';
import type { OperatorSettings } from './operator-settings.ts';
import type { Policy } from './policy.ts';

type PolicyStatus = Omit<
  AppStatus,
  'version' | 'environment' | 'service' | 'warnings' | 'outbox' | 'scanner'
>;

const describeBrand = ({ name, colours }: Policy['brand'], logo: BrandLogo | null): Brand => {
  const readable = colours === null ? null : brandColours(colours);
  return {
    name,
    colours: readable?.ok === true ? readable.value : null,
    logo:
      logo === null ? null : { path: logo.path, widthPx: logo.widthPx, heightPx: logo.heightPx },
  };
};

/** Copies, so that nobody can change a policy through a status. */
export const describePolicy = (
  policy: Policy,
  logo: BrandLogo | null,
  settings: OperatorSettings,
): PolicyStatus => ({
  mode: policy.mode,
  brand: describeBrand(policy.brand, logo),
  languages: { offered: [...policy.languages.offered], preferred: policy.languages.preferred },
  consent: { version: policy.consent.version, text: { ...policy.consent.text } },
  documents: {
    countries: policy.documents.countries === null ? null : [...policy.documents.countries],
    types: [...policy.documents.types],
  },
  tokenSource: policy.tokens.source,
  customerReference: policy.mode === 'self-service' ? 'off' : policy.customerReference,
  quality: structuredClone(policy.quality),
  camera: { remembered: settings.camera, pinnedLabel: policy.camera.pinnedLabel },
  onScreenKeyboard: policy.onScreenKeyboard,
  idle: {
    warnAfterMs: policy.idle.warnAfterSeconds * 1000,
    wipeAfterMs: policy.idle.wipeAfterSeconds * 1000,
  },
});
