/**
 * The settings in force: the policy, and below it what staff chose on the device where the policy
 * leaves it to them. Must never let a choice win over the policy.
 */
import { fail, type Result } from '../../preload/contract/result.ts';
import type { SettingChange, SettingsView } from '../../preload/contract/settings-channels.ts';
import type { BrandLogo } from './brand-logo.ts';
import type { PolicyInForce } from './last-good-policy.ts';
import {
  DEFAULT_OPERATOR_SETTINGS,
  type OperatorSettings,
  type SettingsStore,
} from './operator-settings.ts';
import { defaultPolicy, type Policy } from './policy.ts';
import { describeSettings, isGiven, withOperatorSettings } from './settings-view.ts';
import type { PolicyErrorCode } from './trusted-file.ts';

/** The place of each changeable setting in the policy file. */
const PLACES: Readonly<Record<SettingChange['setting'], readonly string[]>> = {
  mode: ['mode'],
  language: ['languages', 'preferred'],
  onScreenKeyboard: ['onScreenKeyboard'],
};

export class SettingsDesk {
  readonly #store: SettingsStore;
  #read: Result<PolicyInForce, PolicyErrorCode> | null = null;
  #chosen: OperatorSettings = DEFAULT_OPERATOR_SETTINGS;
  #isDamaged = false;
  #policy = defaultPolicy();

  constructor(store: SettingsStore) {
    this.#store = store;
  }

  /** The policy in force; the default one while the real one can't be read. */
  get policy(): Policy {
    return this.#policy;
  }

  /** The logo of the policy in force; null where it names none. */
  get logo(): BrandLogo | null {
    return this.#read?.ok === true ? this.#read.value.logo : null;
  }

  /** What staff chose on the device. */
  get chosen(): OperatorSettings {
    return this.#chosen;
  }

  get isDamaged(): boolean {
    return this.#isDamaged;
  }

  /** Takes over what was read of the policy, and reads what staff chose; the last good of it where it is damaged. */
  begin(read: Result<PolicyInForce, PolicyErrorCode>): void {
    this.#read = read;
    const stored = this.#store.load();
    this.#isDamaged = !stored.ok;
    this.#chosen = stored.ok ? stored.value : this.#store.lastGood();
    this.#policy = read.ok ? withOperatorSettings(read.value, this.#chosen) : defaultPolicy();
  }

  /** Holds from now on, also where it can't be stored. */
  remember(device: Partial<Pick<OperatorSettings, 'camera' | 'scanner'>>) {
    this.#chosen = { ...this.#chosen, ...device };
    return this.#store.save(this.#chosen);
  }

  /** Stores a choice; it holds from the next `begin`. SETTING_FIXED: the policy decides. */
  change({
    setting,
    value,
  }: SettingChange): Result<null, 'SETTING_FIXED' | 'SETTINGS_DAMAGED' | 'STORAGE_FAILED'> {
    const isOffered =
      setting !== 'language' ||
      value === null ||
      this.#policy.languages.offered.some((offered) => offered === value);
    if (!isOffered || this.#read?.ok !== true || isGiven(this.#read.value.file, ...PLACES[setting]))
      return fail('SETTING_FIXED');
    const chosen = { ...this.#chosen, [setting]: value };
    const stored = this.#store.save(chosen);
    if (stored.ok) this.#chosen = chosen;
    return stored;
  }

  /** Staff's decision to begin anew with the shipped settings; a damaged file is kept. */
  reset(): Result<null, 'STORAGE_FAILED'> {
    return this.#store.reset();
  }

  view(): SettingsView {
    const read = this.#read;
    const loaded = read?.ok === true ? read.value : null;
    const refused = read === null || read.ok ? (loaded?.refused ?? null) : read.error.code;
    const state = loaded === null ? 'refused' : refused === null ? 'in-force' : 'last-good';
    return {
      policy: {
        state,
        place: loaded?.place ?? null,
        isSigned: loaded?.isSigned ?? false,
        refused,
      },
      isDamaged: this.#isDamaged,
      settings: describeSettings(this.#policy, loaded?.file ?? {}, this.#chosen),
    };
  }
}
