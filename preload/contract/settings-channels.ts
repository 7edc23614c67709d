/**
 * What is in force on this kiosk and where each setting comes from, and what may be set here. Tells
 * no path and no secret. All channels need an entered room (OPERATOR_REQUIRED).
 */
import { z } from 'zod';
import { channel } from './channel.ts';
import { referenceRule } from './customer-reference.ts';
import { ERROR_CODES } from './error-codes.ts';
import { resultOf } from './result.ts';
import { POLICY_PLACES, POLICY_STATES, SETTING_SOURCES } from './settings-words.ts';
import {
  countryCode,
  documentType,
  kioskMode,
  languageTag,
  onScreenKeyboard,
  tokenSource,
  trainingRule,
} from './vocabulary.ts';

const setting = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({ source: z.enum(SETTING_SOURCES), value });

const count = z.int().positive();

export const settingsView = z.strictObject({
  policy: z.strictObject({
    state: z.enum(POLICY_STATES),
    /** Null where the policy is refused and none is in force. */
    place: z.enum(POLICY_PLACES).nullable(),
    /** Checked against the bank's key; false where the machine has no such key. */
    isSigned: z.boolean(),
    /** Why the file's policy is not in force; null where it is. */
    refused: z.enum(ERROR_CODES).nullable(),
  }),
  /** The operators' own file is damaged: the last good one holds, and nothing can be set. */
  isDamaged: z.boolean(),
  settings: z.strictObject({
    bank: setting(z.string()),
    mode: setting(kioskMode),
    /** The one customers begin with. */
    language: setting(languageTag),
    languages: setting(z.array(languageTag)),
    onScreenKeyboard: setting(onScreenKeyboard),
    customerReference: setting(referenceRule),
    documents: setting(z.array(documentType)),
    /** Null: every country. */
    countries: setting(z.array(countryCode).nullable()),
    consentVersion: setting(z.string()),
    wipeAfterSeconds: setting(count),
    /** Its name, or the part of it that the policy pins; null: chosen at first use. */
    camera: setting(z.string().nullable()),
    scanner: setting(z.string().nullable()),
    /** Origin of the server that submissions go to. */
    server: setting(z.string()),
    tokenSource: setting(tokenSource),
    itemsPerMinute: setting(count),
    maxItems: setting(count),
    retentionDays: setting(count),
    eventRetentionDays: setting(count),
    /** Whether the policy names a folder for exports. */
    hasExports: setting(z.boolean()),
    training: setting(trainingRule),
  }),
});
/** An interface: types made from it name it instead of repeating it. */
export interface SettingsView extends z.infer<typeof settingsView> {}

/** Null: as shipped. */
export const settingChange = z.discriminatedUnion('setting', [
  z.strictObject({ setting: z.literal('mode'), value: kioskMode.nullable() }),
  z.strictObject({ setting: z.literal('language'), value: languageTag.nullable() }),
  z.strictObject({ setting: z.literal('onScreenKeyboard'), value: onScreenKeyboard.nullable() }),
]);
export type SettingChange = z.infer<typeof settingChange>;

export const settingsChannels = {
  'settings:get-settings': channel({ request: z.undefined(), response: resultOf(settingsView) }),
  /** SETTING_FIXED: the policy decides it. The kiosk starts anew with it. */
  'settings:change-setting': channel({
    request: settingChange,
    response: resultOf(settingsView),
  }),
  /** Begins anew with the shipped settings where the file is damaged; it is kept under another name. */
  'settings:reset-settings': channel({ request: z.undefined(), response: resultOf(settingsView) }),
};
