/** The value of each setting in words, in the order staff looks for them. Pure. */
import type { SettingsView } from '../../preload/contract/settings-channels.ts';
import { nameOfLanguage, type I18n } from '../i18n/create-i18n.ts';

type Settings = SettingsView['settings'];
export type SettingName = keyof Settings;

export const SETTING_GROUPS = [
  {
    group: 'customers',
    names: [
      'bank',
      'mode',
      'language',
      'languages',
      'onScreenKeyboard',
      'customerReference',
      'documents',
      'countries',
      'consentVersion',
      'wipeAfterSeconds',
    ],
  },
  { group: 'devices', names: ['camera', 'scanner'] },
  {
    group: 'delivery',
    names: ['server', 'tokenSource', 'itemsPerMinute', 'maxItems', 'retentionDays', 'training'],
  },
  { group: 'records', names: ['eventRetentionDays', 'hasExports'] },
] as const satisfies readonly { group: string; names: readonly SettingName[] }[];

/** Those whose value is a name, in whatever language it is. */
export const NAMES_ITSELF: ReadonlySet<SettingName> = new Set([
  'bank',
  'language',
  'languages',
  'consentVersion',
  'camera',
  'scanner',
  'server',
]);

const listed = ({ language }: I18n, names: readonly string[]): string =>
  new Intl.ListFormat(language, { style: 'narrow', type: 'unit' }).format(names);

/** The value of each setting as staff reads it. */
export const settingWords = (
  i18n: I18n,
  settings: Settings,
): Readonly<Record<SettingName, string>> => {
  const { t, measure } = i18n;
  const number = (value: number): string => t('events.count', { value });
  const yesOrNo = (is: boolean): string => t(is ? 'events.yes' : 'events.no');
  const { countries, languages, documents } = settings;
  return {
    bank: settings.bank.value,
    mode: t(`mode.${settings.mode.value}`),
    language: nameOfLanguage(settings.language.value),
    languages: listed(i18n, languages.value.map(nameOfLanguage)),
    onScreenKeyboard: t(`onScreenKeyboard.${settings.onScreenKeyboard.value}`),
    customerReference: t(`customerReference.${settings.customerReference.value}`),
    documents: listed(i18n, documents.value.map(i18n.document)),
    countries:
      countries.value === null
        ? t('settings.everyCountry')
        : listed(i18n, countries.value.map(i18n.country)),
    consentVersion: settings.consentVersion.value,
    wipeAfterSeconds: measure(settings.wipeAfterSeconds.value, 'second'),
    camera: settings.camera.value ?? t('room.cameraAny'),
    scanner: settings.scanner.value ?? t('room.cameraAny'),
    server: settings.server.value,
    tokenSource: t(`tokenSource.${settings.tokenSource.value}`),
    itemsPerMinute: number(settings.itemsPerMinute.value),
    maxItems: number(settings.maxItems.value),
    retentionDays: measure(settings.retentionDays.value, 'day'),
    training: yesOrNo(settings.training.value !== 'never'),
    eventRetentionDays: measure(settings.eventRetentionDays.value, 'day'),
    hasExports: yesOrNo(settings.hasExports.value),
  };
};
