/**
 * Keeps the operator's settings with electron-store. A damaged file is said to be so, is never
 * written to, and is kept as `operator-settings.json.kept-<n>` once staff decides to start over;
 * until then the kiosk works with what was saved last, and remembers nothing more.
 */
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { ipcMain } from 'electron';
import ElectronStore from 'electron-store';
import { fail, ok } from '../../preload/contract/result.ts';
import {
  DEFAULT_OPERATOR_SETTINGS,
  operatorSettings,
  type OperatorSettings,
  type SettingsStore,
} from '../settings/operator-settings.ts';

/** Own decision: somebody looks at the folder before a hundredth damaged file. */
const MAX_KEPT = 99;

/** A copy of what was saved last, read where the file itself is damaged. */
const COPY_NAME = 'operator-settings-last-good';

/** The channel on which electron-store tells any renderer where the user's folder is. */
const STORE_CHANNEL = 'electron-store-get-data';

/** Throws when the file is there and is no JSON. What it holds is for `load` to check. */
const openStore = (folder: string, name = 'operator-settings'): ElectronStore<OperatorSettings> => {
  const store = new ElectronStore<OperatorSettings>({
    cwd: folder,
    name,
    clearInvalidConfig: false,
    configFileMode: 0o600,
    accessPropertiesByDotNotation: false,
  });
  // SECURITY: SEC-08 (ipc-door.ts is the only way in)
  ipcMain.removeAllListeners(STORE_CHANNEL);
  return store;
};

const firstFreeName = (path: string): string | null => {
  for (let number = 1; number <= MAX_KEPT; number += 1) {
    const name = `${path}.kept-${number}`;
    if (!existsSync(name)) return name;
  }
  return null;
};

/** `folder` is the absolute folder of the kiosk's data. */
// RECOVERY: REC-05
export const createSettingsStore = (folder: string): SettingsStore => {
  const path = join(folder, 'operator-settings.json');

  const load: SettingsStore['load'] = () => {
    if (!existsSync(path)) return ok(DEFAULT_OPERATOR_SETTINGS);
    try {
      return ok(operatorSettings.parse(openStore(folder).store));
    } catch {
      return fail('SETTINGS_DAMAGED');
    }
  };

  return {
    load,
    lastGood() {
      if (!existsSync(join(folder, `${COPY_NAME}.json`))) return DEFAULT_OPERATOR_SETTINGS;
      try {
        return operatorSettings.parse(openStore(folder, COPY_NAME).store);
      } catch {
        return DEFAULT_OPERATOR_SETTINGS;
      }
    },
    save(settings) {
      const stored = load();
      if (!stored.ok) return stored;
      try {
        // One after the other: a power cut leaves one of them whole.
        openStore(folder).store = settings;
        openStore(folder, COPY_NAME).store = settings;
        return ok(null);
      } catch {
        return fail('STORAGE_FAILED');
      }
    },
    reset() {
      if (load().ok) return ok(null);
      try {
        const name = firstFreeName(path);
        if (name === null) return fail('STORAGE_FAILED');
        renameSync(path, name);
        return ok(null);
      } catch {
        return fail('STORAGE_FAILED');
      }
    },
  };
};
