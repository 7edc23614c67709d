/**
 * What operators change on the device itself: nothing personal, nothing secret. The policy always
 * wins over it, and a kiosk works without it.
 */
import { z } from 'zod';
import type { Result } from '../../preload/contract/result.ts';
import { scannerIdentity } from '../../preload/contract/scanner-words.ts';
import {
  cameraIdentity,
  kioskMode,
  languageTag,
  onScreenKeyboard,
} from '../../preload/contract/vocabulary.ts';

/** Shape on disk and in memory. */
export const operatorSettings = z.strictObject({
  version: z.literal(1),
  /** The camera that was used last; null: choose the best one. */
  camera: cameraIdentity.nullable(),
  /** The scanner that was chosen last; null: none yet. */
  scanner: scannerIdentity.nullable().default(null),
  /** Chosen in the operator's room; null: as the policy says, or as shipped. */
  mode: kioskMode.nullable().default(null),
  language: languageTag.nullable().default(null),
  onScreenKeyboard: onScreenKeyboard.nullable().default(null),
});
export type OperatorSettings = z.infer<typeof operatorSettings>;

/** What holds until somebody chooses, and while the stored settings are damaged. */
export const DEFAULT_OPERATOR_SETTINGS: OperatorSettings = {
  version: 1,
  camera: null,
  scanner: null,
  mode: null,
  language: null,
  onScreenKeyboard: null,
};

/** Where the settings are kept. A damaged store is never written to before `reset`. */
export interface SettingsStore {
  /** The stored settings, or the defaults where nothing was stored yet. */
  load(): Result<OperatorSettings, 'SETTINGS_DAMAGED'>;
  /** What was stored last before the store was damaged, or the defaults. */
  lastGood(): OperatorSettings;
  /** Replaces all settings, durably. */
  save(settings: OperatorSettings): Result<null, 'SETTINGS_DAMAGED' | 'STORAGE_FAILED'>;
  /** Staff's decision to start over: a damaged file is kept under another name. */
  reset(): Result<null, 'STORAGE_FAILED'>;
}
