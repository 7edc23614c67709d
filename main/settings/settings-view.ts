/** What is in force, with where each value comes from: the policy file, staff, or the shipped default. */
import type { SettingsView } from '../../preload/contract/settings-channels.ts';
import type { SettingSource } from '../../preload/contract/settings-words.ts';
import type { OperatorSettings } from './operator-settings.ts';
import type { LoadedPolicy } from './policy-file.ts';
import type { Policy } from './policy.ts';

/** Whether the policy file has a value at this place: `isGiven(file, 'tokens', 'source')`. */
export const isGiven = (file: unknown, ...place: readonly string[]): boolean => {
  let value = file;
  for (const key of place) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false;
    value = new Map(Object.entries(value)).get(key);
  }
  return true;
};

/** What operators chose, where the policy file leaves it to them. */
export const withOperatorSettings = (
  { policy, file }: Pick<LoadedPolicy, 'policy' | 'file'>,
  { mode, language, onScreenKeyboard }: OperatorSettings,
): Policy => {
  const { languages } = policy;
  const preferred = languages.offered.find((offered) => offered === language);
  return {
    ...policy,
    ...(mode === null || isGiven(file, 'mode') ? {} : { mode }),
    ...(onScreenKeyboard === null || isGiven(file, 'onScreenKeyboard') ? {} : { onScreenKeyboard }),
    ...(preferred === undefined || isGiven(file, 'languages', 'preferred')
      ? {}
      : { languages: { ...languages, preferred } }),
  };
};

/** The settings of `policy`, which has those of the operators in it already. */
export const describeSettings = (
  policy: Policy,
  file: unknown,
  chosen: OperatorSettings,
): SettingsView['settings'] => {
  const from = <Value>(value: Value, ...place: readonly string[]) => ({
    value,
    source: isGiven(file, ...place) ? ('policy' as const) : ('default' as const),
  });
  const choosable = <Value>(value: Value, choice: Value | null, ...place: readonly string[]) => {
    const setting: { value: Value; source: SettingSource } = from(value, ...place);
    return setting.source === 'default' && choice === value
      ? { value, source: 'operator' as const }
      : setting;
  };
  const { camera, scanner } = chosen;
  const { pinnedLabel } = policy.camera;
  return {
    bank: from(policy.brand.name, 'brand', 'name'),
    mode: choosable(policy.mode, chosen.mode, 'mode'),
    language: choosable<string>(
      policy.languages.preferred,
      chosen.language,
      'languages',
      'preferred',
    ),
    languages: from([...policy.languages.offered], 'languages', 'offered'),
    onScreenKeyboard: choosable(
      policy.onScreenKeyboard,
      chosen.onScreenKeyboard,
      'onScreenKeyboard',
    ),
    customerReference: from(policy.customerReference, 'customerReference'),
    documents: from([...policy.documents.types], 'documents', 'types'),
    countries: from(
      policy.documents.countries === null ? null : [...policy.documents.countries],
      'documents',
      'countries',
    ),
    consentVersion: from(policy.consent.version, 'consent', 'version'),
    wipeAfterSeconds: from(policy.idle.wipeAfterSeconds, 'idle', 'wipeAfterSeconds'),
    camera:
      pinnedLabel === null
        ? { value: camera?.label ?? null, source: camera === null ? 'default' : 'operator' }
        : { value: pinnedLabel, source: 'policy' },
    scanner: { value: scanner?.name ?? null, source: scanner === null ? 'default' : 'operator' },
    server: from(policy.endpoint.origin, 'endpoint', 'origin'),
    tokenSource: from(policy.tokens.source, 'tokens', 'source'),
    itemsPerMinute: from(policy.delivery.itemsPerMinute, 'delivery', 'itemsPerMinute'),
    maxItems: from(policy.outbox.maxItems, 'outbox', 'maxItems'),
    retentionDays: from(policy.outbox.retentionDays, 'outbox', 'retentionDays'),
    eventRetentionDays: from(
      policy.diagnostics.eventRetentionDays,
      'diagnostics',
      'eventRetentionDays',
    ),
    hasExports: from(policy.diagnostics.exportFolder !== null, 'diagnostics', 'exportFolder'),
    training: from(policy.training, 'training'),
  };
};
