/** The closed words of the settings. No schema: screens list them, and a schema would bring zod along. */

/** Where the value of a setting comes from; each comes before the next. */
export const SETTING_SOURCES = ['policy', 'operator', 'default'] as const;
export type SettingSource = (typeof SETTING_SOURCES)[number];

/** What an administrator may set on the device, where the policy says nothing about it. */
export const CHANGEABLE_SETTINGS = ['mode', 'language', 'onScreenKeyboard'] as const;
export type ChangeableSetting = (typeof CHANGEABLE_SETTINGS)[number];

/** Which file the policy is: none at all, the one at the system's usual place, or a named one. */
export const POLICY_PLACES = ['none', 'usual', 'named'] as const;

/** `refused`: it is refused, and there is no earlier good one. */
export const POLICY_STATES = ['in-force', 'last-good', 'refused'] as const;
